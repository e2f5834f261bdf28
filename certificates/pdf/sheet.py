"""The certificate sheet as HTML for xhtml2pdf: every size, break and place decided here.

xhtml2pdf only draws: each text stands in an absolute box that is wider than the text, so that
it never breaks a line by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from certificates.pdf.document import CertificateDocument, Signatory
from certificates.pdf.faces import LATIN, Face, face_of, families_for, is_right_to_left, width
from certificates.pdf.layout import Block, Placed, fit, stack
from certificates.pdf.ornaments import HEIGHT, WIDTH

INK, TEXT, MUTED, OCHRE, OCHRE_TEXT = "#10284b", "#1b2433", "#465063", "#ad7c22", "#69490b"

COLUMN = 600.0  # width of the text
COLUMN_TOP, COLUMN_BOTTOM = 104.0, 424.0
RULE = 96.0  # the short ochre rule
FOOT = 464.0  # the line people sign on
SIGNATURE = 176.0
SIDE = 92.0  # from the edge of the sheet to the signatures and the QR code
BESIDE_SEAL = 58.0  # from the middle of the sheet to the second signature
QR_SIZE = 62.4  # 22 mm: the signed code at its longest then has modules of a third of a millimetre
QR_ABOVE_FOOT = 22.0
NUMBER_TOP = 524.0
NUMBER_WIDTH = WIDTH - 130
SLACK = 30.0

# A number or address inside right-to-left text keeps its own order between these.
ISOLATE, END_ISOLATE = "\u2066", "\u2069"


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """How one kind of text is set; sizes and gap in points, for Latin."""

    size: float
    one_line_from: float
    gap: float = 0.0
    max_lines: int = 2
    bold: bool = False
    italic: bool = False
    colour: str = TEXT
    tag: str = "div"


COLUMN_STYLES = {
    "organisation": Style(size=15, one_line_from=10, bold=True, colour=INK),
    "title": Style(size=30, one_line_from=22, gap=13, colour=OCHRE_TEXT, tag="h1"),
    "lead": Style(size=13, one_line_from=11, gap=7, italic=True),
    "name": Style(size=37, one_line_from=22, gap=5, bold=True, colour=INK),
    "latin_name": Style(size=14, one_line_from=10, gap=3, colour=MUTED),
    "statement": Style(size=13, one_line_from=11, gap=8, italic=True),
    "course": Style(size=23, one_line_from=18, gap=4, max_lines=3, bold=True, colour=INK),
    "detail": Style(size=13, one_line_from=11, gap=17),
    "wording": Style(size=12, one_line_from=11, gap=3, max_lines=3),
    "issued_line": Style(size=11, one_line_from=9, gap=3, colour=MUTED),
}
RULE_ABOVE = "detail"
SIGNATORY_NAME = Style(size=12, one_line_from=10, bold=True, colour=INK)
SIGNATORY_OFFICE = Style(size=10, one_line_from=8.5, colour=MUTED)
NUMBER = Style(size=9.2, one_line_from=6, colour=MUTED)


@dataclass(frozen=True, slots=True)
class Line:
    """A straight horizontal line, in points from the top left of the sheet."""

    left: float
    top: float
    length: float
    thickness: float
    colour: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The text as HTML, and what is drawn around it: lines, and the corner of the QR code."""

    html: str
    lines: tuple[Line, ...]
    qr: tuple[float, float]


def compose(document: CertificateDocument) -> Sheet:
    """Place everything that changes from one certificate to the next."""
    face = face_of(document.title)
    rtl = is_right_to_left(document.title)
    column, rule = _column(document, face)
    signatures, signed = _signatures(document, face, rtl)
    html = (
        f'<html lang="{document.language}" dir="{"rtl" if rtl else "ltr"}"><head><style>'
        f"@page {{ size: {WIDTH}pt {HEIGHT}pt; margin: 0 }} "
        "h1 { margin: 0 } .at { position: absolute }"
        "</style></head><body>"
        f"{column}{signatures}{_number_line(document, face)}</body></html>"
    )
    qr_left = SIDE if rtl else WIDTH - SIDE - QR_SIZE
    return Sheet(html, (*rule, *signed), (qr_left, FOOT - QR_ABOVE_FOOT))


