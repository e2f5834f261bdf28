"""Putting the chosen questions of an import into the bank: all of them or none, and once."""

from collections.abc import Sequence
from functools import partial
from itertools import batched

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from assessments import media
from assessments.choices import ImportState, QuestionStatus
from assessments.importing import files
from assessments.importing.rows import Rows, rows_of
from assessments.importing.stored import from_json
from assessments.models import (
    Category,
    ImportedQuestion,
    Option,
    Question,
    QuestionImport,
    QuestionMedia,
    QuestionVersion,
    Tag,
)

PIECE = 100  # questions stored together


def store(found: QuestionImport) -> None:
    """Store what was chosen, as drafts in the category that was chosen; a second time does nothing."""
    try:
        _store_all(found)
    except Exception:
        # nothing was stored: the trainer may try again
        taking = QuestionImport.objects.filter(pk=found.pk, state=ImportState.TAKING)
        taking.update(state=ImportState.READY)
        raise


def _store_all(found: QuestionImport) -> None:
    with transaction.atomic():
        batch = QuestionImport.objects.select_for_update().get(pk=found.pk)
        if batch.state != ImportState.TAKING:
            return
        if batch.category is None:  # it was deleted meanwhile
            batch.state = ImportState.READY
            batch.save(update_fields=["state"])
            return
        author = User.objects.get(pk=batch.person_id)
        chosen = batch.lines.filter(chosen=True).values_list("pk", flat=True)
        tags = {tag.name: tag for tag in Tag.objects.all()}
        count = 0
        for piece in batched(list(chosen), PIECE, strict=False):
            count += _store(batch, batch.category, piece, author, tags)
        waiting = files.paths_of(batch.key)
        batch.state, batch.done, batch.file = ImportState.TAKEN, count, ""
        batch.touched_at = timezone.now()
        batch.save(update_fields=["state", "done", "file", "touched_at"])
        batch.lines.update(item={}, media={})
        audit.record(
            actor=author,
            verb="questions_imported",
            target=batch,
            data={"questions": count, "category": str(batch.category.key)},
        )
        transaction.on_commit(partial(files.delete, waiting))


def _store(
    batch: QuestionImport, category: Category, piece: Sequence[int], author: User, tags: dict[str, Tag]
) -> int:
    lines = list(batch.lines.filter(pk__in=piece).order_by("place"))
    made = [rows_of(from_json(line.item)) for line in lines]
    for rows in made:
        rows.question.category, rows.question.status = category, QuestionStatus.DRAFT
    Question.objects.bulk_create([rows.question for rows in made])
    for rows in made:
        rows.version.question, rows.version.created_by = rows.question, author
    QuestionVersion.objects.bulk_create([rows.version for rows in made])
    for rows in made:
        for option in rows.options:
            option.version = rows.version
    Option.objects.bulk_create([option for rows in made for option in rows.options], batch_size=500)
    _tag(made, tags)
    _show(batch, lines, made)
    for line, rows in zip(lines, made, strict=True):
        line.question = rows.question
    ImportedQuestion.objects.bulk_update(lines, ["question"])
    audit.record_all(
        actor=author,
        verb="question_written",
        entries=[(rows.question, {"version": 1, "import": str(batch.key)}) for rows in made],
    )
    return len(made)


def _tag(made: Sequence[Rows], tags: dict[str, Tag]) -> None:
    new = dict.fromkeys(name for rows in made for name in rows.tags if name not in tags)
    Tag.objects.bulk_create([Tag(name=name) for name in new], ignore_conflicts=True)
    tags.update({tag.name: tag for tag in Tag.objects.filter(name__in=new)})
    through = Question.tags.through
    through.objects.bulk_create(
        [through(question_id=rows.question.pk, tag_id=tags[name].pk) for rows in made for name in rows.tags]
    )


def _show(batch: QuestionImport, lines: Sequence[ImportedQuestion], made: Sequence[Rows]) -> None:
    shown = []
    for line, rows in zip(lines, made, strict=True):
        for name, sha256 in line.media.items():
            with files.open_media(batch.key, sha256) as file:
                shown.append(media.file_of(question=rows.question, name=name, content=file.read()))
    QuestionMedia.objects.bulk_create(shown)
