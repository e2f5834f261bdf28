"""Marking by persons: taking answers, giving marks, what two markers come to; the end of every attempt."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from assessments import access
from assessments.choices import AttemptStatus, MarkerRole, StepKind
from assessments.counting import told_of
from assessments.folding import State, fold
from assessments.grading import grade, waiting_slots
from assessments.models import Attempt, Marking, MarkingTask, PaperItem
from assessments.signals import attempt_graded
from assessments.steps import NewStep, append


class NotMarkable(Exception):
    """The question does not wait for this person's mark."""


@transaction.atomic
def take(*, attempt: Attempt, marker: User, slot: int | None = None) -> list[MarkingTask]:
    """Take the answers of an attempt that wait for nobody, or one of them; what one has stays one's own.

    Of each answer in one turn only: nobody is first and second marker of it. Raises NotMarkable when
    there is nothing to take, or the person may not mark the attempt.
    """
    locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if locked.status != AttemptStatus.SUBMITTED or not access.may_mark(marker, locked):
        raise NotMarkable(str(attempt.key))
    tasks = [task for task in locked.marking_tasks.all() if slot in (None, task.slot)]
    mine = {task.slot: task for task in tasks if task.marker_id == marker.pk}
    taken = []
    for task in sorted(tasks, key=lambda task: (task.slot, MarkerRole.values.index(task.role))):
        if task.marker_id is None and task.done_at is None and task.slot not in mine:
            task.marker, task.assigned_at = marker, timezone.now()
            task.save(update_fields=["marker", "assigned_at"])
            mine[task.slot] = task
            taken.append(task)
    if taken:
        data = {"slots": [task.slot for task in taken]}
        audit.record(actor=marker, verb="marking_taken", target=locked, data=data)
    held = [task for task in mine.values() if task.done_at is None]
    if not held:
        raise NotMarkable(str(attempt.key))
    return held


@transaction.atomic
def put_back(*, attempt: Attempt, slot: int, marker: User) -> None:
    """Let somebody else mark an answer that one has taken. Raises NotMarkable."""
    locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
    task = _task_of(locked, slot, marker)
    task.marker = task.assigned_by = None
    task.save(update_fields=["marker", "assigned_by"])
    audit.record(actor=marker, verb="marking_put_back", target=locked, data={"slot": slot})


@transaction.atomic
def give_mark(
    *,
    attempt: Attempt,
    slot: int,
    fraction: Fraction,
    marker: User,
    comment: str = "",
    points: tuple[str, ...] = (),
    annotations: Iterable[Mapping[str, Any]] = (),
    seconds: int | None = None,
    now: datetime | None = None,
) -> Marking:
    """Mark one answer that this marker has; the last mark of all grades the attempt.

    ``points`` are those per criterion of the marking guide. With two markers the mean of both
    counts; when they differ by more than the quiz allows, a moderator's mark alone. Raises
    NotMarkable when the answer is not this marker's or waits for nobody.
    """
    if not 0 <= fraction <= 1:
        raise ValueError("a fraction is from 0 to 1")
    now = now or timezone.now()
    locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
    state = _state(locked)
    if locked.status != AttemptStatus.SUBMITTED or not access.may_mark(marker, locked):
        raise NotMarkable(str(attempt.key))
    task = _task_of(locked, slot, marker)
    if slot not in waiting_slots(locked.paper, state):
        raise NotMarkable(f"{attempt.key} {slot}")
    given = Marking.objects.create(
        attempt=locked,
        slot=slot,
        role=task.role,
        marker=marker,
        fraction=fraction,
        points=list(points),
        comment=comment,
        annotations=[dict(one) for one in annotations],
        seconds=seconds,
        at=now,
    )
    task.done_at = now
    task.save(update_fields=["done_at"])
    audit.record(actor=marker, verb="marked", target=locked, data={"slot": slot, "role": task.role})
    counts = settled(locked, state, slot)
    if counts is not None:
        append(locked, [NewStep(StepKind.MARK, counts, slot)], at=now, actor=marker)
        finish_if_marked(locked, _state(locked), now)
    return given


