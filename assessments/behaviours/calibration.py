"""How well a learner's certainty fits: "when very sure you were right in 62 %"."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from assessments.behaviours.certainty import POINTS, points_for, points_of
from assessments.behaviours.engine import CERTAINTIES
from assessments.behaviours.state import State
from assessments.scoring import Verdict
from assessments.scoring.outcome import ONE, ZERO

# with fewer answers a share says more about chance than about the learner
ENOUGH = 10


class Judgement(StrEnum):
    """Whether a level of certainty was chosen where it pays."""

    TOO_FEW = "too_few"
    FITS = "fits"
    OVERCONFIDENT = "overconfident"
    UNDERCONFIDENT = "underconfident"


@dataclass(frozen=True)
class Level:
    """All answers given with one certainty.

    ``lowest`` and ``highest`` are the shares right between which this certainty brings most.
    """

    certainty: int
    answers: int
    right: Fraction
    points: Fraction
    lowest: Fraction
    highest: Fraction

    @property
    def share(self) -> Fraction | None:
        """The share right, 0..1; None when there is no answer."""
        return self.right / self.answers if self.answers else None

    @property
    def is_enough(self) -> bool:
        """Whether there are enough answers to go by."""
        return self.answers >= ENOUGH

    @property
    def judgement(self) -> Judgement:
        """What the share says of this certainty."""
        if self.share is None or not self.is_enough:
            return Judgement.TOO_FEW
        if self.share < self.lowest:
            return Judgement.OVERCONFIDENT
        return Judgement.UNDERCONFIDENT if self.share > self.highest else Judgement.FITS


@dataclass(frozen=True)
class Calibration:
    """Every level of certainty, and what honest certainty would have brought."""

    levels: tuple[Level, ...]

    @property
    def points(self) -> Fraction:
        """The points that were earned."""
        return sum((level.points for level in self.levels), ZERO)

    @property
    def attainable(self) -> Fraction:
        """The points, had each level been replaced by the one that fits its share."""
        return sum(
            (
                max(points_for(level.share, certainty) for certainty in CERTAINTIES) * level.answers
                for level in self.levels
                if level.share is not None
            ),
            ZERO,
        )


def calibration(states: Iterable[State]) -> Calibration:
    """The figures of one learner, over any number of attempts.

    What was left blank, is not scored or is not marked yet says nothing about certainty.
    """
    counted = [state for state in states if _counts(state)]
    return Calibration(tuple(_level(certainty, counted) for certainty in CERTAINTIES))


def range_of(certainty: int) -> tuple[Fraction, Fraction]:
    """The shares right between which a certainty brings at least as much as any other."""
    crossings = {level: _crossing(level, level + 1) for level in CERTAINTIES if level + 1 in POINTS}
    return crossings.get(certainty - 1, ZERO), crossings.get(certainty, ONE)


def _crossing(lower: int, higher: int) -> Fraction:
    """The share right at which two certainties bring the same."""
    (right, wrong), (more, less) = POINTS[lower], POINTS[higher]
    return Fraction(wrong - less, (more - right) + (wrong - less))


def _counts(state: State) -> bool:
    verdict = state.outcome.verdict if state.outcome else None
    return state.fraction is not None and verdict not in (None, Verdict.BLANK, Verdict.UNSCORED)


def _level(certainty: int, states: Iterable[State]) -> Level:
    mine = [state for state in states if (state.certainty or CERTAINTIES[0]) == certainty]
    lowest, highest = range_of(certainty)
    return Level(
        certainty=certainty,
        answers=len(mine),
        right=sum((state.fraction or ZERO for state in mine), ZERO),
        points=sum((points_of(state) or ZERO for state in mine), ZERO),
        lowest=lowest,
        highest=highest,
    )
