"""What stands around the text of every certificate: logos, seal, signatures, QR code and number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
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
    TranscriptDocument,
)
from certificates.pdf.faces import Face, families_for
from certificates.pdf.ornaments import MARK, WIDTH
from certificates.pdf.typesetting import (
    END_ISOLATE,
    INK,
    ISOLATE,
    MUTED,
    TEXT,
    Code,
    Element,
    Line,
    Pages,
    Style,
    single,
)

SIDE = 92.0  # from the edge of the sheet to the signatures and the QR code
SIGNATURE, SIGNED = 176.0, 42.0  # width of a signature, height of its picture
BESIDE_SEAL = 58.0  # from the middle of the sheet to the second signature
QR_SIZE = 62.4  # 22 mm: the signed code at its longest then has modules of a third of a millimetre
QR_ABOVE_FOOT = 22.0
SEAL_SIZE, SEAL_BELOW_FOOT = 84.0, 14.0  # the seal's middle stands a little below the line people sign on
LOGO_TOP = 60.0
ONE_LOGO, TWO_LOGOS = (220.0, 40.0), (160.0, 46.0)  # width and height of a logo's box
LOGO_SIDE = 74.0
NUMBER_WIDTH = WIDTH - 130

SIGNATORY_NAME = Style(size=12, one_line_from=10, least=8, bold=True, colour=INK)
SIGNATORY_OFFICE = Style(size=10, one_line_from=8.5, least=7, colour=MUTED)
NUMBER = Style(size=9.2, one_line_from=6, least=6.5, colour=MUTED)

Slots = Mapping[str, Picture]


def slots_of(document: CertificateDocument | TranscriptDocument) -> Slots:
    """The pictures of a document by their slots."""
    return {picture.slot: picture for picture in document.pictures}


def backdrop_of(pattern: str, pictures: Slots, foot: float) -> Backdrop:
    """The empty sheet, with our own mark and seal where the design has none."""
    has_logo = LOGO in pictures or SECOND_LOGO in pictures
    seal = (WIDTH / 2, foot + SEAL_BELOW_FOOT)
    return Backdrop(pattern, mark=None if has_logo else MARK, seal=None if SEAL in pictures else seal)


def has_two_logos(pictures: Slots) -> bool:
    """Whether the upper corners are taken, and the middle is free."""
    return LOGO in pictures and SECOND_LOGO in pictures


def room_between_logos() -> float:
    """The width left for a text that stands between two logos."""
    return WIDTH - 2 * (LOGO_SIDE + TWO_LOGOS[0] + 12)


def set_logos(pages: Pages, pictures: Slots) -> tuple[Element, ...]:
    """One logo stands where the mark would; two in the upper corners, the first where reading begins."""
    logos = [pictures[slot] for slot in (LOGO, SECOND_LOGO) if slot in pictures]
    if len(logos) == 1:
        room, height = ONE_LOGO
        return (pages.picture(logos[0], left=(WIDTH - room) / 2, top=LOGO_TOP, room=room, height=height),)
    room, height = TWO_LOGOS
    places = [(LOGO_SIDE, "left"), (WIDTH - LOGO_SIDE - room, "right")]
    return tuple(
        pages.picture(logo, left=left, top=LOGO_TOP, room=room, height=height, align=align)
        for logo, (left, align) in zip(logos, places[::-1] if pages.rtl else places, strict=False)
    )


def set_seal(pages: Pages, pictures: Slots, foot: float) -> None:
    """The design's own seal, in the place of ours."""
    if SEAL in pictures:
        left, top = (WIDTH - SEAL_SIZE) / 2, foot + SEAL_BELOW_FOOT - SEAL_SIZE / 2
        pages.tell(pages.picture(pictures[SEAL], left=left, top=top, room=SEAL_SIZE, height=SEAL_SIZE))


def set_signatures(
    pages: Pages,
    signatories: Sequence[Sequence[Signatory]],
    pictures: Slots,
    faces: Sequence[Face],
    foot: float,
) -> None:
    """At most two: the first at the side where reading begins, the second beyond the seal.

    Each is given in every language of the sheet, with the face of each.
    """
    places = [SIDE, WIDTH / 2 + BESIDE_SEAL]
    if pages.rtl:
        places = [WIDTH - place - SIGNATURE for place in places]
    for worded, slot, left in zip(signatories, SIGNATURES, places, strict=False):
        set_signature(pages, worded, pictures.get(slot), faces, left=left, foot=foot)


def set_signature(
    pages: Pages,
    worded: Sequence[Signatory],
    picture: Picture | None,
    faces: Sequence[Face],
    *,
    left: float,
    foot: float,
    room: float = SIGNATURE,
) -> None:
    """A line with the picture of the signature on it, the name under it, and the office per language."""
    if picture is not None:
        top = foot - SIGNED - 1
        pages.tell(pages.picture(picture, left=left, top=top, room=room, height=SIGNED, sink=True))
    pages.page.lines.append(Line(left, foot, room, 0.7, TEXT))
    offices = dict.fromkeys((who.office, face) for who, face in zip(worded, faces, strict=True))
    top = foot + 4
    lines = [(worded[0].name, faces[0], SIGNATORY_NAME)]
    lines += [(office, face, SIGNATORY_OFFICE) for office, face in offices]
    for text, face, style in lines:
        if text:
            families = families_for(text, face)
            item = single("signatory", text, style, families, room)
            pages.text(item, style, families, left=left, top=top, room=room)
            top += item.height


def set_code(pages: Pages, document: CertificateDocument, foot: float) -> None:
    """The QR code, at the side where reading ends."""
    left = SIDE if pages.rtl else WIDTH - SIDE - QR_SIZE
    pages.page.code = Code(document.qr or document.verify_url, left, foot - QR_ABOVE_FOOT, QR_SIZE)


def set_number_line(
    pages: Pages,
    document: CertificateDocument | TranscriptDocument,
    face: Face,
    *,
    left: float,
    top: float,
    room: float,
    size: float = NUMBER.size,
    language: str = "",
    repeated: bool = False,
) -> None:
    """The number and the address where it is checked: a link, unless it only repeats another page's."""
    style = replace(NUMBER, size=size, max_lines=1)
    number, address = escape(document.number), escape(document.verify_url)
    plain = f"{document.number_label} {document.number}   ·   {document.verify_label} "
    faces = families_for(document.title, face)
    item = single("number", plain + document.verify_url, style, faces, room)
    link, end = f'<a href="{address}" style="color: {MUTED}; text-decoration: none">', "</a>"
    if repeated:
        link = end = ""
    html = (
        f"{escape(document.number_label)} {ISOLATE}{number}{END_ISOLATE} &nbsp;·&nbsp; "
        f"{escape(document.verify_label)} {link}{ISOLATE}{address}{END_ISOLATE}{end}"
    )
    marks = pages.draw(item, style, faces, left=left, top=top, room=room, html=(html,))
    if repeated:
        pages.repeat(marks)
    else:
        pages.tell(Element(role=style.role, marks=marks, language=language))
