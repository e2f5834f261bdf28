"""Multiple choice: several options; all or nothing, part marks, or a weight for each option."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assessments.scoring.outcome import ONE, ZERO, Outcome, ResponseError, SpecError
from assessments.scoring.reading import answered_names, exact, mapping_in, one_of

RULES = ("partial", "all_or_nothing", "weights")


@dataclass(frozen=True)
class Key:
    """Right options add up to 1; under "partial" every wrong one costs something.

    Under "weights" the author says what each option is worth, and a wrong one may cost nothing.
    ``most`` is how many options can be chosen; 0 is all of them.
    """

    options: Mapping[str, Fraction]
    rule: str
    most: int

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> "Key":
        """Read ``{"options": {id: "1/2", id2: "-1/2"}, "rule": "partial", "most": 0}``.

        SpecError when the right options do not add up to 1, when under "partial" a wrong option
        costs nothing, and whenever choosing all that can be chosen would always earn full marks.
        """
        rule = one_of(data.get("rule", "partial"), RULES)
        options = {name: exact(value) for name, value in mapping_in(data, "options").items()}
        right = [value for value in options.values() if value > ZERO]
        if sum(right) != ONE:
            raise SpecError("the right options have to add up to 1")
        if rule == "partial" and ZERO in options.values():
            raise SpecError("with part marks every wrong option has to cost something")
        most = _most(data.get("most") or 0, len(right))
        free = rule == "weights" and len(right) < len(options) and sum(options.values()) == ONE
        if free and most != len(right):
            raise SpecError("where no wrong option costs anything, no more than the right ones can be chosen")
        return cls(options, rule, most)

    def clean(self, response: Mapping[str, Any]) -> dict[str, Any]:
        """The response in its stored form: chosen ids, sorted; empty when nothing was chosen."""
        chosen = answered_names(response.get("choices") or (), tuple(self.options))
        if self.most and len(chosen) > self.most:
            raise ResponseError(f"at most {self.most} options can be chosen")
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


def _most(most: Any, right: int) -> int:
    if isinstance(most, bool) or not isinstance(most, int) or most < 0:
        raise SpecError("how many options can be chosen is a whole number from 0")
    if 0 < most < right:
        raise SpecError("at least as many options as are right have to be choosable")
    return most
