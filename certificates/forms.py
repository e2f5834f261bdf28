"""What is chosen about a certificate."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from translation.reading import language_name


class PairForm(forms.Form):
    """Two languages that are to stand on one sheet."""

    first = forms.ChoiceField(label=_("First language"))
    second = forms.ChoiceField(label=_("Second language"))

    def __init__(self, data: Any, *, codes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(data, auto_id="pair_%s", **kwargs)
        choices = [(code, language_name(code)) for code in codes]
        for name in ("first", "second"):
            cast(forms.ChoiceField, self.fields[name]).choices = choices

    def clean(self) -> dict[str, Any]:
        """Refuse the same language twice."""
        found = super().clean() or self.cleaned_data
        if found.get("first") and found.get("first") == found.get("second"):
            self.add_error("second", _("Choose two different languages."))
        return found