def _column(document: CertificateDocument, face: Face) -> tuple[str, tuple[Line, ...]]:
    blocks = [
        _block(name, text, style, families_for(text, face))
        for name, style in COLUMN_STYLES.items()
        if (text := getattr(document, name))
    ]
    out, top = "", COLUMN_TOP
    rule: tuple[Line, ...] = ()
    for item in stack(blocks, width=COLUMN, height=COLUMN_BOTTOM - COLUMN_TOP):
        if item.block.name == RULE_ABOVE:
            rule = (Line((WIDTH - RULE) / 2, top + item.gap * 0.55, RULE, 1.0, OCHRE),)
        style = COLUMN_STYLES[item.block.name]
        faces = families_for(item.block.text, face)
        out += _text(item, style, faces, left=(WIDTH - COLUMN) / 2, top=top, room=COLUMN)
        top += item.height
    return out, rule


def _signatures(document: CertificateDocument, face: Face, rtl: bool) -> tuple[str, tuple[Line, ...]]:
    """At most two: the first at the side where reading begins, the second beyond the seal."""
    places = [SIDE, WIDTH / 2 + BESIDE_SEAL]
    if rtl:
        places = [WIDTH - place - SIGNATURE for place in places]
    out = ""
    lines: list[Line] = []
    for who, left in zip(document.signatories, places, strict=False):
        lines.append(Line(left, FOOT, SIGNATURE, 0.7, TEXT))
        out += _signature(who, left, face)
    return out, tuple(lines)


def _signature(who: Signatory, left: float, face: Face) -> str:
    out, top = "", FOOT + 4
    for text, style in ((who.name, SIGNATORY_NAME), (who.office, SIGNATORY_OFFICE)):
        if text:
            faces = families_for(text, face)
            item = _single(text, style, faces, SIGNATURE)
            out += _text(item, style, faces, left=left, top=top, room=SIGNATURE)
            top += item.height
    return out


def _number_line(document: CertificateDocument, face: Face) -> str:
    number, address = escape(document.number), escape(document.verify_url)
    plain = f"{document.number_label} {document.number}   ·   {document.verify_label} "
    faces = families_for(document.title, face)
    item = _single(plain + document.verify_url, NUMBER, faces, NUMBER_WIDTH)
    link = f'<a href="{address}" style="color: {MUTED}; text-decoration: none">'
    html = (
        f"{escape(document.number_label)} {ISOLATE}{number}{END_ISOLATE} &nbsp;·&nbsp; "
        f"{escape(document.verify_label)} {link}{ISOLATE}{address}{END_ISOLATE}</a>"
    )
    left = (WIDTH - NUMBER_WIDTH) / 2
    return _text(item, NUMBER, faces, left=left, top=NUMBER_TOP, room=NUMBER_WIDTH, html=html)


def _block(name: str, text: str, style: Style, faces: tuple[Face, ...]) -> Block:
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
    )


def _single(text: str, style: Style, faces: tuple[Face, ...], room: float) -> Placed:
    block = _block("", text, style, faces)
    size, lines = fit(block, room)
    return Placed(block, size, lines, size * block.leading, 0.0)


def _text(
    item: Placed,
    style: Style,
    faces: tuple[Face, ...],
    *,
    left: float,
    top: float,
    room: float,
    html: str = "",
) -> str:
    """A placed text with its first baseline where the face wants it; `html` replaces the words."""
    lift = faces[0].raised(bold=style.bold, italic=style.italic) * item.size
    words = html or "<br/>".join(escape(line) for line in item.lines)
    direction = "rtl" if is_right_to_left(item.block.text) else "ltr"
    slant = "italic" if style.italic and not style.bold else "normal"
    place = f"left: {left - SLACK:.2f}pt; top: {top + item.gap - lift:.2f}pt"
    # centred here and not on the page: `dir` brings an alignment of its own
    return (
        f'<div class="at" style="{place}; width: {room + 2 * SLACK:.2f}pt">'
        f'<{style.tag} dir="{direction}" style="text-align: center; color: {style.colour};'
        f" font-family: {', '.join(face.family for face in faces)};"
        f" font-weight: {'bold' if style.bold else 'normal'}; font-style: {slant};"
        f' font-size: {item.size:.2f}pt; line-height: {item.line_height:.2f}pt">'
        f"{words}</{style.tag}></div>"
    )
