"""The canvas and the paragraphs of a book: they note what they draw in its record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfgen.textobject import PDFTextObject
from xhtml2pdf.builders.printmarks import MarkedCanvas
from xhtml2pdf.xhtml2pdf_reportlab import PmlParagraph

from certificates.pdf.book_record import Link, Mark, Spot, labelled, record, steps_of
from certificates.pdf.shaping import ShapingCanvas


class BookCanvas(ShapingCanvas):
    """Notes what it draws in the record; what heads and foots the pages is decoration."""

    _spot: Spot | None = None
    _label = False
    _height = 0.0
    _links = 0
    _bare = False
    _linked: dict[str, str] = {}

    @contextmanager
    def standing(
        self,
        spot: Spot | None,
        *,
        height: float = 0.0,
        labelled: bool = False,
        linked: dict[str, str] | None = None,
    ) -> Iterator[None]:
        """Draw a paragraph: `height` points above its foot it begins, perhaps with a number; it may hold
        links, whose words are given by where they lead."""
        before = (self._spot, self._label, self._height, self._linked)
        self._spot, self._label, self._height, self._linked = spot, labelled, height, linked or {}
        try:
            yield
        finally:
            self._spot, self._label, self._height, self._linked = before

    def drawText(self, text: PDFTextObject) -> None:
        code = str(text.getCode())
        if " Tj" in code or " TJ" in code:
            code = f"{self._begin()} {code} EMC"
        self._code.append(code)

    @contextmanager
    def picture(self, spot: Spot) -> Iterator[None]:
        """Draw a picture: all of it is one figure."""
        with self.standing(spot):
            self._code.append(self._begin())
        bare, self._bare = self._bare, True
        try:
            yield
        finally:
            self._bare = bare
            self._code.append("EMC")

    def _begin(self) -> str:
        """The mark that opens a piece of content."""
        if self._bare:
            return "/Span BMC"
        spot = self._spot
        if spot is None or self._repeats(spot):
            return "/Artifact <</Type /Pagination>> BDC"
        if self._label:
            self._label = False
            spot = labelled(spot)
        number, self._next_mark = self._next_mark, self._next_mark + 1
        record().marks.append(Mark(self.getPageNumber(), number, spot))
        return f"/{spot.steps[-1].role} <</MCID {number}>> BDC"

    def _repeats(self, spot: Spot) -> bool:
        """Whether this is the head of a table again, on a further page."""
        heads = [step.key for step in spot.steps if step.scope == "Column"]
        page = self.getPageNumber()
        return any(record().headers.setdefault(key, page) != page for key in heads)

    def addOutlineEntry(self, title: str, key: str, level: int = 0, closed: Any = None) -> None:
        MarkedCanvas.addOutlineEntry(self, title, key, level, closed)

    def bookmarkPage(self, key: str, *args: Any, **options: Any) -> Any:
        """A bookmark leads to the line of its heading, and leaves the reader's zoom."""
        _x, top = self.absolutePosition(0, self._height)
        return super().bookmarkPage(key, fit="XYZ", left=0, top=top + 6, zoom=0)

    def bookmarkHorizontal(self, key: str, x: float, y: float, **options: Any) -> Any:
        record().pages[key] = self.getPageNumber()
        return super().bookmarkHorizontal(key, x, y, zoom=0)

    def linkRect(self, contents: str, destinationname: str, *args: Any, **options: Any) -> Any:
        self._note_link(f"#{destinationname}")
        return super().linkRect(contents, destinationname, *args, **options)

    def linkURL(self, url: str, *args: Any, **options: Any) -> Any:
        self._note_link(url)
        return super().linkURL(url, *args, **options)

    def _note_link(self, target: str) -> None:
        if self._spot is not None:
            words = " ".join(self._linked.get(target, "").split())
            record().links.append(Link(self.getPageNumber(), self._links, self._spot, words))
        self._links += 1

    def _startPage(self) -> None:
        super()._startPage()
        self._links = 0


class BookParagraph(PmlParagraph):
    """A paragraph that knows its place; it leaves no line alone at the foot or head of a page."""

    allowWidows = 0

    def draw(self) -> None:
        first = self.frags[0] if self.frags else None
        spot = None
        if first is not None and not getattr(first, "insideStaticFrame", 0):
            spot = Spot(steps_of(first), getattr(first, "spoken", ""))
        linked: dict[str, str] = {}
        for frag in self.frags:
            if target := getattr(frag, "link", None):
                linked[target] = f"{linked.get(target, '')} {frag.text}"
        with self.canv.standing(spot, height=self.height, labelled=bool(self.bulletText), linked=linked):
            super().draw()
