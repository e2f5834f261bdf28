"""What helps a marker: the criteria of a question with their points, and its author's notes."""

from dataclasses import dataclass
from fractions import Fraction

from assessments.choices import OptionRole
from assessments.models import QuestionVersion
from assessments.presentation import rubric_of
from translation.reading import Reading, read


@dataclass(frozen=True)
class Criterion:
    """One line of a marking guide, and the most points that it brings."""

    words: Reading
    points: Fraction


def criteria_of(version: QuestionVersion) -> tuple[Criterion, ...]:
    """The marking guide; empty where an answer is marked as a whole."""
    return tuple(Criterion(words, Fraction(points)) for words, points in rubric_of(version))


def notes_of(version: QuestionVersion) -> Reading | None:
    """What the author tells markers alone."""
    rows = version.of_role(OptionRole.MARKER_NOTES)
    return read(rows[0], "text") if rows else None
