"""What xhtml2pdf is taught for books, and for their drawing alone.

While `taught` lasts (under the lock of `rendering.drawing`) each element remembers its place among the
others, a paragraph may carry its number in the margin, letters of another script are drawn as large as
those around them, pages end where `book_flow` says, and the canvas keeps a record, from which `structure`
writes the tags.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import xhtml2pdf.context
import xhtml2pdf.document
import xhtml2pdf.parser
import xhtml2pdf.tags
import xhtml2pdf.xhtml2pdf_reportlab as engine
from reportlab.lib.fonts import tt2ps
from xhtml2pdf.context import pisaContext
from xhtml2pdf.parser import CSS2Frag
from xhtml2pdf.tags import pisaTag, pisaTagP

from certificates.pdf.book_canvas import BookCanvas, BookParagraph
from certificates.pdf.book_flow import BookDoc
from certificates.pdf.book_pictures import PictureBox, picture_named
from certificates.pdf.book_record import Spot, Step, next_key
from certificates.pdf.faces import FACES, LATIN
from certificates.pdf.shaping import EngineChanged

ROLES = {
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    **{"p": "P", "ul": "L", "ol": "L", "li": "LI", "blockquote": "BlockQuote"},
    **{"table": "Table", "tr": "TR", "th": "TH", "td": "TD"},
}
HANGING = 27.0  # how far before its paragraph a number begins
SCALES = {face.family: face.scale for face in FACES}


class BookParagraphTag(pisaTagP):
    """`<p data-number="4">`: the number stands in the margin, as in a judgment."""

    def start(self, c: pisaContext) -> None:
        super().start(c)
        if number := self.node.getAttribute("data-number"):
            marker = c.frag.clone(text=number)
            marker.fontName = tt2ps(marker.fontName, marker.bold, marker.italic)
            marker.fontName = marker.bulletFontName = xhtml2pdf.tags._marker_face(c, marker)
            marker.bulletIndent = max(0.0, (c.frag.leftIndent or 0) - HANGING)
            marker.bulletRightIndent = max(0.0, (c.frag.rightIndent or 0) - HANGING)
            c.pendingBullet = ([marker], marker)


class PictureTag(pisaTag):
    """`<pdf:picture name="…">`: one of the book's pictures, as wide as the text at most."""

    def start(self, c: pisaContext) -> None:
        c.addPara()
        picture = picture_named(self.node.getAttribute("name"))
        spot = Spot((Step("Figure", next_key()),), getattr(c.frag, "spoken", ""), picture.alt)
        left, right = float(c.frag.leftIndent or 0), float(c.frag.rightIndent or 0)
        c.addStory(PictureBox(picture, spot, left=left, right=right))


def _with_place(c: pisaContext, kw: Any, isBlock: bool) -> None:
    CSS2Frag(c, kw, isBlock)
    node, frag = c.node, c.frag
    role = ROLES.get(node.tagName)
    if node.hasAttribute("data-tag"):
        role = node.getAttribute("data-tag")
    if isBlock:
        frag.leaf = -next_key()
    if role is not None:
        key = next_key()
        steps = (*getattr(frag, "steps", ()), Step(role, key, _scope(node, role)))
        frag.steps = (*steps, Step("LBody", -key)) if role == "LI" else steps
    if node.hasAttribute("lang"):
        frag.spoken = node.getAttribute("lang")


def _scope(node: Any, role: str) -> str:
    if role != "TH":
        return ""
    return "Row" if node.getAttribute("scope") == "row" else "Column"


def _by_coverage(c: pisaContext, frag: Any) -> list[Any]:
    """Letters of another script are drawn in its face, as large as those around them."""
    parts = _split(c, frag)
    around = _scale_of(frag.fontName)
    for part in parts:
        if isinstance(part.text, str) and part.text and _scale_of(part.fontName) != around:
            part.fontSize = part.fontSize * _scale_of(part.fontName) / around
    return parts


_split = pisaContext._byCoverage


def _scale_of(font: str) -> float:
    return SCALES.get(str(font).partition("-")[0], LATIN.scale)


HOOKS: tuple[tuple[Any, str, Any], ...] = (
    (engine, "MarkedCanvas", BookCanvas),
    (xhtml2pdf.document, "PmlBaseDoc", BookDoc),
    (xhtml2pdf.context, "PmlParagraph", BookParagraph),
    (xhtml2pdf.parser, "CSS2Frag", _with_place),
    (xhtml2pdf.parser, "pisaTagP", BookParagraphTag),
    (xhtml2pdf.parser, "pisaTagPDFPICTURE", PictureTag),
    (pisaContext, "_byCoverage", _by_coverage),
)
MARKERS = {"aula-dash": "–", "aula-bullet": "•"}


@contextmanager
def taught() -> Iterator[None]:
    """Teach the engine what books need, and let it forget afterwards; hold the lock meanwhile.

    Raises EngineChanged when a name that this relies on has gone from the library.
    """
    before = [(owner, name, getattr(owner, name, None)) for owner, name, _ in HOOKS]
    for owner, name, value in before:
        if value is None and name != "pisaTagPDFPICTURE":
            raise EngineChanged(f"{owner.__name__} has no {name} any more")
    try:
        for owner, name, value in HOOKS:
            setattr(owner, name, value)
        xhtml2pdf.tags._list_style_type.update(MARKERS)
        yield
    finally:
        for owner, name, value in before:
            if value is None:
                delattr(owner, name)
            else:
                setattr(owner, name, value)
