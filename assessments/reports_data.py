"""Figures as they are stored and read again: plain lists and mappings of numbers. Pure."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import IntEnum, StrEnum
from fractions import Fraction
from typing import Any

from assessments.reports_reading import Met
from assessments.statistics.gain import Gain, Gains
from assessments.statistics.reports import Report
from assessments.statistics.vignettes import Contrast


def plain(value: Any) -> Any:
    """Return what JSON can hold: records by their fields, exact numbers as floats."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, Fraction):
        return float(value)
    if isinstance(value, StrEnum):
        return value.value
    return int(value) if isinstance(value, IntEnum) else value


def of_test(report: Report, met: Mapping[str, Met], *, several: int, narrow: bool) -> dict[str, Any]:
    """Return the figures of a test. ``several`` is how many people sat it more than once.

    ``narrow`` is for a group that is counted among everybody, too. Its languages are left out, and
    so is a question that not all of its people had: the same figure of everybody less this one
    would be about the few of another group.
    """
    data: dict[str, Any] = plain(report)
    for question in data["questions"]:
        question |= plain(met[question["key"]])
        if narrow:
            question["languages"] = []
            if question["people"] != report.people:
                question["facility"] = question["details"] = None
    return {**data, "several": several, "narrow": narrow}


def of_gains(gains: Gains, *, narrow: bool) -> dict[str, Any]:
    """Return gains as rows; ``narrow`` leaves out who gained how much by sex and jurisdiction."""
    data = {
        "people": gains.people,
        "of_all": plain(gains.of_all),
        "by_objective": _rows(gains.by_objective),
        "narrow": narrow,
    }
    if narrow:
        return data
    return data | {
        "by_sex": _rows(gains.by_sex),
        "by_jurisdiction": _rows(gains.by_jurisdiction),
        "by_both": [
            {"sex": sex, "jurisdiction": jurisdiction, "gain": plain(gain)}
            for (sex, jurisdiction), gain in gains.by_both.items()
        ],
    }


def of_contrasts(contrasts: tuple[Contrast, ...] | None) -> list[dict[str, Any]] | None:
    """Return the differences between arms; None while an arm is too small."""
    found: list[dict[str, Any]] | None = plain(contrasts)
    return found


def _rows(gains: Mapping[str, Gain | None]) -> list[dict[str, Any]]:
    return [{"name": name, "gain": plain(gain)} for name, gain in gains.items()]
