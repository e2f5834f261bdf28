"""One text of a question: its name, what it is, and how its words are read and written in a language."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from assessments.interchange.markup import described, descriptions

Label = str | Promise


class Shape(StrEnum):
    """How a text is written: in one line or several, one form a line, or with marks in it."""

    LINE = "line"
    PROSE = "prose"
    FORMS = "forms"
    GAPS = "gaps"
    WORDS = "words"


@dataclass(frozen=True)
class Text:
    """One text: what it belongs to ("Option 2"), what it is there ("Feedback"), and its words.

    What it is called stays the same from version to version, since what a translation was made from
    is noted under that name.
    """

    name: str
    of: Label
    label: Label
    shape: Shape
    read: Callable[[str], str]
    write: Callable[[str, str], None]
    is_html: bool = False
    may_be_blank: bool = False
    stands_alone: bool = False

    @property
    def title(self) -> str:
        """What it is, in one line."""
        if self.of and self.label:
            return _("%(part)s: %(field)s") % {"part": self.of, "field": self.label}
        return str(self.of or self.label)


def numbered(what: Label, number: int | str) -> str:
    """A part by its number: "Option 2"."""
    return _("%(what)s %(number)s") % {"what": what, "number": number}


def column(
    name: str, of: Label, label: Label, records: Sequence[Any], field: str, *, shape: Shape, is_html: bool
) -> Text:
    """The text of a column; ``records`` all say the same there."""

    def read(language: str) -> str:
        return str(getattr(records[0], f"{field}_{language}") or "")

    def write(language: str, words: str) -> None:
        for record in records:
            setattr(record, f"{field}_{language}", words)

    return Text(name, of, label, shape, read, write, is_html=is_html)


def pictures_of(text: Text, languages: Sequence[str]) -> Iterator[Text]:
    """What is read where the pictures of a text in HTML are not seen, each as a text of its own."""
    addresses = dict.fromkeys(address for code in languages for address in descriptions(text.read(code)))
    for number, address in enumerate(addresses, start=1):
        yield _description(text, address, numbered(_("Description of picture"), number))


def _description(text: Text, address: str, label: str) -> Text:
    def read(language: str) -> str:
        return descriptions(text.read(language)).get(address, "")

    def write(language: str, words: str) -> None:
        text.write(language, described(text.read(language), address, words))

    return Text(f"{text.name}@{address}", text.title, label, Shape.LINE, read, write)
