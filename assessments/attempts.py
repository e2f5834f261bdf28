"""The verbs of an attempt, in one place for those who call them.

Every verb locks the attempt's row first, so two tabs, a retry and the clock take turns. The
server's clock decides what is in time.
"""

import uuid

from accounts.models import User
from assessments.closing import AttemptClosed, close_if_overdue, close_overdue, state_of, submit
from assessments.counting import counted_fraction, counted_since
from assessments.late import save_late
from assessments.models import Attempt
from assessments.practice import another_like
from assessments.rules import Obstacle, allowed_to, with_given
from assessments.saving import NotNow, again, check, flag, save_answer
from assessments.starting import GRACE, AttemptsExhausted, CannotStart, allow_more, start

__all__ = [
    "GRACE",
    "AttemptClosed",
    "AttemptsExhausted",
    "CannotStart",
    "NotNow",
    "Obstacle",
    "again",
    "allow_more",
    "allowed_to",
    "another_like",
    "check",
    "close_if_overdue",
    "close_overdue",
    "counted_fraction",
    "counted_since",
    "flag",
    "latest_for",
    "save_answer",
    "save_late",
    "start",
    "state_of",
    "submit",
    "used_by",
    "with_given",
]


def latest_for(person: User, quiz_key: uuid.UUID) -> Attempt | None:
    """The newest attempt of a person at a quiz."""
    return Attempt.objects.of(person, quiz_key).first()


def used_by(person: User, quiz_key: uuid.UUID) -> int:
    """How many attempts at a quiz a person has begun."""
    return Attempt.objects.of(person, quiz_key).count()
