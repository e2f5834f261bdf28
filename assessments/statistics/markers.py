"""How markers of written answers mark, and how far two of them agree."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from assessments.statistics.intervals import Estimate, Interval, normal, of_mean
from assessments.statistics.moments import Joint, Spread, quantile
from assessments.statistics.small_groups import SMALLEST_GROUP

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Marking:
    """One answer as one marker marked it: the fraction, and the seconds it took where known."""

    marker: Hashable
    answer: Hashable
    fraction: Fraction
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Marker:
    """One marker; figures from ten answers up.

    ``against_others`` is by how much this marker gives more than whoever marked the same answers.
    """

    answers: int
    mean: float | None
    deviation: float | None
    seconds: float | None
    against_others: Estimate | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two marks of the same answers agree; figures from ten answers up.

    ``difference`` is second − first on the mean, ``limits`` hold 95 % of single differences,
    ``same`` and ``moderated`` are shares, ``kappa`` is 1 for full agreement and 0 for chance.
    """

    answers: int
    difference: Estimate | None = None
    limits: Interval | None = None
    same: float | None = None
    moderated: float | None = None
    kappa: float | None = None


def agreement(pairs: Iterable[tuple[Fraction, Fraction]], allowed: Fraction) -> Agreement:
    """Return how first and second marks agree; marks further apart than ``allowed`` are moderated.

    The limits are Bland and Altman's (1986), mean ± 1.96·s of the differences.
    """
    counted = Counter(pairs)
    answers = counted.total()
    if answers < SMALLEST_GROUP:
        return Agreement(answers)
    differences: Counter[Fraction] = Counter()
    for (first, second), times in counted.items():
        differences[second - first] += times
    spread = Spread.of(differences)
    half = normal() * sqrt(spread.variance or 0)
    middle = float(spread.mean)
    apart = sum(times for difference, times in differences.items() if abs(difference) > allowed)
    return Agreement(
        answers=answers,
        difference=of_mean(spread),
        limits=Interval(middle - half, middle + half),
        same=differences[Fraction(0)] / answers,
        moderated=apart / answers,
        kappa=weighted_kappa(counted),
    )


def weighted_kappa(pairs: Mapping[tuple[Fraction, Fraction], int]) -> float | None:
    """Return Cohen's weighted kappa (1968), weights the squared differences; None if nothing varies.

    κ = 1 − Σ(a−b)² / mean over all combinations of (a−b)², and the latter is var a + var b +
    (ā − b̄)² with divisors n: no table of categories is needed.
    """
    joint = Joint.of(pairs)
    if joint.n < 2:
        return None
    observed = sum((first - second) ** 2 * times for (first, second), times in pairs.items()) / Fraction(
        joint.n
    )
    share = Fraction(joint.n - 1, joint.n)
    expected = (joint.variance_x + joint.variance_y) * share + (joint.mean_x - joint.mean_y) ** 2
    return float(1 - observed / expected) if expected else None


def by_marker(markings: Iterable[Marking]) -> dict[Hashable, Marker]:
    """Return the figures of every marker."""
    held = list(markings)
    on_answer: dict[Hashable, list[Marking]] = {}
    of_marker: dict[Hashable, list[Marking]] = {}
    for marking in held:
        on_answer.setdefault(marking.answer, []).append(marking)
        of_marker.setdefault(marking.marker, []).append(marking)
    return {marker: _marker(marker, own, on_answer) for marker, own in of_marker.items()}


def _marker(marker: Hashable, own: list[Marking], on_answer: Mapping[Hashable, list[Marking]]) -> Marker:
    if len(own) < SMALLEST_GROUP:
        return Marker(len(own), None, None, None, None)
    spread = Spread.of(Counter(marking.fraction for marking in own))
    seconds = Counter(marking.seconds for marking in own if marking.seconds is not None)
    differences = Counter(
        marking.fraction - sum((other.fraction for other in others), Fraction(0)) / len(others)
        for marking in own
        if (others := [other for other in on_answer[marking.answer] if other.marker != marker])
    )
    return Marker(
        answers=len(own),
        mean=float(spread.mean),
        deviation=spread.deviation,
        seconds=float(quantile(seconds, HALF)) if seconds.total() >= SMALLEST_GROUP else None,
        against_others=of_mean(Spread.of(differences)) if differences.total() >= SMALLEST_GROUP else None,
    )
