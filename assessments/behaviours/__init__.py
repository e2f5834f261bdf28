"""How a question goes on, apart from how it is marked: pure folds over the steps of one slot.

deferred, immediate, interactive, adaptive, certainty_deferred, certainty_immediate, manual; and
information, for what is not scored. A step is any object with the fields of ``StepLike``:

answer  {"response": {…}, "certainty": 1..3}  kept, not judged
check   {"response": {…}, "certainty": 1..3}  judged at once
again   {}                                    after a check that was not right, where tries remain
submit  {…}                                   the end of the attempt; its slot is 0
mark    {"fraction": "3/4", …}                a person's word, once the attempt has ended

"certainty" is refused where it is not asked for.
"""

from collections.abc import Iterable, Mapping

from assessments.behaviours import engine
from assessments.behaviours.adaptive import ADAPTIVE
from assessments.behaviours.certainty import CERTAINTY_DEFERRED, CERTAINTY_IMMEDIATE
from assessments.behaviours.deferred import DEFERRED
from assessments.behaviours.engine import CERTAINTIES, Behaviour, is_repeat, steps_of
from assessments.behaviours.immediate import IMMEDIATE
from assessments.behaviours.interactive import INTERACTIVE
from assessments.behaviours.manual import INFORMATION, MANUAL
from assessments.behaviours.state import Moment, Question, Shown, State, Status, StepLike, StepRefused
from assessments.scoring import MARKED_BY_PERSON, UNSCORED

__all__ = [
    "BEHAVIOURS",
    "CERTAINTIES",
    "JUDGED_AT_THE_END",
    "Behaviour",
    "Moment",
    "Question",
    "Shown",
    "State",
    "Status",
    "StepLike",
    "StepRefused",
    "advance",
    "begin",
    "behaviour_for",
    "fold",
    "is_repeat",
    "steps_of",
]

BEHAVIOURS: Mapping[str, Behaviour] = {
    behaviour.name: behaviour
    for behaviour in (
        DEFERRED,
        IMMEDIATE,
        INTERACTIVE,
        ADAPTIVE,
        CERTAINTY_DEFERRED,
        CERTAINTY_IMMEDIATE,
        MANUAL,
        INFORMATION,
    )
}

# in these the newest answer to a question is all that counts
JUDGED_AT_THE_END = frozenset({DEFERRED.name, CERTAINTY_DEFERRED.name, MANUAL.name, INFORMATION.name})


def behaviour_for(name: str, kind: str) -> Behaviour:
    """The behaviour of a question in a quiz that goes by ``name``; KeyError when there is none.

    What a person marks waits for that person in every quiz, and what is not scored is not judged.
    """
    chosen = BEHAVIOURS[name]
    if kind in UNSCORED:
        return INFORMATION
    return MANUAL if kind in MARKED_BY_PERSON else chosen


def begin(name: str, question: Question) -> State:
    """The question before anything was done with it."""
    return engine.begin(behaviour_for(name, question.kind))


def advance(name: str, question: Question, state: State, step: StepLike) -> State:
    """The state after one more step; StepRefused when it may not be taken."""
    return engine.advance(behaviour_for(name, question.kind), question, state, step)


def fold(name: str, question: Question, steps: Iterable[StepLike]) -> State:
    """The state after all steps of one question (see ``steps_of``), whatever order they come in."""
    return engine.fold(behaviour_for(name, question.kind), question, steps)
