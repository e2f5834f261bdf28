"""The record of a book's drawing: which text belongs to which element, and what is on which page."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, NamedTuple

# elements that hold others; text directly in one of them is a paragraph
GROUPS = frozenset({"", "L", "LI", "Table", "TR", "BlockQuote", "TOC", "TOCI"})


class Step(NamedTuple):
    """An element on the way from the document to a text: its role, its number, whose header it is."""

    role: str
    key: int
    scope: str = ""


class Spot(NamedTuple):
    """Where a paragraph or picture stands: its elements, outermost first, and its language.

    A picture has its description, and its box in points on the page.
    """

    steps: tuple[Step, ...]
    spoken: str = ""
    alt: str = ""
    box: tuple[float, ...] = ()


class Mark(NamedTuple):
    """A piece of a page's content that belongs to an element."""

    page: int
    number: int
    spot: Spot


class Link(NamedTuple):
    """An annotation of a page, counted as they come, with the text that holds it and its own words."""

    page: int
    place: int
    spot: Spot
    words: str


@dataclass
class Record:
    """What one drawing of a book was."""

    marks: list[Mark] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    pages: dict[str, int] = field(default_factory=dict)
    headers: dict[int, int] = field(default_factory=dict)


_record: ContextVar[Record] = ContextVar("record")
_keys: ContextVar[Iterator[int]] = ContextVar("keys")


@contextmanager
def recording() -> Iterator[Record]:
    """Keep the record of the book drawn meanwhile."""
    made = Record()
    kept, counted = _record.set(made), _keys.set(itertools.count(1))
    try:
        yield made
    finally:
        _record.reset(kept)
        _keys.reset(counted)


def record() -> Record:
    """The record that is being kept."""
    return _record.get()


def next_key() -> int:
    """The number of the next element, in the order in which they are written."""
    return next(_keys.get())


def steps_of(frag: Any) -> tuple[Step, ...]:
    """The elements around a text; a paragraph of its own where it stands in none."""
    steps: tuple[Step, ...] = getattr(frag, "steps", ())
    kept = tuple(step for step in steps if step.role)
    if not kept or kept[-1].role in GROUPS:
        kept += (Step("P", getattr(frag, "leaf", 0)),)
    return kept


def labelled(spot: Spot) -> Spot:
    """The place of a number or bullet: the label of its list item, else a part of its paragraph."""
    *around, last = spot.steps
    if last.role != "LBody":
        return spot
    return spot._replace(steps=(*around, Step("Lbl", -last.key)))
