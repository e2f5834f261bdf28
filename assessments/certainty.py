"""How well a learner's certainty fits, over all attempts at quizzes that ask for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from assessments.behaviours import BEHAVIOURS, State, behaviour_for
from assessments.behaviours.calibration import Calibration, Level, calibration
from assessments.choices import AttemptStatus
from assessments.folding import fold
from assessments.models import Attempt, Step
from assessments.reviewing import CERTAINTY_WORDS
from assessments.showing import facets_of
from assessments.visibility import Facet

# a person who sat more has changed since the first ones
NEWEST = 50


@dataclass(frozen=True)
class Row:
    """One level of certainty, as the page shows it."""

    level: Level

    @property
    def words(self) -> str:
        """The level in words."""
        return str(CERTAINTY_WORDS[self.level.certainty])

    @property
    def percent(self) -> int:
        """The share right, for the bar."""
        return round((self.level.share or Fraction(0)) * 100)

    @property
    def band(self) -> tuple[int, int]:
        """Where the bar should end: the beginning and the width of the stretch, in per cent."""
        lowest, highest = round(self.level.lowest * 100), round(self.level.highest * 100)
        return lowest, highest - lowest


def certainty_of(person_pk: int, now: datetime) -> tuple[Calibration, tuple[Row, ...]]:
    """The figures of one person, of what the quizzes let them know; two queries."""
    asking = [name for name, behaviour in BEHAVIOURS.items() if behaviour.asks_certainty]
    found = Attempt.objects.filter(person=person_pk, paper_data__behaviour__in=asking)
    attempts = [
        attempt
        for attempt in found.exclude(status=AttemptStatus.OPEN).order_by("-submitted_at")[:NEWEST]
        if Facet.CORRECTNESS in facets_of(attempt, allowed=None, now=now)
    ]
    figures = calibration(_states(attempts))
    return figures, tuple(Row(level) for level in figures.levels)


def _states(attempts: list[Attempt]) -> Iterator[State]:
    by_attempt: dict[int, list[Step]] = {attempt.pk: [] for attempt in attempts}
    for step in Step.objects.filter(attempt__in=attempts).order_by("sequence"):
        by_attempt[step.attempt_id].append(step)
    for attempt in attempts:
        paper = attempt.paper
        state = fold(by_attempt[attempt.pk], paper)
        for slot in paper.slots:
            if behaviour_for(paper.behaviour, slot.kind).asks_certainty:
                yield state.questions[slot.number]
