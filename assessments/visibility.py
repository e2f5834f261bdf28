"""What a learner may see of an attempt, and when: the review matrix of a quiz. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any


class Facet(StrEnum):
    """One thing that may be shown."""

    MARKS = "marks"
    CORRECTNESS = "correctness"
    FEEDBACK = "feedback"
    RIGHT_ANSWER = "right_answer"
    REASON = "reason"


class Phase(StrEnum):
    """When it is looked at."""

    DURING = "during"
    RIGHT_AFTER = "right_after"
    LATER = "later"
    AFTER_CLOSE = "after_close"


# how long "right after handing in" lasts
RIGHT_AFTER = timedelta(minutes=10)
EVERYTHING = frozenset(Facet)


@dataclass(frozen=True)
class ReviewMatrix:
    """What may be shown in each phase; during the attempt the behaviour may show less, never more."""

    during: frozenset[Facet] = EVERYTHING
    right_after: frozenset[Facet] = EVERYTHING
    later: frozenset[Facet] = EVERYTHING
    after_close: frozenset[Facet] = EVERYTHING

    def at(self, phase: Phase) -> frozenset[Facet]:
        """What may be shown in one phase."""
        shown: frozenset[Facet] = getattr(self, phase)
        return shown

    def to_json(self) -> dict[str, list[str]]:
        """The form in which it is stored."""
        return {phase.value: [facet for facet in Facet if facet in self.at(phase)] for phase in Phase}

    @classmethod
    def from_json(cls, data: Mapping[str, Iterable[str]]) -> "ReviewMatrix":
        """Read the stored form; a phase that is not named shows nothing. ValueError for unknown facets."""
        phases: dict[str, Any] = {
            phase.value: frozenset(Facet(name) for name in data.get(phase.value, ())) for phase in Phase
        }
        return cls(**phases)


def phase_of(*, submitted_at: datetime | None, closes_at: datetime | None, now: datetime) -> Phase:
    """The phase of an attempt; ``closes_at`` is when its quiz closes for this person."""
    if submitted_at is None:
        return Phase.DURING
    if closes_at is not None and now >= closes_at:
        return Phase.AFTER_CLOSE
    return Phase.RIGHT_AFTER if now < submitted_at + RIGHT_AFTER else Phase.LATER


def shown_at(
    matrix: ReviewMatrix,
    phase: Phase,
    *,
    feedback_when: str,
    show_answers: bool,
    passed: bool,
    is_last: bool,
) -> frozenset[Facet]:
    """What is shown: the matrix, less what the older and plainer rules of the quiz withhold."""
    shown = matrix.at(phase)
    if not show_answers:
        shown -= {Facet.RIGHT_ANSWER, Facet.REASON}
    withheld = feedback_when == "never" or (
        feedback_when == "after_pass_or_last" and not passed and not is_last
    )
    return shown & {Facet.MARKS} if withheld else shown
