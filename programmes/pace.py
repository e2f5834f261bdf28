"""Who keeps up with a cohort. Pure: dates and whole percentages in, a word out.

A cohort is expected to go on evenly from its first day to its last. Somebody is behind who has not
reached what was expected two weeks ago, or whose own deadline is over. Who was given more time than
the cohort has is behind only when that time is over.
"""

import datetime
from enum import StrEnum

GRACE = datetime.timedelta(days=14)


class Pace(StrEnum):
    """How an enrolment that is under way stands against its dates."""

    ON_TIME = "on_time"
    BEHIND = "behind"
    NOT_STARTED = "not_started"


def expected(starts: datetime.date | None, ends: datetime.date | None, day: datetime.date) -> int | None:
    """Return the percentage expected on a day, rounded down; None without two dates."""
    if starts is None or ends is None:
        return None
    if day >= ends:
        return 100
    if day <= starts:
        return 0
    return (day - starts).days * 100 // (ends - starts).days


def behind_below(starts: datetime.date | None, ends: datetime.date | None, today: datetime.date) -> int:
    """Return the percentage below which somebody is behind today; 0 where nobody can be."""
    if ends is not None and today > ends:
        return 100
    return expected(starts, ends, today - GRACE) or 0


def pace(
    *,
    percent: int,
    started: bool,
    due_on: datetime.date | None,
    starts: datetime.date | None,
    ends: datetime.date | None,
    today: datetime.date,
) -> Pace:
    """Return how an active enrolment stands; `starts` and `ends` are those of its cohort."""
    if due_on is not None and due_on < today:
        return Pace.BEHIND
    has_more_time = due_on is not None and ends is not None and due_on > ends
    if not has_more_time and percent < behind_below(starts, ends, today):
        return Pace.BEHIND
    return Pace.ON_TIME if started else Pace.NOT_STARTED
