"""Figures of a whole test, by the formulas of Moodle's quiz statistics.

Source: Moodle, "Quiz statistics calculations", section Test statistics. n attempts, T the sum of
marks of one, mk the mean of (T − T̄)^k.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from assessments.statistics.moments import Counts, Spread, quantile, signed_root

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole test in marks; what cannot be computed is None.

    ``alpha`` is Cronbach's alpha (Moodle's coefficient of internal consistency) in per cent,
    ``error_ratio`` the share of the spread that is chance, in per cent, ``standard_error`` how
    far, in marks, a total may lie from what the person would earn on average.
    """

    mean: float
    median: float
    deviation: float | None
    skewness: float | None
    kurtosis: float | None
    alpha: float | None
    error_ratio: float | None
    standard_error: float | None


def measure(totals: Counts, variances: Iterable[Fraction] | None) -> Whole:
    """Return the figures of a test.

    ``variances`` are those of the marks at each place; None when the papers do not have the same
    places, and then there is no alpha. ValueError when there is no attempt.
    """
    spread = Spread.of(totals)
    alpha = _alpha(spread, variances)
    ratio = None if alpha is None else math.sqrt(1 - alpha)
    deviation = spread.deviation
    return Whole(
        mean=float(spread.mean),
        median=float(quantile(totals, HALF)),
        deviation=deviation,
        skewness=_skewness(spread),
        kurtosis=_kurtosis(spread),
        alpha=None if alpha is None else float(100 * alpha),
        error_ratio=None if ratio is None else 100 * ratio,
        standard_error=None if ratio is None or deviation is None else ratio * deviation,
    )


def _skewness(spread: Spread) -> float | None:
    """k3 / k2^(3/2), where k2 = n·m2/(n−1) and k3 = n²·m3/((n−1)(n−2))."""
    n, k2 = spread.n, spread.variance
    if n < 3 or not k2:
        return None
    return signed_root(spread.m3 * n**2 / ((n - 1) * (n - 2)), k2**3)


def _kurtosis(spread: Spread) -> float | None:
    """k4 / k2², where k4 = n²·((n+1)·m4 − 3(n−1)·m2²)/((n−1)(n−2)(n−3))."""
    n, k2 = spread.n, spread.variance
    if n < 4 or not k2:
        return None
    k4 = n**2 * ((n + 1) * spread.m4 - 3 * (n - 1) * spread.m2**2) / ((n - 1) * (n - 2) * (n - 3))
    return float(k4 / k2**2)


def _alpha(spread: Spread, variances: Iterable[Fraction] | None) -> Fraction | None:
    """p/(p−1) · (1 − Σ var(x_j)/k2): Cronbach (1951), from three attempts and two places up, as Moodle."""
    parts = [] if variances is None else list(variances)
    if spread.n < 3 or not spread.variance or len(parts) < 2:
        return None
    return Fraction(len(parts), len(parts) - 1) * (1 - sum(parts, Fraction(0)) / spread.variance)
