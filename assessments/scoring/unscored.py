"""What stands on a paper without being scored: an item of a survey, and a description."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessments.scoring.outcome import Outcome, ResponseError, SpecError
from assessments.scoring.reading import answered_text, names_in


@dataclass(frozen=True)
class Survey:
    """Points of a scale, such as how sure one feels about a topic; none of them is right."""

    scale: tuple[str, ...]

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> "Survey":
        """Read ``{"scale": [ids]}``, from the lowest point to the highest."""
        scale = names_in(data, "scale")
        if len(scale) < 2:
            raise SpecError("a scale needs at least two points")
        return cls(scale)

    def clean(self, response: Mapping[str, Any]) -> dict[str, Any]:
        """The response in its stored form; empty when nothing was chosen."""
        choice = answered_text(response.get("choice"))
        if choice and choice not in self.scale:
            raise ResponseError(f"the scale has no point {choice!r}")
        return {"choice": choice} if choice else {}

    def mark(self, response: Mapping[str, Any], language: str) -> Outcome:
        """Not scored."""
        return Outcome.unscored()


@dataclass(frozen=True)
class Description:
    """Words on a paper that ask nothing."""

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> "Description":
        """There is nothing to read."""
        return cls()

    def clean(self, response: Mapping[str, Any]) -> dict[str, Any]:
        """Always empty; ResponseError when something is answered all the same."""
        if any(response.values()):
            raise ResponseError("a description takes no answer")
        return {}

    def mark(self, response: Mapping[str, Any], language: str) -> Outcome:
        """Not scored."""
        return Outcome.unscored()
