"""What is kept while the sittings stream by: counts of equal things, not the things.

A question keeps how often each mark came with each total, so the memory grows with the number of
different values, and every figure is computed from the same counts.
"""

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from assessments.statistics.moments import Joint
from assessments.statistics.sittings import Response, Sitting, Which, chosen

ZERO = Fraction(0)


class People:
    """Counts people who come one after the other, each perhaps several times."""

    def __init__(self) -> None:
        self.number = 0
        self._last: Hashable = self  # equal to nobody

    def meet(self, person: Hashable) -> None:
        """Count somebody, unless it was the last one again."""
        if person != self._last:
            self.number += 1
            self._last = person


@dataclass(slots=True)
class MarksTally:
    """The marks at one place or of one question, with the total of each sitting.

    Totals are kept by their number in ``Tally.totals``, weights with the number of the highest
    mark in ``Tally.highest``.
    """

    marks: Counter[tuple[Fraction, int, str]] = field(default_factory=Counter)
    weights: Counter[tuple[Fraction, int]] = field(default_factory=Counter)
    people: People = field(default_factory=People)

    @property
    def sittings(self) -> int:
        """In how many sittings it stood."""
        return self.marks.total()

    @property
    def mean_weight(self) -> Fraction:
        """The highest mark that it could earn, on the mean."""
        return sum((weight * times for (weight, _), times in self.weights.items()), ZERO) / self.sittings

    @property
    def mean_mark(self) -> Fraction:
        """The mark that it earned, on the mean."""
        return sum((mark * times for (mark, _, _), times in self.marks.items()), ZERO) / self.sittings

    def add(self, response: Response, person: Hashable, total: int, highest: int) -> None:
        """Count one response."""
        self.marks[response.mark, total, response.language] += 1
        self.weights[response.weight, highest] += 1
        self.people.meet(person)


@dataclass(slots=True)
class QuestionTally(MarksTally):
    """A question: its marks, and what only belongs to a question."""

    position: int = 0
    answers: Counter[tuple[str, Fraction, int]] = field(default_factory=Counter)
    seconds: Counter[int] = field(default_factory=Counter)
    languages: dict[str, People] = field(default_factory=dict)

    def add(self, response: Response, person: Hashable, total: int, highest: int) -> None:
        """Count one response."""
        MarksTally.add(self, response, person, total, highest)
        for answer in response.answers or ("",):
            self.answers[answer, response.mark, total] += 1
        if response.seconds is not None:
            self.seconds[response.seconds] += 1
        self.languages.setdefault(response.language, People()).meet(person)


@dataclass(slots=True)
class Tally:
    """Everything that was counted of a test."""

    totals: dict[Fraction, int] = field(default_factory=dict)
    highest: dict[Fraction, int] = field(default_factory=dict)
    scores: Counter[tuple[int, int]] = field(default_factory=Counter)
    places: dict[int, MarksTally] = field(default_factory=dict)
    questions: dict[str, QuestionTally] = field(default_factory=dict)
    people: People = field(default_factory=People)

    @classmethod
    def of(cls, sittings: Iterable[Sitting], which: Which) -> "Tally":
        """Count the sittings that are chosen, in one pass."""
        tally = cls()
        for sitting in chosen(sittings, which):
            tally._add(sitting)
        return tally

    @property
    def sittings(self) -> int:
        """How many sittings were counted."""
        return self.scores.total()

    @property
    def counted_totals(self) -> Counter[Fraction]:
        """How many sittings reached each total."""
        values = list(self.totals)
        found: Counter[Fraction] = Counter()
        for (total, _), times in self.scores.items():
            found[values[total]] += times
        return found

    def joint_with_total(self, marks: MarksTally) -> Joint:
        """The pairs of a mark and the total it is part of."""
        return self._joint(marks, part_of_total=True)

    def joint_with_rest(self, marks: MarksTally) -> Joint:
        """The pairs of a mark and the rest of the total."""
        return self._joint(marks, part_of_total=False)

    def _joint(self, marks: MarksTally, *, part_of_total: bool) -> Joint:
        values = list(self.totals)
        pairs: Counter[tuple[Fraction, Fraction]] = Counter()
        for (mark, total, _), times in marks.marks.items():
            pairs[mark, values[total] if part_of_total else values[total] - mark] += times
        return Joint.of(pairs)

    def _add(self, sitting: Sitting) -> None:
        total = self.totals.setdefault(sitting.total, len(self.totals))
        highest = self.highest.setdefault(sitting.highest, len(self.highest))
        person = sitting.person
        self.scores[total, highest] += 1
        self.people.meet(person)
        for response in sitting.responses:
            place = self.places.get(response.position)
            if place is None:
                place = self.places[response.position] = MarksTally()
            place.add(response, person, total, highest)
            question = self.questions.get(response.question)
            if question is None:
                question = self.questions[response.question] = QuestionTally(position=response.position)
            question.add(response, person, total, highest)
