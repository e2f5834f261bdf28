"""When a figure about a group may be shown: from ten people up. Pure; every staff page asks here."""

from collections.abc import Mapping
from fractions import Fraction

from assessments.statistics.small_groups import SMALLEST_GROUP


def large_enough(people: int) -> bool:
    """Tell whether a figure about so many people may be shown."""
    return people >= SMALLEST_GROUP


def median(counts: Mapping[int, int]) -> Fraction | None:
    """Return the median of a group, given how many people have each value.

    None where the group is too small. Raises ValueError for a negative count.
    """
    if any(count < 0 for count in counts.values()):
        raise ValueError("Nobody can be counted less than no times.")
    people = sum(counts.values())
    if not large_enough(people):
        return None
    lower = _value_at(counts, (people - 1) // 2)
    upper = _value_at(counts, people // 2)
    return Fraction(lower + upper, 2)


def _value_at(counts: Mapping[int, int], place: int) -> int:
    passed = 0
    for value in sorted(counts):
        passed += counts[value]
        if passed > place:
            return value
    raise IndexError(place)
