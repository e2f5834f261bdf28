"""What staff choose for a ceremony."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.choices import RunKind
from courses.choices import CeremonyOrder
from programmes.ceremony import Guest
from translation.reading import language_name

HIGHEST = 99_999
OWN = "own"


class OrderForm(forms.Form):
    """The order of the ceremony, and a number for each person."""

    order = forms.ChoiceField(label=_("Order"), choices=CeremonyOrder.choices, widget=forms.RadioSelect)

    def __init__(self, data: Any, *, guests: Sequence[Guest], order: str) -> None:
        super().__init__(data, initial={"order": order}, auto_id="o_%s")
        self._keys = [one.enrolment.key for one in guests]
        for one in guests:
            self.fields[str(one.enrolment.key)] = forms.IntegerField(
                label=_("Number of %(name)s") % {"name": one.person},
                required=False,
                min_value=1,
                max_value=HIGHEST,
                initial=one.number,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    @property
    def places(self) -> dict[UUID, int | None]:
        """The number of each person, or None."""
        return {key: self.cleaned_data.get(str(key)) for key in self._keys}


class RunForm(forms.Form):
    """What is to be made, and in which language."""

    kind = forms.ChoiceField(label=_("What to make"), choices=RunKind.choices, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language"))
    second = forms.ChoiceField(
        label=_("Second language on the same sheet"),
        required=False,
        help_text=_("Only beside one language for all."),
    )
    attach = forms.BooleanField(
        label=_("Attach the PDF to the mail"),
        required=False,
        initial=True,
        help_text=_("Otherwise the mail has a link alone, and so it has where the file is larger than 2 MB."),
    )

    def __init__(self, data: Any, *, languages: Sequence[str]) -> None:
        super().__init__(data, initial={"kind": RunKind.PDF}, auto_id="r_%s")
        named = [(code, language_name(code)) for code in languages]
        language, second = (cast(forms.ChoiceField, self.fields[name]) for name in ("language", "second"))
        language.choices = [(OWN, _("Each in their own language")), *named]
        second.choices = [("", _("None")), *named]

    def clean(self) -> dict[str, Any]:
        """Refuse a second language that has no first, or is the first."""
        found = super().clean() or self.cleaned_data
        first, second = found.get("language"), found.get("second")
        if second and first == OWN:
            self.add_error("second", _("Choose one language for all first."))
        elif second and first == second:
            self.add_error("second", _("Choose another language than the first."))
        return found

    @property
    def languages(self) -> str:
        """A code, two ("ar+es"), or nothing for each in their own."""
        first, second = self.cleaned_data["language"], self.cleaned_data["second"]
        return "" if first == OWN else "+".join(filter(None, (first, second)))
