"""How somebody's name is spelt."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.profile import WRITTEN_AS_A_NAME
from accounts.models import User
from certificates.pdf import uncovered


class NameForm(forms.Form):
    """The name of an account, as it is to be printed: in letters that the fonts of certificates have."""

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        validators=[WRITTEN_AS_A_NAME],
        help_text=_("In your own script, with all its marks."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    name_latin = forms.CharField(
        label=_("Name in Latin letters"),
        max_length=200,
        required=False,
        validators=[WRITTEN_AS_A_NAME],
        help_text=_("Printed under the name. Leave it empty if your name is written in Latin letters."),
    )

    def __init__(self, data: Any, *, person: User) -> None:
        super().__init__(data, initial={"name": person.name, "name_latin": person.name_latin})

    def clean_name_latin(self) -> str:
        """Refuse letters that cannot be drawn."""
        latin: str = self.cleaned_data["name_latin"]
        if missing := uncovered(latin):
            raise forms.ValidationError(_cannot(missing))
        return latin

    def clean(self) -> dict[str, Any]:
        """Refuse a name that cannot be drawn, unless one in Latin letters can be."""
        found = super().clean() or self.cleaned_data
        missing = uncovered(found.get("name") or "")
        if missing and "name_latin" in found and not found["name_latin"]:
            words = _("Our fonts have no letters for: %(letters)s. Fill in the name in Latin letters, too.")
            self.add_error("name", words % {"letters": " ".join(sorted(missing))})
        return found


def _cannot(missing: frozenset[str]) -> Any:
    return _("Our fonts have no letters for: %(letters)s.") % {"letters": " ".join(sorted(missing))}
