"""What is kept while the sittings stream by: counts of equal things, not the things.

A question keeps how often each mark came with each total, so the memory grows with the number of
different values, and every figure is computed from the same counts. Every fraction is met once
and then goes by its number; in the end all are integers over one denominator.
"""

import math
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
    """The marks at one place or of one question, all by their numbers.

    ``marks`` counts (mark, total, language), ``weights`` counts (weight, highest total).
    """

    marks: Counter[tuple[int, int, str]] = field(default_factory=Counter)
    weights: Counter[tuple[int, int]] = field(default_factory=Counter)
    people: People = field(default_factory=People)

    @property
    def sittings(self) -> int:
        """In how many sittings it stood."""
        return self.marks.total()


@dataclass(slots=True)
class QuestionTally(MarksTally):
    """A question: its marks, and what only belongs to a question.

    ``answers`` counts (answer, mark, total), with "" for a blank.
    """

    positions: Counter[int] = field(default_factory=Counter)
    answers: Counter[tuple[str, int, int]] = field(default_factory=Counter)
    seconds: Counter[int] = field(default_factory=Counter)
    languages: dict[str, People] = field(default_factory=dict)

    @property
    def position(self) -> int:
        """The first of its places."""
        return min(self.positions)


class Tally:
    """Everything that was counted of a test."""

    def __init__(self, sittings: Iterable[Sitting], which: Which) -> None:
        """Count the sittings that are chosen, in one pass."""
        self._numbers: dict[tuple[int, int], int] = {}
        self.scores: Counter[tuple[int, int]] = Counter()  # (total, highest total)
        self.places: dict[int, MarksTally] = {}
        self.questions: dict[str, QuestionTally] = {}
        self.people = People()
        for sitting in chosen(sittings, which):
            self._add(sitting)
        self.values = tuple(Fraction(*ratio) for ratio in self._numbers)
        self.scale = math.lcm(*(value.denominator for value in self.values))
        self.whole = tuple(value.numerator * (self.scale // value.denominator) for value in self.values)

    @property
    def sittings(self) -> int:
        """How many sittings were counted."""
        return self.scores.total()

    @property
    def totals(self) -> dict[int, int]:
        """How many sittings reached each total, by its number."""
        found: dict[int, int] = {}
        for (total, _), times in self.scores.items():
            found[total] = found.get(total, 0) + times
        return found

    def mean_weight(self, marks: MarksTally) -> Fraction:
        """The highest mark that it could earn, on the mean."""
        earned = sum(self.whole[weight] * times for (weight, _), times in marks.weights.items())
        return Fraction(earned, marks.sittings * self.scale)

    def mean_mark(self, marks: MarksTally) -> Fraction:
        """The mark that it earned, on the mean."""
        earned = sum(self.whole[mark] * times for (mark, _, _), times in marks.marks.items())
        return Fraction(earned, marks.sittings * self.scale)

    def joint_with_total(self, marks: MarksTally) -> Joint:
        """The pairs of a mark and the total it is part of."""
        whole = self.whole
        pairs = ((whole[mark], whole[total], n) for (mark, total, _), n in marks.marks.items())
        return Joint(self.scale, tuple(pairs))

    def joint_with_rest(self, marks: MarksTally) -> Joint:
        """The pairs of a mark and the rest of the total."""
        pairs = ((mark, total - mark, n) for mark, total, n in self.joint_with_total(marks).triples)
        return Joint(self.scale, tuple(pairs))

    def _number(self, value: Fraction) -> int:
        # a pair of integers is found faster than a fraction
        return self._numbers.setdefault(value.as_integer_ratio(), len(self._numbers))

    def _add(self, sitting: Sitting) -> None:
        total, highest = self._number(sitting.total), self._number(sitting.highest)
        self.scores[total, highest] += 1
        self.people.meet(sitting.person)
        for response in sitting.responses:
            self._add_response(response, sitting.person, total, highest)

    def _add_response(self, response: Response, person: Hashable, total: int, highest: int) -> None:
        mark, weight = self._number(response.mark), self._number(response.weight)
        place = self.places.get(response.position)
        if place is None:
            place = self.places[response.position] = MarksTally()
        question = self.questions.get(response.question)
        if question is None:
            question = self.questions[response.question] = QuestionTally()
        for tally in (place, question):
            tally.marks[mark, total, response.language] += 1
            tally.weights[weight, highest] += 1
            tally.people.meet(person)
        question.positions[response.position] += 1
        for answer in response.answers or ("",):
            question.answers[answer, mark, total] += 1
        if response.seconds is not None:
            question.seconds[response.seconds] += 1
        met = question.languages.get(response.language)
        if met is None:
            met = question.languages[response.language] = People()
        met.meet(person)
