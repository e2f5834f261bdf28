"""Select words: the words or phrases of a text to which the question points.

The text marks each word that can be selected with an id; the ids are the same in every language.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assessments.scoring.outcome import ONE, ZERO, Outcome, SpecError
from assessments.scoring.reading import answered_names, mapping_in, one_of

RULES = ("partial", "all_or_nothing")


@dataclass(frozen=True)
class Key:
    """Which of the words are meant.

    "partial": each word that is meant earns its share, each other one takes as much away, so
    that selecting the whole text earns little. "all_or_nothing": exactly the words meant.
    """

    words: Mapping[str, bool]
    rule: str

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> "Key":
        """Read ``{"words": {"1": true, "2": false}, "rule": "partial"}``.

        SpecError unless there are words that are meant and others that are not.
        """
        words = mapping_in(data, "words")
        if any(not isinstance(meant, bool) for meant in words.values()):
            raise SpecError("a word is either meant or not")
        if len(set(words.values())) != 2:
            raise SpecError("there have to be words that are meant and others that are not")
        return cls(dict(words), one_of(data.get("rule", "partial"), RULES))

    def clean(self, response: Mapping[str, Any]) -> dict[str, Any]:
        """The response in its stored form: selected ids, sorted; empty when none was selected."""
        selected = answered_names(response.get("words") or (), tuple(self.words))
        return {"words": sorted(selected)} if selected else {}

    def mark(self, response: Mapping[str, Any], language: str) -> Outcome:
        """The share of the words meant that were selected, less one share for each other word."""
        selected = set(response["words"])
        meant = {name for name, is_meant in self.words.items() if is_meant}
        # a word selected in error is a part of its own, so that a page can point at it
        parts = {name: ONE if name in selected else ZERO for name in sorted(meant)}
        parts |= dict.fromkeys(sorted(selected - meant), ZERO)
        if self.rule == "all_or_nothing":
            return Outcome.of(ONE if selected == meant else ZERO, parts)
        return Outcome.of(Fraction(len(selected & meant) - len(selected - meant), len(meant)), parts)
