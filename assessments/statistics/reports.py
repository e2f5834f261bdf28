"""The statistics of a test as staff and trainers may see them: one pass, small groups kept apart."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from assessments.statistics import answers, by_language, quartiles, questions, whole
from assessments.statistics import times as times_of
from assessments.statistics.answers import Chosen
from assessments.statistics.by_language import InLanguage
from assessments.statistics.intervals import Estimate, of_share
from assessments.statistics.moments import Joint
from assessments.statistics.quartiles import Shares, curve, in_quarters
from assessments.statistics.questions import Details, Weight
from assessments.statistics.sittings import Sitting, Which
from assessments.statistics.small_groups import Level, level, too_few
from assessments.statistics.tallies import MarksTally, QuestionTally, Tally
from assessments.statistics.whole import Whole

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the paper, whichever question was drawn for it."""

    position: int
    people: int
    weight: Weight


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``facility`` is None under ten people, ``details`` under thirty.

    Both are None too where they would give away a question that fewer than ten people had.

    ``mixed_weights`` says that papers gave it different weights, so that its marks are not on one
    scale and languages are not compared.
    """

    key: str
    position: int
    sittings: int
    people: int
    facility: Estimate | None
    weight: Weight
    mixed_weights: bool
    details: Details | None
    reference: str
    languages: tuple[InLanguage, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A test. ``score`` is the mean share of the highest mark; None under ten people.

    ``whole`` is None under thirty, and its figures are in marks of ``highest``, which is None
    where papers differ in what could be reached.
    """

    which: Which
    sittings: int
    people: int
    level: Level
    highest: Fraction | None
    score: Estimate | None
    whole: Whole | None
    places: tuple[Place, ...]
    questions: tuple[Question, ...]


def report(sittings: Iterable[Sitting], which: Which = Which.FIRST, reference: str = "") -> Report:
    """Return the statistics of graded sittings; those of one person have to come together.

    Other languages are compared with ``reference``, the one the questions were written in, or
    where fewer than thirty people used that, with the one that most people used.
    """
    tally = Tally(sittings, which)
    shown = level(tally.people.number)
    totals = tally.totals
    everywhere = _everywhere(tally)
    weights = _weights(tally, everywhere)
    withheld = _withheld(tally)
    within = quartiles.memberships(sorted(totals.items(), key=lambda one: tally.whole[one[0]]))
    of_all = {tally.values[total]: times for total, times in totals.items()}
    return Report(
        which=which,
        sittings=tally.sittings,
        people=tally.people.number,
        level=shown,
        highest=_highest(tally),
        score=_score(tally) if shown >= Level.FACILITY else None,
        whole=whole.measure(of_all, _variances(everywhere)) if shown >= Level.ALL else None,
        places=tuple(
            Place(position, place.people.number, weights[position])
            for position, place in sorted(tally.places.items())
        ),
        questions=tuple(
            _question(key, tally, weights, reference, None if key in withheld else within)
            for key, _ in sorted(tally.questions.items(), key=lambda one: (one[1].position, one[0]))
        ),
    )


def _highest(tally: Tally) -> Fraction | None:
    highest = {most for _, most in tally.scores}
    return tally.values[highest.pop()] if len(highest) == 1 else None


def _score(tally: Tally) -> Estimate | None:
    """The mean share of the highest mark with Wilson's interval; None for a test without marks."""
    values = tally.values
    if not all(values[most] for _, most in tally.scores):
        return None
    shares = sum((values[total] / values[most] * n for (total, most), n in tally.scores.items()), ZERO)
    return of_share(shares / tally.sittings, tally.people.number)


def _facility(tally: Tally, marks: MarksTally) -> Estimate | None:
    """mean(x)/M, from ten people up; None for what earns no marks."""
    weight = tally.mean_weight(marks)
    if level(marks.people.number) < Level.FACILITY or not weight:
        return None
    return of_share(tally.mean_mark(marks) / weight, marks.people.number)


