"""Adaptive: as many checks as one likes; the best counts, each less a penalty for those before it.

With the penalty 0 it is the plain "try until it is right".
"""

from dataclasses import replace
from fractions import Fraction

from assessments.behaviours.engine import Behaviour, closed
from assessments.behaviours.state import ANSWER, CHECK, SUBMIT, Question, Shown, State, Status
from assessments.behaviours.trying import is_right, less_penalties
from assessments.scoring.outcome import ZERO


def _best(question: Question, state: State, fraction: Fraction) -> Fraction:
    return max(state.fraction or ZERO, less_penalties(question, state, fraction))


def _go_on_or_close(question: Question, state: State) -> State:
    if is_right(state):
        return closed(question, state)
    return replace(state, status=Status.AGAIN, shown=Shown(correctness=True, feedback=True))


ADAPTIVE = Behaviour("adaptive", frozenset({ANSWER, CHECK, SUBMIT}), worth=_best, after_check=_go_on_or_close)
