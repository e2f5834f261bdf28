"""The institute's clock: the day of a certificate is the same wherever it is read."""

import datetime

from django.utils import timezone


def day_of(moment: datetime.datetime) -> datetime.date:
    """The day on which a moment falls for the institute, as the paper says it."""
    return moment.astimezone(timezone.get_default_timezone()).date()
