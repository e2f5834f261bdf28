"""Number: within a tolerance, in any of the accepted units."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assessments.scoring.numbers import read_number
from assessments.scoring.outcome import ONE, ZERO, Outcome, SpecError
from assessments.scoring.reading import answered_text, exact, one_of
from assessments.scoring.wording import normal_form

TOLERANCES = ("absolute", "relative")
# a number, then letters: "133.000 taka"
_LONGEST = 80
_WITH_UNIT = re.compile(r"(?P<number>.*?\d[\d.,٫٬]*)\s*(?P<unit>[^\d\s].*)?", re.DOTALL)


@dataclass(frozen=True)
class Unit:
    """Units that may be written, each with the factor that brings it to the key's own unit."""

    factors: Mapping[str, Fraction]
    required: bool

    @classmethod
    def parse(cls, data: Any) -> "Unit":
        """Read ``{"label": {"en": "taka"}, "factors": {"lakh": "100000"}, "required": false}``.

        The label of every language counts as a unit with the factor 1.
        """
        if not isinstance(data, Mapping):
            raise SpecError("'unit' has to be a mapping")
        labels = dict.fromkeys((data.get("label") or {}).values(), ONE)
        given = {name: exact(value) for name, value in (data.get("factors") or {}).items()}
        if any(value <= ZERO for value in given.values()):
            raise SpecError("a unit's factor has to be above zero")
        factors = {normal_form(name): value for name, value in (labels | given).items() if name}
        return cls(factors, bool(data.get("required")))

    def factor_of(self, name: str) -> Fraction | None:
        """The factor of a unit as typed; None when it is not known."""
        return self.factors.get(normal_form(name))


@dataclass(frozen=True)
class Key:
    """The value, how far off an answer may be, and the units."""

    value: Fraction
    tolerance: Fraction
    tolerance_kind: str
    unit: Unit

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> "Key":
        """Read ``{"value": "133000", "tolerance": "0", "tolerance_kind": "absolute", "unit": {}}``.

        A relative tolerance is a share of the value: "0.05" is five per cent.
        """
        tolerance = exact(data.get("tolerance") or 0)
        if tolerance < ZERO:
            raise SpecError("a tolerance cannot be below zero")
        return cls(
            exact(data.get("value")),
            tolerance,
            one_of(data.get("tolerance_kind", "absolute"), TOLERANCES),
            Unit.parse(data.get("unit") or {}),
        )

    def clean(self, response: Mapping[str, Any]) -> dict[str, Any]:
        """The response in its stored form, as typed; empty when nothing was typed."""
        value = answered_text(response.get("value")).strip()
        unit = answered_text(response.get("unit")).strip()
        return {"value": value, "unit": unit} if value else {}

    def mark(self, response: Mapping[str, Any], language: str) -> Outcome:
        """1 within the tolerance; a value without a readable number or unit earns nothing."""
        number, unit = read_quantity(response["value"], response.get("unit", ""), language)
        if number is None:
            return Outcome.of(ZERO, problem="not_a_number")
        if not unit:
            if self.unit.required:
                return Outcome.of(ZERO, problem="missing_unit")
            return self._compare(number)
        factor = self.unit.factor_of(unit)
        if factor is None:
            return Outcome.of(ZERO, problem="unknown_unit")
        return self._compare(number * factor)

    def _compare(self, number: Fraction) -> Outcome:
        allowed = self.tolerance
        if self.tolerance_kind == "relative":
            allowed *= abs(self.value)
        return Outcome.of(ONE if abs(number - self.value) <= allowed else ZERO)


def read_quantity(value: str, unit: str, language: str) -> tuple[Fraction | None, str]:
    """The number and the unit of an answer; the unit may stand in the value ("133.000 taka")."""
    number = read_number(value, language)
    if number is not None:
        return number, unit
    split = _WITH_UNIT.fullmatch(value[:_LONGEST])
    if not split:
        return None, unit
    return read_number(split["number"], language), unit or (split["unit"] or "").strip()
