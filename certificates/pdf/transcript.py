"""The transcript: all training of a person as a table, on as many portrait pages as it takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape

from certificates.pdf import furniture
from certificates.pdf.background import Backdrop
from certificates.pdf.document import LOGO, SEAL, SECOND_LOGO, SIGNATURES, TranscriptDocument, TranscriptLine
from certificates.pdf.faces import Face, face_of, families_for, is_right_to_left
from certificates.pdf.layout import Placed
from certificates.pdf.ornaments import HEIGHT as WIDTH  # a portrait page: the sheet, turned
from certificates.pdf.ornaments import INK, OCHRE
from certificates.pdf.ornaments import WIDTH as HEIGHT
from certificates.pdf.typesetting import (
    END_ISOLATE,
    ISOLATE,
    MUTED,
    OCHRE_TEXT,
    Code,
    Element,
    Line,
    Mark,
    Pages,
    Style,
    single,
)

SIDE = 52.0
TEXT_WIDTH = WIDTH - 2 * SIDE
HEAD_TOP, NEXT_HEAD_TOP = 62.0, 56.0
LOGO_BOX = (140.0, 38.0)
MARK_BOX = 27.0
BESIDE_CODE = 16.0
TABLE_BOTTOM = HEIGHT - 64.0
NUMBER_TOP, PAGE_TOP = HEIGHT - 48.0, HEIGHT - 34.0
FOOT = HEIGHT - 118.0  # the line people sign on
SIGNED_TOP = FOOT - 48.0  # where seal and pictures of signatures begin
SIGNATURE, SEAL_SIZE = 168.0, 84.0
# course, dates, hours, language, certificate, state
COLUMNS = (168.0, 84.0, 40.0, 62.0, 88.0, TEXT_WIDTH - 442.0)
HOURS = 2
PADDING, ABOVE, BELOW = 4.0, 5.0, 6.5

ORGANISATION = Style(size=14, one_line_from=10, least=8, bold=True, colour=INK)
HEAD = {
    "title": Style(size=26, one_line_from=18, least=14, gap=14, colour=OCHRE_TEXT, role="H1"),
    "lead": Style(size=12, one_line_from=10, least=8, gap=8, italic=True),
    "name": Style(size=22, one_line_from=16, least=12, gap=1, bold=True, colour=INK),
    "latin_name": Style(size=12, one_line_from=9, least=8, gap=1, colour=MUTED),
    "detail": Style(size=11, one_line_from=9, least=8, gap=5),
    "issued_line": Style(size=10.5, one_line_from=9, least=8, gap=1, colour=MUTED),
}
RUNNING = Style(size=9.5, one_line_from=8, least=6, max_lines=1, colour=MUTED)
HEADING = Style(size=9, one_line_from=7.5, least=6.5, wrapped=1, bold=True, colour=INK)
COURSE = Style(size=10, one_line_from=9.4, least=7.5, max_lines=4, wrapped=1, bold=True, colour=INK)
CELL = Style(size=9.5, one_line_from=8.9, least=7, max_lines=3, wrapped=1)
SMALL = Style(size=8.4, one_line_from=7, least=6.5, colour=MUTED)
TOTAL = Style(size=11, one_line_from=9, least=7.5, bold=True, colour=INK)
ACCREDITATION = Style(size=9.5, one_line_from=8, least=7, gap=12, max_lines=4, colour=MUTED)
FOOT_LINE = Style(size=8.4, one_line_from=7, least=6.5, colour=MUTED)


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of a cell, fitted."""

    item: Placed
    style: Style
    faces: tuple[Face, ...]
    html: tuple[str, ...] = ()


def compose(document: TranscriptDocument) -> Pages:
    """Place the head, the rows, the total, and who signs."""
    return _Transcript(document).composed()


