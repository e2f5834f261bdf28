"""Reading a file that waits: question by question into rows that wait, in bounded memory."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import batched
from typing import IO

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from assessments.choices import ImportState
from assessments.importing import duplicates, files
from assessments.importing.rows import Rows, rows_of
from assessments.importing.stored import notices_to_json, to_json
from assessments.interchange import USUAL, InterchangeError, Item, Limits, Notice, Skipped, detect, read
from assessments.keys import spec_of
from assessments.models import ImportedQuestion, QuestionImport
from assessments.scoring import SpecError, read_key

PIECE = 50  # questions kept together; progress is told after each
# what is read as a whole, and so has to be smaller than what is read piece by piece
TEXT_FORMATS = ("gift", "aiken")
TEXT_LIMITS = replace(USUAL, file_bytes=20 * 1024 * 1024)
# what a key or text that a stranger wrote can make of the rows, beside what the readers refuse
_UNFIT = (SpecError, KeyError, ValueError, TypeError, AttributeError, StopIteration, ZeroDivisionError)


class LetGo(Exception):
    """The import was removed, or another worker has it in hand."""


def read_all(found: QuestionImport) -> None:
    """Read the whole file of an import that this worker has in hand; raises InterchangeError or LetGo."""
    known = duplicates.of_the_bank(User.objects.get(pk=found.person_id))
    seen: dict[str, int] = {}
    with found.file.open("rb") as stream:
        found.form = detect(stream)
        for piece in batched(enumerate(_entries(stream, found), 1), PIECE, strict=False):
            lines = [_line(found, place, entry, known, seen) for place, entry in piece]
            with transaction.atomic():
                touch(found, position=min(found.size, stream.tell()), done=piece[-1][0], form=found.form)
                ImportedQuestion.objects.bulk_create(lines)


def touch(found: QuestionImport, **changes: int | str) -> None:
    """Say how far it has come; raises LetGo when it is not in these hands any more."""
    mine = QuestionImport.objects.filter(pk=found.pk, state=ImportState.READING, made_at=found.made_at)
    if not mine.update(touched_at=timezone.now(), **changes):
        raise LetGo


def _entries(stream: IO[bytes], found: QuestionImport) -> Iterator[Item | Skipped]:
    limits: Limits = TEXT_LIMITS if found.form in TEXT_FORMATS else USUAL
    try:
        yield from read(stream, language=found.language, limits=limits, form=found.form)
    except RecursionError as error:
        raise InterchangeError("too_deep", most=limits.xml_depth) from error


def _line(
    found: QuestionImport,
    place: int,
    entry: Item | Skipped,
    known: dict[str, int],
    seen: dict[str, int],
) -> ImportedQuestion:
    line = ImportedQuestion(batch=found, place=place, name=entry.name[:250])
    if isinstance(entry, Skipped):
        return _left_out(line, entry.notices)
    rows = _rows(entry)
    if isinstance(rows, Notice):
        return _left_out(line, (rows, *entry.notices))
    kept = files.keep_media(found.key, entry.media)
    line.kind, line.item, line.media = entry.kind, to_json(entry), kept
    line.notices = notices_to_json((*entry.notices, *rows.notices))
    line.digest = duplicates.digest(rows.version, rows.options)
    line.same_as_id = known.get(line.digest)
    line.repeats = seen.get(line.digest)
    # what the bank has already is not taken a second time unless the trainer says so
    line.chosen = line.same_as_id is None and line.repeats is None
    seen.setdefault(line.digest, place)
    return line


def _rows(item: Item) -> Rows | Notice:
    try:
        rows = rows_of(item)
        rows.version.options.set(rows.options)
        read_key(rows.version.kind, spec_of(rows.version))
    except _UNFIT as error:
        return Notice("unmarkable", {"detail": str(error)[:200]})
    return rows


def _left_out(line: ImportedQuestion, notices: tuple[Notice, ...]) -> ImportedQuestion:
    line.notices, line.chosen = notices_to_json(notices), False
    return line
