"""What stands on one certificate sheet, already worded and localised for one language."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Signatory:
    """One person who signs, with the office as it is printed under the name."""

    name: str
    office: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificateDocument:
    """One certificate in one language.

    Every text is final: nothing is translated, counted or formatted after this point. `qr` is what
    the code holds; without it, the address alone.
    `issued_at` is aware; it becomes the date of the file, so that the same document always
    gives the same bytes.
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
    wording: str = ""
    qr: str = ""
    signatories: tuple[Signatory, ...] = ()

    def normalised(self) -> CertificateDocument:
        """The same document in Unicode's composed form, without stray white space."""
        changes: dict[str, object] = {
            field.name: _clean(getattr(self, field.name))
            for field in fields(self)
            if isinstance(getattr(self, field.name), str)
        }
        changes["signatories"] = tuple(
            Signatory(name=_clean(who.name), office=_clean(who.office)) for who in self.signatories
        )
        return replace(self, **changes)  # type: ignore[arg-type]

    def texts(self) -> tuple[str, ...]:
        """Everything that is drawn as text, in reading order."""
        body = (
            *(self.organisation, self.title, self.lead, self.name, self.latin_name),
            *(self.statement, self.course, self.detail, self.wording, self.issued_line),
        )
        signed = tuple(text for who in self.signatories for text in (who.name, who.office))
        foot = (self.number_label, self.number, self.verify_label, self.verify_url)
        return tuple(text for text in body + signed + foot if text)


class UncoveredCharacters(ValueError):
    """A text holds characters that none of the embedded fonts can draw."""

    def __init__(self, characters: Iterable[str]) -> None:
        self.characters = "".join(sorted(characters))
        names = ", ".join(f"U+{ord(c):04X}" for c in self.characters)
        super().__init__(f"No font of the certificates draws {names}")


def _clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
