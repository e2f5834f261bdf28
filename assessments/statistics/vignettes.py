"""Paired vignettes: the same case in variants that differ in one attribute.

Who gets which variant is left to chance, in equal numbers within each stratum; the debrief shows
how the cohort answered each variant, never a person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from random import Random

from assessments.statistics.intervals import CONFIDENCE, Estimate, difference_of_means, difference_of_shares
from assessments.statistics.moments import Counts, Spread
from assessments.statistics.small_groups import SMALLEST_GROUP

type Stratum = tuple[str, str]
type Tally = Mapping[Stratum, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Contrast:
    """How much more the second arm shows than the first."""

    first: str
    second: str
    difference: Estimate


def assign(variants: Sequence[str], tally: Tally, stratum: Stratum, random: Random) -> str:
    """Return the variant for the next person of a stratum (sex, jurisdiction).

    One of those that the stratum has least of, so that its arms never differ by more than one
    person (permuted blocks). Of several, those that even out the sex and the jurisdiction best
    (minimisation, Pocock and Simon 1975), and of those one by chance. ValueError without variants.
    """
    if not variants:
        raise ValueError("A vignette needs variants.")
    own = tally.get(stratum, {})
    beside = {
        variant: sum(
            arms.get(variant, 0)
            for other, arms in tally.items()
            for place in (0, 1)
            if other[place] == stratum[place]
        )
        for variant in variants
    }
    rank = {variant: (own.get(variant, 0), beside[variant]) for variant in variants}
    least = min(rank.values())
    return random.choice([variant for variant in variants if rank[variant] == least])


def large_enough(people: Mapping[str, int]) -> bool:
    """Tell whether the arms may be compared: two or more, each of at least ten people."""
    return len(people) > 1 and min(people.values()) >= SMALLEST_GROUP


def of_shares(arms: Mapping[str, Counts]) -> tuple[Contrast, ...] | None:
    """Compare arms by the mean of values from 0 to 1; None until each has ten people.

    A value is 1 for whoever chose an answer and 0 for the others, or a fraction. The intervals
    of several contrasts hold together with 95 % (Bonferroni).
    """
    spreads = _spreads(arms)
    if spreads is None:
        return None
    pairs, confidence = _pairs(spreads)
    return tuple(
        Contrast(one, other, difference_of_shares(
            spreads[one].mean, spreads[one].n, spreads[other].mean, spreads[other].n, confidence
        ))
        for one, other in pairs
    )  # fmt: skip


def of_values(arms: Mapping[str, Counts]) -> tuple[Contrast, ...] | None:
    """Compare arms by the mean of any values, such as months; None until each has ten people."""
    spreads = _spreads(arms)
    if spreads is None:
        return None
    pairs, confidence = _pairs(spreads)
    return tuple(
        Contrast(one, other, difference_of_means(spreads[one], spreads[other], confidence))
        for one, other in pairs
    )


def of_answers(arms: Mapping[str, Mapping[str, int]]) -> dict[str, tuple[Contrast, ...]] | None:
    """Compare arms by the share that chose each answer; None until each has ten people."""
    answers = sorted({answer for counts in arms.values() for answer in counts})
    found = {}
    for answer in answers:
        split = {
            arm: {
                Fraction(1): counts.get(answer, 0),
                Fraction(0): sum(counts.values()) - counts.get(answer, 0),
            }
            for arm, counts in arms.items()
        }
        contrasts = of_shares(split)
        if contrasts is None:
            return None
        found[answer] = contrasts
    return found or None


def _spreads(arms: Mapping[str, Counts]) -> dict[str, Spread] | None:
    if not large_enough({arm: sum(counts.values()) for arm, counts in arms.items()}):
        return None
    return {arm: Spread.of(counts) for arm, counts in arms.items()}


def _pairs(arms: Mapping[str, Spread]) -> tuple[list[tuple[str, str]], float]:
    pairs = list(combinations(arms, 2))
    return pairs, 1 - (1 - CONFIDENCE) / len(pairs)
