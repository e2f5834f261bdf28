"""The live pages of one course, read in four queries as plain values in the order of the tree.

Outlines for readers and syllabuses for the records are both made from it.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import TextField
from django.db.models.functions import Cast, Length

from courses.choices import ItemKind

from .models import CoursePage, LessonPage, ModulePage, QuizPage

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
_PAGE = ("pk", "path", "slug", "source_language", *(f"title_{code}" for code in LANGUAGES))
_ITEM = ("key", "required", "opens_on", "after_id")


@dataclass(frozen=True, slots=True)
class Item:
    """A live lesson or quiz. `pass_mark` is in per cent, of a quiz alone; `minutes` the author's."""

    page_id: int
    path: str
    slug: str
    kind: ItemKind
    key: UUID
    titles: dict[str, str]
    source_language: str
    required: bool
    opens_on: datetime.date | None
    after_id: int | None
    minutes: int = 0
    pass_mark: Decimal | None = None
    time_limit: int | None = None
    written_in: frozenset[str] = frozenset()
    reading_minutes: dict[str, int] = field(default_factory=dict)

    def minutes_in(self, language: str) -> int:
        """Return what it takes to read it in a language, or in the source language that stands in for it."""
        counted = self.reading_minutes
        return counted.get(language) or counted.get(self.source_language) or self.minutes


@dataclass(frozen=True, slots=True)
class Module:
    """A live module with its live items; `needed` is None where all of them are."""

    page_id: int
    path: str
    slug: str
    key: UUID
    titles: dict[str, str]
    source_language: str
    needed: int | None
    items: list[Item] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tree:
    """The parts of a course in order: modules, and quizzes that stand beside them."""

    parts: tuple[Module | Item, ...]

    @property
    def items(self) -> Iterator[Item]:
        """Yield every item in reading order."""
        for part in self.parts:
            if isinstance(part, Module):
                yield from part.items
            else:
                yield part


def read(page: CoursePage) -> Tree:
    """Return what is live below a course page; what stands under a draft module is left out."""
    modules = {row["path"]: _module(row) for row in _rows(ModulePage, page, "key", "needed")}
    parts: dict[str, Module | Item] = dict(modules)
    for item in [*_lessons(page), *_quizzes(page)]:
        if len(item.path) == len(page.path) + page.steplen:
            parts[item.path] = item
        elif (module := modules.get(item.path[: -page.steplen])) is not None:
            module.items.append(item)
    for module in modules.values():
        module.items.sort(key=lambda item: item.path)
    return Tree(tuple(parts[path] for path in sorted(parts)))


def _rows(model: type[Any], page: CoursePage, *columns: str, **annotations: Any) -> Any:
    return (
        model.objects.rewrite(False)
        .filter(path__startswith=page.path, live=True)
        .annotate(**annotations)
        .values(*_PAGE, *columns, *annotations)
    )


def _titles(row: dict[str, Any]) -> dict[str, str]:
    return {code: row[f"title_{code}"] for code in LANGUAGES if row[f"title_{code}"]}


def _module(row: dict[str, Any]) -> Module:
    return Module(
        page_id=row["pk"],
        path=row["path"],
        slug=row["slug"],
        key=row["key"],
        titles=_titles(row),
        source_language=row["source_language"],
        needed=row["needed"],
    )


def _item(row: dict[str, Any], kind: ItemKind, **more: Any) -> Item:
    return Item(
        page_id=row["pk"],
        path=row["path"],
        slug=row["slug"],
        kind=kind,
        key=row["key"],
        titles=_titles(row),
        source_language=row["source_language"],
        required=row["required"],
        opens_on=row["opens_on"],
        after_id=row["after_id"],
        **more,
    )


def _lessons(page: CoursePage) -> Iterator[Item]:
    # an empty stream is "[]", and a language that nobody has begun is NULL
    lengths = {f"length_{code}": Length(Cast(f"body_{code}", TextField())) for code in LANGUAGES}
    for row in _rows(LessonPage, page, *_ITEM, "minutes", "reading_minutes", **lengths):
        written = frozenset(code for code in LANGUAGES if (row[f"length_{code}"] or 0) > 2)
        yield _item(
            row,
            ItemKind.LESSON,
            minutes=row["minutes"],
            reading_minutes=row["reading_minutes"],
            written_in=written,
        )


def _quizzes(page: CoursePage) -> Iterator[Item]:
    for row in _rows(QuizPage, page, *_ITEM, "pass_mark", "time_limit_minutes"):
        yield _item(
            row,
            ItemKind.QUIZ,
            minutes=row["time_limit_minutes"] or 0,
            time_limit=row["time_limit_minutes"],
            pass_mark=row["pass_mark"],
        )


def course_page_of(path: str) -> CoursePage | None:
    """Return the course page that the page with this tree path is or lies under, if any."""
    step = CoursePage.steplen
    above = [path[:end] for end in range(step, len(path) + 1, step)]
    return CoursePage.objects.filter(path__in=above).select_related("course").first()
