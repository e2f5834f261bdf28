"""The fixed lists that describe people."""

import zoneinfo
from functools import cache

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class ProfessionalRole(models.TextChoices):
    JUDGE = "judge", _("Judge")
    PROSECUTOR = "prosecutor", _("Prosecutor")
    INVESTIGATOR = "investigator", _("Investigator")
    DEFENDER = "defender", _("Public defender")
    OTHER = "other", _("Other")


class Sex(models.TextChoices):
    FEMALE = "female", _("Female")
    MALE = "male", _("Male")
    OTHER = "other", _("Other")
    UNDISCLOSED = "undisclosed", _("Prefer not to say")


class Theme(models.TextChoices):
    SYSTEM = "system", _("As my device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


@cache
def time_zone_names() -> tuple[str, ...]:
    """Return UTC and the zones that are named after a place, in alphabetical order."""
    places = {name for name in zoneinfo.available_timezones() if "/" in name}
    return ("UTC", *sorted(name for name in places if not name.startswith(("Etc/", "SystemV/"))))


def check_time_zone(value: str) -> None:
    """Raise ValidationError unless `value` names a time zone."""
    if value not in zoneinfo.available_timezones():
        raise ValidationError(_("Choose a time zone from the list."))
