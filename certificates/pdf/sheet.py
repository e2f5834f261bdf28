"""The certificate sheet in one language: every size, break and place decided here."""

from __future__ import annotations

from html import escape

from certificates.pdf.background import Backdrop
from certificates.pdf.document import (
    LOGO,
    SEAL,
    SECOND_LOGO,
    SIGNATURES,
    CertificateDocument,
    Picture,
    Signatory,
)
from certificates.pdf.faces import Face, face_of, families_for, is_right_to_left
from certificates.pdf.layout import stack
from certificates.pdf.ornaments import MARK, WIDTH
from certificates.pdf.ornaments import SEAL as SEAL_AT
from certificates.pdf.typesetting import (
    END_ISOLATE,
    INK,
    ISOLATE,
    MUTED,
    OCHRE,
    OCHRE_TEXT,
    TEXT,
    Code,
    Element,
    Line,
    Pages,
    Style,
    block,
    single,
)

COLUMN = 600.0  # width of the text
COLUMN_TOP, COLUMN_BOTTOM = 104.0, 424.0
RULE = 96.0  # the short ochre rule
FOOT = 464.0  # the line people sign on
SIGNATURE = 176.0
SIGNED = 42.0  # height of the picture of a signature
SIDE = 92.0  # from the edge of the sheet to the signatures and the QR code
BESIDE_SEAL = 58.0  # from the middle of the sheet to the second signature
QR_SIZE = 62.4  # 22 mm: the signed code at its longest then has modules of a third of a millimetre
QR_ABOVE_FOOT = 22.0
NUMBER_TOP = 524.0
NUMBER_WIDTH = WIDTH - 130
SEAL_SIZE = 84.0
LOGO_TOP = 60.0
ONE_LOGO, BESIDE_LOGOS = (220.0, 40.0), 76.0  # width and height of its box; where the text then begins
TWO_LOGOS, LOGO_SIDE = (160.0, 46.0), 70.0

STYLES = {
    "organisation": Style(size=15, one_line_from=10, least=9, bold=True, colour=INK),
    "title": Style(size=30, one_line_from=22, least=18, gap=13, colour=OCHRE_TEXT, role="H1"),
    "lead": Style(size=13, one_line_from=11, least=9, gap=7, italic=True),
    "name": Style(size=37, one_line_from=22, least=18, gap=5, bold=True, colour=INK),
    "latin_name": Style(size=14, one_line_from=10, least=9, gap=3, colour=MUTED),
    "statement": Style(size=13, one_line_from=11, least=9, gap=8, italic=True),
    "course": Style(size=23, one_line_from=18, least=13, gap=4, max_lines=3, bold=True, colour=INK),
    "grade": Style(size=14, one_line_from=11, least=9, gap=4, colour=OCHRE_TEXT),
    "detail": Style(size=13, one_line_from=11, least=9, gap=17),
    "wording": Style(size=12, one_line_from=11, least=9, gap=3, max_lines=3),
    "issued_line": Style(size=11, one_line_from=9, least=8, gap=3, colour=MUTED),
    "accreditation": Style(size=10, one_line_from=8.5, least=7.5, gap=4, max_lines=3, colour=MUTED),
}
RULE_ABOVE = "detail"
SIGNATORY_NAME = Style(size=12, one_line_from=10, least=8, bold=True, colour=INK)
SIGNATORY_OFFICE = Style(size=10, one_line_from=8.5, least=7, colour=MUTED)
NUMBER = Style(size=9.2, one_line_from=6, least=6.5, colour=MUTED)


def compose(document: CertificateDocument) -> Pages:
    """Place everything that changes from one certificate to the next."""
    face = face_of(document.title)
    rtl = is_right_to_left(document.title)
    pictures = {picture.slot: picture for picture in document.pictures}
    pages = Pages(language=document.language, rtl=rtl, backdrop=backdrop_of(document.background, pictures))
    logos = set_logos(pages, pictures, rtl)
    pages.tell(*logos[:1])
    _column(pages, document, face, beside_logos=len(logos) == 2)
    pages.tell(*logos[1:])
    set_seal(pages, pictures)
    offices = [(who.office,) for who in document.signatories]
    set_signatures(pages, document.signatories, offices, pictures, face, rtl)
    set_number_line(pages, document, face, top=NUMBER_TOP)
    set_code(pages, document, rtl)
    return pages


def backdrop_of(pattern: str, pictures: dict[str, Picture]) -> Backdrop:
    """The empty sheet, with the mark and the seal of ours where the design has none of its own."""
    has_logo = LOGO in pictures or SECOND_LOGO in pictures
    return Backdrop(pattern, mark=None if has_logo else MARK, seal=None if SEAL in pictures else SEAL_AT)


