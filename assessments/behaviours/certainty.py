"""Certainty: the learner says how sure an answer is, and is marked for both.

Right and wrong bring +1 and 0 when not sure, +2 and -2 when fairly sure, +3 and -6 when very
sure. An answer that is right in part lies between the two by its fraction, so that the honest
choice is the same for every kind of question: very sure above four fifths, not sure below two
thirds. No choice counts as not sure; no answer brings nothing.
"""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from assessments.behaviours.deferred import DEFERRED
from assessments.behaviours.engine import CERTAINTIES
from assessments.behaviours.immediate import IMMEDIATE
from assessments.behaviours.state import State
from assessments.scoring import Verdict

# certainty: what a right answer brings, and what a wrong one
POINTS: Mapping[int, tuple[int, int]] = {1: (1, 0), 2: (2, -2), 3: (3, -6)}
HIGHEST = POINTS[CERTAINTIES[-1]][0]


def points_for(fraction: Fraction, certainty: int) -> Fraction:
    """The points, -6..3, of an answer that was given with a certainty; 0 is none chosen."""
    right, wrong = POINTS[certainty or CERTAINTIES[0]]
    return wrong + (right - wrong) * fraction


def points_of(state: State) -> Fraction | None:
    """The points of a question; None while it is not judged."""
    if state.fraction is None or state.outcome is None:
        return None
    if state.outcome.verdict in (Verdict.BLANK, Verdict.UNSCORED):
        return Fraction(0)
    return points_for(state.fraction, state.certainty)


def _share_of_highest(state: State) -> Fraction | None:
    points = points_of(state)
    return None if points is None else points / HIGHEST


CERTAINTY_DEFERRED = replace(
    DEFERRED, name="certainty_deferred", credit=_share_of_highest, asks_certainty=True
)
CERTAINTY_IMMEDIATE = replace(
    IMMEDIATE, name="certainty_immediate", credit=_share_of_highest, asks_certainty=True
)
