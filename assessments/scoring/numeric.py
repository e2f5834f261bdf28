"""Number: within a tolerance, in any of the accepted units."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assessments.scoring.numbers import read_number, to_figures
from assessments.scoring.outcome import NOT_A_NUMBER, ONE, ZERO, Outcome, SpecError
from assessments.scoring.reading import answered_text, exact, one_of
from assessments.scoring.wording import normal_form

TOLERANCES = ("absolute", "relative", "significant")
MOST_FIGURES = 15
_LONGEST = 80
# "133.000 taka", and "৳ 133.000"
_UNIT_BEHIND = re.compile(r"(?P<number>.*?\d[\d.,٫٬]*)\s*(?P<unit>[^\d\s].*)?", re.DOTALL)
_UNIT_BEFORE = re.compile(r"(?P<unit>[^\d\s+\-−][^\d+\-−]*?)\s*(?P<number>[+\-−]?\s*\d.*)", re.DOTALL)


@dataclass(frozen=True)
class Unit:
    """Units that may be written, each with the factor that brings it to the key's own unit.

    ``penalty`` is what a right value loses when its unit is missing or unknown; 1 is everything.
    """

    factors: Mapping[str, Fraction]
    required: bool
    penalty: Fraction

    @classmethod
    def parse(cls, data: Any) -> "Unit":
        """Read ``{"label": {"en": "taka"}, "factors": {"lakh": "100000"}, "required": false}``.

        The label of every language counts as a unit with the factor 1.
        """
        if not isinstance(data, Mapping):
            raise SpecError("'unit' has to be a mapping")
        label, given_factors = data.get("label") or {}, data.get("factors") or {}
        if not isinstance(label, Mapping) or not isinstance(given_factors, Mapping):
            raise SpecError("the label and the factors of a unit have to be mappings")
        if any(not isinstance(name, str) for name in (*label.values(), *given_factors)):
            raise SpecError("a unit has to be text")
        labels = dict.fromkeys(label.values(), ONE)
        given = {name: exact(value) for name, value in given_factors.items()}
        if any(value <= ZERO for value in given.values()):
            raise SpecError("a unit's factor has to be above zero")
        factors = {normal_form(name): value for name, value in (labels | given).items() if name}
        penalty = exact(data.get("penalty", 1))
        if not ZERO <= penalty <= ONE:
            raise SpecError("the penalty for a unit goes from 0 to 1")
        return cls(factors, bool(data.get("required")), penalty)

    def factor_of(self, name: str) -> Fraction | None:
        """The factor of a unit as typed; None when it is not known."""
        return self.factors.get(normal_form(name))


@dataclass(frozen=True)
class AcceptedNumber:
    """A value, how far off an answer may be, and what it is worth."""

    value: Fraction
    tolerance: Fraction
    tolerance_kind: str
    fraction: Fraction

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> "AcceptedNumber":
        """Read ``{"value": "133000", "tolerance": "0", "tolerance_kind": "absolute"}``.

        A relative tolerance is a share of the value: "0.05" is five per cent. A significant one
        is a number of figures: an answer counts that is the same when both are rounded to them.
        """
        kind = one_of(data.get("tolerance_kind", "absolute"), TOLERANCES)
        tolerance, fraction = exact(data.get("tolerance") or 0), exact(data.get("fraction", 1))
        if tolerance < ZERO:
            raise SpecError("a tolerance cannot be below zero")
        figures = tolerance.denominator == 1 and 1 <= tolerance <= MOST_FIGURES
        if kind == "significant" and not figures:
            raise SpecError(f"significant figures are a whole number from 1 to {MOST_FIGURES}")
        if not ZERO < fraction <= ONE:
            raise SpecError("an accepted number is worth more than 0 and at most 1")
        return cls(exact(data.get("value")), tolerance, kind, fraction)

    def is_met_by(self, number: Fraction) -> bool:
        """Whether a number is near enough."""
        if self.tolerance_kind == "significant":
            figures = int(self.tolerance)
            return to_figures(number, figures) == to_figures(self.value, figures)
        allowed = self.tolerance * (abs(self.value) if self.tolerance_kind == "relative" else 1)
        return abs(number - self.value) <= allowed


@dataclass(frozen=True)
class Numbers:
    """The right number, others that are worth part of the mark, and the units."""

    accepted: tuple[AcceptedNumber, ...]
    unit: Unit

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> "Numbers":
        """Read ``{"value": "133000", "tolerance": "0", "also": [{…, "fraction": "1/2"}], "unit": {}}``."""
        also = data.get("also") or ()
        if not isinstance(also, Sequence) or any(not isinstance(entry, Mapping) for entry in also):
            raise SpecError("'also' has to be a list of numbers")
        right = AcceptedNumber.parse({**data, "fraction": 1})
        return cls((right, *map(AcceptedNumber.parse, also)), Unit.parse(data.get("unit") or {}))

    def mark(self, value: str, unit: str, language: str) -> Outcome:
        """The best accepted number that is met; a value that cannot be read earns nothing."""
        number, unit = read_quantity(value, unit, language)
        if number is None:
            return Outcome.of(ZERO, problem=NOT_A_NUMBER)
        if not unit:
            return self._compare(number, "missing_unit" if self.unit.required else "")
        factor = self.unit.factor_of(unit)
        if factor is None:
            return self._compare(number, "unknown_unit")
        return self._compare(number * factor)

    def _compare(self, number: Fraction, problem: str = "") -> Outcome:
        fractions = (entry.fraction for entry in self.accepted if entry.is_met_by(number))
        kept = ONE - self.unit.penalty if problem else ONE
        return Outcome.of(max(fractions, default=ZERO) * kept, problem=problem)


@dataclass(frozen=True)
class Key:
    """The numbers that are accepted in the one field."""

    numbers: Numbers

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> "Key":
        """Read the accepted numbers; see ``Numbers.parse``."""
        return cls(Numbers.parse(data))

    def clean(self, response: Mapping[str, Any]) -> dict[str, Any]:
        """The response in its stored form, as typed; empty when nothing was typed."""
        value = answered_text(response.get("value")).strip()
        unit = answered_text(response.get("unit")).strip()
        return {"value": value, "unit": unit} if value else {}

    def mark(self, response: Mapping[str, Any], language: str) -> Outcome:
        """The fraction of the number that was typed."""
        return self.numbers.mark(response["value"], response.get("unit", ""), language)


def read_quantity(value: str, unit: str, language: str) -> tuple[Fraction | None, str]:
    """The number and the unit of an answer; the unit may stand in the value ("133.000 taka")."""
    number = read_number(value, language)
    if number is not None:
        return number, unit
    for shape in (_UNIT_BEHIND, _UNIT_BEFORE):
        split = shape.fullmatch(value[:_LONGEST])
        number = read_number(split["number"], language) if split else None
        if split and number is not None:
            return number, unit or (split["unit"] or "").strip()
    return None, unit
