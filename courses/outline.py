"""The outline of a course for readers of one language: numbers, titles, addresses, gates.

An outline holds nothing about a person. It is made once for each edition of a course and language,
and kept in the process; another edition is another outline, so what is kept never needs clearing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import translation

from courses import syllabus, tree
from courses.choices import ItemKind
from courses.rules import Gate, Rule, Syllabus
from translation.reading import Reading, read

from .models import CoursePage


@dataclass(frozen=True, slots=True, eq=False)
class OutlineItem:
    """A lesson or quiz as listed: `number` is "2.3", empty for a quiz; `place` counts in its module."""

    key: UUID
    page_id: int
    kind: ItemKind
    title: Reading
    number: str
    url: str
    minutes: int
    required: bool
    rule: Rule
    gate: Gate
    module_number: int | None
    place: int
    time_limit: int | None = None

    @property
    def is_quiz(self) -> bool:
        """Tell a quiz from a lesson."""
        return self.kind == ItemKind.QUIZ

    @property
    def name(self) -> str:
        """Return number and title as one line: "2.3 The three elements"."""
        return f"{self.number} {self.title}" if self.number else str(self.title)


@dataclass(frozen=True, slots=True, eq=False)
class OutlineModule:
    """A module as listed, with its items in order."""

    key: UUID
    number: int
    title: Reading
    slug: str
    anchor: str
    items: tuple[OutlineItem, ...]
    needed: int | None

    @property
    def minutes(self) -> int:
        """Return the study time of all its items."""
        return sum(item.minutes for item in self.items)

    @property
    def lesson_count(self) -> int:
        """Return how many of its items are lessons."""
        return sum(not item.is_quiz for item in self.items)


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """A whole course as listed. `fragments` keeps markup drawn from the outline alone."""

    language: str
    title: Reading
    url: str
    parts: tuple[OutlineModule | OutlineItem, ...]
    items: tuple[OutlineItem, ...]
    asked: Syllabus
    written: Mapping[str, int]
    by_path: Mapping[str, OutlineItem]
    by_key: Mapping[UUID, OutlineItem]
    positions: Mapping[UUID, int]
    fragments: dict[Any, Any] = field(default_factory=dict)

    @property
    def modules(self) -> tuple[OutlineModule, ...]:
        """Return the modules in order."""
        return tuple(part for part in self.parts if isinstance(part, OutlineModule))

    @property
    def lesson_count(self) -> int:
        """Return how many lessons the course has."""
        return sum(not item.is_quiz for item in self.items)

    @property
    def minutes(self) -> int:
        """Return the study time of the course."""
        return sum(item.minutes for item in self.items)

    def module_of(self, item: OutlineItem) -> OutlineModule | None:
        """Return the module of an item, or None for one that stands beside the modules."""
        return None if item.module_number is None else self.modules[item.module_number - 1]

    def module_with(self, key: UUID) -> OutlineModule | None:
        """Return the module with this key, if it is live."""
        return next((module for module in self.modules if module.key == key), None)

    def module_at(self, slug: str) -> OutlineModule | None:
        """Return the module with this short name, if it is live."""
        return next((module for module in self.modules if module.slug == slug), None)

    def before(self, item: OutlineItem) -> OutlineItem | None:
        """Return the item read before this one."""
        position = self.positions[item.key]
        return self.items[position - 1] if position else None

    def after(self, item: OutlineItem) -> OutlineItem | None:
        """Return the item read after this one."""
        return self.next_items(item)[0] if self.next_items(item) else None

    def next_items(self, item: OutlineItem) -> tuple[OutlineItem, ...]:
        """Return everything that is read after this item."""
        return self.items[self.positions[item.key] + 1 :]


def of(*, page_id: int, edition: UUID, language: str) -> Outline:
    """Return the outline of a course page's edition in a language; no query once it was made."""
    return _made(page_id, edition, language)


@lru_cache(maxsize=240)
def _made(page_id: int, edition: UUID, language: str) -> Outline:
    page = CoursePage.objects.select_related("course").get(pk=page_id)
    pages = tree.read(page)
    with translation.override(language):
        return _Builder(page, pages, language).outline()


class _Builder:
    def __init__(self, page: CoursePage, pages: tree.Tree, language: str) -> None:
        self.course = page
        self.pages = pages
        self.language = language
        self.keys = {part.page_id: part.key for part in self._everything()}

    def _everything(self) -> Iterator[tree.Module | tree.Item]:
        for part in self.pages.parts:
            yield part
            if isinstance(part, tree.Module):
                yield from part.items

    def outline(self) -> Outline:
        parts: list[OutlineModule | OutlineItem] = []
        by_path: dict[str, OutlineItem] = {}
        number = 0
        for part in self.pages.parts:
            if isinstance(part, tree.Module):
                number += 1
                module = self._module(part, number)
                parts.append(module)
                slugs = [item.slug for item in part.items]
                by_path |= {
                    f"{part.slug}/{slug}": item for slug, item in zip(slugs, module.items, strict=True)
                }
            else:
                parts.append(item := self._item(part, None, None, len(parts) + 1, ""))
                by_path[part.slug] = item
        items = tuple(_items(parts))
        return Outline(
            language=self.language,
            title=read(self.course, "title", self.language),
            url=self._course_url(),
            parts=tuple(parts),
            items=items,
            asked=syllabus.of_tree(self.pages, course=self.course.course),
            written=self._written(),
            by_path=by_path,
            by_key={item.key: item for item in items},
            positions={item.key: position for position, item in enumerate(items)},
        )

    def _module(self, module: tree.Module, number: int) -> OutlineModule:
        items, lessons = [], 0
        for place, item in enumerate(module.items, 1):
            lessons += item.kind == ItemKind.LESSON
            label = f"{number}.{lessons}" if item.kind == ItemKind.LESSON else ""
            items.append(self._item(item, module, number, place, label))
        return OutlineModule(
            key=module.key,
            number=number,
            title=self._title(module),
            slug=module.slug,
            anchor=f"{self._course_url()}#module-{number}",
            items=tuple(items),
            needed=module.needed,
        )

    def _item(
        self, item: tree.Item, module: tree.Module | None, number: int | None, place: int, label: str
    ) -> OutlineItem:
        return OutlineItem(
            key=item.key,
            page_id=item.page_id,
            kind=item.kind,
            title=self._title(item),
            number=label,
            url=self._url(item, module),
            minutes=item.minutes_in(self.language),
            required=item.required,
            rule=syllabus.requirement(item).rule,
            gate=Gate(item.opens_on, self.keys.get(item.after_id) if item.after_id else None),
            module_number=number,
            place=place,
            time_limit=item.time_limit,
        )

    def _course_url(self) -> str:
        return reverse("courses:course", args=[self.course.slug])

    def _url(self, item: tree.Item, module: tree.Module | None) -> str:
        if module is None:
            return reverse("courses:part", args=[self.course.slug, item.slug])
        return reverse("courses:item", args=[self.course.slug, module.slug, item.slug])

    def _title(self, page: tree.Module | tree.Item) -> Reading:
        if self.language in page.titles:
            return Reading(page.titles[self.language], self.language)
        return Reading(page.titles.get(page.source_language, page.slug), page.source_language)

    def _written(self) -> dict[str, int]:
        lessons = [item for item in self.pages.items if item.kind == ItemKind.LESSON]
        return {code: sum(code in lesson.written_in for lesson in lessons) for code in tree.LANGUAGES}


def _items(parts: list[OutlineModule | OutlineItem]) -> Iterator[OutlineItem]:
    for part in parts:
        if isinstance(part, OutlineModule):
            yield from part.items
        else:
            yield part
