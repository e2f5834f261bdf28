"""The questions of an import as learners will see them, before they are in the bank."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from assessments.authoring.preview import preview
from assessments.choices import Kind
from assessments.importing import sentences
from assessments.importing.rows import rows_of, usual_weight
from assessments.importing.stored import from_json, notices_from_json
from assessments.models import Category, ImportedQuestion, QuestionVersion
from translation.reading import base_language, direction

# no version has this number; its addresses of pictures are exchanged for those that wait
NOT_STORED = 0
_NAMES = re.compile(r' (id|for|name|aria-describedby|aria-labelledby)="([^"]*)"')


@dataclass(frozen=True)
class Seen:
    """One question of the file: how it will look and what is right, or why it is left out."""

    line: ImportedQuestion
    notices: tuple[str, ...]
    kind: str = ""
    language: str = ""
    question: str = ""
    key: str = ""
    weight: str = ""
    tags: tuple[str, ...] = ()
    path: tuple[str, ...] = ()

    @property
    def direction(self) -> str:
        """The direction of its language."""
        return direction(self.language)


def seen(line: ImportedQuestion) -> Seen:
    """A line as it is looked over; without a query."""
    notices = tuple(dict.fromkeys(sentences.of_notice(one) for one in notices_from_json(line.notices)))
    if not line.kind or not line.item:
        return Seen(line, notices)
    item = from_json(line.item)
    rows = rows_of(item)
    rows.question.category = Category(slug="x")
    version = rows.version
    version.pk = NOT_STORED
    version.options.set(rows.options)
    language = _language(version)
    drawn = preview(version, language)
    return Seen(
        line,
        notices,
        kind=str(Kind(line.kind).label),
        language=language,
        question=_apart(drawn.question, line),
        key=_apart(drawn.key, line),
        weight="" if item.weight == usual_weight(item.kind, item.spec) else str(item.weight),
        tags=rows.tags,
        path=item.category,
    )


def seen_all(lines: Iterable[ImportedQuestion]) -> list[Seen]:
    """Lines as they are looked over."""
    return [seen(line) for line in lines]


def _language(version: QuestionVersion) -> str:
    """The page's language where the question exists in it, else its own."""
    here = base_language(get_language())
    return here if getattr(version, f"stem_{here}", "") else version.source_language


def _apart(html: str, line: ImportedQuestion) -> SafeString:
    """The HTML of one question among others of a page, with names and pictures of its own."""
    prefix = f"q{line.place}-"

    def name(found: re.Match[str]) -> str:
        names = " ".join(prefix + one for one in found[2].split())
        return f' {found[1]}="{names}"'

    changed = _NAMES.sub(name, html)
    for code, stored in _addresses(line.media).items():
        waiting = reverse("bank:import_media", args=[line.batch.key, line.place, code])
        changed = changed.replace(f'"{stored}"', f'"{waiting}"')
    return mark_safe(changed)  # noqa: S308 - drawn by our templates


def _addresses(media: Mapping[str, Any]) -> dict[str, str]:
    return {name: reverse("assessments:media", args=[NOT_STORED, name]) for name in media}
