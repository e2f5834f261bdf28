"""Ordering: put all items in the right order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from assessments.scoring.outcome import ONE, ZERO, Outcome, SpecError
from assessments.scoring.reading import answered_names, names_in, one_of

RULES = ("exact", "adjacent", "longest_run")


@dataclass(frozen=True)
class Key:
    """The right order and how a partly right one counts.

    "exact": all or nothing. "adjacent": the share of neighbours that follow each other as they
    should. "longest_run": the length of the longest unbroken right stretch.
    """

    order: tuple[str, ...]
    rule: str

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> "Key":
        """Read ``{"order": [ids], "rule": "exact"}``; SpecError for fewer than two items."""
        order = names_in(data, "order")
        if len(order) < 2:
            raise SpecError("an order needs at least two items")
        return cls(order, one_of(data.get("rule", "exact"), RULES))

    def clean(self, response: Mapping[str, Any]) -> dict[str, Any]:
        """The response in its stored form; empty when nothing was put in order."""
        order = answered_names(response.get("order") or (), self.order)
        return {"order": list(order)} if order else {}

    def mark(self, response: Mapping[str, Any], language: str) -> Outcome:
        """The fraction by the rule of this question."""
        given = tuple(response["order"])
        if given == self.order:
            return Outcome.of(ONE)
        if self.rule == "exact":
            return Outcome.of(ZERO)
        steps = _right_steps(given, self.order)
        right = sum(steps) if self.rule == "adjacent" else _longest(steps)
        return Outcome.of(Fraction(right, len(self.order) - 1))


def _right_steps(given: Sequence[str], order: Sequence[str]) -> list[bool]:
    follows = dict(pairwise(order))
    return [follows.get(first) == second for first, second in pairwise(given)]


def _longest(steps: Sequence[bool]) -> int:
    longest = run = 0
    for right in steps:
        run = run + 1 if right else 0
        longest = max(longest, run)
    return longest
