"""The figures of markers, read from the marks that they gave; who is too few is not shown."""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from accounts.models import User
from assessments.choices import MarkerRole
from assessments.models import Marking
from assessments.statistics import markers
from assessments.statistics.small_groups import SMALLEST_GROUP


@dataclass(frozen=True)
class MarkerLine:
    """One marker with their figures."""

    marker: User
    figures: markers.Marker

    @property
    def minutes(self) -> float | None:
        """How long an answer takes; half of them take longer."""
        return None if self.figures.seconds is None else self.figures.seconds / 60


@dataclass(frozen=True)
class MarkerFigures:
    """All markers of some answers, and how first and second markers agree."""

    lines: tuple[MarkerLine, ...]
    agreement: markers.Agreement


def figures(quiz_key: UUID, *, allowed: Fraction) -> MarkerFigures:
    """The figures of one quiz, whose markers may differ by so much; two queries.

    They rest on answers of ten people at least: ten answers of one judge would tell of that judge.
    """
    given = _newest(quiz_key)
    people: defaultdict[Hashable, set[int]] = defaultdict(set)
    for row in given:
        people[row["marker"]].add(row["attempt__person"])
    counted = markers.by_marker(
        markers.Marking(row["marker"], (row["attempt"], row["slot"]), row["fraction"], row["seconds"])
        for row in given
    )
    named = User.objects.filter(pk__in=list(counted)).defer("sex", "password").order_by("name", "email")
    lines = tuple(
        MarkerLine(
            one,
            counted[one.pk]
            if len(people[one.pk]) >= SMALLEST_GROUP
            else markers.Marker(counted[one.pk].answers, None, None, None, None),
        )
        for one in named
    )
    return MarkerFigures(lines, _agreement(given, allowed))


def _newest(quiz_key: UUID) -> list[Mapping[str, Any]]:
    """The newest marks of each answer and turn."""
    rows = Marking.objects.filter(attempt__quiz_key=quiz_key).order_by("at", "pk")
    wanted = rows.values("attempt", "attempt__person", "slot", "role", "marker", "fraction", "seconds")
    return list({(row["attempt"], row["slot"], row["role"]): row for row in wanted.iterator()}.values())


def _agreement(given: list[Mapping[str, Any]], allowed: Fraction) -> markers.Agreement:
    by_role: dict[str, dict[tuple[int, int], Mapping[str, Any]]] = defaultdict(dict)
    for row in given:
        by_role[row["role"]][row["attempt"], row["slot"]] = row
    first, second = by_role[MarkerRole.FIRST], by_role[MarkerRole.SECOND]
    both = first.keys() & second.keys()
    if len({first[answer]["attempt__person"] for answer in both}) < SMALLEST_GROUP:
        return markers.Agreement(len(both))
    pairs = ((first[answer]["fraction"], second[answer]["fraction"]) for answer in both)
    return markers.agreement(pairs, allowed)
