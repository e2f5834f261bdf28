"""What a person tells about themselves."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from ..choices import time_zone_names
from ..models import User

# A name goes into letters, files and certificates: it is no address, no formula and one line. The
# words of the refusal are Django's own.
# Beside line ends and other controls, what turns the order of letters around is no part of a name.
WRITTEN_AS_A_NAME = RegexValidator(
    r"^\s*[=+-]|://|www\.|[<>@\x00-\x1f\x7f-\x9f\u2028\u2029\u202d\u202e]", inverse_match=True
)


def time_zone_choices() -> list[tuple[str, Any]]:
    """Return the time zones for a list, grouped by the part of the world."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for name in time_zone_names():
        region, _slash, place = name.partition("/")
        groups.setdefault(region, []).append((name, (place or region).replace("_", " ")))
    return list(groups.items())


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
