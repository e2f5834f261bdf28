"""The verbs of somebody who sits before a question: save, check, try again, flag."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from assessments import behaviours
from assessments.behaviours import JUDGED_AT_THE_END, StepRefused
from assessments.choices import StepKind
from assessments.closing import AttemptClosed, close, lock, state_of
from assessments.folding import fold_question
from assessments.models import Attempt, Step
from assessments.paper import PaperSlot
from assessments.scoring import NOT_A_NUMBER, ResponseError, clean_response, score
from assessments.steps import ANSWERS, NewStep, append, newest, record_answer, says_the_same
from assessments.turns import is_reachable


class NotNow(ResponseError):
    """The question does not take this as it stands: it is closed, or others come first."""


def save_answer(
    *,
    attempt: Attempt,
    slot: int,
    response: Mapping[str, Any],
    language: str,
    certainty: int | None = None,
    client_id: str = "",
    sequence: int | None = None,
    flagged: bool | None = None,
    now: datetime | None = None,
) -> Step | None:
    """Save the answer to one question, and its flag if given; return the step that holds it.

    The same ``client_id`` twice is one step; an answer equal to the last makes none; an answer
    that its own page has overtaken is not saved over the newer one. ``sequence`` is the sender's
    own count, of an answer that waited for a connection. None: still blank. Raises
    AttemptClosed, ResponseError when the response does not fit the question, or NotNow.
    """
    now = now or timezone.now()
    with transaction.atomic():
        locked = _open(attempt, now)
        if locked is not None:
            data = answer_data(locked, slot, response, certainty, sequence)
            _check_turn(locked, slot)
            _check_allowed(locked, slot, data, language, now)
            return record_answer(
                locked, slot, data=data, flagged=flagged, language=language, client_id=client_id, at=now
            )
    # outside the transaction, which may just have closed the attempt and must not be undone
    raise AttemptClosed(str(attempt.key))


def check(
    *,
    attempt: Attempt,
    slot: int,
    response: Mapping[str, Any],
    language: str,
    certainty: int | None = None,
    client_id: str = "",
    now: datetime | None = None,
) -> Step:
    """Have an answer judged at once, where the behaviour of the quiz does so.

    A second click on the same answer costs nothing: the step of the first is returned. What cannot be
    read as a number costs nothing either: it is saved, and can be corrected. Raises AttemptClosed,
    ResponseError or NotNow.
    """
    now = now or timezone.now()
    with transaction.atomic():
        locked = _open(attempt, now)
        if locked is not None:
            data = answer_data(locked, slot, response, certainty)
            _check_turn(locked, slot)
            kind = StepKind.CHECK if _is_readable(locked, slot, data, language) else StepKind.ANSWER
            return _take(locked, kind, slot, data, language, client_id, now)
    raise AttemptClosed(str(attempt.key))


def again(*, attempt: Attempt, slot: int, client_id: str = "", now: datetime | None = None) -> Step:
    """Open a question again after a check that was not right. Raises AttemptClosed or NotNow."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = _open(attempt, now)
        if locked is not None:
            return _take(locked, StepKind.AGAIN, slot, {}, "", client_id, now)
    raise AttemptClosed(str(attempt.key))


