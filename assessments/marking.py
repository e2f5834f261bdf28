"""Marking by a person: taking an attempt, giving marks, and the end of every attempt."""

from datetime import datetime
from fractions import Fraction

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from assessments import access
from assessments.choices import AttemptStatus, StepKind
from assessments.counting import told_of
from assessments.folding import State, fold
from assessments.grading import grade, waiting_slots
from assessments.models import Attempt, PaperItem, Step
from assessments.signals import attempt_graded
from assessments.steps import NewStep, append


class NotMarkable(Exception):
    """The question does not wait for this person's mark."""


@transaction.atomic
def take(*, attempt: Attempt, marker: User) -> Attempt:
    """Take an attempt for marking; raises NotMarkable when another has, or who may not mark it."""
    locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
    taken_by_other = locked.marker_id not in (None, marker.pk)
    if locked.status != AttemptStatus.SUBMITTED or taken_by_other or not access.may_mark(marker, locked):
        raise NotMarkable(str(attempt.key))
    if locked.marker_id is None:
        locked.marker = marker
        locked.save(update_fields=["marker"])
        audit.record(actor=marker, verb="marking_taken", target=locked, data={})
    return locked


@transaction.atomic
def give_mark(
    *,
    attempt: Attempt,
    slot: int,
    fraction: Fraction,
    marker: User,
    comment: str = "",
    points: tuple[str, ...] = (),
    now: datetime | None = None,
) -> Step:
    """Mark one question that waits; the last one grades the attempt.

    ``points`` are those per criterion of the rubric. Raises NotMarkable when the attempt is not
    taken by this marker or the question waits for nobody.
    """
    if not 0 <= fraction <= 1:
        raise ValueError("a fraction is from 0 to 1")
    now = now or timezone.now()
    locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
    state = fold(locked.steps.for_fold(locked.paper), locked.paper)
    taken = locked.marker_id == marker.pk and access.may_mark(marker, locked)
    if not taken or locked.status != AttemptStatus.SUBMITTED:
        raise NotMarkable(str(attempt.key))
    if slot not in waiting_slots(locked.paper, state):
        raise NotMarkable(f"{attempt.key} {slot}")
    data = {"fraction": str(fraction), "comment": comment, "points": list(points)}
    [step] = append(locked, [NewStep(StepKind.MARK, data, slot)], at=now, actor=marker)
    audit.record(actor=marker, verb="marked", target=locked, data={"slot": slot})
    finish_if_marked(locked, fold(locked.steps.for_fold(locked.paper), locked.paper), now)
    return step


def reopen_for_marking(attempt: Attempt) -> None:
    """Let an attempt that was graded be graded anew; the caller holds the lock and finishes it."""
    attempt.status = AttemptStatus.SUBMITTED
    attempt.fraction = attempt.passed = attempt.graded_at = None
    attempt.save(update_fields=["status", "fraction", "passed", "graded_at"])


def finish_if_marked(attempt: Attempt, state: State, now: datetime) -> None:
    """Grade an attempt whose every question is marked, and say so; the caller holds the lock.

    What is told is the result that counts of the person's attempts.
    """
    if waiting_slots(attempt.paper, state):
        return
    fractions = state.fractions
    result = grade(attempt.paper, state.credits)
    attempt.status = AttemptStatus.GRADED
    attempt.fraction, attempt.passed, attempt.graded_at = result.fraction, result.passed, now
    attempt.save(update_fields=["status", "fraction", "passed", "graded_at"])
    items = list(PaperItem.objects.filter(attempt=attempt))
    for item in items:
        item.fraction = fractions[item.slot]
    PaperItem.objects.bulk_update(items, ["fraction"])
    told = told_of(attempt)
    if told.fraction is not None:
        attempt_graded.send(sender=Attempt, attempt=attempt, passed=bool(told.passed), fraction=told.fraction)
