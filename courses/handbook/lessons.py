"""One lesson drawn for paper: its blocks, numbered as on the page, and what is gathered from them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from typing import Any

from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.utils import translation

from certificates.pdf.book_pictures import Picture, Undrawable, check
from certificates.pdf.faces import face_of_language
from courses import richtext
from courses.law import LawTable
from courses.models import LessonPage
from courses.outline import OutlineItem
from translation.reading import Reading, direction, read

_UNSAFE = re.compile(r"[^A-Za-z0-9-]")
# languages of other scripts count the answers instead
LETTERED = frozenset({"en", "es", "pt", "fr"})


@dataclass(frozen=True, slots=True)
class Option:
    """An answer to a knowledge check, with its letter or number."""

    letter: str
    text: str
    correct: bool
    feedback: str


@dataclass(frozen=True, slots=True)
class Check:
    """A knowledge check; its answers stand at the end of the book."""

    name: str
    number: int
    question: str
    options: tuple[Option, ...]

    @property
    def right(self) -> Option:
        """Return the right answer."""
        return next((one for one in self.options if one.correct), self.options[0])

    @property
    def wrong(self) -> list[Option]:
        """Return the other answers."""
        return [one for one in self.options if one is not self.right]

    @property
    def is_numbered(self) -> bool:
        """Tell numbers from letters."""
        return self.right.letter.isdigit()


@dataclass(slots=True)
class Gathered:
    """What a book collects from its lessons while they are drawn."""

    pictures: dict[str, Picture] = field(default_factory=dict)
    law: list[LawTable] = field(default_factory=list)
    terms: dict[str, list[OutlineItem]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LessonText:
    """A lesson as it stands in the book."""

    item: OutlineItem
    language: str
    direction: str
    lede: Reading
    html: str
    checks: tuple[Check, ...]

    @property
    def face(self) -> str:
        """Return the class that sets the lesson in the letters of its language."""
        return face_of_language(self.language).family


def draw(
    lesson: LessonPage, item: OutlineItem, *, language: str, jurisdiction: str, address: str, into: Gathered
) -> LessonText:
    """Draw a lesson in its language or, where it is not written in that, in its source language."""
    body = read(lesson, "body", language)
    with translation.override(body.language):
        pen = _Pen(item, body.language, language, jurisdiction, address, into)
        html = "\n".join(pen.block(number, child) for number, child in enumerate(body.value or (), 1))
    for slug in sorted(richtext.term_slugs(html)):
        into.terms.setdefault(slug, []).append(item)
    lede = read(lesson, "lede", body.language)
    return LessonText(item, body.language, direction(body.language), lede, html, tuple(pen.checks))


class _Pen:
    """Draws the blocks of one lesson one after the other."""

    def __init__(
        self, item: OutlineItem, language: str, reader: str, jurisdiction: str, address: str, into: Gathered
    ) -> None:
        self.item, self.into = item, into
        self.context: dict[str, Any] = {
            "language": language,
            "reader_language": reader,
            "jurisdiction": jurisdiction,
            "lesson_url": address,
        }
        self.heading = "h3"
        self.paragraph = 0
        self.checks: list[Check] = []

    def block(self, number: int, child: Any) -> str:
        """Return the HTML of a block; a picture that cannot be drawn is told in words."""
        context = child.block.get_context(child.value, parent_context=self.context)
        context |= {"heading": self.heading, "name": f"{_short(self.item.key)}-{number}"}
        if child.block_type == "knowledge_check":
            context["check"] = self._check(child.value, context["name"])
        if child.block_type == "law_comparison":
            self.into.law.append(context["law"])
        if child.block_type == "image":
            context["drawn"] = self._picture(child.value, context["name"])
        html = render_to_string(f"courses/pdf/blocks/{child.block_type}.html", context)
        return self._numbered(html) if child.block_type == "rich_text" else html

    def _check(self, value: Any, name: str) -> Check:
        first = ord("A" if self.context["language"] in LETTERED else "1")
        options = [
            Option(chr(first + at), one["text"], bool(one["correct"]), one["feedback"])
            for at, one in enumerate(value["options"])
        ]
        self.checks.append(Check(name, len(self.checks) + 1, value["question"], tuple(options)))
        return self.checks[-1]

    def _picture(self, value: Any, name: str) -> bool:
        data = picture_bytes(value.get("file"))
        if data is None:
            return False
        self.into.pictures[name] = Picture(data, value.get("alt") or "")
        return True

    def _numbered(self, html: str) -> str:
        """Give each paragraph the number it has on the page, and headings their place below the lesson's."""
        soup = BeautifulSoup(html, "html.parser")
        for paragraph in soup.find_all("p", recursive=False):
            self.paragraph += 1
            paragraph["data-number"] = str(self.paragraph)
            paragraph["class"] = "numbered"
        for deeper, level in (("h4", "h3"), ("h3", "h2")):
            for found in soup.find_all(level):
                found.name = deeper
                if level == "h2":
                    self.heading = "h4"
        return str(soup)


def picture_bytes(image: Any) -> bytes | None:
    """Return a picture's file as it is drawn: a drawing as it is, pixels no larger than paper needs."""
    if image is None:
        return None
    try:
        vector = getattr(image, "is_svg", lambda: False)()
        file = image.file if vector else image.get_rendition("max-1600x1600").file
        with file.open("rb") as opened:
            data: bytes = opened.read()
        check(data)
    except (OSError, Undrawable):
        return None
    return data


def with_addresses(html: str, base: str) -> str:
    """Write out where links lead, for readers of paper; links inside the site are made whole."""
    soup = BeautifulSoup(html, "html.parser")
    for link in soup.find_all("a", href=True):
        href = str(link["href"])
        if href.startswith("#"):
            continue
        whole = f"{base}{href}" if href.startswith("/") else href
        link["href"] = whole
        shown = whole.removeprefix("https://").removeprefix("http://").removeprefix("mailto:").rstrip("/")
        if shown not in link.get_text() and "bare" not in (link.get("class") or []):
            link.insert_after(BeautifulSoup(f' <span class="url">({escape(shown)})</span>', "html.parser"))
    return str(soup)


def with_terms(html: str, known: Iterable[str]) -> str:
    """Lead terms to the glossary of the book, with a star; what it does not hold stays plain words."""
    unknown = richtext.term_slugs(html) - set(known)
    html = richtext.without_terms(html, unknown)
    star = '<span class="star">*</span>'
    return richtext.TERM_LINK.sub(
        lambda found: f'<a class="term" href="#term-{found[1]}">{found[2]}</a>{star}', html
    )


def _short(key: Any) -> str:
    return "b" + _UNSAFE.sub("", str(key))[:8]
