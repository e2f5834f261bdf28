"""A marking guide: criteria whose points add up to the mark of the question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assessments.scoring.outcome import ZERO, ResponseError, SpecError
from assessments.scoring.reading import exact


@dataclass(frozen=True)
class Rubric:
    """The most points of each criterion; empty when the answer is marked as a whole."""

    highest: tuple[Fraction, ...] = ()

    @classmethod
    def parse(cls, lines: Any) -> "Rubric":
        """Read ``[{"points": "2", "text": {…}}, …]``; the words are not for scoring."""
        if not isinstance(lines, Sequence) or isinstance(lines, str):
            raise SpecError("a marking guide has to be a list of criteria")
        if any(not isinstance(line, Mapping) for line in lines):
            raise SpecError("a criterion has to be a mapping")
        highest = tuple(exact(line.get("points")) for line in lines)
        if any(points <= ZERO for points in highest):
            raise SpecError("a criterion has to be worth points")
        return cls(highest)

    @property
    def total(self) -> Fraction:
        """All points that can be given."""
        return sum(self.highest, ZERO)

    def fraction(self, given: Sequence[Any]) -> Fraction:
        """The share of all points; ResponseError unless each criterion has its points, in range."""
        if not self.highest or len(given) != len(self.highest):
            raise ResponseError("each criterion has to be given its points")
        points = [exact(value) for value in given]
        if any(not ZERO <= value <= most for value, most in zip(points, self.highest, strict=True)):
            raise ResponseError("the points of a criterion go from 0 to its highest")
        return sum(points, ZERO) / self.total

    def marks(self, weight: Fraction) -> tuple[Fraction, ...]:
        """The mark that each criterion can bring on a paper; they add up to ``weight`` exactly."""
        return tuple(points / self.total * weight for points in self.highest)
