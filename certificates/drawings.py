"""What is drawn for a certificate: its frozen words and pictures, number, address and sealed code."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from certificates import pictures, seal
from certificates.models import Certificate
from certificates.pdf import (
    BilingualDocument,
    CertificateDocument,
    Document,
    Picture,
    TranscriptDocument,
    uncovered,
)
from certificates.statements import Printed

BETWEEN = "+"  # "ar+es": both on one sheet


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """What a paper shows beside its words: the public address and the sealed code of each language,
    and the pictures by their SHA-256."""

    number: str
    name: str
    latin_name: str
    issued_at: datetime.datetime
    background: str
    address: Callable[[str], str]
    code: Callable[[str], str]
    picture: Callable[[str], bytes]


def languages_of(certificate: Certificate, language: str) -> tuple[str, ...]:
    """The one or two languages that "es" or "ar+es" asks for; none when it cannot be drawn in them."""
    wanted = tuple(language.split(BETWEEN))
    if set(wanted) - set(certificate.languages):
        return ()
    may_pair = not certificate.stated.trainings and len(set(wanted)) == 2
    return wanted if len(wanted) == 1 or (len(wanted) == 2 and may_pair) else ()


def document_of(certificate: Certificate, language: str) -> Document:
    """What is drawn for a certificate in one of its languages, or in two.

    Raises KeyError for languages it does not have, NoKeys, and PictureLost.
    """
    wanted = languages_of(certificate, language)
    if not wanted:
        raise KeyError(language)
    stated = certificate.stated
    paper = Paper(
        number=certificate.number,
        name=stated.name,
        latin_name=stated.latin_name,
        issued_at=certificate.issued_at,
        background=stated.look.background,
        address=lambda code: verify_address(certificate, code),
        code=lambda code: seal.seal(certificate, language=code),
        picture=pictures.read,
    )
    return document(paper, {code: certificate.printed(code) for code in wanted})


def document(paper: Paper, words: Mapping[str, Printed]) -> Document:
    """What is drawn of a paper in one language, or in two, the first one leading."""
    codes = list(words)
    if len(codes) == 2:
        first, second = (_sheet(paper, code, words[code]) for code in codes)
        return BilingualDocument(first=first, second=second)
    table = words[codes[0]].table
    if table is None:
        return _sheet(paper, codes[0], words[codes[0]])
    return TranscriptDocument(
        **_common(paper, codes[0], words[codes[0]]),
        headings=table.headings,
        lines=table.lines,
        total_label=table.total_label,
        total=table.total,
        page_label=table.page_label,
    )


def verify_address(certificate: Certificate, language: str) -> str:
    """The full address of the public page, as it is printed and in the QR code."""
    with override(language):
        path = reverse("certificates:verify_number", args=[certificate.number])
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


def _sheet(paper: Paper, language: str, words: Printed) -> CertificateDocument:
    return CertificateDocument(
        **_common(paper, language, words),
        statement=words.statement,
        course=words.course,
        grade=words.grade,
        wording=words.wording,
    )


def lines_of_name(name: str, latin_name: str) -> tuple[str, str]:
    """The lines that name the holder; a name that no font draws gives way to the one in Latin letters."""
    if uncovered(name) and latin_name:
        return latin_name, ""
    return name, latin_name if latin_name != name else ""


def _common(paper: Paper, language: str, words: Printed) -> dict[str, Any]:
    """What sheets and transcripts share."""
    name, latin_name = lines_of_name(paper.name, paper.latin_name)
    return {
        "language": language,
        "number": paper.number,
        "verify_url": paper.address(language),
        "qr": paper.code(language),
        "issued_at": paper.issued_at,
        "organisation": words.organisation,
        "title": words.title,
        "lead": words.lead,
        "name": name,
        "latin_name": latin_name,
        "detail": words.detail,
        "issued_line": words.issued_line,
        "accreditation": words.accreditation,
        "number_label": words.number_label,
        "verify_label": words.verify_label,
        "signatories": words.signatories,
        "pictures": tuple(
            Picture(slot=one.slot, png=paper.picture(one.sha256), alt=one.alt) for one in words.pictures
        ),
        "background": paper.background,
    }


def pictures_of(certificate: Certificate, language: str) -> dict[str, dict[str, Any]]:
    """The pictures for the page of a certificate: address, words and size by their slots."""
    from certificates.pdf.pictures import size_of  # brings pikepdf, a third of a second at the start

    found = {}
    for slot, one in certificate.printed(language).by_slot.items():
        width, height = size_of(pictures.read(one.sha256))
        url = reverse("certificates:picture", args=[certificate.number, slot])
        found[slot] = {"url": url, "alt": one.alt, "width": width, "height": height}
    return found