def set_logos(pages: Pages, pictures: dict[str, Picture], rtl: bool) -> tuple[Element, ...]:
    """One logo stands where the mark would; two in the upper corners, the first where reading begins."""
    logos = [pictures[slot] for slot in (LOGO, SECOND_LOGO) if slot in pictures]
    if len(logos) == 1:
        room, height = ONE_LOGO
        left = (WIDTH - room) / 2
        return (pages.picture(logos[0], left=left, top=LOGO_TOP, room=room, height=height),)
    room, height = TWO_LOGOS
    places = [LOGO_SIDE, WIDTH - LOGO_SIDE - room]
    return tuple(
        pages.picture(logo, left=left, top=LOGO_TOP, room=room, height=height)
        for logo, left in zip(logos, places[::-1] if rtl else places, strict=False)
    )


def set_seal(pages: Pages, pictures: dict[str, Picture]) -> None:
    """The design's own seal, in the place of ours."""
    if SEAL in pictures:
        left, top = SEAL_AT[0] - SEAL_SIZE / 2, SEAL_AT[1] - SEAL_SIZE / 2
        pages.tell(pages.picture(pictures[SEAL], left=left, top=top, room=SEAL_SIZE, height=SEAL_SIZE))


def set_signatures(
    pages: Pages,
    signatories: tuple[Signatory, ...],
    offices: list[tuple[str, ...]],
    pictures: dict[str, Picture],
    face: Face,
    rtl: bool,
) -> None:
    """At most two: the first at the side where reading begins, the second beyond the seal."""
    places = [SIDE, WIDTH / 2 + BESIDE_SEAL]
    if rtl:
        places = [WIDTH - place - SIGNATURE for place in places]
    for who, held, slot, left in zip(signatories, offices, SIGNATURES, places, strict=False):
        if slot in pictures:
            top = FOOT - SIGNED - 1
            pages.tell(
                pages.picture(pictures[slot], left=left, top=top, room=SIGNATURE, height=SIGNED, sink=True)
            )
        pages.page.lines.append(Line(left, FOOT, SIGNATURE, 0.7, TEXT))
        top = FOOT + 4
        lines = [(who.name, SIGNATORY_NAME), *((office, SIGNATORY_OFFICE) for office in held)]
        for text, style in lines:
            if text:
                faces = families_for(text, face)
                item = single("signatory", text, style, faces, SIGNATURE)
                pages.text(item, style, faces, left=left, top=top, room=SIGNATURE)
                top += item.height


def set_number_line(
    pages: Pages, document: CertificateDocument, face: Face, *, top: float, language: str = ""
) -> None:
    """The number and the address where it is checked, which is a link."""
    number, address = escape(document.number), escape(document.verify_url)
    plain = f"{document.number_label} {document.number}   ·   {document.verify_label} "
    faces = families_for(document.title, face)
    item = single("number", plain + document.verify_url, NUMBER, faces, NUMBER_WIDTH)
    link = f'<a href="{address}" style="color: {MUTED}; text-decoration: none">'
    html = (
        f"{escape(document.number_label)} {ISOLATE}{number}{END_ISOLATE} &nbsp;·&nbsp; "
        f"{escape(document.verify_label)} {link}{ISOLATE}{address}{END_ISOLATE}</a>"
    )
    left = (WIDTH - NUMBER_WIDTH) / 2
    pages.text(item, NUMBER, faces, left=left, top=top, room=NUMBER_WIDTH, html=html, language=language)


def set_code(pages: Pages, document: CertificateDocument, rtl: bool) -> None:
    """The QR code, at the side where reading ends."""
    left = SIDE if rtl else WIDTH - SIDE - QR_SIZE
    pages.page.code = Code(document.qr or document.verify_url, left, FOOT - QR_ABOVE_FOOT, QR_SIZE)


def _column(pages: Pages, document: CertificateDocument, face: Face, *, beside_logos: bool) -> None:
    top = BESIDE_LOGOS if beside_logos else COLUMN_TOP
    narrow = WIDTH - 2 * (LOGO_SIDE + TWO_LOGOS[0] + 12)
    rows = [
        (
            block(
                name,
                text,
                style,
                families_for(text, face),
                room=narrow if beside_logos and name == "organisation" else None,
            ),
        )
        for name, style in STYLES.items()
        if (text := getattr(document, name))
    ]
    for (item,) in stack(rows, width=COLUMN, height=COLUMN_BOTTOM - top):
        name = item.block.name
        if name == RULE_ABOVE:
            pages.page.lines.append(Line((WIDTH - RULE) / 2, top + item.gap * 0.55, RULE, 1.0, OCHRE))
        faces = families_for(item.block.text, face)
        pages.text(item, STYLES[name], faces, left=(WIDTH - COLUMN) / 2, top=top, room=COLUMN)
        top += item.height
