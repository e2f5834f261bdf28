"""Answers of learners whose connection failed: accepted within the grace, else for staff to decide.

The learner's own clock and count are claims. What speaks for them is that they were sent in
order, soon after the deadline; what does not is kept, and staff look at it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from assessments.behaviours import StepRefused
from assessments.choices import LateDecision, StepKind
from assessments.closing import close, lock
from assessments.folding import fold
from assessments.marking import grade_anew
from assessments.models import Attempt, LateAnswer, Step
from assessments.saving import answer_data, save_answer
from assessments.steps import ANSWERS, NewStep, append, came_before, newest, says_the_same


class NotAcceptable(Exception):
    """The answer cannot be taken any more: it was decided on, or the question was closed by a check."""


@transaction.atomic
def save_late(
    *,
    attempt: Attempt,
    slot: int,
    response: Mapping[str, Any],
    language: str,
    client_id: str,
    sequence: int,
    answered_at: datetime | None = None,
    certainty: int | None = None,
    flagged: bool | None = None,
    now: datetime | None = None,
) -> Step | LateAnswer | None:
    """Take an answer that waited for a connection; the step or the row that holds it, never nothing.

    Where a newer one was given since, from another page or device, that one stands. While the attempt is
    open it is an answer like others. One that says what is saved already adds nothing. Once the clock has
    handed it in, it counts if it was given before the deadline and comes within the grace of the quiz;
    all else is kept for staff. None: still blank. Raises ResponseError when it does not fit.
    """
    now = now or timezone.now()
    locked = lock(attempt)
    known = locked.steps.filter(client_id=client_id).first()
    if known is not None:
        return known
    if locked.is_overdue(now):
        close(locked, now)
    last = newest(list(locked.steps.filter(slot=slot).order_by("sequence")), slot, *ANSWERS)
    if last is not None and came_before(client_id, answered_at, last):
        return last
    if locked.is_open:
        return save_answer(
            attempt=locked,
            slot=slot,
            response=response,
            language=language,
            certainty=certainty,
            client_id=client_id,
            sequence=sequence,
            flagged=flagged,
            now=now,
        )
    data = answer_data(locked, slot, response, certainty, sequence)
    if last is not None and says_the_same(last, data):
        return last
    late, _created = LateAnswer.objects.get_or_create(
        attempt=locked,
        client_id=client_id,
        defaults={
            "slot": slot,
            "sequence": sequence,
            "data": data,
            "language": language,
            "answered_at": answered_at,
            "received_at": now,
        },
    )
    if late.decision == LateDecision.WAITING and _is_within_grace(locked, answered_at, now):
        step = _taken(locked, late, actor=None, now=now)
        if step is not None:
            late.delete()
            return step
    return late


@transaction.atomic
def accept(*, late: LateAnswer, actor: User, reason: str = "", now: datetime | None = None) -> Step:
    """Let a late answer count as if it had come in time. Raises NotAcceptable."""
    now = now or timezone.now()
    attempt = lock(late.attempt)
    late = LateAnswer.objects.select_for_update().get(pk=late.pk)
    step = _taken(attempt, late, actor=actor, now=now) if late.decision == LateDecision.WAITING else None
    if step is None:
        raise NotAcceptable(str(late))
    late.decision, late.step = LateDecision.ACCEPTED, step
    late.decided_by, late.decided_at, late.reason = actor, now, reason
    late.save()
    audit.record(actor=actor, verb="late_answer_accepted", target=attempt, data={"slot": late.slot})
    return step


@transaction.atomic
def refuse(*, late: LateAnswer, actor: User, reason: str, now: datetime | None = None) -> LateAnswer:
    """Leave a late answer aside, for a reason; it stays on record. Raises NotAcceptable."""
    late = LateAnswer.objects.select_for_update().get(pk=late.pk)
    if late.decision != LateDecision.WAITING or not reason.strip():
        raise NotAcceptable(str(late))
    late.decision, late.reason = LateDecision.REFUSED, reason
    late.decided_by, late.decided_at = actor, now or timezone.now()
    late.save()
    audit.record(actor=actor, verb="late_answer_refused", target=late.attempt, data={"slot": late.slot})
    return late


def _is_within_grace(attempt: Attempt, answered_at: datetime | None, now: datetime) -> bool:
    """Whether it counts without staff: handed in by the clock, given in time, and not long ago."""
    if attempt.deadline is None or answered_at is None or answered_at > attempt.deadline:
        return False
    handed_in = attempt.steps.filter(kind=StepKind.SUBMIT).first()
    by_clock = handed_in is not None and handed_in.data.get("by") == "clock"
    return by_clock and now <= attempt.deadline + attempt.paper.late_grace


def _taken(attempt: Attempt, late: LateAnswer, *, actor: User | None, now: datetime) -> Step | None:
    """Write the answer and mark its question anew; None when the question cannot take it."""
    asked = attempt.paper.slot(late.slot)
    tried = Step(
        sequence=2**31 - 1, kind=StepKind.LATE, slot=late.slot, data=late.data, language=late.language, at=now
    )
    try:
        state = fold([*attempt.steps.order_by("sequence"), tried], attempt.paper)
    except StepRefused:
        return None
    [step] = append(
        attempt,
        [NewStep(StepKind.LATE, late.data, late.slot, late.client_id)],
        at=now,
        language=late.language,
        actor=actor,
    )
    question = state.questions[late.slot]
    if asked is not None and question.fraction is not None:
        marks = {"fraction": str(question.fraction), "credit": str(question.credit), "policy": "late"}
        append(attempt, [NewStep(StepKind.REGRADE, marks, late.slot)], at=now, actor=actor)
    grade_anew(attempt, now)
    return step
