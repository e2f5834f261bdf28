"""A book as PDF: text that flows over pages, under a running head, with the pages its links lead to.

A book is handed in as HTML, section by section, in the small vocabulary that `book.css` sets. The same
engine draws it as draws certificates. `<a class="page" href="#name"></a>` becomes the number of the page
on which the element with that id stands; `<pdf:picture name="…">` draws one of `pictures`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from html import escape, unescape
from pathlib import Path

import pikepdf

from certificates.pdf import coverage, faces, ornaments
from certificates.pdf.background import placed
from certificates.pdf.book_engine import taught
from certificates.pdf.book_pictures import Picture, pictures_at_hand
from certificates.pdf.book_record import Record, recording
from certificates.pdf.document import UncoveredCharacters
from certificates.pdf.faces import Face
from certificates.pdf.finish import written
from certificates.pdf.metadata import describe
from certificates.pdf.rendering import DrawingFailed, draw, drawing
from certificates.pdf.scripts import RIGHT_TO_LEFT
from certificates.pdf.shaping import drawing_language
from certificates.pdf.structure import Structure

SHEET = (Path(__file__).parent / "book.css").read_text()
WIDTH, HEIGHT = 595.28, 841.89  # A4
SIZE = 11.4  # of running text, in points, for Latin
MARK = (WIDTH / 2, 170.0)  # the institute's mark on the cover
COVER_MARGINS, MARGINS = "84mm 30mm 30mm 30mm", "27mm 26mm 26mm 26mm"
PASSES = 5

_PAGE = re.compile(r'(<a class="page" href="#([\w.-]+)">)(</a>)')
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A part that begins on a new page; `running` heads its pages beside the title of the book."""

    running: str
    html: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Book:
    """A book in one language. Every text is final; `made` is aware and becomes the date of the file."""

    language: str
    title: str
    author: str
    made: datetime
    cover: str
    sections: tuple[Section, ...]
    pictures: Mapping[str, Picture] = field(default_factory=dict)

    def text(self) -> str:
        """All that is drawn as letters."""
        pieces = [self.title, self.cover]
        for section in self.sections:
            pieces += [section.running, section.html]
        return unescape(_TAG.sub(" ", "".join(pieces)))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A finished file, and how many pages it has."""

    data: bytes
    pages: int


def render(book: Book) -> Drawn:
    """Draw a book: A4, fonts embedded, tagged, with bookmarks; the same book gives the same bytes.

    Raises UncoveredCharacters when it holds letters that no embedded font has, and DrawingFailed when
    the engine reports errors or the numbers of the pages do not settle.
    """
    faces.register()
    missing = coverage.uncovered(book.text())
    if missing:
        raise UncoveredCharacters(missing)
    with drawing:
        token = drawing_language.set(book.language)
        try:
            with taught(), pictures_at_hand(book.pictures):
                pages, record = _settled(book)
        finally:
            drawing_language.reset(token)
        return _finished(pages, record, book)


def _settled(book: Book) -> tuple[bytes, Record]:
    """Draw until every link states the page to which it leads."""
    html = _whole(book)
    wanted = {link[2] for link in _PAGE.finditer(html)}
    known: dict[str, int] = {}
    for _ in range(PASSES):
        with recording() as record:
            pages = draw(_numbered(html, known))
        if lost := wanted - record.pages.keys():
            raise DrawingFailed(f"nothing in {book.title!r} has the id {', '.join(sorted(lost))}")
        if all(record.pages[name] == known.get(name) for name in wanted):
            return pages, record
        known = record.pages
    raise DrawingFailed(f"the page numbers of {book.title!r} do not settle")


def _numbered(html: str, known: Mapping[str, int]) -> str:
    # two digits stand for a number that is not known yet: most books have as many
    return _PAGE.sub(lambda link: f"{link[1]}{known.get(link[2], 88)}{link[3]}", html)


def _whole(book: Book) -> str:
    face = faces.face_of_language(book.language)
    heads = "".join(
        f'<div id="head-{n}" class="head"><table class="headline" data-tag=""><tr data-tag="">'
        f'<td data-tag="">{escape(book.title)}</td>'
        f'<td data-tag="" class="end">{escape(section.running)}</td></tr></table></div>'
        f'<div id="foot-{n}" class="foot"><pdf:pagenumber></pdf:pagenumber></div>'
        for n, section in enumerate(book.sections, 1)
    )
    sections = "".join(
        f'<pdf:nextpage name="s{n}"></pdf:nextpage>{section.html}'
        for n, section in enumerate(book.sections, 1)
    )
    return (
        f'<html lang="{escape(book.language)}" dir="{"rtl" if _is_rtl(face) else "ltr"}"><head><style>'
        f"{_sheet(book, face)}</style></head><body>{heads}{book.cover}{sections}</body></html>"
    )


def _sheet(book: Book, face: Face) -> str:
    """The stylesheet: a template of pages for each section, the face of the book and of each script."""
    pages = [f"@page {{ size: a4; margin: {COVER_MARGINS} }}"]
    for n, _section in enumerate(book.sections, 1):
        frames = "".join(
            f"@frame {name}{n} {{ -pdf-frame-content: {name}-{n}; {place}; left: 26mm; width: 158mm }} "
            for name, place in (("head", "top: 13mm; height: 11mm"), ("foot", "top: 277mm; height: 10mm"))
        )
        pages.append(f"@page s{n} {{ size: a4; margin: {MARGINS}; {frames}}}")
    scripts = [f".{one.family} {{ {setting(one)} }}" for one in faces.FACES]
    return "\n".join([*pages, f"body {{ {setting(face)} }}", *scripts, SHEET])


def _is_rtl(face: Face) -> bool:
    return not face.scripts.isdisjoint(RIGHT_TO_LEFT)


def setting(face: Face) -> str:
    """The declarations of running text in a face, which falls back on every other one."""
    family = ", ".join(one.family for one in dict.fromkeys((face, faces.LATIN, *faces.FACES)))
    size = SIZE * face.scale
    return f"font-family: {family}; font-size: {size:.2f}pt; line-height: {size * face.leading:.2f}pt"


def _finished(pages: bytes, record: Record, book: Book) -> Drawn:
    with pikepdf.open(io.BytesIO(pages)) as pdf:
        Structure(pdf, record, book.language).write()
        cover = pdf.pages[0]
        below = placed(pdf, cover, ornaments.mark(MARK), HEIGHT)
        cover.Contents = pdf.make_stream(below + cover.Contents.read_bytes())
        describe(
            pdf,
            title=book.title,
            author=book.author,
            language=book.language,
            rtl=_is_rtl(faces.face_of_language(book.language)),
            made=book.made,
        )
        return Drawn(written(pdf), len(pdf.pages))
