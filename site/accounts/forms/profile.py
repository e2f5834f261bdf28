"""What a person tells about themselves."""

from collections.abc import Mapping
from functools import cache
from operator import itemgetter
from typing import Any

from babel import Locale
from babel.dates import get_timezone_location
from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..choices import time_zone_names
from ..models import User

# A name goes into letters, files and certificates: it is no address, no formula and one line. The
# words of the refusal are Django's own.
# Beside line ends and other controls, what turns the order of letters around is no part of a name.
WRITTEN_AS_A_NAME = RegexValidator(
    r"^\s*[=+-]|://|www\.|[<>@\x00-\x1f\x7f-\x9f\u2028\u2029\u202d\u202e]", inverse_match=True
)


# the parts of the world in the names of time zones: their United Nations code, or words where none is
_REGIONS: Mapping[str, Any] = {
    "Africa": "002",
    "America": "019",
    "Antarctica": "AQ",
    "Arctic": _("Arctic"),
    "Asia": "142",
    "Atlantic": _("Atlantic Ocean"),
    "Australia": "AU",
    "Europe": "150",
    "Indian": _("Indian Ocean"),
    "Pacific": "009",
}


def time_zone_choices() -> list[tuple[str, Any]]:
    """Return the time zones by their cities, grouped by the part of the world, in the reader's language."""
    return _time_zones_in(get_language() or "en")


@cache  # a request would take a twentieth of a second to name them all
def _time_zones_in(language: str) -> list[tuple[str, Any]]:
    locale = Locale.parse(language, sep="-")
    groups: dict[str, list[tuple[str, str]]] = {}
    for name in time_zone_names():
        first = name.partition("/")[0]
        region = str(_REGIONS.get(first, first))
        place = locale.territories.get(region, region)
        city = name if name == "UTC" else get_timezone_location(name, locale=locale, return_city=True)
        groups.setdefault(place, []).append((name, city))
    return [(place, sorted(cities, key=itemgetter(1))) for place, cities in groups.items()]


class ProfileForm(forms.ModelForm):
    """All that a person may say about themselves; the address and the password have pages of their own."""

    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=time_zone_choices,
        help_text=_("Deadlines and times are shown in it."),
    )

    class Meta:
        model = User
        fields = (
            "name",
            "name_latin",
            "country",
            "role",
            "court",
            "institution",
            "language",
            "time_zone",
            "sex",
        )
        help_texts = {
            "language": _("We write to you in this language."),
            "institution": _("If it is not in the list, leave this empty."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        for name in ("name", "name_latin"):
            self.fields[name].validators.append(WRITTEN_AS_A_NAME)


class JoiningForm(forms.ModelForm):
    """What everybody is asked when joining, by invitation or application."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "country", "role"):
            self.fields[name].required = True
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["name"].validators.append(WRITTEN_AS_A_NAME)
