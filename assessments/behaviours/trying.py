"""What several tries at one question are worth: every earlier one takes the penalty off."""

from fractions import Fraction

from assessments.behaviours.state import Question, State
from assessments.scoring.outcome import ZERO


def less_penalties(question: Question, state: State, fraction: Fraction) -> Fraction:
    """The fraction of this try, less one penalty for each try before it; never below zero."""
    return max(ZERO, fraction - state.tries * question.penalty)


def is_right(state: State) -> bool:
    """Whether the answer judged last was right in full."""
    return state.outcome is not None and state.outcome.fraction == 1
