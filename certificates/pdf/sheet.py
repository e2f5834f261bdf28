"""The certificate sheet in one language: every size, break and place decided here."""

from __future__ import annotations

from certificates.pdf import furniture
from certificates.pdf.document import CertificateDocument
from certificates.pdf.faces import Face, face_of, families_for, is_right_to_left
from certificates.pdf.furniture import NUMBER_WIDTH
from certificates.pdf.layout import Block, stack
from certificates.pdf.ornaments import WIDTH
from certificates.pdf.typesetting import INK, MUTED, OCHRE, OCHRE_TEXT, Line, Pages, Style, block

COLUMN = 600.0  # width of the text
COLUMN_TOP, COLUMN_BOTTOM = 104.0, 421.0
BETWEEN_LOGOS_TOP = 76.0  # where the column begins when the middle is free
RULE = 96.0  # the short ochre rule
FOOT = 464.0  # the line people sign on
NUMBER_TOP = 524.0

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


def compose(document: CertificateDocument) -> Pages:
    """Place everything that changes from one certificate to the next."""
    face = face_of(document.title)
    pictures = furniture.slots_of(document)
    pages = Pages(
        language=document.language,
        rtl=is_right_to_left(document.title),
        backdrop=furniture.backdrop_of(document.background, pictures, FOOT),
    )
    logos = furniture.set_logos(pages, pictures)
    pages.tell(*logos[:1])
    _column(pages, document, face, between_logos=furniture.has_two_logos(pictures))
    pages.tell(*logos[1:])
    signatories = [(who,) for who in document.signatories]
    furniture.set_signatures(pages, signatories, pictures, (face,), FOOT)
    furniture.set_seal(pages, pictures, FOOT)
    left = (WIDTH - NUMBER_WIDTH) / 2
    furniture.set_number_line(pages, document, face, left=left, top=NUMBER_TOP, room=NUMBER_WIDTH)
    furniture.set_code(pages, document, FOOT)
    return pages


def _column(pages: Pages, document: CertificateDocument, face: Face, *, between_logos: bool) -> None:
    top = BETWEEN_LOGOS_TOP if between_logos else COLUMN_TOP
    narrow = furniture.room_between_logos() if between_logos else None
    rows: list[tuple[Block]] = []
    for name, style in STYLES.items():
        if text := getattr(document, name):
            room = narrow if name == "organisation" else None
            rows.append((block(name, text, style, families_for(text, face), room=room),))
    for (item,) in stack(rows, width=COLUMN, height=COLUMN_BOTTOM - top):
        name = item.block.name
        if name == RULE_ABOVE:
            pages.page.lines.append(Line((WIDTH - RULE) / 2, top + item.gap * 0.55, RULE, 1.0, OCHRE))
        faces = families_for(item.block.text, face)
        pages.text(item, STYLES[name], faces, left=(WIDTH - COLUMN) / 2, top=top, room=COLUMN)
        top += item.height
