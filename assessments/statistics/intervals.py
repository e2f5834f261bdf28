"""Intervals in which the truth may be expected, and the two distributions that they need."""

import math
from dataclasses import dataclass
from fractions import Fraction
from statistics import NormalDist

from assessments.statistics.moments import Spread

CONFIDENCE = 0.95
_STEPS = 400
_TINY = 1e-300


@dataclass(frozen=True, slots=True)
class Interval:
    """From where to where."""

    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its interval; none where the data leave no spread to compute it from."""

    value: float
    interval: Interval | None


def normal(confidence: float = CONFIDENCE) -> float:
    """Return how many standard errors lie on either side of an estimate: 1.96 for 95 %."""
    return NormalDist().inv_cdf((1 + confidence) / 2)


def wilson(share: Fraction, n: int, confidence: float = CONFIDENCE) -> Interval:
    """Return the score interval of a share of n (Wilson 1927).

    A mean of marks between 0 and 1 spreads less than a share of right and wrong with the same
    mean, so for part marks the interval is, if anything, too wide. ValueError for nobody.
    """
    if n < 1 or not 0 <= share <= 1:
        raise ValueError("A share from 0 to 1 of at least one is needed.")
    z2 = normal(confidence) ** 2
    p = float(share)
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = math.sqrt(z2 * (p * (1 - p) / n + z2 / (4 * n * n))) / (1 + z2 / n)
    # rounding must not put the share itself outside
    return Interval(min(p, max(0.0, middle - half)), max(p, min(1.0, middle + half)))


def of_share(share: Fraction, people: int) -> Estimate:
    """Return a share with Wilson's interval.

    Marks outside 0..weight, such as those of certainty, make no share and have no such interval.
    """
    return Estimate(float(share), wilson(share, people) if 0 <= share <= 1 else None)


def difference_of_shares(
    first: Fraction, n_first: int, second: Fraction, n_second: int, confidence: float = CONFIDENCE
) -> Estimate:
    """Return second − first with Newcombe's interval from two Wilson intervals (1998, method 10)."""
    one, other = wilson(first, n_first, confidence), wilson(second, n_second, confidence)
    p, q = float(first), float(second)
    value = float(second - first)
    down = math.hypot(q - other.lower, one.upper - p)
    up = math.hypot(other.upper - q, p - one.lower)
    return Estimate(value, Interval(max(-1.0, value - down), min(1.0, value + up)))


def of_mean(spread: Spread, confidence: float = CONFIDENCE) -> Estimate:
    """Return a mean with Student's interval, mean ± t·s/√n."""
    value = float(spread.mean)
    if not spread.variance:
        return Estimate(value, None)
    half = student(confidence, spread.n - 1) * math.sqrt(spread.variance / spread.n)
    return Estimate(value, Interval(value - half, value + half))


def difference_of_means(first: Spread, second: Spread, confidence: float = CONFIDENCE) -> Estimate:
    """Return second − first with Welch's interval (1947), degrees of freedom by Satterthwaite."""
    value = float(second.mean - first.mean)
    if not (first.variance or second.variance) or first.variance is None or second.variance is None:
        return Estimate(value, None)
    one, other = first.variance / first.n, second.variance / second.n
    freedom = (one + other) ** 2 / (one**2 / (first.n - 1) + other**2 / (second.n - 1))
    half = student(confidence, float(freedom)) * math.sqrt(one + other)
    return Estimate(value, Interval(value - half, value + half))


def student(confidence: float, freedom: float) -> float:
    """Return t such that Student's distribution has this much between −t and t.

    Found by halving on the distribution function; ValueError outside 0 < confidence < 1.
    """
    if not 0 < confidence < 1 or freedom <= 0:
        raise ValueError("A confidence between 0 and 1 and a positive number of degrees are needed.")
    lower, upper = 0.0, 1.0
    while _between(upper, freedom) < confidence:
        lower, upper = upper, upper * 2
    while (middle := (lower + upper) / 2) not in (lower, upper):
        if _between(middle, freedom) < confidence:
            lower = middle
        else:
            upper = middle
    return upper


def _between(t: float, freedom: float) -> float:
    """P(−t < T < t) = 1 − I_x(ν/2, ½) with x = ν/(ν+t²) (Abramowitz and Stegun 26.7.1)."""
    return 1 - _incomplete_beta(freedom / (freedom + t * t), t * t / (freedom + t * t), freedom / 2, 0.5)


def _incomplete_beta(x: float, rest: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b), where ``rest`` is 1 − x (DLMF 8.17.22)."""
    if x <= 0 or rest <= 0:
        return 0.0 if x <= 0 else 1.0
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log(rest)
    )
    if x < (a + 1) / (a + b + 2):
        return front * _continued_fraction(x, a, b) / a
    return 1 - front * _continued_fraction(rest, b, a) / b


def _continued_fraction(x: float, a: float, b: float) -> float:
    """The continued fraction of the incomplete beta function, by Lentz's method."""
    c, d = 1.0, 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    found = d
    for step in range(1, _STEPS):
        even = step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step))
        odd = -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1))
        for part in (even, odd):
            d = 1 / _away_from_zero(1 + part * d)
            c = _away_from_zero(1 + part / c)
            found *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return found


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
