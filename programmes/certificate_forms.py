"""What staff fill in about a certificate: the right name, the kind to certify."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.profile import WRITTEN_AS_A_NAME
from certificates.choices import Kind
from certificates.models import Certificate
from certificates.pdf import uncovered


class NameForm(forms.Form):
    """The name as the corrected certificate prints it."""

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        validators=[WRITTEN_AS_A_NAME],
        help_text=_("As it is printed, in the holder’s own script."),
    )
    latin_name = forms.CharField(
        label=_("Name in Latin letters"),
        max_length=200,
        required=False,
        validators=[WRITTEN_AS_A_NAME],
        help_text=_("Printed beside the name where a reader may not know its script."),
    )
    with_profile = forms.BooleanField(
        label=_("Correct the name in the account, too"),
        required=False,
        help_text=_("So that later certificates are right."),
    )

    def __init__(self, data: Any, *, certificate: Certificate) -> None:
        stated = certificate.stated
        self.before = {"name": stated.name, "latin_name": stated.latin_name}
        super().__init__(data, initial={**self.before, "with_profile": True})
        if certificate.person is None:
            del self.fields["with_profile"]

    def clean(self) -> dict[str, Any]:
        """Refuse a name that the fonts cannot draw, and one that is there already."""
        found = super().clean() or self.cleaned_data
        name, latin_name = found.get("name"), found.get("latin_name", "")
        if not name or self.errors:
            return found
        if latin_name and (missing := uncovered(latin_name)):
            self.add_error("latin_name", undrawn(missing))
        elif not latin_name and (missing := uncovered(name)):
            self.add_error("name", undrawn(missing))
        elif {"name": name, "latin_name": latin_name} == self.before:
            self.add_error("name", _("The certificate says exactly this. Change the name, or cancel."))
        return found


def undrawn(missing: Iterable[str]) -> forms.ValidationError:
    """The refusal of a text with letters that the fonts do not have."""
    words = _("Our fonts have no letters for this: %(letters)s")
    return forms.ValidationError(words, params={"letters": " ".join(sorted(missing))})


class KindForm(forms.Form):
    """What a certificate vouches for."""

    kind = forms.ChoiceField(label=_("Kind"), widget=forms.RadioSelect)

    def __init__(self, data: Any, *, kinds: Iterable[Kind]) -> None:
        offered = list(kinds)
        super().__init__(data, initial={"kind": offered[0]} if offered else {})
        choices = [(kind.value, kind.label) for kind in offered]
        cast(forms.ChoiceField, self.fields["kind"]).choices = choices
