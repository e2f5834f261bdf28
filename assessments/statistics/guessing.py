"""The share of marks that somebody earns who answers blindly."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import permutations
from typing import Any

from assessments.scoring import read_key

ZERO = Fraction(0)
LONGEST_ORDER = 6  # 720 orders are tried; of seven things a blind order earns next to nothing


def random_guess(kind: str, spec: Mapping[str, Any]) -> Fraction | None:
    """Return the mean fraction of all ways to answer; None where there is no sensible set of them.

    By kind, as Moodle's question types have it: the mean of the options of a single choice, one
    half for true or false, one over the answers of a matching, nothing for what is typed, and no
    figure for several choices, whose guesser might tick any number of them.
    """
    guess = _GUESSES.get(kind)
    return guess(spec) if guess else None


def _single(spec: Mapping[str, Any]) -> Fraction:
    return _mean([Fraction(value) for value in spec["options"].values()])


def _true_false(spec: Mapping[str, Any]) -> Fraction:
    return Fraction(1, 2)


def _matching(spec: Mapping[str, Any]) -> Fraction:
    return Fraction(1, len({*map(str, spec["pairs"].values()), *map(str, spec.get("distractors", ()))}))


def _ordering(spec: Mapping[str, Any]) -> Fraction | None:
    order = list(spec["order"])
    if len(order) > LONGEST_ORDER:
        return None
    key = read_key("ordering", spec)
    marks = (key.mark({"order": list(guess)}, "en").fraction for guess in permutations(order))
    return _mean([mark for mark in marks if mark is not None])


def _gap(spec: Mapping[str, Any]) -> Fraction:
    return _mean([_single(gap) if "options" in gap else ZERO for gap in spec["gaps"].values()])


def _typed(spec: Mapping[str, Any]) -> Fraction:
    return ZERO


def _mean(values: list[Fraction]) -> Fraction:
    return sum(values, ZERO) / len(values)


_GUESSES = {
    "single": _single,
    "true_false": _true_false,
    "matching": _matching,
    "ordering": _ordering,
    "gap": _gap,
    "numeric": _typed,
    "short": _typed,
    "essay": _typed,
}
