"""Interactive: a limited number of tries, a hint after each that was not right.

What counts is the last try, less a penalty for each before it.
"""

from dataclasses import replace

from assessments.behaviours.engine import Behaviour, closed
from assessments.behaviours.state import AGAIN, ANSWER, CHECK, SUBMIT, Question, Shown, State, Status
from assessments.behaviours.trying import is_right, less_penalties


def _hint_or_close(question: Question, state: State) -> State:
    if is_right(state) or state.tries >= question.tries:
        return closed(question, state)
    # more tries than hints: the last hint is shown again
    shown = Shown(correctness=True, feedback=True, hint=min(state.tries, question.hints))
    return replace(state, status=Status.AGAIN, allowed=frozenset({AGAIN, SUBMIT}), shown=shown)


INTERACTIVE = Behaviour(
    "interactive",
    frozenset({ANSWER, CHECK, SUBMIT}),
    worth=less_penalties,
    after_check=_hint_or_close,
)
