"""Essay: left for a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessments.scoring.outcome import Outcome, SpecError
from assessments.scoring.reading import LONGEST_TEXT, answered_text


@dataclass(frozen=True)
class Key:
    """Advice on length only; it changes no mark."""

    minimum_words: int
    maximum_words: int

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> "Key":
        """Read ``{"minimum_words": 150, "maximum_words": 250}``; 0 means no advice."""
        bounds = [data.get(name) or 0 for name in ("minimum_words", "maximum_words")]
        if any(not isinstance(bound, int) or bound < 0 for bound in bounds):
            raise SpecError("numbers of words are whole numbers from 0")
        if bounds[1] and bounds[1] < bounds[0]:
            raise SpecError("the largest number of words is below the smallest")
        return cls(*bounds)

    def clean(self, response: Mapping[str, Any]) -> dict[str, Any]:
        """The response in its stored form; empty when nothing was written."""
        text = answered_text(response.get("text"), LONGEST_TEXT)
        return {"text": text} if text.strip() else {}

    def mark(self, response: Mapping[str, Any], language: str) -> Outcome:
        """Waits for a person."""
        return Outcome.waiting()