class _Transcript:
    """A transcript while it is set; `top` is where the next thing stands on the page."""

    def __init__(self, document: TranscriptDocument) -> None:
        self.document, self.face = document, face_of(document.title)
        self.pictures = furniture.slots_of(document)
        self.rtl = is_right_to_left(document.title)
        self.start, self.end = ("right", "left") if self.rtl else ("left", "right")
        self.backdrop = Backdrop(document.background, mark=None, seal=None, is_portrait=True)
        self.has_logo = LOGO in self.pictures or SECOND_LOGO in self.pictures
        self.pages = Pages(language=document.language, rtl=self.rtl, backdrop=self._first_backdrop())
        self.top = HEAD_TOP
        self.rows: list[Element] = []

    def composed(self) -> Pages:
        self._head()
        self._headings()
        for number, line in enumerate(self.document.lines, 1):
            self._row(
                [self._cell(f"line {number}", texts, column) for column, texts in enumerate(_texts(line))]
            )
        self._total()
        self.pages.tell(Element(role="Table", kids=tuple(self.rows)))
        self._signed()
        self._feet()
        return self.pages

    # --- head ---
    def _first_backdrop(self) -> Backdrop:
        if self.has_logo:
            return self.backdrop
        x = self._from_start(0, MARK_BOX) + MARK_BOX / 2
        return replace(self.backdrop, mark=(x, HEAD_TOP + MARK_BOX / 2))

    def _from_start(self, place: float, width: float) -> float:
        """The left edge of something that stands so far from the side where reading begins."""
        return WIDTH - SIDE - place - width if self.rtl else SIDE + place

    def _head(self) -> None:
        code = furniture.QR_SIZE
        place = self._from_start(TEXT_WIDTH - code, code)
        text = self.document.qr or self.document.verify_url
        self.pages.page.code = Code(text, place, HEAD_TOP, code)
        room = TEXT_WIDTH - code - BESIDE_CODE
        self._logos()
        beside = 0.0 if self.has_logo else MARK_BOX + 11
        self.top = HEAD_TOP + (LOGO_BOX[1] + 8 if self.has_logo else 4)
        self._line("organisation", self.document.organisation, ORGANISATION, beside, room - beside)
        self.top = max(self.top, HEAD_TOP + MARK_BOX)
        for name, style in HEAD.items():
            if text := getattr(self.document, name):
                self.top += style.gap
                self._line(name, text, style, 0, room)
        self.top = max(self.top, HEAD_TOP + code) + 16

    def _logos(self) -> None:
        room, height = LOGO_BOX
        logos = [self.pictures[slot] for slot in (LOGO, SECOND_LOGO) if slot in self.pictures]
        for number, logo in enumerate(logos):
            left = self._from_start(number * (room + 14), room)
            drawn = self.pages.picture(
                logo, left=left, top=HEAD_TOP, room=room, height=height, align=self.start
            )
            self.pages.tell(drawn)

    def _line(self, name: str, text: str, style: Style, place: float, room: float) -> None:
        faces = families_for(text, self.face)
        item = single(name, text, style, faces, room)
        left = self._from_start(place, room)
        self.pages.text(item, style, faces, left=left, top=self.top, room=room, align=self.start)
        self.top += item.height

    # --- table ---
    def _headings(self, *, repeated: bool = False) -> None:
        cells = [
            self._cell("headings", ((text, HEADING),), column)
            for column, text in enumerate(self.document.headings)
        ]
        self._rule(INK, 1.0)
        self._set_row(cells, "TH", repeated=repeated)
        self._rule(INK, 0.6)

    def _row(self, cells: list[list[_Text]]) -> None:
        if self.top + _height(cells) > TABLE_BOTTOM:
            self._turn()
            self._headings(repeated=True)
        self._set_row(cells, "TD")
        self._rule(OCHRE, 0.35)

    def _cell(self, name: str, texts: tuple[tuple[str, Style], ...], column: int) -> list[_Text]:
        made = []
        for text, style in texts:
            if text:
                faces = families_for(text, self.face)
                item = single(name, text, style, faces, COLUMNS[column] - 2 * PADDING)
                made.append(_Text(item, style, faces, _isolated(item) if style is SMALL else ()))
        return made

    def _set_row(self, cells: list[list[_Text]], role: str, *, repeated: bool = False) -> None:
        kids, place, height = [], 0.0, _height(cells)
        for column, (cell, width) in enumerate(zip(cells, COLUMNS, strict=True)):
            marks = self._set_cell(cell, column, place)
            scope = "Column" if role == "TH" else "Row" if column == 0 else ""
            texts = tuple(Element(role="P", marks=each) for each in marks)
            kids.append(Element(role="TH" if scope else role, scope=scope, kids=texts))
            place += width
            if repeated:
                self.pages.repeat(mark for each in marks for mark in each)
        if not repeated:
            self.rows.append(Element(role="TR", kids=tuple(kids)))
        self.top += height

    def _set_cell(self, cell: list[_Text], column: int, place: float) -> list[tuple[Mark, ...]]:
        room = COLUMNS[column] - 2 * PADDING
        left = self._from_start(place + PADDING, room)
        align = self.end if column == HOURS else self.start
        marks, top = [], self.top + ABOVE
        for text in cell:
            drawn = self.pages.draw(
                text.item,
                text.style,
                text.faces,
                left=left,
                top=top,
                room=room,
                align=align,
                html=text.html,
            )
            marks.append(drawn)
            top += text.item.height
        return marks

    def _total(self) -> None:
        cells = [
            self._cell("total", texts, column)
            for column, texts in enumerate(
                ((((self.document.total_label, TOTAL),)), (), ((self.document.total, TOTAL),), (), (), ())
            )
        ]
        if self.top + _height(cells) > TABLE_BOTTOM:
            self._turn()
            self._headings(repeated=True)
        self._set_row(cells, "TD")
        self._rule(INK, 1.0)

    def _rule(self, colour: str, thickness: float) -> None:
        self.pages.page.lines.append(Line(SIDE, self.top, TEXT_WIDTH, thickness, colour))

    # --- end ---
    def _signed(self) -> None:
        if text := self.document.accreditation:
            self.top += ACCREDITATION.gap
            faces = families_for(text, self.face)
            height = single("accreditation", text, ACCREDITATION, faces, TEXT_WIDTH).height
            if self.top + height > TABLE_BOTTOM:
                self._turn()
            self._line("accreditation", text, ACCREDITATION, 0, TEXT_WIDTH)
        if self.top > SIGNED_TOP - 10:
            self._turn()
        places = (0.0, TEXT_WIDTH - SIGNATURE)
        for who, slot, place in zip(self.document.signatories, SIGNATURES, places, strict=False):
            furniture.set_signature(
                self.pages,
                (who,),
                self.pictures.get(slot),
                (self.face,),
                left=self._from_start(place, SIGNATURE),
                foot=FOOT,
                room=SIGNATURE,
            )
        self._seal()

    def _seal(self) -> None:
        middle = (WIDTH / 2, FOOT - 4)
        if SEAL not in self.pictures:
            page = self.pages.page
            page.backdrop = replace(page.backdrop, seal=middle)
            return
        left, top = middle[0] - SEAL_SIZE / 2, middle[1] - SEAL_SIZE / 2
        seal = self.pages.picture(self.pictures[SEAL], left=left, top=top, room=SEAL_SIZE, height=SEAL_SIZE)
        self.pages.tell(seal)

    # --- pages ---
    def _turn(self) -> None:
        """A new page, with the title and the name at its head."""
        self.pages.turn(self.backdrop)
        self.top = NEXT_HEAD_TOP
        for align, text in ((self.start, self.document.title), (self.end, self.document.name)):
            faces, room = families_for(text, self.face), TEXT_WIDTH / 2 - 8
            item = single("running head", text, RUNNING, faces, room)
            left = SIDE if align == "left" else WIDTH - SIDE - room
            drawn = self.pages.draw(item, RUNNING, faces, left=left, top=self.top, room=room, align=align)
            self.pages.repeat(drawn)
        self.top += 24

    def _feet(self) -> None:
        """Number, address and page at the foot of every page; after the first, nobody is told again."""
        document, pages = self.document, self.pages
        faces = families_for(document.title, self.face)
        for number in range(len(pages.pages)):
            pages.at = number
            furniture.set_number_line(
                pages,
                document,
                self.face,
                left=SIDE,
                top=NUMBER_TOP,
                room=TEXT_WIDTH,
                size=FOOT_LINE.size,
                repeated=number > 0,
            )
            label = document.page_label % {"page": number + 1, "pages": len(pages.pages)}
            item = single("page", label, FOOT_LINE, faces, TEXT_WIDTH)
            pages.repeat(pages.draw(item, FOOT_LINE, faces, left=SIDE, top=PAGE_TOP, room=TEXT_WIDTH))


def _texts(line: TranscriptLine) -> tuple[tuple[tuple[str, Style], ...], ...]:
    return (
        ((line.course, COURSE), (line.code, SMALL)),
        ((line.dates, CELL),),
        ((line.hours, CELL),),
        ((line.language, CELL),),
        ((line.kind, CELL), (line.number, SMALL)),
        ((line.state, CELL),),
    )


def _isolated(item: Placed) -> tuple[str, ...]:
    """Codes and numbers keep their own order in a right-to-left page."""
    return tuple(f"{ISOLATE}{escape(line)}{END_ISOLATE}" for line in item.lines)


def _height(cells: list[list[_Text]]) -> float:
    return max(sum(text.item.height for text in cell) for cell in cells) + ABOVE + BELOW
