"""Keys that differ by jurisdiction: what is right in one country may be wrong in the next.

A key may hold, beside what holds everywhere, changes for some jurisdictions, each with the
citation of the provision that makes it so::

    {"options": {"a": "1", "b": "0"},
     "jurisdictions": {"MX": [{"citation": "Ley General …, art. 40", "provision": "<uuid>",
                               "options": {"a": "0", "b": "1"}}]}}

``for_jurisdiction`` gives the key of one jurisdiction, to be frozen in an attempt.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from assessments.scoring.multiple import even_fractions
from assessments.scoring.outcome import ZERO, SpecError

# entries that a change may name, by kind; in those of _MERGED it names single entries only
CHANGEABLE: Mapping[str, tuple[str, ...]] = {
    "single": ("options",),
    "multiple": ("options",),
    "true_false": ("answer",),
    "matching": ("pairs",),
    "ordering": ("order",),
    "numeric": ("value", "tolerance", "tolerance_kind", "also"),
    "short": ("accepted",),
    "gap": ("gaps",),
    "words": ("words",),
    "scenario": ("worth",),
}
_MERGED = ("options", "pairs", "words")
_ABOUT = ("citation", "provision")


def for_jurisdiction(spec: Mapping[str, Any], code: str) -> dict[str, Any]:
    """The key as it stands in one jurisdiction, and ``{"code", "cites"}`` under "jurisdiction".

    Where nothing differs it is the usual key. What it gives holds no other jurisdiction's
    changes, and is itself when asked again.
    """
    usual = {name: value for name, value in spec.items() if name != "jurisdictions"}
    changes = changes_for(spec, code)
    if not changes:
        return usual
    key = usual
    for change in changes:
        key = _changed(key, change)
    cites = [{name: change[name] for name in _ABOUT if name in change} for change in changes]
    return key | {"jurisdiction": {"code": code, "cites": cites}}


def changes_for(spec: Mapping[str, Any], code: str) -> Sequence[Mapping[str, Any]]:
    """What is changed for one jurisdiction, in turn; empty when nothing is."""
    changes = _jurisdictions(spec).get(code, ())
    if not isinstance(changes, Sequence) or isinstance(changes, str):
        raise SpecError(f"the changes for {code} have to be a list")
    if any(not isinstance(change, Mapping) for change in changes):
        raise SpecError("a change has to be a mapping")
    return changes


def jurisdictions_of(spec: Mapping[str, Any]) -> tuple[str, ...]:
    """The jurisdictions whose key differs from the usual one."""
    return tuple(sorted(code for code in _jurisdictions(spec) if changes_for(spec, code)))


def provisions_cited(spec: Mapping[str, Any]) -> frozenset[str]:
    """The keys of all provisions on which changes rest, to look for those that have changed."""
    return frozenset(
        str(change["provision"])
        for code in jurisdictions_of(spec)
        for change in changes_for(spec, code)
        if change.get("provision")
    )


def keys_by_jurisdiction(kind: str, spec: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each jurisdiction with its key, for checking all of them.

    SpecError when a change has no citation, changes nothing, or names what may not differ.
    """
    for code in jurisdictions_of(spec):
        for change in changes_for(spec, code):
            _check(kind, code, change)
        yield code, for_jurisdiction(spec, code)


def options_where(kind: str, options: Mapping[str, Any], correct: Mapping[str, bool]) -> dict[str, str]:
    """What options are worth where others of them are right, for the key of a change.

    ``correct`` names only options whose correctness differs; in a single choice the one that is
    right there is the only one. Right options of a multiple choice share the mark evenly.
    """
    if not correct.keys() <= options.keys():
        raise SpecError("a change names an option that the question does not have")
    if kind == "single":
        right = [name for name, is_right in correct.items() if is_right]
        if len(right) != 1:
            raise SpecError("a single choice needs exactly one correct option")
        return {name: "1" if name in right else "0" for name in options}
    usual = {name: Fraction(str(worth)) > ZERO for name, worth in options.items()}
    return {name: str(worth) for name, worth in even_fractions(usual | dict(correct)).items()}


def _jurisdictions(spec: Mapping[str, Any]) -> Mapping[str, Any]:
    by_code = spec.get("jurisdictions") or {}
    if not isinstance(by_code, Mapping):
        raise SpecError("'jurisdictions' has to be a mapping")
    return by_code


def _check(kind: str, code: str, change: Mapping[str, Any]) -> None:
    if not isinstance(change.get("citation"), str) or not change["citation"].strip():
        raise SpecError(f"the change for {code} does not cite what makes it so")
    named = [name for name in change if name not in _ABOUT]
    foreign = [name for name in named if name not in CHANGEABLE.get(kind, ())]
    if foreign or not named:
        raise SpecError(f"the change for {code} has to change the key of the question, and nothing else")


def _changed(spec: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    key = dict(spec)
    for name, value in change.items():
        if name in _ABOUT:
            continue
        if name in _MERGED:
            key[name] = _merged(spec.get(name), value, name)
        elif name == "gaps":
            key[name] = _gaps(spec.get(name), value)
        elif name == "worth":
            key["situations"] = _situations(spec.get("situations"), value)
        else:
            key[name] = value
    if "pairs" in change:
        key["distractors"] = _unused_answers(spec, key["pairs"])
    if "order" in change and sorted(map(str, key["order"])) != sorted(map(str, spec.get("order", ()))):
        raise SpecError("a changed order has to hold the same items")
    return key


def _unused_answers(spec: Mapping[str, Any], pairs: Mapping[str, Any]) -> list[str]:
    """All answers that are offered but not right here: those that are right elsewhere stay."""
    offered = {str(answer) for answer in (*spec["pairs"].values(), *spec.get("distractors", ()))}
    used = {str(answer) for answer in pairs.values()}
    if not used <= offered:
        raise SpecError("a changed pair has to take one of the answers that are offered")
    return sorted(offered - used)


def _merged(usual: Any, changed: Any, name: str) -> dict[str, Any]:
    """The usual entries with some of them changed; new ones would never have been shown."""
    if not isinstance(usual, Mapping) or not isinstance(changed, Mapping) or not changed:
        raise SpecError(f"'{name}' has to be a mapping with at least one entry")
    if not changed.keys() <= usual.keys():
        raise SpecError(f"a change names an entry that '{name}' does not have")
    return dict(usual) | dict(changed)


def _gaps(usual: Any, changed: Any) -> dict[str, Any]:
    gaps = _merged(usual, changed, "gaps")
    for name, change in changed.items():
        if not isinstance(change, Mapping) or not isinstance(usual[name], Mapping):
            raise SpecError("a gap has to be a mapping")
        gaps[name] = dict(usual[name]) | dict(change)
        if "options" in change:
            gaps[name]["options"] = _merged(usual[name].get("options"), change["options"], "options")
    return gaps


def _situations(usual: Any, changed: Any) -> dict[str, Any]:
    """``changed`` is ``{situation: {decision: worth}}``."""
    situations = _merged(usual, changed, "situations")
    for name, worths in changed.items():
        decisions = (usual[name] if isinstance(usual[name], Mapping) else {}).get("decisions") or {}
        _merged(decisions, worths, "decisions")
        worthy = {decision: {**decisions[decision], "worth": worth} for decision, worth in worths.items()}
        situations[name] = {**usual[name], "decisions": {**decisions, **worthy}}
    return situations
