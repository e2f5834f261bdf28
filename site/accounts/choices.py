"""The fixed lists that describe people."""

import zoneinfo
from functools import cache
from typing import Any

from babel.core import get_global
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields import BLANK_CHOICE_LABEL
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# the empty line of a list of countries, as Django words it in all other lists
NONE_CHOSEN: Any = BLANK_CHOICE_LABEL


class ProfessionalRole(models.TextChoices):
    JUDGE = "judge", _("Judge")
    PROSECUTOR = "prosecutor", _("Prosecutor")
    INVESTIGATOR = "investigator", _("Investigator")
    DEFENDER = "defender", _("Public defender")
    OTHER = "other", _("Other")


class Sex(models.TextChoices):
    FEMALE = "female", _("Female")
    MALE = "male", _("Male")
    OTHER = "other", pgettext_lazy("sex", "Other")
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


# Where a country has several zones, the one of its capital or of most of its courts.
_USUAL_ZONES = {
    "AR": "America/Argentina/Buenos_Aires",
    "BR": "America/Sao_Paulo",
    "CD": "Africa/Kinshasa",
    "CL": "America/Santiago",
    "CY": "Asia/Nicosia",
    "EC": "America/Guayaquil",
    "ES": "Europe/Madrid",
    "ID": "Asia/Jakarta",
    "KZ": "Asia/Almaty",
    "MN": "Asia/Ulaanbaatar",
    "MX": "America/Mexico_City",
    "MY": "Asia/Kuala_Lumpur",
    "PS": "Asia/Hebron",
    "PT": "Europe/Lisbon",
    "UA": "Europe/Kyiv",
    "US": "America/New_York",
    "XK": "Europe/Belgrade",
}


def usual_time_zone(country: str) -> str:
    """Return the time zone to begin with for a country's code; UTC where there is no usual one."""
    zones = get_global("territory_zones").get(country, [])
    return _USUAL_ZONES.get(country) or (zones[0] if len(zones) == 1 else "UTC")
