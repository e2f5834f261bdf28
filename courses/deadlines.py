"""A day by which something is to be finished, as the moment at which it ends for the reader."""

import datetime

from django.utils import timezone


def end_of(day: datetime.date | None) -> datetime.datetime | None:
    """Return 23:59 of the day in the active time zone; None for no day."""
    if day is None:
        return None
    return datetime.datetime.combine(day, datetime.time(23, 59), timezone.get_current_timezone())
