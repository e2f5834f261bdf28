"""What a certificate says, as it is frozen: the statement, and its printed words per language."""

from __future__ import annotations

import datetime
import json
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from certificates.pdf import Signatory as PrintedSignatory
from certificates.pdf import TranscriptLine
from certificates.pdf.document import GUILLOCHE

Words = str | Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Signatory:
    """Who signs: the name, the office in one language or per language, the picture by its SHA-256."""

    name: str
    office: Words = ""
    signature: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """How the paper looks: its background, and its pictures by their SHA-256."""

    background: str = GUILLOCHE
    logo: str = ""
    second_logo: str = ""
    seal: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Training:
    """One line of a transcript: a certificate as it stood when the transcript was issued.

    Of one that another line renews the hours are not counted: they are the same course's.
    """

    number: str
    kind: str
    course_code: str
    course_titles: Mapping[str, str]
    hours: Decimal
    completed_on: datetime.date
    state: str
    started_on: datetime.date | None = None
    languages: tuple[str, ...] = ()
    grade_band: str | None = None
    counts: bool = True

    def to_json(self) -> dict[str, Any]:
        """The line as plain JSON values."""
        return {
            **asdict(self),
            "hours": str(self.hours),
            "completed_on": self.completed_on.isoformat(),
            "started_on": _written(self.started_on),
            "languages": list(self.languages),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Training:
        """The line that `to_json` wrote."""
        return cls(
            **{
                **data,
                "hours": Decimal(data["hours"]),
                "completed_on": datetime.date.fromisoformat(data["completed_on"]),
                "started_on": _day(data["started_on"]),
                "languages": tuple(data["languages"]),
            }
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """What is certified, handed over by whoever knows the course.

    `award_key` names the achievement (an enrolment): it is certified once. `course_titles` has a
    title for each language in which the certificate may be drawn; `languages` are those in which
    the training was taken. `wording` is one more sentence under the hours. `grade_band` is one of
    `GradeBand`. `trainings` are the lines of a transcript.
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
    started_on: datetime.date | None = None
    accreditation: Words = ""
    look: Look = field(default_factory=Look)
    trainings: tuple[Training, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The statement as plain JSON values."""
        return {
            **asdict(self),
            "award_key": str(self.award_key),
            "hours": str(self.hours),
            "completed_on": self.completed_on.isoformat(),
            "valid_until": _written(self.valid_until),
            "started_on": _written(self.started_on),
            "languages": list(self.languages),
            "signatories": [asdict(who) for who in self.signatories],
            "trainings": [one.to_json() for one in self.trainings],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Statement:
        """The statement that `to_json` wrote; keys that are not its own are left out."""
        known = {name: data[name] for name in cls.__dataclass_fields__ if name in data}
        return cls(
            **{
                **known,
                "award_key": uuid.UUID(known["award_key"]),
                "hours": Decimal(known["hours"]),
                "completed_on": datetime.date.fromisoformat(known["completed_on"]),
                "valid_until": _day(known["valid_until"]),
                "started_on": _day(known.get("started_on")),
                "languages": tuple(known["languages"]),
                "signatories": tuple(Signatory(**who) for who in known["signatories"]),
                "look": Look(**known.get("look", {})),
                "trainings": tuple(Training.from_json(one) for one in known.get("trainings", ())),
            }
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class PrintedPicture:
    """A picture of the paper: its slot, its SHA-256, and the words that stand for it."""

    slot: str
    sha256: str
    alt: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PrintedTable:
    """The table of a transcript in one language."""

    headings: tuple[str, ...]
    lines: tuple[TranscriptLine, ...]
    total_label: str
    total: str
    page_label: str

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> PrintedTable:
        """The table as it was written."""
        lines = tuple(TranscriptLine(**line) for line in data["lines"])
        return cls(**{**data, "headings": tuple(data["headings"]), "lines": lines})


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
    grade: str = ""
    accreditation: str = ""
    signatories: tuple[PrintedSignatory, ...] = ()
    pictures: tuple[PrintedPicture, ...] = ()
    table: PrintedTable | None = None

    def to_json(self) -> dict[str, Any]:
        """The words as plain JSON values."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return plain

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Printed:
        """The words that `to_json` wrote."""
        table = data.get("table")
        return cls(
            **{
                **data,
                "signatories": tuple(PrintedSignatory(**who) for who in data["signatories"]),
                "pictures": tuple(PrintedPicture(**one) for one in data.get("pictures", ())),
                "table": PrintedTable.from_json(table) if table else None,
            }
        )

    @property
    def by_slot(self) -> dict[str, PrintedPicture]:
        """The pictures by their slots."""
        return {picture.slot: picture for picture in self.pictures}


def in_language(words: Words, language: str) -> str:
    """The words in a language, else in any that there is."""
    if isinstance(words, str):
        return words
    return words.get(language) or next(iter(words.values()), "")


def _written(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _day(written: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(written) if written else None
