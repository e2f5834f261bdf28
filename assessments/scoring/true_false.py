"""True or false."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessments.scoring.outcome import ONE, ZERO, Outcome, ResponseError, SpecError
from assessments.scoring.reading import answered_text

CHOICES = ("true", "false")


@dataclass(frozen=True)
class Key:
    """Whether the statement is true."""

    answer: bool

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> "Key":
        """Read ``{"answer": true}``; SpecError for anything but a truth value."""
        answer = data.get("answer")
        if not isinstance(answer, bool):
            raise SpecError("'answer' has to be true or false")
        return cls(answer)

    def clean(self, response: Mapping[str, Any]) -> dict[str, Any]:
        """The response in its stored form; empty when nothing was chosen."""
        choice = answered_text(response.get("choice"))
        if choice and choice not in CHOICES:
            raise ResponseError("the answer has to be true or false")
        return {"choice": choice} if choice else {}

    def mark(self, response: Mapping[str, Any], language: str) -> Outcome:
        """1 when the judgement agrees with the key."""
        return Outcome.of(ONE if (response["choice"] == "true") is self.answer else ZERO)
