"""Handing in, by the person or by the clock, and how an attempt stands."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from assessments.choices import AttemptStatus, StepKind
from assessments.folding import State, fold
from assessments.grading import credits_by_rule, fractions_by_rule
from assessments.marking import finish_if_marked
from assessments.models import Attempt
from assessments.steps import NewStep, append

log = logging.getLogger(__name__)


class AttemptClosed(Exception):
    """The attempt was handed in, by the person or by the clock; nothing more is saved."""


def lock(attempt: Attempt) -> Attempt:
    """The attempt as it is now, for one transaction alone."""
    return Attempt.objects.select_for_update().get(pk=attempt.pk)


def state_of(attempt: Attempt) -> State:
    """The attempt as its steps have left it; one query."""
    return fold(attempt.steps.for_fold(attempt.paper), attempt.paper)


@transaction.atomic
def submit(*, attempt: Attempt, now: datetime | None = None) -> Attempt:
    """Hand in and mark by rule; handing in twice changes nothing.

    After the deadline it counts as handed in at the deadline, with what was saved.
    """
    locked = lock(attempt)
    if locked.is_open:
        close(locked, now or timezone.now())
    return locked


def close_if_overdue(*, attempt: Attempt, now: datetime | None = None) -> Attempt:
    """Hand in an attempt whose time has run out; else return it as it is, without a query."""
    now = now or timezone.now()
    return submit(attempt=attempt, now=now) if attempt.is_overdue(now) else attempt


def close_overdue(*, now: datetime | None = None) -> int:
    """Hand in every attempt whose time has run out; return how many there were.

    One that cannot be handed in holds up no other: it is written to the log, and tried again next time.
    """
    now = now or timezone.now()
    done = 0
    # their papers are read one after the other, when each is locked
    for attempt in list(Attempt.objects.overdue(now).only("key")):
        try:
            submit(attempt=attempt, now=now)
        except Exception:
            log.exception("attempt %s could not be handed in", attempt.key)
        else:
            done += 1
    return done


def close(attempt: Attempt, now: datetime) -> None:
    """Hand in and mark what rules can mark; the caller holds the lock."""
    submitted_at = min(now, attempt.deadline or now)
    by_clock = submitted_at < now
    append(attempt, [NewStep(StepKind.SUBMIT, {"by": "clock" if by_clock else "person"})], at=submitted_at)
    state = state_of(attempt)
    marks = {
        "fractions": {str(slot): str(value) for slot, value in fractions_by_rule(state).items()},
        "credits": {str(slot): str(value) for slot, value in credits_by_rule(state).items()},
    }
    append(attempt, [NewStep(StepKind.GRADE, marks)], at=submitted_at)
    attempt.status = AttemptStatus.SUBMITTED
    attempt.submitted_at = submitted_at
    attempt.save(update_fields=["status", "submitted_at"])
    finish_if_marked(attempt, state_of(attempt), now)
