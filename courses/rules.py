"""By which rules a course is completed: pure, exact, and the same in every language.

A syllabus is what one version of a course asks for. It is handed the keys of the items that a person
has done, and answers how far they are and what is missing. Titles travel with it so that records can
be read when the pages are gone; they never change an answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any
from uuid import UUID

Titles = Mapping[str, str]


class RuleKind(StrEnum):
    READ = "read"
    SCORE = "score"
    ATTENDED = "attended"


@dataclass(frozen=True, slots=True)
class Rule:
    """When an item counts as done: read to the end, a score reached, or a share attended.

    `at_least` is a fraction 0..1; None for reading.
    Raises ValueError where the two do not go together.
    """

    kind: RuleKind
    at_least: Fraction | None = None

    def __post_init__(self) -> None:
        if (self.kind is RuleKind.READ) != (self.at_least is None):
            raise ValueError("A score or a share needs a least fraction; reading has none.")
        if self.at_least is not None and not 0 <= self.at_least <= 1:
            raise ValueError("A least fraction lies between 0 and 1.")

    def met(self, fraction: Fraction | None) -> bool:
        """Tell whether a score or a share of attendance (0..1) is enough; reading always is."""
        if self.at_least is None:
            return True
        return fraction is not None and fraction >= self.at_least


READ = Rule(RuleKind.READ)


@dataclass(frozen=True, slots=True)
class Requirement:
    """An item that must be done; `minutes` is the study time it is worth."""

    key: UUID
    kind: str
    rule: Rule = READ
    minutes: int = field(default=0, compare=False)
    titles: Titles = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Group:
    """A module, or the items that stand directly under the course (key None).

    `needed` is how many of the requirements are enough ("2 of 3 passed"); None asks for all.
    """

    key: UUID | None
    requirements: tuple[Requirement, ...]
    needed: int | None = None
    titles: Titles = field(default_factory=dict, compare=False)

    @property
    def required(self) -> int:
        """Return how many requirements must be met."""
        if self.needed is None:
            return len(self.requirements)
        return min(self.needed, len(self.requirements))


@dataclass(frozen=True, slots=True)
class Syllabus:
    """What a course asks for, in the order of its outline."""

    groups: tuple[Group, ...]

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """Return every requirement in order."""
        return tuple(one for group in self.groups for one in group.requirements)

    def requirement(self, key: UUID) -> Requirement | None:
        """Return the requirement of an item, or None when the item is not asked for."""
        return next((one for one in self.requirements if one.key == key), None)

    def asks_the_same(self, other: "Syllabus") -> bool:
        """Tell whether two syllabuses ask for the same, whatever the order, titles and minutes."""
        return _without_order(self) == _without_order(other)


def _without_order(syllabus: Syllabus) -> list[tuple[str, int, list[tuple[str, str, str, str]]]]:
    groups: dict[str, list[Group]] = {}
    for group in syllabus.groups:
        groups.setdefault(str(group.key or ""), []).append(group)
    return sorted(
        (
            key,
            sum(group.required for group in same_key),
            sorted(
                (str(one.key), one.kind, one.rule.kind.value, str(one.rule.at_least))
                for group in same_key
                for one in group.requirements
            ),
        )
        for key, same_key in groups.items()
        if any(group.requirements for group in same_key)
    )


# --- how far somebody is -------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class GroupState:
    """How far somebody is in one group; `missing` is empty once enough is done."""

    group: Group
    done: int
    missing: tuple[Requirement, ...]

    @property
    def complete(self) -> bool:
        """Tell whether enough of the group is done."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class Summary:
    """How far somebody is: `percent` is a whole number 0..100, and 100 only when complete."""

    done: int
    required: int
    groups: tuple[GroupState, ...]

    @property
    def complete(self) -> bool:
        """Tell whether everything is done; a syllabus that asks for nothing is never complete."""
        return 0 < self.required == self.done

    @property
    def percent(self) -> int:
        """Return the share done, rounded down."""
        return self.done * 100 // self.required if self.required else 0

    @property
    def missing(self) -> tuple[Requirement, ...]:
        """Return what may still be done, in order."""
        return tuple(one for state in self.groups for one in state.missing)


