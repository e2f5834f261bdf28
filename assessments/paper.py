"""The frozen paper: exactly what is put to one person, and how it will be marked. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

FEEDBACK_WHEN = ("never", "after_submit", "after_pass_or_last")


@dataclass(frozen=True)
class PaperSlot:
    """One question on a paper.

    ``options`` and ``answers`` are the ids in the order in which they are shown; ``spec`` is the
    key as it stood when the paper was made, so that a later edit changes no mark. ``language``
    is the one the question was written in, shown where there is no translation.
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
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "PaperSlot":
        """Read the stored form."""
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
        )


@dataclass(frozen=True)
class Paper:
    """All questions of one attempt and the rules that were in force when it began."""

    title: Mapping[str, str]
    pass_mark: Fraction
    attempts_allowed: int | None
    feedback_when: str
    show_answers: bool
    slots: tuple[PaperSlot, ...]

    @property
    def weight(self) -> Fraction:
        """The highest mark that can be reached."""
        return sum((slot.weight for slot in self.slots), Fraction(0))

    def slot(self, number: int) -> PaperSlot | None:
        """The question with this number, counted from 1."""
        return self.slots[number - 1] if 1 <= number <= len(self.slots) else None

    def to_json(self) -> dict[str, Any]:
        """The form in which it is stored."""
        return {
            "title": dict(self.title),
            "pass_mark": str(self.pass_mark),
            "attempts_allowed": self.attempts_allowed,
            "feedback_when": self.feedback_when,
            "show_answers": self.show_answers,
            "slots": [slot.to_json() for slot in self.slots],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Paper":
        """Read the stored form."""
        return cls(
            title=data["title"],
            pass_mark=Fraction(data["pass_mark"]),
            attempts_allowed=data["attempts_allowed"],
            feedback_when=data["feedback_when"],
            show_answers=data["show_answers"],
            slots=tuple(PaperSlot.from_json(slot) for slot in data["slots"]),
        )
