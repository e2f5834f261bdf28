"""What may be said about a group of which size. Every figure about people is asked for here.

Under ten people there are counts only; from ten to twenty-nine a facility with its interval; from
thirty everything. People are counted, not attempts: ten attempts of one person are one person.
"""

from enum import IntEnum

SMALLEST_GROUP = 10
SMALLEST_FOR_ALL = 30


class Level(IntEnum):
    """How much may be shown; a higher level shows what a lower one shows, and more."""

    COUNTS = 0
    FACILITY = 1
    ALL = 2


def level(people: int) -> Level:
    """Return how much may be shown about so many people; ValueError for a negative number."""
    if people < 0:
        raise ValueError("There are never fewer than no people.")
    if people < SMALLEST_GROUP:
        return Level.COUNTS
    return Level.FACILITY if people < SMALLEST_FOR_ALL else Level.ALL


def too_few(people: int) -> bool:
    """Tell whether there is somebody, but not enough people for a figure."""
    return 0 < people < SMALLEST_GROUP
