"""What changes when somebody follows another syllabus: pure, and worked out before anything is moved."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from courses import rules
from courses.rules import Group, Requirement, Summary, Syllabus


@dataclass(frozen=True, slots=True)
class Differences:
    """What another syllabus asks for more, no longer, by another rule, or in another number.

    `altered` and `counted` hold requirements and groups as the other syllabus states them.
    """

    added: tuple[Requirement, ...]
    removed: tuple[Requirement, ...]
    altered: tuple[Requirement, ...]
    counted: tuple[Group, ...]


def differences(before: Syllabus, after: Syllabus) -> Differences:
    """Compare two syllabuses; order, titles and minutes are no difference."""
    old = {one.key: one for one in before.requirements}
    new = {one.key: one for one in after.requirements}
    some = {group.key: _some(group) for group in before.groups}
    return Differences(
        added=tuple(one for key, one in new.items() if key not in old),
        removed=tuple(one for key, one in old.items() if key not in new),
        altered=tuple(one for key, one in new.items() if key in old and one != old[key]),
        counted=tuple(group for group in after.groups if group.key and some.get(group.key) != _some(group)),
    )


def _some(group: Group) -> int | None:
    """Return how many of a group are enough, None where all are asked for."""
    return group.required if group.required < len(group.requirements) else None


class Direction(StrEnum):
    COMPLETES = "completes"
    FALLS = "falls"
    RISES = "rises"
    STAYS = "stays"


@dataclass(frozen=True, slots=True)
class Effect:
    """How far somebody is under two syllabuses, having done the same."""

    before: Summary
    after: Summary

    @property
    def direction(self) -> Direction:
        """Tell where the share done goes, compared exactly; completing the course comes first."""
        if self.after.complete and not self.before.complete:
            return Direction.COMPLETES
        # a/b against c/d without division: a syllabus that asks for nothing counts as nothing done
        before = self.before.done * max(self.after.required, 1)
        after = self.after.done * max(self.before.required, 1)
        if after == before:
            return Direction.STAYS
        return Direction.RISES if after > before else Direction.FALLS


def effect(before: Syllabus, after: Syllabus, done: frozenset[UUID]) -> Effect:
    """Return what moving from one syllabus to another does to somebody who has done these items."""
    return Effect(rules.summary(before, done), rules.summary(after, done))


def out_of_reach(summary: Summary, offered: frozenset[UUID]) -> tuple[Requirement, ...]:
    """Return the missing requirements that are no longer offered and without which none completes.

    Where some of a group are enough, one that is gone is no obstacle while the others suffice.
    """
    gone: list[Requirement] = []
    for state in summary.groups:
        left = sum(one.key in offered for one in state.missing)
        if left < state.group.required - state.done:
            gone += [one for one in state.missing if one.key not in offered]
    return tuple(gone)
