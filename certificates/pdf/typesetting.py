"""How texts are set on pages: style, size and place, and where each stands in the structure of the file.

xhtml2pdf only draws: each line stands in an absolute box that is wider than its text, so that it is never
broken, and stands where it is to stand. Lines are drawn, and numbered for the structure, in the order in
which they are set; what else is on a page is drawn under them afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

from certificates.pdf.background import Backdrop
from certificates.pdf.document import Picture
from certificates.pdf.faces import LATIN, Face, is_right_to_left, needed_for, width
from certificates.pdf.layout import WRAPPED, Block, Placed, fit
from certificates.pdf.pictures import size_of

INK, TEXT, MUTED, OCHRE, OCHRE_TEXT = "#10284b", "#1b2433", "#465063", "#ad7c22", "#69490b"
SLACK = 30.0

# A number or address inside right-to-left text keeps its own order between these.
ISOLATE, END_ISOLATE = "\u2066", "\u2069"


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """How one kind of text is set; sizes and gap in points, for Latin.

    `least` is the smallest size that still reads well: below it the text is set, and reported.
    """

    size: float
    one_line_from: float
    least: float
    gap: float = 0.0
    max_lines: int = 2
    wrapped: float = WRAPPED
    bold: bool = False
    italic: bool = False
    colour: str = TEXT
    role: str = "P"


@dataclass(frozen=True, slots=True)
class Line:
    """A straight horizontal line, in points from the top left of the page."""

    left: float
    top: float
    length: float
    thickness: float
    colour: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture at its final size, in points from the top left of the page."""

    picture: Picture
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code: what it holds, its corner and its size, in points from the top left of the page."""

    text: str
    left: float
    top: float
    size: float


@dataclass(frozen=True, slots=True)
class Mark:
    """The nth line of text, or the nth picture, of a page; both count from 0."""

    page: int
    number: int
    is_picture: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Element:
    """A part of the structure: what readers of the file are told, in reading order."""

    role: str
    marks: tuple[Mark, ...] = ()
    kids: tuple[Element, ...] = ()
    language: str = ""
    scope: str = ""
    alt: str = ""


@dataclass(slots=True)
class Page:
    """What lies under the texts of a page, and how many lines of text there are."""

    backdrop: Backdrop
    lines: list[Line] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    code: Code | None = None
    texts: int = 0
    # the numbers of lines that only repeat what another page says
    repeated: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Misfit:
    """A text that had to be set smaller than it reads well; sizes in points, as for Latin letters.

    `part` is the name of the text: "course", "name", "line 3"…
    """

    part: str
    text: str
    size: float
    least: float


class Pages:
    """The pages of one file while they are composed."""

    def __init__(self, *, language: str, rtl: bool, backdrop: Backdrop) -> None:
        self.width, self.height = backdrop.size
        self.language, self.rtl = language, rtl
        self.pages = [Page(backdrop)]
        self.at = 0  # the page that is being set
        self.structure: list[Element] = []
        self.misfits: list[Misfit] = []
        self._boxes: list[str] = []

    @property
    def page(self) -> Page:
        return self.pages[self.at]

    def tell(self, *elements: Element) -> None:
        """Add elements to what readers are told, in reading order."""
        self.structure.extend(elements)

    def turn(self, backdrop: Backdrop) -> None:
        """Begin a new page."""
        self.pages.append(Page(backdrop))
        self.at = len(self.pages) - 1
        self._boxes.append("<pdf:nextpage/>")

    def html(self) -> str:
        """All texts, for xhtml2pdf."""
        return (
            f'<html lang="{self.language}" dir="{"rtl" if self.rtl else "ltr"}"><head><style>'
            f"@page {{ size: {self.width}pt {self.height}pt; margin: 0 }} "
            ".at { position: absolute; display: block; text-align: center }"
            f"</style></head><body>{''.join(self._boxes)}</body></html>"
        )

    def text(
        self,
        item: Placed,
        style: Style,
        faces: tuple[Face, ...],
        *,
        left: float,
        top: float,
        room: float,
        align: str = "center",
        language: str = "",
    ) -> None:
        """Set a placed text as the next one that readers are told."""
        marks = self.draw(item, style, faces, left=left, top=top, room=room, align=align)
        self.tell(Element(role=style.role, marks=marks, language=language))

    def repeat(self, marks: Iterable[Mark]) -> None:
        """Say that drawn texts repeat what another page says: nobody is told again."""
        for mark in marks:
            self.pages[mark.page].repeated.add(mark.number)

    def draw(
        self,
        item: Placed,
        style: Style,
        faces: tuple[Face, ...],
        *,
        left: float,
        top: float,
        room: float,
        align: str = "center",
        html: tuple[str, ...] = (),
    ) -> tuple[Mark, ...]:
        """Draw the lines of a placed text; `html` replaces the words of each line."""
        self._judge(item, style, faces[0])
        words = html or tuple(escape(line) for line in item.lines)
        rtl = is_right_to_left(item.block.text)
        # the first baseline where the face wants it; below the first page boxes are reached from its top
        lift = faces[0].raised(bold=style.bold, italic=style.italic) * item.size
        down = self.at * self.height + top + item.gap - lift
        left, room = left - SLACK * (align != "left"), room + SLACK * (2 if align == "center" else 1)
        looks = _looks(item, style, faces, align)
        for number, line in enumerate(words):
            place = f"left: {left:.2f}pt; width: {room:.2f}pt; top: {down + number * item.line_height:.2f}pt"
            self._boxes.append(self._box(place, looks, line, rtl=rtl, to_the_right=align == "right"))
        begun = self.page.texts
        self.page.texts += len(words)
        return tuple(Mark(self.at, number) for number in range(begun, self.page.texts))

    def _box(self, place: str, looks: str, line: str, *, rtl: bool, to_the_right: bool) -> str:
        turned = "" if rtl == self.rtl else f' dir="{"rtl" if rtl else "ltr"}"'
        if turned and to_the_right and not rtl:
            # aligned inside: such a `dir` overrules an alignment to the right beside it
            inside = f'<div style="display: block; {looks}">{line}</div>'
            return f'<div class="at"{turned} style="{place}">{inside}</div>'
        return f'<div class="at"{turned} style="{place}; {looks}">{line}</div>'

    def picture(
        self,
        picture: Picture,
        *,
        left: float,
        top: float,
        room: float,
        height: float,
        align: str = "center",
        sink: bool = False,
    ) -> Element:
        """Draw a picture as large as a box allows, in its middle, or on its lower edge if it is to sink.

        Returns what readers are to be told of it.
        """
        across, down = size_of(picture.png)
        scale = min(room / across, height / down)
        wide, tall = across * scale, down * scale
        beside = (room - wide) * {"left": 0.0, "center": 0.5, "right": 1.0}[align]
        above = (height - tall) * (1.0 if sink else 0.5)
        self.page.images.append(Image(picture, left + beside, top + above, wide, tall))
        mark = Mark(self.at, len(self.page.images) - 1, is_picture=True)
        return Element(role="Figure", marks=(mark,), alt=picture.alt)

    def _judge(self, item: Placed, style: Style, face: Face) -> None:
        as_latin = item.size / face.scale
        if as_latin < style.least - 0.05:
            self.misfits.append(Misfit(item.block.name, item.block.text, as_latin, style.least))


def _looks(item: Placed, style: Style, faces: tuple[Face, ...], align: str) -> str:
    """What is not usual about a line: each declaration is read anew for each line. Its height is left
    out, as every line stands in a box of its own."""
    needed = needed_for(item.block.text, faces, bold=style.bold, italic=style.italic)
    css = f"color: {style.colour}; font-family: {', '.join(face.family for face in needed)}"
    css += f"; font-size: {item.size:.2f}pt"
    if align != "center":
        css += f"; text-align: {align}"
    if style.bold:
        css += "; font-weight: bold"
    elif style.italic:
        css += "; font-style: italic"
    return css


def block(name: str, text: str, style: Style, faces: tuple[Face, ...], *, room: float | None = None) -> Block:
    """A text as the layout wants it: measured in its own faces, sizes for those."""
    face = faces[0]

    def measure(piece: str, size: float) -> float:
        return width(piece, size, faces, bold=style.bold, italic=style.italic)

    return Block(
        name=name,
        text=text,
        measure=measure,
        size=style.size * face.scale,
        one_line_from=style.one_line_from * face.scale,
        leading=face.leading,
        # tall scripts bring their own air: a smaller gap looks the same
        gap=style.gap * (1.0 if face is LATIN else 0.7),
        max_lines=style.max_lines,
        wrapped=style.wrapped,
        room=room,
    )


def single(name: str, text: str, style: Style, faces: tuple[Face, ...], room: float) -> Placed:
    """A text by itself, fitted into `room`."""
    made = block(name, text, style, faces)
    size, lines = fit(made, room)
    return Placed(made, size, lines, size * made.leading, 0.0)
