"""What stands in a handbook, read from the live pages: a course or one module, in one language."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from courses import outline, tree
from courses.models import Course, CoursePage, LessonPage, ModulePage
from courses.outline import Outline, OutlineItem, OutlineModule
from translation.reading import Reading, language_columns, read


@dataclass(frozen=True, slots=True)
class Chapter:
    """A module with its lessons; `quizzes` are taken on the site and only named."""

    listed: OutlineModule
    summary: Reading
    outcomes: Reading
    lessons: tuple[OutlineItem, ...]
    quizzes: tuple[OutlineItem, ...]

    @property
    def outcome_lines(self) -> list[str]:
        """Return the learning outcomes one by one."""
        return [line for line in str(self.outcomes).splitlines() if line.strip()]


@dataclass(frozen=True, slots=True)
class Contents:
    """A course, or one module of it, as it is published."""

    course: Course
    page: CoursePage
    outline: Outline
    chapters: tuple[Chapter, ...]
    module: OutlineModule | None
    published: datetime.datetime


class NothingToPrint(LookupError):
    """The course, or the module asked for, has no live page any more."""


def contents_of(*, course: Course, module_key: UUID | None, language: str) -> Contents:
    """Return what is to be printed; raises NothingToPrint."""
    page = CoursePage.objects.rewrite(False).filter(course=course, live=True).first()
    if page is None:
        raise NothingToPrint(course.code)
    found = outline.of(page_id=page.pk, edition=course.edition, language=language)
    module = found.module_with(module_key) if module_key else None
    if module_key and module is None:
        raise NothingToPrint(f"{course.code} {module_key}")
    listed = (module,) if module else found.modules
    chapters = tuple(_chapter(one, language) for one in listed)
    return Contents(course, page, found, chapters, module, _published(page, listed))


def lesson_page(item: OutlineItem, language: str) -> LessonPage:
    """Return a lesson with its text in one language; that of its source is fetched where it is wanted."""
    others = language_columns("body", {language}, tree.LANGUAGES)
    lesson: LessonPage = LessonPage.objects.rewrite(False).defer("body", *others).get(pk=item.page_id)
    return lesson


def _chapter(module: OutlineModule, language: str) -> Chapter:
    page = ModulePage.objects.rewrite(False).get(key=module.key)
    return Chapter(
        listed=module,
        summary=read(page, "summary", language),
        outcomes=read(page, "outcomes", language),
        lessons=tuple(item for item in module.items if not item.is_quiz),
        quizzes=tuple(item for item in module.items if item.is_quiz),
    )


def _published(page: CoursePage, modules: tuple[OutlineModule, ...]) -> datetime.datetime:
    """Return when any of it was last published: the day that the handbook states."""
    items = [item.page_id for module in modules for item in module.items]
    days = LessonPage.objects.filter(pk__in=items, last_published_at__isnull=False)
    latest = days.order_by("-last_published_at").values_list("last_published_at", flat=True).first()
    known = [day for day in (latest, page.last_published_at, page.first_published_at) if day]
    return max(known, default=datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC))
