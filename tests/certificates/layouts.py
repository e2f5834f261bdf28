"""Sheets with a design, in two languages, and transcripts, made of the samples; with long texts, too."""

from collections.abc import Callable
from dataclasses import fields, replace

from certificates.pdf import (
    BilingualDocument,
    CertificateDocument,
    Document,
    Picture,
    TranscriptDocument,
    TranscriptLine,
)
from portal.demo import pictures

# 80 characters of each script, as names or titles are written in it
EIGHTY = {
    "Latin": "María de los Ángeles Guadalupe Fernández de Córdoba y Etxeberria Núñez-Ibáñez Ruiz",
    "Cyrillic": "Александар Стефановски Ѓорѓиевски Константиновиќ Миладинова Хаџи-Николовска Јован",
    "Arabic": "القاضية فاطمة الزهراء بنت عبد الرحمن بن محمد آل عبد العزيز المُعلَّى الهاشمية القرشية",
    "Bangla": "বিচারপতি মুহাম্মদ শাহনেওয়াজ কৃষ্ণেন্দু চট্টোপাধ্যায় ভট্টাচার্য্য চৌধুরী বন্দ্যোপাধ্যায়",
    "Devanagari": "माननीय न्यायाधीश श्रीमती लक्ष्मी कुँवर क्षेत्री त्र्यम्बक भट्टराई उपाध्याय पौडेल शर्मा",
    "Thaana": "ފަނޑިޔާރު އާމިނަތު ޢަބްދުއްރަޙްމާން މުޙައްމަދު އިބްރާހީމް މަނިކުފާނު ޙަސަން ޢަލީ ޒާހިރު",
    "Thai": "ท่านผู้พิพากษา สมชาย ณ อยุธยา วงศ์สวัสดิ์ศิริวัฒนานุกูลกิจเจริญรุ่งเรืองทรัพย์อนันต์",
}
QR = "https://learn.example.org/verify/2026-7F3K-9QXD#" + "A7$B2" * 70


def designed(like: CertificateDocument, **changes: object) -> CertificateDocument:
    """A sample with every slot of a design filled."""
    drawn = {
        "logo": pictures.logo(),
        "second_logo": pictures.partner(),
        "seal": pictures.seal(),
        "signature_1": pictures.signature(2),
        "signature_2": pictures.signature(5),
    }
    who = like.signatories[0]
    return replace(
        like,
        pictures=tuple(Picture(slot=slot, png=png, alt=slot) for slot, png in drawn.items()),
        accreditation=like.issued_line,
        grade=like.statement,
        wording=like.lead,
        signatories=(who, who),
        qr=QR,
        **changes,
    )


def transcript(like: CertificateDocument, lines: int, **changes: object) -> TranscriptDocument:
    """A transcript with that many lines, in the words of a sample."""
    shared = {
        field.name: getattr(like, field.name)
        for field in fields(TranscriptDocument)
        if hasattr(like, field.name)
    }
    line = TranscriptLine(
        course=like.course,
        code="TIP-101",
        dates="3.9.2026 – 14.11.2026",
        hours="18",
        language=like.language,
        kind=like.title,
        number=like.number,
        state="OK",
    )
    return TranscriptDocument(
        **shared
        | {
            "headings": ("A", "B", "C", "D", "E", "F"),
            "lines": (line,) * lines,
            "total_label": like.number_label,
            "total": str(18 * lines),
            "page_label": "%(page)s / %(pages)s",
        }
        | changes
    )


def documents(sample: Callable[[str], CertificateDocument]) -> dict[str, Document]:
    """Those that are kept as golden pictures, by key."""
    es, ar, bn = (designed(sample(code)) for code in ("es", "ar", "bn"))
    return {
        "design-es": es,
        "design-ar": ar,
        "design-bn": bn,
        "one-logo": replace(es, pictures=es.pictures[:1] + es.pictures[3:4], background="plain"),
        "es-ar": BilingualDocument(first=sample("es"), second=sample("ar")),
        "ar-es": BilingualDocument(first=ar, second=es),
        "bn-en": BilingualDocument(first=designed(sample("bn")), second=designed(sample("en"))),
        "transcript-es": transcript(es, 3),
        "transcript-ar": transcript(sample("ar"), 4),
        "transcript-bn": transcript(sample("bn"), 30),
    }
