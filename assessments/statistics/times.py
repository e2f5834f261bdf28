"""How long a question takes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from assessments.statistics.moments import quantile

AWAY = 30 * 60  # seconds; after so long without a step nobody sat at the screen
QUARTER, HALF, THREE_QUARTERS = Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds that the middle half of the people took, and the person in the middle."""

    lower: float
    median: float
    upper: float


def seconds_by_slot(started_at: datetime, steps: Iterable[tuple[int, datetime]]) -> dict[int, int]:
    """Return the seconds spent on each slot, given (slot, time) of each step in order.

    The time since the step before belongs to the slot that was then answered. Half an hour
    without any step counts for none.
    """
    found: dict[int, float] = {}
    before = started_at
    for slot, at in steps:
        passed = max(0.0, (at - before).total_seconds())
        if passed < AWAY:
            found[slot] = found.get(slot, 0.0) + passed
        before = at
    return {slot: round(seconds) for slot, seconds in found.items()}


def measure(seconds: Mapping[int, int]) -> Times | None:
    """Return the times of counted seconds; None when none are known."""
    if not any(seconds.values()):
        return None
    return Times(
        float(quantile(seconds, QUARTER)),
        float(quantile(seconds, HALF)),
        float(quantile(seconds, THREE_QUARTERS)),
    )
