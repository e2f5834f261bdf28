"""The book of a course or a module: cover, contents, lessons, answers and glossary."""

from __future__ import annotations

import datetime
import hashlib
import re
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from certificates.pdf import uncovered
from certificates.pdf.book import Book, Section
from courses import law
from courses.handbook.contents import Chapter, Contents, contents_of, lesson_page
from courses.handbook.lessons import Gathered, LessonText, draw, with_addresses, with_terms
from courses.models import Course, GlossaryTerm
from courses.outline import OutlineItem
from translation.reading import read

FOLDER = "courses/pdf/"
# Raised when the look of handbooks changes, so that those on the shelf are drawn anew.
TEMPLATE_VERSION = "1"
_TAG = re.compile(r"(<[^>]*>)")


@dataclass(frozen=True, slots=True)
class Module:
    """A chapter with its lessons drawn."""

    chapter: Chapter
    lessons: tuple[LessonText, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary term, and the lessons that use it."""

    record: GlossaryTerm
    lessons: list[OutlineItem]


def compose(*, course: Course, module_key: UUID | None, language: str, jurisdiction: str) -> Book:
    """Return the handbook as it is published now; raises NothingToPrint."""
    with translation.override(language):
        contents = contents_of(course=course, module_key=module_key, language=language)
        return _Composer(contents, language, jurisdiction).book()


def digest(book: Book) -> str:
    """Return what tells one handbook from another: all that is printed, and how."""
    parts = [TEMPLATE_VERSION, book.language, book.title, book.author, book.made.isoformat(), book.cover]
    parts += [piece for section in book.sections for piece in (section.running, section.html)]
    found = hashlib.sha256("\0".join(parts).encode())
    for name, picture in sorted(book.pictures.items()):
        found.update(f"{name}\0{picture.alt}\0".encode() + picture.data)
    return found.hexdigest()


class _Composer:
    def __init__(self, contents: Contents, language: str, jurisdiction: str) -> None:
        self.contents, self.language, self.jurisdiction = contents, language, jurisdiction
        self.base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
        self.gathered = Gathered()

    def book(self) -> Book:
        modules = [self._module(chapter) for chapter in self.contents.chapters]
        terms = self._terms()
        known = {term.record.slug for term in terms}
        context = self._context(modules, terms)
        sections = [Section(running=_("Contents"), html=self._html("front", context))]
        for module in modules:
            html = self._html("module", context | {"module": module, "listed": module.chapter.listed})
            sections.append(Section(running=self._running(module), html=with_terms(html, known)))
        if any(lesson.checks for module in modules for lesson in module.lessons):
            sections.append(Section(running=_("Answers"), html=self._html("answers", context)))
        if terms:
            sections.append(Section(running=_("Glossary"), html=self._html("glossary", context)))
        titled = self.contents.module or self.contents.outline
        return self._drawable(
            Book(
                language=self.language,
                title=str(titled.title),
                author=settings.INSTITUTE_NAME,
                made=self.contents.published,
                cover=self._html("cover", context),
                sections=tuple(sections),
                pictures=self.gathered.pictures,
            )
        )

    def _module(self, chapter: Chapter) -> Module:
        drawn = tuple(
            draw(
                lesson_page(item, self.language),
                item,
                language=self.language,
                jurisdiction=self.jurisdiction,
                address=self.base + item.url,
                into=self.gathered,
            )
            for item in chapter.lessons
        )
        return Module(chapter, drawn)

    def _running(self, module: Module) -> str:
        listed = module.chapter.listed
        if self.contents.module:
            return str(self.contents.outline.title)
        return _("Module %(number)s: %(title)s") % {"number": listed.number, "title": listed.title}

    def _terms(self) -> list[Term]:
        used = self.gathered.terms
        found = [Term(one, used[one.slug]) for one in GlossaryTerm.objects.filter(slug__in=used)]
        return sorted(found, key=lambda term: str(read(term.record, "term", self.language)).casefold())

    def _context(self, modules: list[Module], terms: list[Term]) -> dict[str, Any]:
        lessons = [lesson for module in modules for lesson in module.lessons]
        return {
            "contents": self.contents,
            "modules": modules,
            "terms": terms,
            "language": self.language,
            "reader_language": self.language,
            "institute": settings.INSTITUTE_NAME,
            "site": self.base.removeprefix("https://").removeprefix("http://"),
            "address": self.base + self.contents.outline.url,
            "published": self.contents.published,
            "country": law.country_name(self.jurisdiction),
            "law": self._law(),
            "has_law": bool(self.gathered.law),
            "borrowed": [lesson for lesson in lessons if lesson.language != self.language],
            "has_checks": any(lesson.checks for lesson in lessons),
        }

    def _law(self) -> dict[str, Any] | None:
        """Return the span of days as at which the national law stands, and whether some is doubted."""
        sources = [source for table in self.gathered.law for source in table.sources]
        if not sources:
            return None
        days: list[datetime.date] = [source.as_at for source in sources]
        return {
            "oldest": min(days),
            "newest": max(days),
            "to_be_checked": any(source.to_be_checked for source in sources),
            "unreviewed": any(not source.reviewer for source in sources),
        }

    def _html(self, name: str, context: dict[str, Any]) -> str:
        return with_addresses(render_to_string(f"{FOLDER}{name}.html", context), self.base)

    def _drawable(self, book: Book) -> Book:
        """Letters that no font of ours has are printed as question marks, not left out in silence."""
        missing = uncovered(book.text())
        if not missing:
            return book
        table = dict.fromkeys(map(ord, missing), "?")

        def plain(html: str) -> str:
            pieces = _TAG.split(html)
            return "".join(p if p.startswith("<") else p.translate(table) for p in pieces)

        return replace(
            book,
            title=book.title.translate(table),
            cover=plain(book.cover),
            sections=tuple(Section(running=plain(s.running), html=plain(s.html)) for s in book.sections),
        )
