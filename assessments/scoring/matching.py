"""Matching: each prompt belongs to one answer; an answer may serve several prompts or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assessments.scoring.outcome import ONE, ZERO, Outcome, ResponseError, SpecError
from assessments.scoring.reading import answered_mapping, mapping_in


@dataclass(frozen=True)
class Key:
    """The right answer of each prompt, and the answers that belong to none."""

    pairs: Mapping[str, str]
    distractors: tuple[str, ...]

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> "Key":
        """Read ``{"pairs": {prompt: answer, …}, "distractors": [answer, …]}``."""
        pairs = {name: str(answer) for name, answer in mapping_in(data, "pairs").items()}
        distractors = data.get("distractors") or ()
        if not isinstance(distractors, Sequence) or isinstance(distractors, str):
            raise SpecError("'distractors' has to be a list")
        return cls(pairs, tuple(str(name) for name in distractors))

    def clean(self, response: Mapping[str, Any]) -> dict[str, Any]:
        """The response in its stored form; empty when no prompt was matched."""
        pairs = answered_mapping(response.get("pairs"), tuple(self.pairs))
        answers = {*self.pairs.values(), *self.distractors}
        for answer in pairs.values():
            if answer not in answers:
                raise ResponseError(f"the question has no answer {answer!r}")
        return {"pairs": pairs} if pairs else {}

    def mark(self, response: Mapping[str, Any], language: str) -> Outcome:
        """The share of prompts that were matched rightly."""
        given = response["pairs"]
        parts = {
            prompt: ONE if given.get(prompt) == answer else ZERO for prompt, answer in self.pairs.items()
        }
        return Outcome.of(Fraction(sum(parts.values()), len(parts)), parts)