def summary(syllabus: Syllabus, done: frozenset[UUID]) -> Summary:
    """Return how far somebody is who has done the items with these keys; other keys do not count."""
    states = tuple(_group_state(group, done) for group in syllabus.groups)
    return Summary(
        done=sum(state.done for state in states),
        required=sum(group.required for group in syllabus.groups),
        groups=states,
    )


def _group_state(group: Group, done: frozenset[UUID]) -> GroupState:
    missing = tuple(one for one in group.requirements if one.key not in done)
    met = len(group.requirements) - len(missing)
    if met >= group.required:
        return GroupState(group, group.required, ())
    return GroupState(group, met, missing)


# --- when an item is open ------------------------------------------------------------------------
class LockKind(StrEnum):
    DATE = "date"
    PREREQUISITE = "prerequisite"
    COHORT = "cohort"


@dataclass(frozen=True, slots=True)
class Lock:
    """Why an item is not open: a day that has not come, or an item or module to do first."""

    kind: LockKind
    opens_on: date | None = None
    after: UUID | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """What stands before an item: a day, and an item or module that must be done first."""

    opens_on: date | None = None
    after: UUID | None = None


OPEN = Gate()


def lock(
    gate: Gate,
    *,
    finished: frozenset[UUID],
    today: date,
    cohort_starts: date | None = None,
) -> Lock | None:
    """Return why the gate is closed today, or None when it is open.

    `finished` holds the keys of the items and of the modules that the person has done. The reason
    that lies furthest off is given first: the cohort's day, the item's day, then the prerequisite.
    """
    if cohort_starts is not None and today < cohort_starts:
        return Lock(LockKind.COHORT, opens_on=cohort_starts)
    if gate.opens_on is not None and today < gate.opens_on:
        return Lock(LockKind.DATE, opens_on=gate.opens_on)
    if gate.after is not None and gate.after not in finished:
        return Lock(LockKind.PREREQUISITE, after=gate.after)
    return None


# --- as JSON, frozen in the records --------------------------------------------------------------
def to_json(syllabus: Syllabus) -> dict[str, Any]:
    """Return the syllabus as JSON-able data; `from_json` gives it back unchanged."""
    return {
        "groups": [
            {
                "key": str(group.key) if group.key else None,
                "needed": group.needed,
                "titles": dict(group.titles),
                "requirements": [_requirement_to_json(one) for one in group.requirements],
            }
            for group in syllabus.groups
        ]
    }


def _requirement_to_json(one: Requirement) -> dict[str, Any]:
    return {
        "key": str(one.key),
        "kind": one.kind,
        "rule": one.rule.kind.value,
        "at_least": None if one.rule.at_least is None else str(one.rule.at_least),
        "minutes": one.minutes,
        "titles": dict(one.titles),
    }


def from_json(data: Mapping[str, Any]) -> Syllabus:
    """Read a syllabus as `to_json` wrote it; raises KeyError or ValueError on anything else."""
    return Syllabus(
        tuple(
            Group(
                key=UUID(group["key"]) if group["key"] else None,
                needed=group["needed"],
                titles=group["titles"],
                requirements=tuple(_requirement_from_json(one) for one in group["requirements"]),
            )
            for group in data["groups"]
        )
    )


def _requirement_from_json(data: Mapping[str, Any]) -> Requirement:
    least = data["at_least"]
    return Requirement(
        key=UUID(data["key"]),
        kind=data["kind"],
        rule=Rule(RuleKind(data["rule"]), None if least is None else Fraction(least)),
        minutes=data["minutes"],
        titles=data["titles"],
    )
