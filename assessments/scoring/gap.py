"""Gap text: several gaps, each typed (words or a number) or chosen from a list."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assessments.scoring.numeric import Numbers
from assessments.scoring.outcome import ONE, ZERO, Outcome, ResponseError, SpecError
from assessments.scoring.reading import answered_mapping, exact, mapping_in
from assessments.scoring.short import Wordings


@dataclass(frozen=True)
class ChosenGap:
    """A gap filled from a list; the value is what each entry is worth."""

    options: Mapping[str, Fraction]


@dataclass(frozen=True)
class Gap:
    """How one gap is filled, and how much it counts beside the others."""

    filling: Wordings | Numbers | ChosenGap
    weight: Fraction

    def fraction_of(self, given: str, language: str) -> Fraction:
        """What was filled in is worth."""
        match self.filling:
            case ChosenGap(options):
                return options.get(given, ZERO)
            case Numbers():
                return self.filling.mark(given, "", language).fraction or ZERO
        return self.filling.fraction_of(given)


@dataclass(frozen=True)
class Key:
    """The gaps by their number in the text."""

    gaps: Mapping[str, Gap]

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> "Key":
        """Read ``{"gaps": {"1": {"accepted": {…}}, "2": {"options": {id: "1", id2: "0"}}}}``.

        A gap with a "value" is a number, as in ``numeric``; "weight" is 1 where it is not given.
        """
        return cls({name: _gap(entry) for name, entry in mapping_in(data, "gaps").items()})

    def clean(self, response: Mapping[str, Any]) -> dict[str, Any]:
        """The response in its stored form; empty when no gap was filled."""
        gaps = answered_mapping(response.get("gaps"), tuple(self.gaps))
        for name, text in gaps.items():
            filling = self.gaps[name].filling
            if isinstance(filling, ChosenGap) and text not in filling.options:
                raise ResponseError(f"gap {name} has no entry {text!r}")
        return {"gaps": gaps} if gaps else {}

    def mark(self, response: Mapping[str, Any], language: str) -> Outcome:
        """The mean over all gaps by their weight; an empty gap counts zero."""
        given = response["gaps"]
        parts = {
            name: gap.fraction_of(given[name], language) if name in given else ZERO
            for name, gap in self.gaps.items()
        }
        earned = sum((parts[name] * gap.weight for name, gap in self.gaps.items()), ZERO)
        return Outcome.of(earned / sum((gap.weight for gap in self.gaps.values()), ZERO), parts)


def _gap(entry: Any) -> Gap:
    if not isinstance(entry, Mapping):
        raise SpecError("a gap has to be a mapping")
    weight = exact(entry.get("weight", 1))
    if weight <= ZERO:
        raise SpecError("a gap has to count")
    if "options" in entry:
        return Gap(_chosen(entry), weight)
    return Gap(Numbers.parse(entry) if "value" in entry else Wordings.parse(entry), weight)


def _chosen(entry: Mapping[str, Any]) -> ChosenGap:
    options = {name: exact(value) for name, value in mapping_in(entry, "options").items()}
    if list(options.values()).count(ONE) != 1:
        raise SpecError("a gap with a list needs exactly one correct entry")
    if any(not ZERO <= value <= ONE for value in options.values()):
        raise SpecError("an entry of a gap is worth from 0 to 1")
    return ChosenGap(options)
