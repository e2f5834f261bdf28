"""Correcting a mark that one has given: the newest holds, and the learner is told who knows the result."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from assessments import access, regrading
from assessments.choices import MarkerRole, StepKind
from assessments.closing import lock, state_of
from assessments.folding import State
from assessments.marking import NotMarkable, finish_if_marked, given_for, grade_anew, settled
from assessments.models import Attempt, Marking
from assessments.steps import NewStep, append


class NoReason(Exception):
    """The learner knows the result, and is to read why it changes."""


class TakesBack(Exception):
    """The learner has passed, and would not have by the correction."""


class TooFarApart(Exception):
    """The mean of two marks counts, and they would differ by more than the quiz allows."""


def given_by(attempt: Attempt, state: State, slot: int, marker: User) -> Marking | None:
    """The mark of this marker that can be corrected: nobody has decided otherwise since."""
    if attempt.is_open or not access.may_mark(marker, attempt) or slot in state.regraded:
        return None
    given = given_for(attempt, state, slot)
    mine = next((one for one in given.values() if one.marker_id == marker.pk), None)
    decided = MarkerRole.MODERATOR in given and mine != given[MarkerRole.MODERATOR]
    return None if decided else mine


@transaction.atomic
def correct_mark(
    *,
    attempt: Attempt,
    slot: int,
    fraction: Fraction,
    marker: User,
    reason: str = "",
    comment: str = "",
    points: tuple[str, ...] = (),
    annotations: Iterable[Mapping[str, Any]] = (),
    now: datetime | None = None,
) -> Marking:
    """Give another mark in place of one's last; one that says the same adds nothing.

    Where the result was told, the learner is told that it has changed, with the reason. Nobody who
    has passed fails by it. Raises NotMarkable, NoReason, TakesBack or TooFarApart.
    """
    now = now or timezone.now()
    locked = lock(attempt)
    state = state_of(locked)
    last = given_by(locked, state, slot, marker)
    if last is None:
        raise NotMarkable(f"{attempt.key} {slot}")
    given = Marking(
        attempt=locked,
        slot=slot,
        role=last.role,
        marker=marker,
        fraction=fraction,
        points=list(points),
        comment=comment,
        annotations=[dict(one) for one in annotations],
        seconds=last.seconds,
        at=now,
    )
    if _says_the_same(last, given):
        return last
    if locked.is_graded and not reason.strip():
        raise NoReason(f"{attempt.key} {slot}")
    given.save()
    locked.marking_tasks.filter(slot=slot, role=given.role).update(done_at=now)
    audit.record(actor=marker, verb="mark_corrected", target=locked, data={"slot": slot, "role": given.role})
    counts = settled(locked, state, slot)
    if counts is not None:
        append(locked, [NewStep(StepKind.MARK, counts, slot)], at=now, actor=marker)
        _regrade(locked, reason, now)
    elif slot in state.person_marks:
        raise TooFarApart(f"{attempt.key} {slot}")
    return given


def _regrade(attempt: Attempt, reason: str, now: datetime) -> None:
    before, had_passed = attempt.fraction, attempt.passed
    if not attempt.is_graded:
        finish_if_marked(attempt, state_of(attempt), now)
        return
    grade_anew(attempt, now)
    if had_passed and not attempt.passed:
        raise TakesBack(str(attempt.key))
    if attempt.fraction != before:
        regrading.tell(attempt, reason)


def _says_the_same(last: Marking, new: Marking) -> bool:
    return all(
        getattr(last, name) == getattr(new, name) for name in ("fraction", "points", "comment", "annotations")
    )
