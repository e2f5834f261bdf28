"""What is asked in one slot of a paper, and how it stands after the steps taken so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any, Protocol

from assessments.scoring import Outcome
from assessments.scoring.outcome import ONE, ZERO

# the kinds of step that concern one question; "submit" ends the attempt and has the slot 0
ANSWER, CHECK, AGAIN, SUBMIT, MARK = "answer", "check", "again", "submit", "mark"
STEPS = frozenset({ANSWER, CHECK, AGAIN, SUBMIT, MARK})


class StepLike(Protocol):
    """What is read of a step."""

    sequence: int
    kind: str
    slot: int
    data: Mapping[str, Any]
    language: str
    at: datetime


class StepRefused(ValueError):
    """The step may not be taken as the question stands, or does not fit it."""


class Status(StrEnum):
    """How a question stands for its learner."""

    OPEN = "open"  # nothing is answered, or nothing new since the last try
    SAVED = "saved"  # an answer is kept, and not judged yet
    AGAIN = "again"  # judged, and may be tried again
    WAITING = "waiting"  # handed in; a person has to mark it
    DONE = "done"  # the learner can do no more


@dataclass(frozen=True)
class Question:
    """One slot of a paper: its frozen key, and what the author set for trying again.

    ``penalty`` is what each earlier try takes off; ``hints`` says how many there are to be shown,
    one after each try that was not right. ``country`` is the learner's, and settles with the
    language how an ambiguous number is read.
    """

    number: int
    kind: str
    spec: Mapping[str, Any]
    tries: int = 3
    hints: int = 0
    penalty: Fraction = Fraction(1, 3)
    country: str = ""

    def custom_of(self, language: str) -> str:
        """The language with the learner's country, as ``score`` is told it: "es-MX"."""
        return f"{language}-{self.country}" if self.country else language

    def __post_init__(self) -> None:
        """ValueError for settings that mean nothing."""
        if self.tries < 1 or self.hints < 0 or not ZERO <= self.penalty <= ONE:
            raise ValueError("there is at least one try, and a penalty from 0 to 1")


@dataclass(frozen=True)
class Shown:
    """What the behaviour lets the learner see; the rules of the quiz may show less, never more.

    ``hint`` is the number of the hint to show, counted from 1; 0 is none.
    """

    correctness: bool = False
    feedback: bool = False
    right_answer: bool = False
    hint: int = 0


NOTHING = Shown()
EVERYTHING = Shown(correctness=True, feedback=True, right_answer=True)


@dataclass(frozen=True)
class Moment:
    """One step as it was taken, and how the question stood after it."""

    sequence: int
    kind: str
    data: Mapping[str, Any]
    language: str
    at: datetime
    status: Status
    fraction: Fraction | None


@dataclass(frozen=True)
class State:
    """A question as its steps have left it.

    ``allowed`` are the kinds of step that may come next. ``fraction`` is what is earned so far,
    0..1, None while nothing is judged or a person has still to mark. ``credit`` is what counts
    towards the mark: the fraction, but from -2 to 1 where certainty counts. ``outcome`` is that
    of the last answer judged, before any penalty. ``history`` holds every step that had an
    effect, so that a change of any of them shows.
    """

    allowed: frozenset[str]
    status: Status = Status.OPEN
    response: Mapping[str, Any] = field(default_factory=dict)
    language: str = ""
    certainty: int = 0
    judged: bool = False
    tries: int = 0
    outcome: Outcome | None = None
    fraction: Fraction | None = None
    credit: Fraction | None = None
    shown: Shown = NOTHING
    points: tuple[str, ...] = ()
    comment: str = ""
    history: tuple[Moment, ...] = ()

    @property
    def is_closed(self) -> bool:
        """Whether the learner can do no more."""
        return self.status in (Status.WAITING, Status.DONE)
