"""Gap text: several gaps, each typed or chosen from a list, each worth the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assessments.scoring.outcome import ONE, ZERO, Outcome, ResponseError, SpecError
from assessments.scoring.reading import answered_mapping, exact, mapping_in
from assessments.scoring.short import Wordings


@dataclass(frozen=True)
class ChosenGap:
    """A gap filled from a list; the value is what each entry is worth."""

    options: Mapping[str, Fraction]

    def fraction_of(self, given: str) -> Fraction:
        """What the chosen entry is worth."""
        return self.options.get(given, ZERO)


@dataclass(frozen=True)
class Key:
    """The gaps by their number in the text."""

    gaps: Mapping[str, Wordings | ChosenGap]

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> "Key":
        """Read ``{"gaps": {"1": {"accepted": {…}}, "2": {"options": {id: "1", id2: "0"}}}}``."""
        return cls({name: _gap(entry) for name, entry in mapping_in(data, "gaps").items()})

    def clean(self, response: Mapping[str, Any]) -> dict[str, Any]:
        """The response in its stored form; empty when no gap was filled."""
        gaps = answered_mapping(response.get("gaps"), tuple(self.gaps))
        for name, text in gaps.items():
            gap = self.gaps[name]
            if isinstance(gap, ChosenGap) and text not in gap.options:
                raise ResponseError(f"gap {name} has no entry {text!r}")
        return {"gaps": gaps} if gaps else {}

    def mark(self, response: Mapping[str, Any], language: str) -> Outcome:
        """The mean over all gaps; an empty gap counts zero."""
        given = response["gaps"]
        parts = {
            name: gap.fraction_of(given[name]) if name in given else ZERO for name, gap in self.gaps.items()
        }
        return Outcome.of(sum(parts.values(), ZERO) / len(parts), parts)


def _gap(entry: Any) -> Wordings | ChosenGap:
    if not isinstance(entry, Mapping):
        raise SpecError("a gap has to be a mapping")
    if "options" not in entry:
        return Wordings.parse(entry)
    options = {name: exact(value) for name, value in mapping_in(entry, "options").items()}
    if list(options.values()).count(ONE) != 1:
        raise SpecError("a gap with a list needs exactly one correct entry")
    if any(not ZERO <= value <= ONE for value in options.values()):
        raise SpecError("an entry of a gap is worth from 0 to 1")
    return ChosenGap(options)
