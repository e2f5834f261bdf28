"""What the statistics read: who sat a test how often, and what each answer earned."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import groupby

from assessments.statistics.small_groups import too_few

ZERO = Fraction(0)


class Which(StrEnum):
    """Which attempts of each person are counted. The first is the honest one for a pre-test."""

    FIRST = "first"
    LAST = "last"
    HIGHEST = "highest"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Response:
    """One question on one paper and what its answer earned.

    ``position`` is the place that the test reserves (a line of its blueprint), not the number
    shown after shuffling. ``answers`` are the ids of what was chosen, empty for a blank.
    """

    position: int
    question: str
    mark: Fraction
    weight: Fraction
    answers: tuple[str, ...] = ()
    seconds: int | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Sitting:
    """One graded attempt of one person."""

    person: Hashable
    number: int
    responses: tuple[Response, ...]

    @property
    def total(self) -> Fraction:
        """The sum of its marks."""
        return sum((response.mark for response in self.responses), ZERO)

    @property
    def highest(self) -> Fraction:
        """The highest sum that could have been reached."""
        return sum((response.weight for response in self.responses), ZERO)


def chosen(sittings: Iterable[Sitting], which: Which) -> Iterator[Sitting]:
    """Yield the sittings that count, one person after the other, never holding more than one person's.

    The sittings of one person must come together, in any order; ValueError when a person comes
    back. Of equally high sittings the earliest counts.
    """
    met: set[Hashable] = set()
    for person, group in groupby(sittings, key=lambda sitting: sitting.person):
        if person in met:
            raise ValueError("The attempts of one person have to come together.")
        met.add(person)
        yield from _of_one_person(group, which)


def _of_one_person(sittings: Iterable[Sitting], which: Which) -> Iterable[Sitting]:
    if which is Which.ALL:
        return sorted(sittings, key=lambda sitting: sitting.number)
    if which is Which.FIRST:
        return (min(sittings, key=lambda sitting: sitting.number),)
    if which is Which.LAST:
        return (max(sittings, key=lambda sitting: sitting.number),)
    return (max(sittings, key=lambda sitting: (sitting.total, -sitting.number)),)


def choices_for(people_with_several: int) -> tuple[Which, ...]:
    """Return the choices that may be offered, given how many people sat the test more than once.

    The sums over last and over first attempts differ by the progress of those people alone, so
    where they are few, only first attempts are shown.
    """
    return (Which.FIRST,) if too_few(people_with_several) else tuple(Which)