def given_for(attempt: Attempt, state: State, slot: int) -> dict[str, Marking]:
    """The newest marks of each turn that were given for the answer as it is now."""
    answer = state.answers.get(slot)
    found = Marking.objects.filter(attempt=attempt, slot=slot).order_by("at", "pk")
    return {one.role: one for one in found if answer is None or one.at >= answer.at}


def grade_anew(attempt: Attempt, now: datetime) -> None:
    """Grade an attempt by its steps as they are now; the caller holds the lock.

    The moment when it was graded first stays: figures about a group reach to such a moment, and
    nobody who was counted may drop out of them.
    """
    first = attempt.graded_at or now
    attempt.status = AttemptStatus.SUBMITTED
    attempt.fraction = attempt.passed = attempt.graded_at = None
    attempt.save(update_fields=["status", "fraction", "passed", "graded_at"])
    finish_if_marked(attempt, _state(attempt), first)


def finish_if_marked(attempt: Attempt, state: State, now: datetime) -> None:
    """Grade an attempt whose every question is marked, and say so; the caller holds the lock.

    Else see that each answer that waits is in the queue of markers. What is told is the result that
    counts of the person's attempts.
    """
    waiting = waiting_slots(attempt.paper, state)
    _queue(attempt, state, waiting)
    if waiting:
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


def _state(attempt: Attempt) -> State:
    return fold(attempt.steps.for_fold(attempt.paper), attempt.paper)


def _task_of(attempt: Attempt, slot: int, marker: User) -> MarkingTask:
    task = attempt.marking_tasks.filter(slot=slot, marker=marker, done_at=None).first()
    if task is None:
        raise NotMarkable(f"{attempt.key} {slot}")
    return task


def _queue(attempt: Attempt, state: State, waiting: Sequence[int]) -> None:
    """Bring the tasks of an attempt in line with the answers that wait."""
    held = list(attempt.marking_tasks.all())
    if not waiting and not held:
        return
    known = {(task.slot, task.role) for task in held}
    roles = [MarkerRole.FIRST, MarkerRole.SECOND] if attempt.paper.second_marker else [MarkerRole.FIRST]
    MarkingTask.objects.bulk_create(
        MarkingTask(attempt=attempt, slot=slot, role=role)
        for slot in waiting
        for role in roles
        if (slot, role) not in known
    )
    # a mark by another way, as from a regrade, leaves nothing to do
    attempt.marking_tasks.filter(done_at=None).exclude(slot__in=waiting).delete()
    # an answer that was accepted since is not the one that they marked
    stale = [
        task
        for task in held
        if task.slot in waiting
        and task.done_at is not None
        and task.slot in state.answers
        and task.done_at < state.answers[task.slot].at
    ]
    slots = {task.slot for task in stale}
    attempt.marking_tasks.filter(slot__in=slots, role=MarkerRole.MODERATOR).delete()
    attempt.marking_tasks.filter(pk__in=[task.pk for task in stale]).update(done_at=None)


def settled(attempt: Attempt, state: State, slot: int) -> dict[str, Any] | None:
    """What counts of the marks given so far; None while another mark is needed, which is then asked for."""
    given = given_for(attempt, state, slot)
    first, second = given.get(MarkerRole.FIRST), given.get(MarkerRole.SECOND)
    if moderated := given.get(MarkerRole.MODERATOR):
        return _said([moderated])
    if not attempt.paper.second_marker:
        return _said([first]) if first else None
    if first is None or second is None:
        return None
    if abs(first.fraction - second.fraction) > attempt.paper.moderation_over:
        attempt.marking_tasks.get_or_create(slot=slot, role=MarkerRole.MODERATOR)
        return None
    return _said([first, second])


def _said(given: Sequence[Marking]) -> dict[str, Any]:
    """What the step holds: the mean of the marks, and all that was written."""
    points = [[Fraction(value) for value in one.points] for one in given]
    return {
        "fraction": str(sum((one.fraction for one in given), Fraction(0)) / len(given)),
        "points": [str(sum(column, Fraction(0)) / len(given)) for column in zip(*points, strict=True)],
        "comment": "\n\n".join(dict.fromkeys(one.comment for one in given if one.comment)),
        "annotations": [note for one in given for note in one.annotations],
    }
