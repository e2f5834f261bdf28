"""Single choice: one option, worth its own fraction."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assessments.scoring.outcome import ONE, ZERO, Outcome, ResponseError, SpecError
from assessments.scoring.reading import answered_text, exact, mapping_in


@dataclass(frozen=True)
class Key:
    """What each option is worth; exactly one is worth everything."""

    options: Mapping[str, Fraction]

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> "Key":
        """Read ``{"options": {id: "1", …}}``; SpecError unless exactly one option is the key."""
        options = {name: exact(value) for name, value in mapping_in(data, "options").items()}
        if any(not ZERO <= value <= ONE for value in options.values()):
            raise SpecError("an option of a single choice is worth from 0 to 1")
        if list(options.values()).count(ONE) != 1:
            raise SpecError("a single choice needs exactly one correct option")
        return cls(options)

    def clean(self, response: Mapping[str, Any]) -> dict[str, Any]:
        """The response in its stored form; empty when nothing was chosen."""
        choice = answered_text(response.get("choice"))
        if choice and choice not in self.options:
            raise ResponseError(f"the question has no option {choice!r}")
        return {"choice": choice} if choice else {}

    def mark(self, response: Mapping[str, Any], language: str) -> Outcome:
        """The fraction of the option that was chosen."""
        return Outcome.of(self.options[response["choice"]])
