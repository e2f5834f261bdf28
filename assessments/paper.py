"""The frozen paper: exactly what is put to one person, and how it will be marked. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

from assessments.behaviours import Question
from assessments.visibility import ReviewMatrix

FEEDBACK_WHEN = ("never", "after_submit", "after_pass_or_last")
COUNTS = ("highest", "last", "first", "mean")


@dataclass(frozen=True)
class PaperSlot:
    """One question on a paper.

    ``options`` and ``answers`` are the ids in the order in which they are shown; ``spec`` is the
    key of the learner's jurisdiction as it stood when the paper was made, so that a later edit
    changes no mark. ``language`` is the one the question was written in, shown where there is no
    translation. ``position`` is the place that the quiz reserves, whatever the order on this
    paper. ``like`` is the number of the question that this one was asked for as another of.
    """

    number: int
    question: UUID
    version: int
    category: UUID
    language: str
    kind: str
    weight: Fraction
    spec: Mapping[str, Any]
    options: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    position: int = 0
    section: int = 0
    objective: str = ""
    tries: int = 3
    hints: int = 0
    penalty: Fraction = Fraction(1, 3)
    vignette: UUID | None = None
    variant: str = ""
    like: int = 0

    def to_json(self) -> dict[str, Any]:
        """The form in which it is stored."""
        return {
            "number": self.number,
            "question": str(self.question),
            "version": self.version,
            "category": str(self.category),
            "language": self.language,
            "kind": self.kind,
            "weight": str(self.weight),
            "spec": dict(self.spec),
            "options": list(self.options),
            "answers": list(self.answers),
            "position": self.position,
            "section": self.section,
            "objective": self.objective,
            "tries": self.tries,
            "hints": self.hints,
            "penalty": str(self.penalty),
            "vignette": self.vignette and str(self.vignette),
            "variant": self.variant,
            "like": self.like,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "PaperSlot":
        """Read the stored form; papers of the first release end with their answers."""
        vignette = data.get("vignette")
        return cls(
            number=data["number"],
            question=UUID(data["question"]),
            version=data["version"],
            category=UUID(data["category"]),
            language=data["language"],
            kind=data["kind"],
            weight=Fraction(data["weight"]),
            spec=data["spec"],
            options=tuple(data["options"]),
            answers=tuple(data["answers"]),
            position=data.get("position", data["number"]),
            section=data.get("section", 0),
            objective=data.get("objective", ""),
            tries=data.get("tries", 3),
            hints=data.get("hints", 0),
            penalty=Fraction(data.get("penalty", "1/3")),
            vignette=UUID(vignette) if vignette else None,
            variant=data.get("variant", ""),
            like=data.get("like", 0),
        )


@dataclass(frozen=True)
class Section:
    """A stretch of the paper; ``minimum`` is the share of its marks without which nobody passes."""

    title: Mapping[str, str]
    minimum: Fraction
    in_order: bool

    def to_json(self) -> dict[str, Any]:
        """The form in which it is stored."""
        return {"title": dict(self.title), "minimum": str(self.minimum), "in_order": self.in_order}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Section":
        """Read the stored form."""
        return cls(data["title"], Fraction(data["minimum"]), data["in_order"])


@dataclass(frozen=True)
class Paper:
    """All questions of one attempt and the rules that were in force when it began.

    ``closes_at`` is when the quiz closes for this person; ``country`` the one by whose custom
    numbers are read. A quiz without sections has none here.
    """

    title: Mapping[str, str]
    pass_mark: Fraction
    attempts_allowed: int | None
    feedback_when: str
    show_answers: bool
    slots: tuple[PaperSlot, ...]
    behaviour: str = "deferred"
    matrix: ReviewMatrix = field(default_factory=ReviewMatrix)
    counts: str = "highest"
    closes_at: datetime | None = None
    late_grace: timedelta = timedelta(0)
    sections: tuple[Section, ...] = ()
    in_order: bool = False
    practice: bool = False
    second_marker: bool = False
    moderation_over: Fraction = Fraction(1, 10)
    country: str = ""

    @property
    def weight(self) -> Fraction:
        """The highest mark that can be reached."""
        return sum((slot.weight for slot in self.slots), Fraction(0))

    def slot(self, number: int) -> PaperSlot | None:
        """The question with this number, counted from 1."""
        return self.slots[number - 1] if 1 <= number <= len(self.slots) else None

    def question(self, slot: PaperSlot, spec: Mapping[str, Any] | None = None) -> Question:
        """What its behaviour has to know of a question; with another key, if one is given."""
        return Question(
            number=slot.number,
            kind=slot.kind,
            spec=slot.spec if spec is None else spec,
            tries=slot.tries,
            hints=slot.hints,
            penalty=slot.penalty,
            country=self.country,
        )

    def goes_in_order(self, slot: PaperSlot) -> bool:
        """Whether the questions before it, in its section, have to be answered first."""
        return self.sections[slot.section].in_order if self.sections else self.in_order

    def to_json(self) -> dict[str, Any]:
        """The form in which it is stored."""
        return {
            "title": dict(self.title),
            "pass_mark": str(self.pass_mark),
            "attempts_allowed": self.attempts_allowed,
            "feedback_when": self.feedback_when,
            "show_answers": self.show_answers,
            "slots": [slot.to_json() for slot in self.slots],
            "behaviour": self.behaviour,
            "matrix": self.matrix.to_json(),
            "counts": self.counts,
            "closes_at": self.closes_at and self.closes_at.isoformat(),
            "late_grace": int(self.late_grace.total_seconds()),
            "sections": [section.to_json() for section in self.sections],
            "in_order": self.in_order,
            "practice": self.practice,
            "second_marker": self.second_marker,
            "moderation_over": str(self.moderation_over),
            "country": self.country,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Paper":
        """Read the stored form; papers of the first release end with their questions."""
        closes_at = data.get("closes_at")
        return cls(
            title=data["title"],
            pass_mark=Fraction(data["pass_mark"]),
            attempts_allowed=data["attempts_allowed"],
            feedback_when=data["feedback_when"],
            show_answers=data["show_answers"],
            slots=tuple(PaperSlot.from_json(slot) for slot in data["slots"]),
            behaviour=data.get("behaviour", "deferred"),
            matrix=ReviewMatrix.from_json(data["matrix"]) if "matrix" in data else ReviewMatrix(),
            counts=data.get("counts", "highest"),
            closes_at=datetime.fromisoformat(closes_at) if closes_at else None,
            late_grace=timedelta(seconds=data.get("late_grace", 0)),
            sections=tuple(Section.from_json(section) for section in data.get("sections", ())),
            in_order=data.get("in_order", False),
            practice=data.get("practice", False),
            second_marker=data.get("second_marker", False),
            moderation_over=Fraction(data.get("moderation_over", "1/10")),
            country=data.get("country", ""),
        )
