"""Progress between two tests as its page shows it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments import reports_charts, reports_words

type Name = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Shown:
    """The gain of a group with its drawing: the bars before and after, and the interval of the gain."""

    kept: Mapping[str, Any]
    before: str
    after: str
    span: reports_charts.Span | None
    effect: str


@dataclass(frozen=True, slots=True)
class Row:
    """A group or an outcome by its name; ``gain`` is None where it may not be shown."""

    name: str
    gain: Shown | None


@dataclass(frozen=True, slots=True)
class Breakdowns:
    """Progress by sex, by jurisdiction, and by both together."""

    by_sex: list[Row]
    by_jurisdiction: list[Row]
    by_both: list[Row]


def shown(gain: Mapping[str, Any] | None) -> Shown | None:
    """Return a gain as it is shown; None where it may not be."""
    if gain is None:
        return None
    interval = gain["raw"]["interval"]
    return Shown(
        kept=gain,
        before=reports_charts.share(gain["before"]),
        after=reports_charts.share(gain["after"]),
        span=reports_charts.span(gain["raw"]["value"], interval["lower"], interval["upper"], 1.0)
        if interval
        else None,
        effect=reports_words.of_effect(gain["effect"]["value"] if gain["effect"] else None),
    )


def rows(kept: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Return rows by name."""
    return [Row(one["name"], shown(one["gain"])) for one in kept]


def breakdowns(data: Mapping[str, Any], sex: Name, jurisdiction: Name) -> Breakdowns | None:
    """Return who gained how much, with the names of groups; None where that is not told."""
    if data["narrow"]:
        return None
    return Breakdowns(
        [Row(sex(one["name"]), shown(one["gain"])) for one in data["by_sex"]],
        [Row(jurisdiction(one["name"]), shown(one["gain"])) for one in data["by_jurisdiction"]],
        [
            Row(
                _("%(one)s, %(other)s")
                % {"one": sex(one["sex"]), "other": jurisdiction(one["jurisdiction"])},
                shown(one["gain"]),
            )
            for one in data["by_both"]
        ],
    )
