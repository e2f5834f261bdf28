"""Form fields in the words of trainers: shares, numbers and lines of text."""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessments.scoring import SpecError
from assessments.scoring.reading import exact
from assessments.scoring.scripts import western_digits

# thousands in one country, decimals in the next
_UNCLEAR = re.compile(r"([+-]?[1-9][0-9]{0,2})[.,]([0-9]{3})")


class NumberField(forms.CharField):
    """A number in any script, kept as exact text: "133000", "0.5"; empty when nothing is written.

    "133,000" is refused: all who answer would be marked by what it was not meant to be.
    """

    default_error_messages = {
        "invalid": _("Enter a number such as 5000 or 0.5."),
        "unclear": _(
            "“%(written)s” can be read in two ways."
            " Write %(whole)s for thousands, or %(decimal)s for decimals."
        ),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 40, "required": False, **options})

    def to_python(self, value: Any) -> str:
        text = western_digits(super().to_python(value) or "")
        text = "".join(text.split()).replace("−", "-")
        if found := _UNCLEAR.fullmatch(text):
            whole, rest = found.groups()
            values = {"written": text, "whole": whole + rest, "decimal": f"{whole}.{rest}0"}
            raise ValidationError(self.error_messages["unclear"], code="unclear", params=values)
        text = text.replace(",", ".").replace("٫", ".")
        # the zero that made it clear
        text = text[:-1] if text.endswith("0") and _UNCLEAR.fullmatch(text[:-1]) else text
        if not text:
            return ""
        try:
            exact(text)
        except SpecError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        return text


def clear_number(stored: Any) -> Any:
    """A number that was stored, as the field shows it: "133.125" with a zero more, so that it stays that."""
    return f"{stored}0" if _UNCLEAR.fullmatch(str(stored)) else stored


def shown_in(fields: Mapping[str, forms.Field], stored: Mapping[str, Any]) -> dict[str, Any]:
    """What is stored for these fields, as they show it."""
    return {
        name: clear_number(value) if isinstance(fields.get(name), NumberField) else value
        for name, value in stored.items()
    }


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
