"""Whether a question is harder in one language than in another for people who do equally well.

A question whose translation went wrong is missed by people who otherwise know as much. They are
compared within bands of the total mark: Mantel and Haenszel (1959), as Holland and Thayer (1988)
use it for test questions. Part marks count in part: the odds are of marks earned to marks lost,
and the test is Mantel's (1963), which for right and wrong alone is Mantel–Haenszel's.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from assessments.statistics.small_groups import SMALLEST_FOR_ALL

FEWEST_BANDS, MOST_BANDS, PEOPLE_IN_A_BAND = 5, 20, 10  # five remove nine tenths of a bias (Cochran 1968)
DELTA = -2.35  # the scale of the Educational Testing Service: −2.35 · ln of the common odds ratio
SLIGHT, LARGE = 1.0, 1.5  # its limits (Zieky 1993)
ONE_SIDED_95 = 1.6448536269514722
CHANCE = 0.05

type Band = tuple[Group, Group]
type Counted = Mapping[tuple[int, int], int]


class Flag(StrEnum):
    """What a trainer is told about a question in one language."""

    WATCH = "watch"  # too few people to tell
    NONE = "none"
    SLIGHT = "slight"
    LIKELY = "likely"  # a likely mistranslation


@dataclass(frozen=True, slots=True)
class Group:
    """The people of one language in one band: how many, Σ of fractions, Σ of their squares."""

    people: int
    earned: Fraction
    squares: Fraction

    @property
    def lost(self) -> Fraction:
        """What they did not earn."""
        return self.people - self.earned


@dataclass(frozen=True, slots=True)
class Difference:
    """A language beside the one it is compared with.

    ``delta`` is negative where the question is harder in this language; None, like ``error``,
    where everybody of one side was right or wrong, so that the odds have no size.
    """

    flag: Flag
    delta: float | None = None
    error: float | None = None
    chance: float | None = None


def compare(reference: Counted, other: Counted, full: int) -> Difference:
    """Compare two languages, each given as counted pairs of (mark, total); ``full`` is the full mark.

    Marks, totals and the full mark are on one scale of whole numbers.
    """
    smaller = min(sum(reference.values()), sum(other.values()))
    if smaller < SMALLEST_FOR_ALL:
        return Difference(Flag.WATCH)
    number = max(FEWEST_BANDS, min(MOST_BANDS, smaller // PEOPLE_IN_A_BAND))
    of_total = _bands((reference, other), number)
    first, second = (_groups(language, of_total, number, full) for language in (reference, other))
    return mantel_haenszel(zip(first, second, strict=True))


def mantel_haenszel(bands: Iterable[Band]) -> Difference:
    """Compare (reference, other) over bands of people who do equally well.

    A flag by the rules of the Educational Testing Service: *slight* from |delta| 1 where chance
    explains it in under 5 %, *likely* from 1.5 where delta is also surely beyond 1.
    """
    used = [(one, other) for one, other in bands if one.people and other.people]
    chance = _chance(used)
    odds = _odds(used)
    if odds is None:
        return Difference(Flag.LIKELY if chance < CHANCE else Flag.NONE, chance=chance)
    delta, error = DELTA * math.log(odds[0]), abs(DELTA) * odds[1]
    size = abs(delta)
    if chance >= CHANCE or size < SLIGHT:
        flag = Flag.NONE
    elif size >= LARGE and size - ONE_SIDED_95 * error > SLIGHT:
        flag = Flag.LIKELY
    else:
        flag = Flag.SLIGHT
    return Difference(flag, delta, error, chance)


def _odds(bands: Iterable[Band]) -> tuple[Fraction, float] | None:
    """The common odds ratio ΣR/ΣS, R = earned₁·lost₂/N, S = lost₁·earned₂/N, and the error of its log.

    The variance of the logarithm is Robins, Breslow and Greenland's (1986).
    """
    r_sum = s_sum = pr = mixed = qs = Fraction(0)
    for one, other in bands:
        n = one.people + other.people
        r, s = one.earned * other.lost / n, one.lost * other.earned / n
        p, q = (one.earned + other.lost) / n, (one.lost + other.earned) / n
        r_sum, s_sum = r_sum + r, s_sum + s
        pr, mixed, qs = pr + p * r, mixed + p * s + q * r, qs + q * s
    if not r_sum or not s_sum:
        return None
    variance = pr / (2 * r_sum**2) + mixed / (2 * r_sum * s_sum) + qs / (2 * s_sum**2)
    return r_sum / s_sum, math.sqrt(variance)


def _chance(bands: Iterable[Band]) -> float:
    """How often chance alone sets the languages so far apart: χ² with one degree of freedom."""
    apart = variance = Fraction(0)
    whole = True
    for one, other in bands:
        n = one.people + other.people
        earned, squares = one.earned + other.earned, one.squares + other.squares
        apart += other.earned - earned * other.people / n
        variance += one.people * other.people * (n * squares - earned**2) / (n**2 * (n - 1))
        whole = whole and earned == squares  # only right and wrong, so the count moves in whole steps
    if not variance:
        return 1.0
    distance = max(Fraction(0), abs(apart) - Fraction(1, 2)) if whole else abs(apart)
    return math.erfc(math.sqrt(distance**2 / variance / 2))


def _bands(languages: Iterable[Counted], number: int) -> dict[int, int]:
    """Which band each total belongs to: equal numbers as far as equal totals allow."""
    people: dict[int, int] = {}
    for language in languages:
        for (_, total), times in language.items():
            people[total] = people.get(total, 0) + times
    n, passed = sum(people.values()), 0
    found = {}
    for total in sorted(people):
        found[total] = (2 * passed + people[total]) * number // (2 * n)  # by the middle of those who tie
        passed += people[total]
    return found


def _groups(language: Counted, of_total: Mapping[int, int], number: int, full: int) -> list[Group]:
    people, earned, squares = [0] * number, [0] * number, [0] * number
    for (mark, total), times in language.items():
        band = of_total[total]
        people[band] += times
        earned[band] += mark * times
        squares[band] += mark * mark * times
    return [
        Group(n, Fraction(marks, full), Fraction(square, full * full))
        for n, marks, square in zip(people, earned, squares, strict=True)
    ]
