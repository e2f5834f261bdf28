"""How each quarter of the people, by their total, did on a question.

A question that works rises from the lowest quarter to the highest; a flat or falling line can be
read without knowing what a correlation is.
"""

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise

from assessments.statistics.moments import Counts

QUARTERS = 4
ZERO = Fraction(0)
type Memberships = Mapping[Fraction, tuple[Fraction, ...]]
type Curve = tuple[float | None, ...]


def memberships(totals: Counts) -> Memberships:
    """Return for each total with which share its people belong to each quarter.

    People with equal totals are never told apart by chance: where a border runs through them,
    each of them belongs in part to both quarters.
    """
    n = sum(totals.values())
    borders = [Fraction(n * quarter, QUARTERS) for quarter in range(QUARTERS + 1)]
    found: dict[Fraction, tuple[Fraction, ...]] = {}
    passed = 0
    for total in sorted(totals):
        people = totals[total]
        found[total] = tuple(
            max(ZERO, min(upper, Fraction(passed + people)) - max(lower, Fraction(passed))) / people
            for lower, upper in pairwise(borders)
        )
        passed += people
    return found


def curve(by_total: Mapping[Fraction, tuple[Fraction, int]], within: Memberships) -> Curve:
    """Return the mean in each quarter; None in an empty one.

    ``by_total`` says for each total what the values of its people add up to, and how many they are.
    """
    sums, people = [ZERO] * QUARTERS, [ZERO] * QUARTERS
    for total, (value, times) in by_total.items():
        for quarter, share in enumerate(within[total]):
            if share:
                people[quarter] += share * times
                sums[quarter] += share * value
    return tuple(float(value / times) if times else None for value, times in zip(sums, people, strict=True))
