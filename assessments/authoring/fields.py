"""Form fields in the words of trainers: shares, numbers and lines of text."""

from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessments.scoring import SpecError
from assessments.scoring.reading import exact
from assessments.scoring.scripts import western_digits


class NumberField(forms.CharField):
    """A number in any script, kept as exact text: "133000", "0.5"; empty when nothing is written."""

    default_error_messages = {"invalid": _("Enter a number such as 5000 or 0.5.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 40, "required": False, **options})

    def to_python(self, value: Any) -> str:
        text = western_digits(super().to_python(value) or "")
        text = "".join(text.split()).replace(",", ".").replace("٫", ".").replace("−", "-")
        if not text:
            return ""
        try:
            exact(text)
        except SpecError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        return text


class ShareField(forms.CharField):
    """A share of the mark: 1/2, 50 % or 0.5; None when nothing is written."""

    default_error_messages = {"invalid": _("Enter a share such as 1/2, 0.5 or 50%.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 20, "required": False, **options})

    def prepare_value(self, value: Any) -> Any:
        return "" if value is None else str(value)

    def clean(self, value: Any) -> Any:
        return self._share(super().clean(value))

    def _share(self, text: str) -> Fraction | None:
        text = western_digits(text).replace("٪", "%").replace(",", ".").replace("−", "-")
        text = "".join(text.split())
        if not text:
            return None
        try:
            return exact(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
        except SpecError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class LinesField(forms.CharField):
    """Several texts, one a line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "widget": lines_of(3), **options})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


def lines_of(rows: int) -> forms.Textarea:
    """A field of so many lines, in whatever direction is written."""
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


def line() -> forms.TextInput:
    """A field of one line, in whatever direction is written."""
    return forms.TextInput(attrs={"dir": "auto"})
