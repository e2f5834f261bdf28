"""The certificate sheet in two languages: the name once, the rest side by side."""

from __future__ import annotations

from dataclasses import dataclass

from certificates.pdf import furniture
from certificates.pdf.document import BilingualDocument, CertificateDocument
from certificates.pdf.faces import Face, face_of, families_for, is_right_to_left
from certificates.pdf.furniture import NUMBER_WIDTH
from certificates.pdf.layout import Block, Placed, stack
from certificates.pdf.ornaments import WIDTH
from certificates.pdf.typesetting import INK, MUTED, OCHRE, OCHRE_TEXT, Line, Pages, Style, block

COLUMN = 640.0  # width of the name
HALF, GAP = 330.0, 32.0  # width of each language, and between the two
COLUMN_TOP, COLUMN_BOTTOM = 100.0, 409.0
BETWEEN_LOGOS_TOP = 66.0
RULE = 96.0
FOOT = 452.0
NUMBER_TOPS, NUMBER_SIZE = (511.0, 526.0), 8.4

STYLES = {
    "organisation": Style(size=13, one_line_from=10, least=8, gap=2, bold=True, colour=INK),
    "title": Style(size=22, one_line_from=16, least=12, gap=10, colour=OCHRE_TEXT, role="H1"),
    "lead": Style(size=12, one_line_from=9.5, least=8, gap=5, italic=True),
    "name": Style(size=33, one_line_from=21, least=16, gap=5, bold=True, colour=INK),
    "latin_name": Style(size=13, one_line_from=10, least=8, gap=2, colour=MUTED),
    "statement": Style(size=12, one_line_from=9.5, least=8, gap=9, italic=True),
    "course": Style(size=17, one_line_from=14, least=10, gap=3, max_lines=4, bold=True, colour=INK),
    "grade": Style(size=12, one_line_from=10, least=8, gap=3, colour=OCHRE_TEXT),
    "detail": Style(size=11.5, one_line_from=10, least=8, gap=15),
    "wording": Style(size=10.5, one_line_from=9.5, least=7.5, gap=3, max_lines=3),
    "issued_line": Style(size=10, one_line_from=9, least=7.5, gap=3, colour=MUTED),
    "accreditation": Style(size=9, one_line_from=8, least=7, gap=3, max_lines=4, colour=MUTED),
}
SHARED = ("name", "latin_name")
STACKED = ("organisation",)
RULE_ABOVE = "detail"


@dataclass(frozen=True, slots=True)
class _Side:
    """One language: where its texts stand, and what its part of the file is called."""

    document: CertificateDocument
    face: Face
    left: float
    language: str = ""


@dataclass(frozen=True, slots=True)
class _Set:
    side: _Side
    item: Placed
    left: float
    top: float
    room: float


def compose(document: BilingualDocument) -> Pages:
    """Place the texts of both languages; readers are told the first whole, then the second."""
    first, second = _sides(document)
    pictures = furniture.slots_of(document.first)
    pages = Pages(
        language=document.language,
        rtl=is_right_to_left(document.title),
        backdrop=furniture.backdrop_of(document.first.background, pictures, FOOT),
    )
    logos = furniture.set_logos(pages, pictures)
    pages.tell(*logos[:1])
    placed = _placed(pages, first, second, between_logos=furniture.has_two_logos(pictures))
    for side in (first, second):
        for one in placed:
            if one.side is side:
                _set(pages, one)
    pages.tell(*logos[1:])
    signatories = list(zip(document.first.signatories, document.second.signatories, strict=True))
    furniture.set_signatures(pages, signatories, pictures, (first.face, second.face), FOOT)
    furniture.set_seal(pages, pictures, FOOT)
    for side, top in zip((first, second), NUMBER_TOPS, strict=True):
        furniture.set_number_line(
            pages,
            side.document,
            side.face,
            left=(WIDTH - NUMBER_WIDTH) / 2,
            top=top,
            room=NUMBER_WIDTH,
            size=NUMBER_SIZE,
            language=side.language,
        )
    furniture.set_code(pages, document.first, FOOT)
    return pages


def _sides(document: BilingualDocument) -> tuple[_Side, _Side]:
    """A right-to-left language stands on the right; of two alike, the first where reading begins."""
    left = (WIDTH - GAP) / 2 - HALF
    right = (WIDTH + GAP) / 2
    places = (right, left) if is_right_to_left(document.first.title) else (left, right)
    if not is_right_to_left(document.first.title) and is_right_to_left(document.second.title):
        places = (left, right)
    first, second = (
        _Side(one, face_of(one.title), place, language)
        for one, place, language in zip(
            (document.first, document.second), places, ("", document.second.language), strict=True
        )
    )
    return first, second


def _placed(pages: Pages, first: _Side, second: _Side, *, between_logos: bool) -> list[_Set]:
    top = BETWEEN_LOGOS_TOP if between_logos else COLUMN_TOP
    narrow = furniture.room_between_logos() if between_logos else COLUMN
    rows: list[list[tuple[_Side, Block]]] = []
    for name in STYLES:
        if name in STACKED:
            rows += [[cell] for cell in _cells(name, (first, second), narrow)]
        elif name in SHARED:
            rows += [[cell] for cell in _cells(name, (first,), COLUMN)]
        elif cells := _cells(name, (first, second), HALF):
            rows.append(cells)
    out = []
    stacked = stack([[made for _side, made in row] for row in rows], width=COLUMN, height=COLUMN_BOTTOM - top)
    for row, items in zip(rows, stacked, strict=True):
        gap = max(item.gap for item in items)
        if items[0].block.name == RULE_ABOVE:
            pages.page.lines.append(Line((WIDTH - RULE) / 2, top + gap * 0.55, RULE, 1.0, OCHRE))
        for (side, made), item in zip(row, items, strict=True):
            room = made.room or COLUMN
            left = side.left if room == HALF else (WIDTH - room) / 2
            out.append(_Set(side, item, left, top + gap - item.gap, room))
        top += max(item.height - item.gap for item in items) + gap
    return out


def _cells(name: str, sides: tuple[_Side, ...], room: float) -> list[tuple[_Side, Block]]:
    """The text of that name in each language that has it; what both say alike is said once."""
    cells, said = [], set()
    for side in sides:
        text = getattr(side.document, name)
        if text and not (name in STACKED and text in said):
            said.add(text)
            cells.append((side, block(name, text, STYLES[name], families_for(text, side.face), room=room)))
    return cells


def _set(pages: Pages, one: _Set) -> None:
    name, text = one.item.block.name, one.item.block.text
    faces = families_for(text, one.side.face)
    pages.text(
        one.item,
        STYLES[name],
        faces,
        left=one.left,
        top=one.top,
        room=one.room,
        language=one.side.language,
    )
