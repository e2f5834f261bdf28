"""Essay: left for a person, who may have a marking guide."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assessments.scoring.outcome import Outcome, SpecError
from assessments.scoring.reading import LONGEST_TEXT, answered_text
from assessments.scoring.rubric import Rubric


@dataclass(frozen=True)
class Key:
    """Advice on length, which changes no mark, and the marking guide."""

    minimum_words: int
    maximum_words: int
    rubric: Rubric = field(default_factory=Rubric)

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> "Key":
        """Read ``{"minimum_words": 150, "maximum_words": 250, "rubric": []}``; 0 is no advice."""
        bounds = [data.get(name) or 0 for name in ("minimum_words", "maximum_words")]
        if any(not isinstance(bound, int) or bound < 0 for bound in bounds):
            raise SpecError("numbers of words are whole numbers from 0")
        if bounds[1] and bounds[1] < bounds[0]:
            raise SpecError("the largest number of words is below the smallest")
        return cls(bounds[0], bounds[1], Rubric.parse(data.get("rubric") or ()))

    def clean(self, response: Mapping[str, Any]) -> dict[str, Any]:
        """The response in its stored form; empty when nothing was written."""
        text = answered_text(response.get("text"), LONGEST_TEXT)
        return {"text": text} if text.strip() else {}

    def mark(self, response: Mapping[str, Any], language: str) -> Outcome:
        """Waits for a person."""
        return Outcome.waiting()
