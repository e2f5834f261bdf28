"""What people learnt between a pre-test and a post-test, for those who sat both."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Set
from dataclasses import dataclass, field
from fractions import Fraction
from math import sqrt

from assessments.statistics import suppression
from assessments.statistics.intervals import Estimate, Interval, normal, of_mean
from assessments.statistics.moments import Joint, Pairs, Spread, signed_root
from assessments.statistics.sittings import Sitting
from assessments.statistics.small_groups import SMALLEST_GROUP, too_few

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Score:
    """One person's share of the highest mark, from 0 to 1: of the test, and of each objective."""

    person: Hashable
    share: Fraction
    objectives: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Matched:
    """Somebody who sat both tests."""

    before: Score
    after: Score
    sex: str
    jurisdiction: str


@dataclass(frozen=True, slots=True)
class Gain:
    """The gain of a group of at least ten people, in shares of the highest mark.

    ``normalised`` is how much of what could still be gained was gained; None where nothing could.
    ``effect`` is the gain in standard deviations.
    """

    people: int
    before: float
    after: float
    raw: Estimate
    normalised: float | None
    effect: Estimate | None


@dataclass(frozen=True)
class Gains:
    """The gain of all and of every group; None in place of one that may not be shown."""

    people: int
    of_all: Gain | None
    by_objective: Mapping[str, Gain | None]
    by_sex: Mapping[str, Gain | None]
    by_jurisdiction: Mapping[str, Gain | None]
    by_both: Mapping[tuple[str, str], Gain | None]


def score_of(sitting: Sitting, objectives: Mapping[str, Iterable[str]]) -> Score:
    """Return the score of a sitting, given the objectives of each question; ValueError if it has no marks."""
    if not sitting.highest:
        raise ValueError("A test without marks has no score.")
    sums: dict[str, tuple[Fraction, Fraction]] = {}
    for response in sitting.responses:
        for objective in objectives.get(response.question, ()):
            earned, highest = sums.get(objective, (ZERO, ZERO))
            sums[objective] = earned + response.mark, highest + response.weight
    shares = {name: earned / highest for name, (earned, highest) in sums.items() if highest}
    return Score(sitting.person, sitting.total / sitting.highest, shares)


def matched(
    before: Iterable[Score], after: Iterable[Score], about: Mapping[Hashable, tuple[str, str]]
) -> list[Matched]:
    """Pair the scores of those who have both; ``about`` holds each person's sex and jurisdiction.

    ValueError when one person has two scores in the same test.
    """
    first, second = _by_person(before), _by_person(after)
    return [Matched(first[person], second[person], *about[person]) for person in first if person in second]


def gains(people: Iterable[Matched]) -> Gains:
    """Return all gains that may be shown. Which ones is settled together, so that none gives another away."""
    held = list(people)
    counts = Counter((one.sex, one.jurisdiction) for one in held)
    shown = suppression.of_table(counts)
    return Gains(
        people=len(held),
        of_all=_gain(_shares(held)),
        by_objective=_by_objective(held),
        by_sex=_by(held, lambda one: one.sex, shown.rows),
        by_jurisdiction=_by(held, lambda one: one.jurisdiction, shown.columns),
        by_both=_by(held, lambda one: (one.sex, one.jurisdiction), shown.cells),
    )


def _by[K](people: list[Matched], key: Callable[[Matched], K], shown: Set[K]) -> dict[K, Gain | None]:
    """The gain of each group; without any that may be shown, not even their names."""
    groups: dict[K, list[Matched]] = {}
    for one in people if shown else ():
        groups.setdefault(key(one), []).append(one)
    return {name: _gain(_shares(groups[name])) if name in shown else None for name in sorted(groups, key=str)}


def measure(pairs: Pairs) -> Gain:
    """Return the gain over counted pairs (before, after), whatever their number.

    Raw: the mean of after − before with Student's interval. Normalised: (post − pre)/(1 − pre)
    of the means (Hake 1998). ValueError when there is no pair.
    """
    joint = Joint.of(pairs)
    changes: Counter[Fraction] = Counter()
    for (before, after), times in pairs.items():
        changes[after - before] += times
    raw = of_mean(Spread.of(changes))
    left = 1 - joint.mean_x
    return Gain(
        people=joint.n,
        before=float(joint.mean_x),
        after=float(joint.mean_y),
        raw=raw,
        normalised=float((joint.mean_y - joint.mean_x) / left) if left else None,
        effect=_effect(joint),
    )


def _effect(joint: Joint) -> Estimate | None:
    """(ȳ − x̄)/s, s² the mean of both variances, with Bonett's interval for paired scores (2008).

    Its variance is d²(v₁² + v₂² + 2c²)/(8(n−1)s⁴) + (v₁ + v₂ − 2c)/((n−1)s²), where v are the
    variances and c is the covariance.
    """
    if joint.n < 2:
        return None
    one, other, together = joint.variance_x, joint.variance_y, joint.covariance
    s2 = (one + other) / 2
    if not s2:
        return None
    change = joint.mean_y - joint.mean_x
    freedom = joint.n - 1
    variance = change**2 / s2 * (one**2 + other**2 + 2 * together**2) / (8 * freedom * s2**2) + (
        one + other - 2 * together
    ) / (freedom * s2)
    value, half = signed_root(change, s2), normal() * sqrt(variance)
    return Estimate(value, Interval(value - half, value + half))


def _by_objective(people: list[Matched]) -> dict[str, Gain | None]:
    """The gain by objective, where those whose tests had it are ten, and the others ten or nobody.

    Otherwise the whole less the other objectives would be a figure about the few others.
    """
    names = {name for one in people for name in one.before.objectives.keys() & one.after.objectives.keys()}
    found: dict[str, Gain | None] = {}
    for name in sorted(names):
        having = [one for one in people if name in one.before.objectives and name in one.after.objectives]
        pairs = Counter((one.before.objectives[name], one.after.objectives[name]) for one in having)
        found[name] = None if too_few(len(people) - len(having)) else _gain(pairs)
    return found


def _gain(pairs: Counter[tuple[Fraction, Fraction]]) -> Gain | None:
    return measure(pairs) if pairs.total() >= SMALLEST_GROUP else None


def _shares(people: Iterable[Matched]) -> Counter[tuple[Fraction, Fraction]]:
    return Counter((one.before.share, one.after.share) for one in people)


def _by_person(scores: Iterable[Score]) -> dict[Hashable, Score]:
    found: dict[Hashable, Score] = {}
    for score in scores:
        if found.setdefault(score.person, score) is not score:
            raise ValueError("A person has one score in each test.")
    return found
