"""A question between files and the bank: neutral, frozen, complete.

``spec`` is what ``assessments.scoring`` marks by. Keys in it are given by position ("1", "2", …; the
answers of a matching question "a1", "a2", …), never by a foreign file, so that equal questions are
equal items. Texts are sanitised HTML by language; ``name``, ``tags``, ``category`` and accepted forms
are plain. A picture is ``<img src="media:NAME">``, with NAME among ``media``.
"""

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from assessments.interchange.errors import Notice, Place

type Texts = Mapping[str, str]

# a question that is read and shown but asks nothing; scoring may or may not know it
DESCRIPTION = "description"


@dataclass(frozen=True)
class Option:
    """One option, prompt, item or entry of a gap.

    ``worth`` keeps what the file gave, where ``scoring`` marks differently (a notice says so).
    """

    key: str
    text: Texts
    feedback: Texts = field(default_factory=dict)
    worth: Fraction | None = None


@dataclass(frozen=True)
class Reply:
    """What is said about one particular typed answer, right or wrong; ``gap`` is empty outside gaps."""

    text: str
    fraction: Fraction
    feedback: Texts = field(default_factory=dict)
    tolerance: Fraction | None = None
    gap: str = ""


@dataclass(frozen=True)
class Hint:
    """What an interactive quiz says after a wrong try."""

    text: Texts
    clears_wrong: bool = False
    counts_right: bool = False


@dataclass(frozen=True)
class Media:
    """A picture, recording or film that a text of the question shows."""

    name: str
    content: bytes = field(repr=False)

    @property
    def content_type(self) -> str:
        """The type by the name's ending."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"


@dataclass(frozen=True)
class Source:
    """Where an item was read."""

    format: str = ""
    place: Place = field(default_factory=Place)


@dataclass(frozen=True)
class Item:
    """One question."""

    kind: str
    language: str
    spec: Mapping[str, Any]
    name: str = ""
    stem: Texts = field(default_factory=dict)
    # the text with {{1}}, {{2}} … where gaps stand
    passage: Texts = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    # of a matching question: what prompts belong to
    answers: tuple[Option, ...] = ()
    # the lists of the gaps that are chosen from a list
    gaps: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)
    replies: tuple[Reply, ...] = ()
    feedback: Texts = field(default_factory=dict)
    when_right: Texts = field(default_factory=dict)
    when_partly: Texts = field(default_factory=dict)
    when_wrong: Texts = field(default_factory=dict)
    reason: Texts = field(default_factory=dict)
    authority: Texts = field(default_factory=dict)
    hints: tuple[Hint, ...] = ()
    marker_notes: Texts = field(default_factory=dict)
    weight: Fraction = Fraction(1)
    penalty: Fraction = Fraction(0)
    shuffle: bool = True
    identifier: str = ""
    objective: str = ""
    difficulty: str = ""
    tags: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    media: tuple[Media, ...] = ()
    source: Source = field(default_factory=Source)
    notices: tuple[Notice, ...] = ()

    def content(self) -> "Item":
        """The item without where it came from and what was said about it."""
        return replace(self, source=Source(), notices=())


@dataclass(frozen=True)
class Skipped:
    """A question of the file that is left out, and why."""

    name: str
    notices: tuple[Notice, ...]
    source: Source = field(default_factory=Source)


@dataclass(frozen=True)
class Written:
    """A file for download, and what of each question it could not hold (by position, from 0)."""

    content: bytes = field(repr=False)
    file_name: str
    content_type: str
    notices: Mapping[int, tuple[Notice, ...]] = field(default_factory=dict)
