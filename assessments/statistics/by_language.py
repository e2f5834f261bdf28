"""A question as it was answered in each language."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from assessments.statistics import languages, suppression
from assessments.statistics.intervals import Estimate, of_share
from assessments.statistics.languages import Difference, Flag
from assessments.statistics.small_groups import SMALLEST_FOR_ALL
from assessments.statistics.tallies import QuestionTally, Tally


@dataclass(frozen=True, slots=True)
class InLanguage:
    """A question as answered in one language; ``facility`` is None where it may not be shown.

    ``difference`` compares with the reference; None in that language itself.
    """

    language: str
    people: int
    facility: Estimate | None
    difference: Difference | None


def reference_of(question: QuestionTally, asked: str) -> str:
    """Return the language to compare with: ``asked`` if thirty people used it, else the largest."""
    people = {language: met.number for language, met in question.languages.items()}
    if people.get(asked, 0) >= SMALLEST_FOR_ALL:
        return asked
    return max(people, key=lambda language: (people[language], language))


def measure(
    tally: Tally, question: QuestionTally, reference: str, *, withheld: bool
) -> tuple[InLanguage, ...]:
    """Return every language in which a question was answered; no facility where it is ``withheld``."""
    people = {language: met.number for language, met in question.languages.items()}
    shown = frozenset() if withheld else suppression.of_groups(people)
    scale = _Scale.of(tally, question)
    return tuple(
        InLanguage(
            language=language,
            people=number,
            facility=scale.facility(language, number) if language in shown and scale else None,
            difference=_difference(scale, reference, language, people) if language != reference else None,
        )
        for language, number in sorted(people.items())
    )


@dataclass(frozen=True)
class _Scale:
    """Counted pairs (mark, total) by language, as whole numbers of which ``full`` is the full mark."""

    full: int
    pairs: Mapping[str, Counter[tuple[int, int]]]

    @classmethod
    def of(cls, tally: Tally, question: QuestionTally) -> "_Scale | None":
        """Read them; None where the marks are not on one scale from 0 up."""
        whole = tally.whole
        full, *more = {whole[weight] for weight, _ in question.weights}
        if more or not full or any(not 0 <= whole[mark] <= full for mark, _, _ in question.marks):
            return None
        pairs: dict[str, Counter[tuple[int, int]]] = {}
        for (mark, total, language), times in question.marks.items():
            pairs.setdefault(language, Counter())[whole[mark], whole[total]] += times
        return cls(full, pairs)

    def facility(self, language: str, people: int) -> Estimate:
        """The facility in one language."""
        earned = sum(mark * times for (mark, _), times in self.pairs[language].items())
        return of_share(Fraction(earned, self.pairs[language].total() * self.full), people)


def _difference(scale: _Scale | None, reference: str, language: str, people: Mapping[str, int]) -> Difference:
    if scale is None or min(people[reference], people[language]) < SMALLEST_FOR_ALL:
        return Difference(Flag.WATCH)
    return languages.compare(scale.pairs[reference], scale.pairs[language], scale.full)
