"""Which answers were chosen, by whom: what a wrong option is good for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from assessments.statistics.moments import Joint, signed_root
from assessments.statistics.quartiles import Curve, Shares, curve, in_quarters


@dataclass(frozen=True, slots=True)
class Answer:
    """One option; ``answer`` is empty for a blank.

    ``times`` and ``share`` are of the sittings, ``quarters`` the share in each quarter of them by
    their total, ``discrimination`` 100 times the correlation of choosing it with the rest of the
    total (point-biserial; Crocker and Algina 1986, chapter 14), negative for a good wrong option.
    """

    answer: str
    times: int
    share: float
    quarters: Curve
    discrimination: float | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """How often an answer was chosen beside one total (by its number) and one rest (as in the Joint)."""

    answer: str
    total: int
    rest: int
    times: int


@dataclass(slots=True)
class _Choosers:
    times: int = 0
    rests: int = 0
    by_total: dict[int, float] = field(default_factory=dict)


def measure(
    chosen: Iterable[Chosen], rest: Joint, sittings: Mapping[int, float], within: Mapping[int, Shares]
) -> tuple[Answer, ...]:
    """Return all answers, the most frequent first.

    ``rest`` are the question's marks beside the rests, ``sittings`` counts them by total.
    """
    found: dict[str, _Choosers] = {}
    for one in chosen:
        choosers = found.setdefault(one.answer, _Choosers())
        choosers.times += one.times
        choosers.rests += one.rest * one.times
        choosers.by_total[one.total] = choosers.by_total.get(one.total, 0) + one.times
    people = in_quarters(sittings, within)
    answers = (
        Answer(
            answer=answer,
            times=choosers.times,
            share=choosers.times / rest.n,
            quarters=curve(in_quarters(choosers.by_total, within), people),
            discrimination=_discrimination(choosers, rest),
        )
        for answer, choosers in found.items()
    )
    return tuple(sorted(answers, key=lambda one: (-one.times, one.answer)))


def _discrimination(choosers: _Choosers, rest: Joint) -> float | None:
    """100·cov(a, r)/√(var a · var r), where a is 1 for those who chose it and 0 for the others."""
    n, times = rest.n, choosers.times
    if n < 2 or times == n or not rest.variance_y:
        return None
    pairs = n * (n - 1)
    covariance = Fraction(n * choosers.rests - times * rest.sum_y, pairs * rest.scale)
    return 100 * signed_root(covariance, Fraction(times * (n - times), pairs) * rest.variance_y)
