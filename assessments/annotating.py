"""Remarks on stretches of a written answer: found by a quotation, shown as numbers in the text. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


class NotQuoted(ValueError):
    """The words do not stand in the text."""


class QuotedTwice(ValueError):
    """The words stand in the text more than once."""


@dataclass(frozen=True)
class Remark:
    """One remark with its number, and the words that it is about."""

    number: int
    quotation: str
    text: str


@dataclass(frozen=True)
class Stretch:
    """A piece of the text; ``numbers`` are those of the remarks that end with it."""

    text: str
    is_marked: bool
    numbers: tuple[int, ...]


def locate(text: str, quotation: str) -> tuple[int, int]:
    """Where a quotation stands, whatever blanks and line ends are between its words."""
    words = [re.escape(word) for word in quotation.split()]
    found = list(re.finditer(r"\s+".join(words), text)) if words else []
    if not found:
        raise NotQuoted(quotation)
    if len(found) > 1:
        raise QuotedTwice(quotation)
    return found[0].span()


def remarks(text: str, annotations: Iterable[Mapping[str, Any]]) -> tuple[Remark, ...]:
    """The remarks in the order of the text, numbered from 1."""
    return tuple(
        Remark(number, text[note["start"] : note["end"]], note["text"])
        for number, note in enumerate(_in_order(annotations), start=1)
    )


def stretches(text: str, annotations: Iterable[Mapping[str, Any]]) -> tuple[Stretch, ...]:
    """The whole text in pieces; stretches may overlap."""
    notes = _in_order(annotations)
    ends = [note["end"] for note in notes]
    bounds = sorted({0, len(text), *ends, *(note["start"] for note in notes)})
    return tuple(
        Stretch(
            text=text[start:end],
            is_marked=any(note["start"] <= start and end <= note["end"] for note in notes),
            numbers=tuple(number for number, last in enumerate(ends, start=1) if last == end),
        )
        for start, end in zip(bounds, bounds[1:], strict=False)
    )


def _in_order(annotations: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(annotations, key=lambda note: (note["start"], note["end"]))
