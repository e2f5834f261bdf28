"""How each quarter of the people, by their total, did on a question.

A question that works rises from the lowest quarter to the highest; a flat or falling line can be
read without knowing what a correlation is.
"""

import math
from collections.abc import Hashable, Iterable, Mapping

QUARTERS = 4
type Shares = tuple[float, ...]
type Curve = tuple[float | None, ...]


def memberships[T: Hashable](in_order: Iterable[tuple[T, int]]) -> dict[T, Shares]:
    """Return with which share the people of each total belong to each quarter.

    Totals come in ascending order with the number of people. Those with equal totals are never
    told apart by chance: where a border runs through them, each belongs in part to both quarters.
    """
    counted = list(in_order)
    n = sum(people for _, people in counted)
    found: dict[T, Shares] = {}
    passed = 0
    for total, people in counted:
        # in quarters of a person, so that the borders are whole numbers
        first, last = QUARTERS * passed, QUARTERS * (passed + people)
        found[total] = tuple(
            max(0, min(last, n * (quarter + 1)) - max(first, n * quarter)) / (QUARTERS * people)
            for quarter in range(QUARTERS)
        )
        passed += people
    return found


def in_quarters[T: Hashable](by_total: Mapping[T, float], within: Mapping[T, Shares]) -> list[float]:
    """Return how much of what is given for each total falls to each quarter."""
    return [
        math.fsum(amount * within[total][quarter] for total, amount in by_total.items())
        for quarter in range(QUARTERS)
    ]


def curve(amounts: Iterable[float], people: Iterable[float]) -> Curve:
    """Return the amount for each person in each quarter; None in an empty quarter."""
    return tuple(amount / number if number else None for amount, number in zip(amounts, people, strict=True))