def _withheld(tally: Tally) -> set[str]:
    """Questions of which there are counts only.

    The marks of all questions add up to the score of the test. Were a question that few people
    had the only one withheld, it could be worked out; so the smallest other one is withheld too,
    whose people are then among those the difference is about.
    """
    people = {key: question.people.number for key, question in tally.questions.items()}
    withheld = {key for key, number in people.items() if too_few(number)}
    others = people.keys() - withheld
    if withheld and others:
        least = min(people[key] for key in others)
        withheld |= {key for key in others if people[key] == least}
    return withheld


def _everywhere(tally: Tally) -> dict[int, Joint] | None:
    """The marks that count beside the totals, place by place; None unless every paper has every place."""
    if any(place.sittings != tally.sittings for place in tally.places.values()):
        return None
    return {
        position: tally.joint_with_total(place)
        for position, place in tally.places.items()
        if tally.mean_weight(place)
    }


def _variances(everywhere: Mapping[int, Joint] | None) -> list[Fraction] | None:
    return None if everywhere is None else [joint.variance_x for joint in everywhere.values()]


def _weights(tally: Tally, everywhere: Mapping[int, Joint] | None) -> dict[int, Weight]:
    """The weight of every place; the effective one from thirty people up."""
    intended = {position: _intended(tally, place) for position, place in tally.places.items()}
    if everywhere is None or level(tally.people.number) < Level.ALL:
        return {position: Weight(share) for position, share in intended.items()}
    covariances = {position: joint.covariance for position, joint in everywhere.items()}
    effective = questions.effective_weights(covariances)
    return {
        position: Weight(share, effective.get(position), covariances.get(position, ZERO) < 0)
        for position, share in intended.items()
    }


def _intended(tally: Tally, marks: MarksTally) -> float:
    """The share of the highest mark of its papers, in per cent, on the mean."""
    values = tally.values
    shares = (
        values[weight] / values[most] * times if values[most] else ZERO
        for (weight, most), times in marks.weights.items()
    )
    return float(100 * sum(shares, ZERO) / marks.sittings)


def _question(
    key: str,
    tally: Tally,
    weights: Mapping[int, Weight],
    reference: str,
    within: Mapping[int, Shares] | None,
) -> Question:
    """The figures of one question; counts only where ``within``, the quarters, is None."""
    question = tally.questions[key]
    place = tally.places[question.position]
    people = question.people.number
    alone = question.positions[question.position] == question.sittings == place.sittings
    compared_with = by_language.reference_of(question, reference)
    return Question(
        key=key,
        position=question.position,
        sittings=question.sittings,
        people=people,
        facility=None if within is None else _facility(tally, question),
        weight=weights[question.position] if alone else Weight(_intended(tally, question)),
        mixed_weights=len({weight for weight, _ in question.weights}) > 1,
        details=None if within is None or level(people) < Level.ALL else _details(tally, question, within),
        reference=compared_with,
        languages=by_language.measure(tally, question, compared_with, withheld=within is None),
    )


def _details(tally: Tally, question: QuestionTally, within: Mapping[int, Shares]) -> Details:
    rest = tally.joint_with_rest(question)
    earned: dict[int, float] = {}
    sittings: dict[int, float] = {}
    for (mark, total, _), times in question.marks.items():
        earned[total] = earned.get(total, 0) + tally.whole[mark] * times
        sittings[total] = sittings.get(total, 0) + times
    full = float(tally.mean_weight(question)) * tally.scale
    people = [number * full for number in in_quarters(sittings, within)]
    return Details(
        deviation=questions.deviation(rest),
        discrimination=questions.discrimination(rest),
        efficiency=questions.efficiency(rest),
        answers=answers.measure(_chosen(tally, question), rest, sittings, within),
        quarters=curve(in_quarters(earned, within), people),
        times=times_of.measure(question.seconds),
    )


def _chosen(tally: Tally, question: QuestionTally) -> Iterator[Chosen]:
    whole = tally.whole
    for (answer, mark, total), times in question.answers.items():
        yield Chosen(answer, total, whole[total] - whole[mark], times)
