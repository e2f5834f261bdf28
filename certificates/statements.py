"""What a certificate says, as it is frozen: the statement, and its printed words per language."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from certificates.pdf import Signatory as PrintedSignatory

Words = str | Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Signatory:
    """Who signs: the name, and the office in one language or per language."""

    name: str
    office: Words = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """What is certified, handed over by whoever knows the course.

    `award_key` names the achievement (an enrolment): it is certified once. `course_titles` has a
    title for each language in which the certificate may be drawn; `languages` are those in which
    the training was taken. `wording` is one more sentence under the hours.
    """

    award_key: uuid.UUID
    name: str
    course_code: str
    course_titles: Mapping[str, str]
    hours: Decimal
    completed_on: datetime.date
    issuer: Words
    syllabus_version: int
    kind: str = "completion"
    latin_name: str = ""
    languages: tuple[str, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    place: Words = ""
    wording: Mapping[str, str] = field(default_factory=dict)
    grade_band: str | None = None
    valid_until: datetime.date | None = None

    def to_json(self) -> dict[str, Any]:
        """The statement as plain JSON values."""
        return {
            **asdict(self),
            "award_key": str(self.award_key),
            "hours": str(self.hours),
            "completed_on": self.completed_on.isoformat(),
            "valid_until": self.valid_until.isoformat() if self.valid_until else None,
            "languages": list(self.languages),
            "signatories": [asdict(who) for who in self.signatories],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Statement:
        """The statement that `to_json` wrote; keys that are not its own are left out."""
        known = {name: data[name] for name in cls.__dataclass_fields__ if name in data}
        until = known["valid_until"]
        return cls(
            **{
                **known,
                "award_key": uuid.UUID(known["award_key"]),
                "hours": Decimal(known["hours"]),
                "completed_on": datetime.date.fromisoformat(known["completed_on"]),
                "valid_until": datetime.date.fromisoformat(until) if until else None,
                "languages": tuple(known["languages"]),
                "signatories": tuple(Signatory(**who) for who in known["signatories"]),
            }
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Printed:
    """The words of one certificate in one language, number, names and address left out."""

    organisation: str
    title: str
    lead: str
    statement: str
    course: str
    detail: str
    issued_line: str
    number_label: str
    verify_label: str
    wording: str = ""
    signatories: tuple[PrintedSignatory, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The words as plain JSON values."""
        return {**asdict(self), "signatories": [asdict(who) for who in self.signatories]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Printed:
        """The words that `to_json` wrote."""
        signed = tuple(PrintedSignatory(**who) for who in data["signatories"])
        return cls(**{**data, "signatories": signed})


def in_language(words: Words, language: str) -> str:
    """The words in a language, else in any that there is."""
    if isinstance(words, str):
        return words
    return words.get(language) or next(iter(words.values()), "")
