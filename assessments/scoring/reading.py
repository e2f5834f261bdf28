"""Reading JSON-able keys and responses: every shape is checked once, at the door."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from assessments.scoring.outcome import ResponseError, SpecError

# longer text is a mistake or an attack; an essay of 100,000 characters is a small book
LONGEST_TEXT = 100_000
# a word, a number or a choice; comparing a long text with every accepted form takes seconds
LONGEST_LINE = 1_000
# "1e999999999" is short to write and takes all memory to compute with
_EXACT = re.compile(r"\s*[+-]?[\d_./]{1,60}(e[+-]?[0-9]{1,2})?\s*", re.IGNORECASE)
# half a letter, as JSON can hold it: no database stores it, and no digest can be made of it
_SURROGATE = re.compile("[\ud800-\udfff]")


def exact(value: Any) -> Fraction:
    """An exact number from "1/3", "0.25" or 2; a float is refused because it is not exact."""
    if isinstance(value, Fraction):
        return value
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise SpecError(f"not an exact number: {value!r}")
    if isinstance(value, str) and not _EXACT.fullmatch(value):
        raise SpecError(f"not an exact number: {value[:80]!r}")
    try:
        return Fraction(value)
    except (ValueError, ZeroDivisionError) as error:
        raise SpecError(f"not an exact number: {value!r}") from error


def mapping_in(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The mapping under ``name`` in a key; SpecError when it is missing or empty."""
    value = data.get(name)
    if not isinstance(value, Mapping) or not value:
        raise SpecError(f"'{name}' has to be a mapping with at least one entry")
    return value


def names_in(data: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """The list of distinct ids under ``name`` in a key; SpecError otherwise."""
    value = data.get(name)
    if not isinstance(value, Sequence) or isinstance(value, str) or not value:
        raise SpecError(f"'{name}' has to be a list with at least one entry")
    names = tuple(str(item) for item in value)
    if len(set(names)) != len(names):
        raise SpecError(f"'{name}' names an entry twice")
    return names


def one_of(value: Any, allowed: Sequence[str]) -> str:
    """A rule's name, checked; SpecError names what is allowed."""
    if value not in allowed:
        raise SpecError(f"{value!r} is not one of {', '.join(allowed)}")
    return str(value)


def answered_text(value: Any, most: int = LONGEST_LINE) -> str:
    """Text that a learner wrote; ResponseError when it is no text or longer than `most` characters."""
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > most or "\0" in value or _SURROGATE.search(value):
        raise ResponseError("the answer has to be text of a reasonable length")
    return value


def answered_names(value: Any, known: Sequence[str]) -> tuple[str, ...]:
    """Distinct ids that a learner chose, in the order given; ResponseError for a foreign one."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise ResponseError("the answer has to be a list")
    names = tuple(dict.fromkeys(str(item) for item in value))
    for name in names:
        if name not in known:
            raise ResponseError(f"the question has no entry {name!r}")
    return names


def answered_mapping(value: Any, known: Sequence[str]) -> dict[str, str]:
    """Text per prompt or gap, blanks left out; ResponseError for a foreign one."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise ResponseError("the answer has to be a mapping")
    for name in value:
        if name not in known:
            raise ResponseError(f"the question has no entry {name!r}")
    texts = {str(name): answered_text(text) for name, text in value.items()}
    return {name: text for name, text in texts.items() if text.strip()}
