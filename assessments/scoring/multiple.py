"""Multiple choice: several options, with part marks or all or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assessments.scoring.outcome import ONE, ZERO, Outcome, SpecError
from assessments.scoring.reading import answered_names, exact, mapping_in, one_of

RULES = ("partial", "all_or_nothing")


@dataclass(frozen=True)
class Key:
    """Right options add up to 1; under "partial" every wrong one costs something."""

    options: Mapping[str, Fraction]
    rule: str

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> "Key":
        """Read ``{"options": {id: "1/2", id2: "-1/2"}, "rule": "partial"}``.

        SpecError when the right options do not add up to 1, or when under "partial" a wrong
        option costs nothing: then ticking everything would earn full marks.
        """
        rule = one_of(data.get("rule", "partial"), RULES)
        options = {name: exact(value) for name, value in mapping_in(data, "options").items()}
        if sum(value for value in options.values() if value > ZERO) != ONE:
            raise SpecError("the right options have to add up to 1")
        if rule == "partial" and ZERO in options.values():
            raise SpecError("with part marks every wrong option has to cost something")
        return cls(options, rule)

    def clean(self, response: Mapping[str, Any]) -> dict[str, Any]:
        """The response in its stored form: chosen ids, sorted; empty when nothing was chosen."""
        chosen = answered_names(response.get("choices") or (), tuple(self.options))
        return {"choices": sorted(chosen)} if chosen else {}

    def mark(self, response: Mapping[str, Any], language: str) -> Outcome:
        """The sum of the chosen options, never below zero; or 1 for exactly the key."""
        chosen = set(response["choices"])
        if self.rule == "all_or_nothing":
            right = {name for name, value in self.options.items() if value > ZERO}
            return Outcome.of(ONE if chosen == right else ZERO)
        return Outcome.of(sum((self.options[name] for name in chosen), ZERO))


def even_fractions(correct: Mapping[str, bool]) -> dict[str, Fraction]:
    """Fractions for options that are only marked right or wrong.

    Right ones share 1 and wrong ones share -1, so that ticking everything earns nothing.
    """
    right = sum(correct.values())
    wrong = len(correct) - right
    if not right:
        raise SpecError("at least one option has to be correct")
    return {
        name: Fraction(1, right) if is_right else Fraction(-1, wrong) for name, is_right in correct.items()
    }