def flag(*, attempt: Attempt, slot: int, on: bool, now: datetime | None = None) -> None:
    """Flag a question to come back to it, or take the flag away. Raises AttemptClosed."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = _open(attempt, now)
        if locked is not None:
            asked_in(locked, slot)
            record_answer(locked, slot, data=None, flagged=on, language="", client_id="", at=now)
            return
    raise AttemptClosed(str(attempt.key))


def asked_in(attempt: Attempt, slot: int) -> PaperSlot:
    """The question with this number; ResponseError when the paper has none."""
    asked = attempt.paper.slot(slot)
    if asked is None:
        raise ResponseError(f"the paper has no question {slot}")
    return asked


def answer_data(
    attempt: Attempt,
    slot: int,
    response: Mapping[str, Any],
    certainty: int | None,
    sequence: int | None = None,
) -> dict[str, Any]:
    """What the step of an answer holds; ResponseError when it does not fit the question.

    A certainty is kept only where it is asked for.
    """
    asked = asked_in(attempt, slot)
    data: dict[str, Any] = {"response": clean_response(asked.kind, asked.spec, response)}
    behaviour = behaviours.behaviour_for(attempt.paper.behaviour, asked.kind)
    if certainty and behaviour.asks_certainty:
        if certainty not in behaviours.CERTAINTIES:
            raise ResponseError(f"there is no certainty {certainty!r}")
        data["certainty"] = certainty
    if sequence is not None:
        data["sequence"] = sequence
    return data


def _open(attempt: Attempt, now: datetime) -> Attempt | None:
    """The attempt, locked, if it still takes steps; one whose time has run out is handed in."""
    locked = lock(attempt)
    if locked.is_overdue(now):
        close(locked, now)
        return None
    return locked if locked.is_open else None


def _check_turn(attempt: Attempt, slot: int) -> None:
    asked = asked_in(attempt, slot)
    if attempt.paper.goes_in_order(asked) and not is_reachable(attempt.paper, state_of(attempt), slot):
        raise NotNow(f"others come before the question {slot}")


def _is_readable(attempt: Attempt, slot: int, data: Mapping[str, Any], language: str) -> bool:
    asked = asked_in(attempt, slot)
    outcome = score(asked.kind, asked.spec, data["response"], language=language)
    return outcome.problem != NOT_A_NUMBER


def _check_allowed(
    attempt: Attempt, slot: int, data: Mapping[str, Any], language: str, now: datetime
) -> None:
    """NotNow unless the behaviour takes the answer; where nothing is judged before the end it always does.

    An answer that was saved or checked already is no new one: the page may send it by itself while its
    check is on the way.
    """
    if attempt.paper.behaviour in JUDGED_AT_THE_END:
        return
    steps = list(attempt.steps.filter(slot=slot).order_by("sequence"))
    last = newest(steps, slot, *ANSWERS)
    if last is None or not says_the_same(last, data):
        _advanced(attempt, StepKind.ANSWER, slot, data, language, now, steps)


def _take(
    attempt: Attempt,
    kind: StepKind,
    slot: int,
    data: Mapping[str, Any],
    language: str,
    client_id: str,
    now: datetime,
) -> Step:
    steps = list(attempt.steps.filter(slot=slot).order_by("sequence"))
    for step in steps:
        if client_id and step.client_id == client_id:
            return step
    if repeated := _repeated(steps, kind, slot, data, language):
        return repeated
    _advanced(attempt, kind, slot, data, language, now, steps)
    [step] = append(attempt, [NewStep(kind, data, slot, client_id)], at=now, language=language)
    return step


def _repeated(
    steps: list[Step], kind: StepKind, slot: int, data: Mapping[str, Any], language: str
) -> Step | None:
    last = newest(steps, slot, *ANSWERS, StepKind.AGAIN)
    if last is None or last.kind != kind:
        return None
    same = kind == StepKind.AGAIN or (says_the_same(last, data) and last.language == language)
    return last if same else None


def _advanced(
    attempt: Attempt,
    kind: StepKind,
    slot: int,
    data: Mapping[str, Any],
    language: str,
    now: datetime,
    steps: list[Step],
) -> behaviours.State:
    paper, asked = attempt.paper, asked_in(attempt, slot)
    state = fold_question(paper, asked, steps)
    last = steps[-1].sequence if steps else 0
    step = Step(sequence=last + 1, kind=kind, slot=slot, data=dict(data), language=language, at=now)
    try:
        return behaviours.advance(paper.behaviour, paper.question(asked), state, step)
    except StepRefused as error:
        raise NotNow(str(error)) from error
