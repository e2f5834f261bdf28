"""The ids in a key, exchanged: those of rows for the positions that items know, and back. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Names:
    """What each id is to be called; ids that are not named stay as they are."""

    options: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    # the entries of each gap's list
    gaps: dict[str, dict[str, str]] = field(default_factory=dict)

    def option(self, name: Any) -> str:
        """The other id of an option, situation or decision."""
        return self.options.get(str(name), str(name))

    def answer(self, name: Any) -> str:
        """The other id of an answer of a matching question."""
        return self.answers.get(str(name), str(name))

    def entry(self, gap: str, name: Any) -> str:
        """The other id of an entry of a gap's list."""
        return self.gaps.get(gap, {}).get(str(name), str(name))


def renamed(spec: Mapping[str, Any], names: Names) -> dict[str, Any]:
    """The key with other ids, also in what differs by jurisdiction."""
    return {name: _RENAMED.get(name, _same)(value, names) for name, value in spec.items()}


def _same(value: Any, names: Names) -> Any:
    return value


def _options(value: Mapping[str, Any], names: Names) -> dict[str, Any]:
    return {names.option(name): worth for name, worth in value.items()}


def _pairs(value: Mapping[str, Any], names: Names) -> dict[str, str]:
    return {names.option(name): names.answer(answer) for name, answer in value.items()}


def _gaps(value: Mapping[str, Any], names: Names) -> dict[str, Any]:
    gaps = {}
    for name, gap in value.items():
        entries = {names.entry(name, key): worth for key, worth in gap.get("options", {}).items()}
        gaps[name] = dict(gap) | ({"options": entries} if "options" in gap else {})
    return gaps


def _situations(value: Mapping[str, Any], names: Names) -> dict[str, Any]:
    return {
        names.option(name): dict(situation) | {"decisions": _decisions(situation.get("decisions", {}), names)}
        for name, situation in value.items()
    }


def _decisions(value: Mapping[str, Any], names: Names) -> dict[str, Any]:
    return {
        names.option(name): dict(decision)
        | ({"next": names.option(decision["next"])} if decision.get("next") else {})
        for name, decision in value.items()
    }


def _jurisdictions(value: Mapping[str, Any], names: Names) -> dict[str, Any]:
    return {code: [renamed(change, names) for change in changes] for code, changes in value.items()}


_RENAMED = {
    "options": _options,
    "pairs": _pairs,
    "distractors": lambda value, names: [names.answer(name) for name in value],
    "order": lambda value, names: [names.option(name) for name in value],
    "scale": lambda value, names: [names.option(name) for name in value],
    "gaps": _gaps,
    "start": lambda value, names: names.option(value),
    "situations": _situations,
    # of a change to a scenario: {situation: {decision: worth}}
    "worth": lambda value, names: {
        names.option(name): _options(worths, names) for name, worths in value.items()
    },
    "jurisdictions": _jurisdictions,
}
