"""The figures of markers, read from the marks that they gave; who is too few is not shown."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any
from uuid import UUID

from accounts.models import User
from assessments.choices import MarkerRole
from assessments.models import Marking
from assessments.statistics import markers
from assessments.statistics.small_groups import SMALLEST_GROUP

type Row = Mapping[str, Any]


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

    They rest on answers of ten people at least, and move on with ten people more: what one judge
    more or less makes of them would tell of that judge.
    """
    given = _newest(quiz_key)
    of_marker: defaultdict[int, list[Row]] = defaultdict(list)
    for row in given:
        of_marker[row["marker"]].append(row)
    named = User.objects.filter(pk__in=list(of_marker)).defer("sex", "password").order_by("name", "email")
    lines = tuple(MarkerLine(one, _of_one(one.pk, of_marker[one.pk], given)) for one in named)
    return MarkerFigures(lines, _agreement(given, allowed))


def _of_one(marker: int, own: list[Row], given: list[Row]) -> markers.Marker:
    """The figures of one marker, beside the marks that others gave the same answers."""
    also = {_answer(row) for row in given if row["marker"] != marker}
    alone = _measured(marker, _full_tens(own), given)
    beside = _measured(marker, _full_tens([row for row in own if _answer(row) in also]), given)
    return replace(alone, answers=len(own), against_others=beside.against_others)


def _measured(marker: int, own: list[Row], given: list[Row]) -> markers.Marker:
    answers = {_answer(row) for row in own}
    counted = markers.by_marker(
        markers.Marking(row["marker"], _answer(row), row["fraction"], row["seconds"])
        for row in given
        if _answer(row) in answers
    )
    return counted.get(marker, markers.Marker(0, None, None, None, None))


def _answer(row: Row) -> tuple[int, int]:
    return row["attempt"], row["slot"]


def _full_tens(rows: list[Row]) -> list[Row]:
    """The rows about the first ten people, or the first twenty, and so on."""
    people = list(dict.fromkeys(row["attempt__person"] for row in rows))
    counted = set(people[: len(people) - len(people) % SMALLEST_GROUP])
    return [row for row in rows if row["attempt__person"] in counted]


def _newest(quiz_key: UUID) -> list[Row]:
    """The newest marks of each answer and turn, in the order of the first."""
    rows = Marking.objects.filter(attempt__quiz_key=quiz_key).order_by("at", "pk")
    wanted = rows.values("attempt", "attempt__person", "slot", "role", "marker", "fraction", "seconds")
    return list({(row["attempt"], row["slot"], row["role"]): row for row in wanted.iterator()}.values())


def _agreement(given: list[Row], allowed: Fraction) -> markers.Agreement:
    by_role: dict[str, dict[tuple[int, int], Row]] = defaultdict(dict)
    for row in given:
        by_role[row["role"]][_answer(row)] = row
    first, second = by_role[MarkerRole.FIRST], by_role[MarkerRole.SECOND]
    both = [row for answer, row in first.items() if answer in second]
    counted = _full_tens(both)
    if not counted:
        return markers.Agreement(len(both))
    pairs = ((row["fraction"], second[_answer(row)]["fraction"]) for row in counted)
    return markers.agreement(pairs, allowed)
