"""A column for exact fractions: marks are never rounded on their way to the database."""

from fractions import Fraction
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.scoring import SpecError
from assessments.scoring.reading import exact


class FractionField(models.CharField):
    """Stores a ``Fraction`` as text: "5/6", "1", "-1/3"."""

    description = _("exact fraction")
    # what type checkers are told: the attribute holds a Fraction, not text; None where null is allowed
    _pyi_private_set_type: Fraction  # type: ignore[assignment]
    _pyi_private_get_type: Fraction  # type: ignore[assignment]
    default_error_messages = {
        "invalid": _("Enter a fraction such as 1/2, or a number such as 0.5."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 60)
        super().__init__(*args, **kwargs)
        # a fraction has no length; to_python bounds what is written
        self.validators[:] = [one for one in self.validators if not isinstance(one, MaxLengthValidator)]

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Fraction | None:
        return None if value in (None, "") else Fraction(value)

    def to_python(self, value: Any) -> Fraction | None:
        if value is None or isinstance(value, Fraction):
            return value
        if value == "":
            return None
        try:
            return exact(str(value).replace(",", ".").replace(" ", "")[: self.max_length])
        except SpecError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def get_prep_value(self, value: Any) -> str | None:
        fraction = self.to_python(value)
        return None if fraction is None else str(fraction)

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else str(value)
