"""Figures of one question, by the formulas of Moodle's question statistics.

Source: Moodle, "Quiz statistics calculations", section Question statistics. x is the mark of a
question, T the total, r = T − x the rest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from assessments.statistics.answers import Answer
from assessments.statistics.moments import Joint, root, signed_root
from assessments.statistics.quartiles import Curve
from assessments.statistics.times import Times


@dataclass(frozen=True, slots=True)
class Details:
    """What is shown of a question from thirty people up.

    ``deviation`` is in marks, ``discrimination`` and ``efficiency`` in per cent. ``quarters`` is
    the facility in each quarter of the people by their total.
    """

    deviation: float | None
    discrimination: float | None
    efficiency: float | None
    answers: tuple[Answer, ...]
    quarters: Curve
    times: Times | None


@dataclass(frozen=True, slots=True)
class Weight:
    """Shares of the test in per cent: as intended, and as they come out.

    ``effective`` is None where it was not computed or, if ``negative``, where the question pulls
    against the total.
    """

    intended: float
    effective: float | None = None
    negative: bool = False


def deviation(rest: Joint) -> float | None:
    """√(Σ(x−x̄)²/(n−1)); None for a single attempt."""
    return root(rest.variance_x) if rest.n > 1 else None


def discrimination(rest: Joint) -> float | None:
    """100·cov(x, r)/√(var x · var r); None where one of them does not vary."""
    if rest.n < 2 or not rest.variance_x or not rest.variance_y:
        return None
    return 100 * signed_root(rest.covariance, rest.variance_x * rest.variance_y)


def efficiency(rest: Joint) -> float | None:
    """100·cov(x, r)/cov_max, the covariance with both in ascending order; None where that is 0."""
    if rest.n < 2 or not rest.greatest_covariance:
        return None
    return float(100 * rest.covariance / rest.greatest_covariance)


def effective_weights[K](covariances: Mapping[K, Fraction]) -> dict[K, float | None]:
    """100·√cov(x, T)/Σ√cov(x_j, T) for each part of a test.

    A negative covariance has no weight and is left out of the sum; without any positive one no
    part has a weight.
    """
    roots = {name: root(value) if value >= 0 else None for name, value in covariances.items()}
    whole = sum(value for value in roots.values() if value is not None)
    return {
        name: 100 * value / whole if value is not None and whole else None for name, value in roots.items()
    }
