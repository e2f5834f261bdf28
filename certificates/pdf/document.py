"""What stands on a sheet, already worded and localised: for one language, for two, or as a table."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import datetime

GUILLOCHE, PLAIN = "guilloche", "plain"
LOGO, SECOND_LOGO, SEAL, SIGNATURES = "logo", "second_logo", "seal", ("signature_1", "signature_2")


@dataclass(frozen=True, kw_only=True, slots=True)
class Signatory:
    """One person who signs, with the office as it is printed under the name."""

    name: str
    office: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A PNG file for one of the slots of a sheet, and the words that stand for it."""

    slot: str
    png: bytes = field(repr=False)
    alt: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificateDocument:
    """One certificate in one language.

    Every text is final: nothing is translated, counted or formatted after this point.
    `issued_at` is aware; it becomes the date of the file, so that the same document always
    gives the same bytes. `qr` is what the QR code holds; without it that is the address.
    """

    language: str
    number: str
    verify_url: str
    issued_at: datetime
    organisation: str
    title: str
    lead: str
    name: str
    statement: str
    course: str
    detail: str
    issued_line: str
    number_label: str
    verify_label: str
    latin_name: str = ""
    grade: str = ""
    wording: str = ""
    accreditation: str = ""
    signatories: tuple[Signatory, ...] = ()
    pictures: tuple[Picture, ...] = ()
    background: str = GUILLOCHE
    qr: str = ""

    def normalised(self) -> CertificateDocument:
        """The same document in Unicode's composed form, without stray white space."""
        return replace(self, **_cleaned(self), signatories=_cleaned_signatories(self.signatories))  # type: ignore[arg-type]

    def texts(self) -> tuple[str, ...]:
        """Everything that is drawn as text, in reading order."""
        body = (
            *(self.organisation, self.title, self.lead, self.name, self.latin_name, self.statement),
            *(self.course, self.grade, self.detail, self.wording, self.issued_line, self.accreditation),
        )
        signed = tuple(text for who in self.signatories for text in (who.name, who.office))
        foot = (self.number_label, self.number, self.verify_label, self.verify_url)
        return tuple(text for text in body + signed + foot if text)


@dataclass(frozen=True, kw_only=True, slots=True)
class BilingualDocument:
    """One certificate in two languages on one sheet; the first is the language of the file."""

    first: CertificateDocument
    second: CertificateDocument

    @property
    def language(self) -> str:
        return self.first.language

    @property
    def title(self) -> str:
        return self.first.title

    @property
    def name(self) -> str:
        return self.first.name

    @property
    def organisation(self) -> str:
        return self.first.organisation

    @property
    def qr(self) -> str:
        return self.first.qr

    @property
    def issued_at(self) -> datetime:
        return self.first.issued_at

    def normalised(self) -> BilingualDocument:
        """The same document in Unicode's composed form, without stray white space."""
        return BilingualDocument(first=self.first.normalised(), second=self.second.normalised())

    def texts(self) -> tuple[str, ...]:
        """Everything that is drawn as text, the first language first."""
        return (*self.first.texts(), *self.second.texts())


@dataclass(frozen=True, kw_only=True, slots=True)
class TranscriptLine:
    """One training on a transcript. `code` stands under the course, `number` under the kind."""

    course: str
    code: str
    dates: str
    hours: str
    language: str
    kind: str
    number: str
    state: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TranscriptDocument:
    """All training of a person as a table, in one language, on as many pages as it takes.

    `headings` are those of course, dates, hours, language, certificate and state. `page_label` has
    the places %(page)s and %(pages)s, which the drawing alone can fill.
    """

    language: str
    number: str
    verify_url: str
    issued_at: datetime
    organisation: str
    title: str
    lead: str
    name: str
    detail: str
    issued_line: str
    headings: tuple[str, ...]
    lines: tuple[TranscriptLine, ...]
    total_label: str
    total: str
    page_label: str
    number_label: str
    verify_label: str
    latin_name: str = ""
    accreditation: str = ""
    signatories: tuple[Signatory, ...] = ()
    pictures: tuple[Picture, ...] = ()
    background: str = GUILLOCHE
    qr: str = ""

    def normalised(self) -> TranscriptDocument:
        """The same document in Unicode's composed form, without stray white space."""
        return replace(
            self,
            **_cleaned(self),  # type: ignore[arg-type]
            headings=tuple(_clean(text) for text in self.headings),
            lines=tuple(replace(line, **_cleaned(line)) for line in self.lines),
            signatories=_cleaned_signatories(self.signatories),
        )

    def texts(self) -> tuple[str, ...]:
        """Everything that is drawn as text, in reading order."""
        head = (
            *(self.organisation, self.title, self.lead, self.name, self.latin_name),
            *(self.detail, self.issued_line),
        )
        body = tuple(getattr(line, name.name) for line in self.lines for name in fields(line))
        signed = tuple(text for who in self.signatories for text in (who.name, who.office))
        foot = (self.number_label, self.number, self.verify_label, self.verify_url, self.page_label)
        total = (self.total_label, self.total, self.accreditation)
        return tuple(text for text in head + self.headings + body + total + signed + foot if text)


Document = CertificateDocument | BilingualDocument | TranscriptDocument


class UncoveredCharacters(ValueError):
    """A text holds characters that none of the embedded fonts can draw."""

    def __init__(self, characters: Iterable[str]) -> None:
        self.characters = "".join(sorted(characters))
        names = ", ".join(f"{c} (U+{ord(c):04X})" for c in self.characters)
        super().__init__(f"No font of the certificates draws {names}")


def _cleaned(record: CertificateDocument | TranscriptDocument | TranscriptLine) -> dict[str, str]:
    texts = {one.name: getattr(record, one.name) for one in fields(record)}
    return {name: _clean(text) for name, text in texts.items() if isinstance(text, str)}


def _cleaned_signatories(who: Iterable[Signatory]) -> tuple[Signatory, ...]:
    return tuple(Signatory(name=_clean(one.name), office=_clean(one.office)) for one in who)


def _clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
