"""One step after another: the fold that every behaviour shares.

A behaviour says which steps a learner may take while the question is open, what a judged answer
is worth, and what follows a check. All else is the same for all of them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from assessments.behaviours.state import (
    AGAIN,
    ANSWER,
    CHECK,
    EVERYTHING,
    MARK,
    NOTHING,
    STEPS,
    SUBMIT,
    Moment,
    Question,
    State,
    Status,
    StepLike,
    StepRefused,
)
from assessments.scoring import UNSCORED, ResponseError, SpecError, clean_response, score, verdict_of
from assessments.scoring.outcome import ONE, ZERO, Outcome
from assessments.scoring.reading import exact

CERTAINTIES = (1, 2, 3)


def as_it_is(question: Question, state: State, fraction: Fraction) -> Fraction:
    """A judged answer is worth what the key says."""
    return fraction


def closed(question: Question, state: State) -> State:
    """The learner can do no more, and may see everything."""
    status = Status.WAITING if state.outcome and state.outcome.fraction is None else Status.DONE
    return replace(state, status=status, allowed=frozenset({SUBMIT}), shown=EVERYTHING)


def fraction_counts(state: State) -> Fraction | None:
    """What counts is the fraction."""
    return state.fraction


@dataclass(frozen=True)
class Behaviour:
    """How a question goes on; ``worth`` is given the state before the answer was judged.

    ``by_person``: no rule marks an answer, whatever its kind.
    """

    name: str
    while_open: frozenset[str]
    worth: Callable[[Question, State, Fraction], Fraction] = as_it_is
    after_check: Callable[[Question, State], State] = closed
    credit: Callable[[State], Fraction | None] = fraction_counts
    asks_certainty: bool = False
    by_person: bool = False


def begin(behaviour: Behaviour) -> State:
    """A question that nothing was done with."""
    return State(allowed=behaviour.while_open)


def fold(behaviour: Behaviour, question: Question, steps: Iterable[StepLike]) -> State:
    """The state after these steps, whatever order they come in; StepRefused for one that cannot be."""
    state = begin(behaviour)
    for step in sorted(steps, key=lambda step: step.sequence):
        state = advance(behaviour, question, state, step)
    return state


def steps_of(steps: Iterable[StepLike], number: int) -> list[StepLike]:
    """Of all steps of an attempt, those that concern one question."""
    return [step for step in steps if step.kind in STEPS and step.slot in (0, number)]


def is_repeat(state: State, step: StepLike) -> bool:
    """Whether a step says what the last one said: it is discarded, and nobody loses a try by it."""
    if not state.history:
        return False
    last = state.history[-1]
    return (last.kind, last.data, last.language) == (step.kind, dict(step.data), step.language)


def advance(behaviour: Behaviour, question: Question, state: State, step: StepLike) -> State:
    """The state after one more step; StepRefused when it may not be taken."""
    if step.slot not in (0, question.number) or (step.slot == 0) != (step.kind == SUBMIT):
        raise StepRefused(f"the step {step.sequence} is not one of question {question.number}")
    if state.history and step.sequence <= state.history[-1].sequence:
        raise StepRefused(f"the step {step.sequence} comes too late")
    if is_repeat(state, step):
        return state
    if step.kind not in state.allowed:
        raise StepRefused(f"the step {step.kind!r} may not be taken now")
    after = _TAKE[step.kind](behaviour, question, state, step)
    after = replace(after, credit=after.credit if step.kind == MARK else behaviour.credit(after))
    moment = Moment(
        step.sequence, step.kind, dict(step.data), step.language, step.at, after.status, after.fraction
    )
    return replace(after, history=(*state.history, moment))


def _answer(behaviour: Behaviour, question: Question, state: State, step: StepLike) -> State:
    try:
        response = clean_response(question.kind, question.spec, step.data.get("response"))
    except ResponseError as error:
        raise StepRefused(str(error)) from error
    certainty = _certainty(behaviour, step.data)
    if state.judged and (response, step.language) == (state.response, state.language):
        # saved once more without a change: the judgement still holds
        return state
    return replace(
        state,
        status=Status.SAVED if response else Status.OPEN,
        response=response,
        language=step.language,
        certainty=certainty,
        judged=False,
        shown=replace(NOTHING, hint=state.shown.hint),
    )


def _certainty(behaviour: Behaviour, data: Mapping[str, Any]) -> int:
    certainty = data.get("certainty") or 0
    if not certainty:
        return 0
    if not behaviour.asks_certainty or isinstance(certainty, bool) or certainty not in CERTAINTIES:
        raise StepRefused(f"no such certainty is asked for: {certainty!r}")
    return int(certainty)


def _check(behaviour: Behaviour, question: Question, state: State, step: StepLike) -> State:
    state = _answer(behaviour, question, state, step)
    if not state.response:
        raise StepRefused("there is no answer to check")
    if state.judged:
        raise StepRefused("this answer was judged already")
    return behaviour.after_check(question, _judged(behaviour, question, state))


def _judged(behaviour: Behaviour, question: Question, state: State) -> State:
    if behaviour.by_person:
        outcome = Outcome.waiting()
    else:
        custom = question.custom_of(state.language)
        outcome = score(question.kind, question.spec, state.response, language=custom)
    earned = outcome.fraction
    if earned is not None:
        earned = behaviour.worth(question, state, earned)
    return replace(state, judged=True, tries=state.tries + 1, outcome=outcome, fraction=earned)


def _again(behaviour: Behaviour, question: Question, state: State, step: StepLike) -> State:
    # the hint stays in sight while the learner thinks again
    shown = replace(NOTHING, hint=state.shown.hint)
    return replace(state, status=Status.OPEN, allowed=behaviour.while_open, shown=shown)


def _submit(behaviour: Behaviour, question: Question, state: State, step: StepLike) -> State:
    if not state.is_closed:
        if state.response and not state.judged:
            state = _judged(behaviour, question, state)
        elif state.outcome is None:
            blank = Outcome.unscored() if question.kind in UNSCORED else Outcome.blank()
            state = replace(state, outcome=blank, fraction=ZERO)
        state = closed(question, state)
    marked_by_hand = frozenset() if question.kind in UNSCORED else frozenset({MARK})
    return replace(state, allowed=marked_by_hand)


def _mark(behaviour: Behaviour, question: Question, state: State, step: StepLike) -> State:
    try:
        fraction = exact(step.data.get("fraction"))
    except SpecError as error:
        raise StepRefused("a mark needs its exact fraction") from error
    if not ZERO <= fraction <= ONE:
        raise StepRefused("a mark is a fraction from 0 to 1")
    judged = state.outcome or Outcome.blank()
    return replace(
        state,
        status=Status.DONE,
        outcome=replace(judged, fraction=fraction, verdict=verdict_of(fraction)),
        fraction=fraction,
        credit=fraction,
        points=tuple(step.data.get("points", ())),
        comment=step.data.get("comment", ""),
    )


_TAKE: Mapping[str, Callable[[Behaviour, Question, State, StepLike], State]] = {
    ANSWER: _answer,
    CHECK: _check,
    AGAIN: _again,
    SUBMIT: _submit,
    MARK: _mark,
}
