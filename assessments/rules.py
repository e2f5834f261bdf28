"""The rules of a quiz as they hold for one person, and what keeps somebody from beginning."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any
from uuid import UUID

from accounts.models import User
from assessments.models import Attempt, ExtraAttempts, Override
from assessments.quiz_spec import QuizSpec


class Obstacle(StrEnum):
    """Why an attempt cannot be begun now."""

    NOT_YET = "not_yet"
    CLOSED = "closed"
    EXHAUSTED = "exhausted"
    TOO_SOON = "too_soon"
    PASSWORD = "password"  # noqa: S105 - the name of an obstacle
    ROOM_FULL = "room_full"


@dataclass(frozen=True)
class Rules:
    """What holds for one person: the quiz's rules, with overrides, extra time and extra attempts."""

    opens_at: datetime | None
    closes_at: datetime | None
    time_limit: timedelta | None
    extra_time: Fraction
    attempts_allowed: int | None
    delay: timedelta

    def deadline(self, begun: datetime) -> datetime | None:
        """When the time of an attempt runs out: after the limit with extra time, or when the quiz closes."""
        ends = [self.closes_at] if self.closes_at else []
        if self.time_limit is not None:
            seconds = Fraction(int(self.time_limit.total_seconds())) * self.extra_time
            ends.append(begun + timedelta(seconds=math.ceil(seconds)))
        return min(ends, default=None)

    def next_from(self, earlier: Sequence[Attempt]) -> datetime | None:
        """From when the next attempt may be begun, because of the delay; the newest attempt comes first."""
        if not earlier or not self.delay or earlier[0].submitted_at is None:
            return None
        return earlier[0].submitted_at + self.delay

    def obstacle(self, earlier: Sequence[Attempt], now: datetime) -> Obstacle | None:
        """What keeps the person from beginning one more attempt, of which the newest comes first."""
        if self.opens_at and now < self.opens_at:
            return Obstacle.NOT_YET
        if self.closes_at and now >= self.closes_at:
            return Obstacle.CLOSED
        if self.attempts_allowed is not None and len(earlier) >= self.attempts_allowed:
            return Obstacle.EXHAUSTED
        wait = self.next_from(earlier)
        return Obstacle.TOO_SOON if wait and now < wait else None


def rules_for(person: User, quiz: QuizSpec, *, groups: Iterable[UUID] = (), now: datetime) -> Rules:
    """The rules for one person, who the caller says is in these groups; two queries.

    An override of the person goes before those of groups, the newest before older ones. Of
    several groups the kindest rule holds. Attempts and extra time given to the person come on top.
    """
    found = list(Override.objects.in_force(quiz.key, now).reaching(person, groups))
    limit = _ruling(found, "time_limit", quiz.time_limit, max)
    allowed = _ruling(found, "attempts_allowed", quiz.attempts_allowed, max)
    extra_time = _ruling(found, "extra_time", person.extra_time, max)
    return Rules(
        opens_at=_ruling(found, "opens_at", quiz.opens_at, min),
        closes_at=_ruling(found, "closes_at", quiz.closes_at, max),
        time_limit=limit,
        extra_time=max(Fraction(extra_time), Fraction(person.extra_time)),
        attempts_allowed=allowed_to(person, quiz.key, allowed),
        delay=quiz.delay,
    )


def allowed_to(person: User, quiz_key: UUID, stated: int | None) -> int | None:
    """How many attempts the person has: those stated, and those given beyond; None: no limit."""
    return None if stated is None else with_given(stated, ExtraAttempts.objects.of(person, quiz_key).total())


def with_given(stated: int | None, given: int) -> int | None:
    """How many attempts these are together; None: no limit."""
    return None if stated is None else stated + given


def _ruling(found: Sequence[Override], name: str, stated: Any, kindest: Callable[[Any], Any]) -> Any:
    own = [getattr(one, name) for one in found if one.person_id and getattr(one, name) is not None]
    if own:
        return own[0]
    of_groups = [getattr(one, name) for one in found if getattr(one, name) is not None]
    return kindest(of_groups) if of_groups else stated
