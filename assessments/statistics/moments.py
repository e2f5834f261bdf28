"""Means, variances and covariances, computed exactly from counted values.

Values are fractions with a few denominators, so that whole sums can be kept as integers over a
common denominator. Nothing is lost by cancellation, and "no variance" is exactly zero.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

ZERO = Fraction(0)
type Counts = Mapping[Fraction, int]
type Pairs = Mapping[tuple[Fraction, Fraction], int]


def root(value: Fraction) -> float:
    """Return the square root of an exact value as a float."""
    return math.sqrt(value)


def signed_root(numerator: Fraction, denominator_squared: Fraction) -> float:
    """Return numerator / √(denominator_squared) with one rounding before the root."""
    return math.copysign(math.sqrt(numerator * numerator / denominator_squared), numerator)


@dataclass(frozen=True)
class Spread:
    """Exact mean and central moments of counted values.

    m2, m3 and m4 are the means of the second, third and fourth power of the distance from the
    mean (Moodle, "Quiz statistics calculations", Test statistics).
    """

    n: int
    mean: Fraction
    m2: Fraction
    m3: Fraction
    m4: Fraction

    @classmethod
    def of(cls, counts: Counts) -> "Spread":
        """Compute them; ValueError when nothing was counted."""
        n = sum(counts.values())
        if not n:
            raise ValueError("Nothing was counted.")
        scale = math.lcm(*(value.denominator for value in counts))
        whole = [
            (value.numerator * (scale // value.denominator), times)
            for value, times in counts.items()
            if times
        ]
        total = sum(value * times for value, times in whole)
        sums = [0, 0, 0]
        for value, times in whole:
            distance = n * value - total
            power = times * distance
            for place in range(3):
                power *= distance
                sums[place] += power
        m2, m3, m4 = (Fraction(found, n * (n * scale) ** (place + 2)) for place, found in enumerate(sums))
        return cls(n, Fraction(total, n * scale), m2, m3, m4)

    @property
    def variance(self) -> Fraction | None:
        """The unbiased variance, n·m2/(n−1); None for a single value."""
        return self.m2 * self.n / (self.n - 1) if self.n > 1 else None

    @property
    def deviation(self) -> float | None:
        """The standard deviation, √(Σ(x−x̄)²/(n−1)); None for a single value."""
        return None if self.variance is None else root(self.variance)


@dataclass(frozen=True)
class Joint:
    """Counted pairs (x, y) as integers over the denominator ``scale``."""

    scale: int
    triples: tuple[tuple[int, int, int], ...]

    @classmethod
    def of(cls, pairs: Pairs) -> "Joint":
        """Read counted pairs."""
        held = [(x, y, times) for (x, y), times in pairs.items() if times]
        scale = math.lcm(*(value.denominator for x, y, _ in held for value in (x, y)))
        return cls(
            scale,
            tuple(
                (x.numerator * (scale // x.denominator), y.numerator * (scale // y.denominator), times)
                for x, y, times in held
            ),
        )

    @cached_property
    def n(self) -> int:
        """How many pairs."""
        return sum(times for _, _, times in self.triples)

    @cached_property
    def mean_x(self) -> Fraction:
        """The mean of x."""
        return Fraction(self.sum_x, self.n * self.scale)

    @cached_property
    def mean_y(self) -> Fraction:
        """The mean of y."""
        return Fraction(self.sum_y, self.n * self.scale)

    @cached_property
    def variance_x(self) -> Fraction:
        """The unbiased variance of x; ZeroDivisionError for a single pair."""
        return self._spread(sum(x * x * times for x, _, times in self.triples), self.sum_x, self.sum_x)

    @cached_property
    def variance_y(self) -> Fraction:
        """The unbiased variance of y; ZeroDivisionError for a single pair."""
        return self._spread(sum(y * y * times for _, y, times in self.triples), self.sum_y, self.sum_y)

    @cached_property
    def covariance(self) -> Fraction:
        """The unbiased covariance; ZeroDivisionError for a single pair."""
        return self._spread(sum(x * y * times for x, y, times in self.triples), self.sum_x, self.sum_y)

    @cached_property
    def greatest_covariance(self) -> Fraction:
        """The covariance when the same x and y are both put in ascending order: none is greater."""
        xs = sorted(_marginal((x, times) for x, _, times in self.triples).items())
        ys = sorted(_marginal((y, times) for _, y, times in self.triples).items())
        return self._spread(_sum_of_products(xs, ys), self.sum_x, self.sum_y)

    @cached_property
    def sum_x(self) -> int:
        """Σx · scale."""
        return sum(x * times for x, _, times in self.triples)

    @cached_property
    def sum_y(self) -> int:
        """Σy · scale."""
        return sum(y * times for _, y, times in self.triples)

    def _spread(self, products: int, first: int, second: int) -> Fraction:
        n = self.n
        return Fraction(n * products - first * second, n * (n - 1) * self.scale * self.scale)


def _marginal(counted: Iterable[tuple[int, int]]) -> Counter[int]:
    found: Counter[int] = Counter()
    for value, times in counted:
        found[value] += times
    return found


def _sum_of_products(xs: list[tuple[int, int]], ys: list[tuple[int, int]]) -> int:
    """Σ x·y over two sorted lists of (value, times) laid side by side."""
    total = at = 0
    left = ys[0][1] if ys else 0
    for x, times in xs:
        while times:
            taken = min(times, left)
            total += x * ys[at][0] * taken
            times -= taken
            left -= taken
            if not left and at + 1 < len(ys):
                at += 1
                left = ys[at][1]
    return total


def quantile[V: (int, Fraction)](counts: Mapping[V, int], share: Fraction) -> Fraction:
    """Return the value below which this share of counted values lies.

    Between two values it is drawn in proportion (Hyndman and Fan 1996, definition 7, which for
    one half is the usual median). ValueError when nothing was counted.
    """
    n = sum(counts.values())
    if not n:
        raise ValueError("Nothing was counted.")
    place = share * (n - 1)
    lower = int(place)
    first, second = _values_at(counts, lower, min(lower + 1, n - 1))
    return first + (place - lower) * (second - first)


def _values_at[V: (int, Fraction)](counts: Mapping[V, int], *places: int) -> list[Fraction]:
    found: list[Fraction] = []
    passed = 0
    for value in sorted(counts):
        passed += counts[value]
        while len(found) < len(places) and passed > places[len(found)]:
            found.append(Fraction(value))
    return found
