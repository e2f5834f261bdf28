"""Which answers were chosen, by whom: what a wrong option is good for."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from assessments.statistics.moments import Joint, signed_root
from assessments.statistics.quartiles import Curve, Memberships, curve


@dataclass(frozen=True, slots=True)
class Answer:
    """One option; ``answer`` is empty for a blank.

    ``share`` is of the sittings, ``quarters`` the share in each quarter of the people by their
    total, ``discrimination`` 100 times the correlation of choosing it with the rest of the total
    (point-biserial; Crocker and Algina 1986, chapter 14): for a wrong option it should be negative.
    """

    answer: str
    people: int
    share: float
    quarters: Curve
    discrimination: float | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """How often an answer (empty for a blank) earned a mark beside a total."""

    answer: str
    mark: Fraction
    total: Fraction
    times: int


def measure(
    chosen: Iterable[Chosen], marks: Mapping[tuple[Fraction, Fraction], int], within: Memberships
) -> tuple[Answer, ...]:
    """Return all answers, the most frequent first; ``marks`` counts (mark, total) of all sittings."""
    sittings = sum(marks.values())
    sums: dict[str, Counter[tuple[Fraction, Fraction]]] = {}
    for one in chosen:
        sums.setdefault(one.answer, Counter())[one.mark, one.total] += one.times
    found = [
        Answer(
            answer=answer,
            people=counted.total(),
            share=counted.total() / sittings,
            quarters=_quarters(counted, marks, within),
            discrimination=_discrimination(counted, marks),
        )
        for answer, counted in sums.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.people, one.answer)))


def _quarters(
    counted: Mapping[tuple[Fraction, Fraction], int],
    marks: Mapping[tuple[Fraction, Fraction], int],
    within: Memberships,
) -> Curve:
    by_total: dict[Fraction, tuple[Fraction, int]] = {}
    for (mark, total), times in marks.items():
        choosing, people = by_total.get(total, (Fraction(0), 0))
        by_total[total] = choosing + counted.get((mark, total), 0), people + times
    return curve(by_total, within)


def _discrimination(
    counted: Mapping[tuple[Fraction, Fraction], int], marks: Mapping[tuple[Fraction, Fraction], int]
) -> float | None:
    pairs: Counter[tuple[Fraction, Fraction]] = Counter()
    for (mark, total), times in marks.items():
        choosing = counted.get((mark, total), 0)
        pairs[Fraction(1), total - mark] += choosing
        pairs[Fraction(0), total - mark] += times - choosing
    joint = Joint.of(pairs)
    if joint.n < 2 or not joint.variance_x or not joint.variance_y:
        return None
    return 100 * signed_root(joint.covariance, joint.variance_x * joint.variance_y)
