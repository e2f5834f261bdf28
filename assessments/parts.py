"""What each kind of question lets one choose, fill in or hand in, ready for its template."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from assessments.bench import scene_of
from assessments.models import QuestionVersion
from assessments.paper import PaperSlot
from assessments.texts import (
    MARK,
    answer_words,
    entries_of,
    here,
    in_language,
    ordered,
    piece,
    rubric_of,
    truth_words,
)
from translation.reading import Reading

Response = Mapping[str, Any]
Part = dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """One thing to choose: an option, or a line of a list."""

    value: str
    words: Reading
    chosen: bool = False


@dataclass(frozen=True)
class Line:
    """One thing to fill in: a prompt, an item to place, a gap; or, without a name, plain text."""

    name: str
    words: Reading
    value: str = ""
    entries: tuple[Entry, ...] = ()


def parts_of(slot: PaperSlot, version: QuestionVersion, response: Response) -> Part:
    """The fields of a ``QuestionView`` that belong to the kind of a question."""
    return _PARTS[slot.kind](slot, version, response)


def pieces_of(passage: Reading) -> Iterator[tuple[str, Reading]]:
    """A passage in turn: plain text without a name, marks with theirs and the word in them."""
    text, end = str(passage), 0
    is_html = isinstance(text, SafeString)
    # pieces of HTML stand in one element, which says the language of the whole
    language = here() if is_html else passage.language

    def reading(part: str) -> Reading:
        return Reading(mark_safe(part) if is_html else part, language)  # noqa: S308 - a part of what is safe

    for mark in MARK.finditer(text):
        if text[end : mark.start()]:
            yield "", reading(text[end : mark.start()])
        yield mark[1], reading(mark[2] or "")
        end = mark.end()
    if text[end:]:
        yield "", reading(text[end:])


def _choices(slot: PaperSlot, version: QuestionVersion, response: Response) -> Part:
    chosen = {*response.get("choices", ()), response.get("choice")}
    entries = tuple(
        Entry(str(option.key), piece(version, option, "text"), str(option.key) in chosen)
        for option in ordered(version.options.all(), slot.options)
    )
    return {"entries": entries}


def _truth(slot: PaperSlot, version: QuestionVersion, response: Response) -> Part:
    entries = tuple(
        Entry(value, words, value == response.get("choice")) for value, words in truth_words(version).items()
    )
    return {"entries": entries}


def _pairs(slot: PaperSlot, version: QuestionVersion, response: Response) -> Part:
    words = answer_words(version)
    given = response.get("pairs", {})
    lines = []
    for option in ordered(version.options.all(), slot.options):
        chosen = given.get(str(option.key), "")
        entries = tuple(Entry(name, words[name], name == chosen) for name in slot.answers if name in words)
        lines.append(Line(str(option.key), piece(version, option, "text"), chosen, entries))
    return {"lines": tuple(lines)}


def _places(slot: PaperSlot, version: QuestionVersion, response: Response) -> Part:
    given = list(response.get("order", ()))
    names = given + [name for name in slot.options if name not in given]
    lines = (
        Line(str(option.key), piece(version, option, "text"), str(place))
        for place, option in enumerate(ordered(version.options.all(), names), start=1)
    )
    return {"lines": tuple(lines)}


def _number(slot: PaperSlot, version: QuestionVersion, response: Response) -> Part:
    """One unit stands beside the field; of several one is chosen; one that is asked for is typed."""
    unit = slot.spec.get("unit") or {}
    label = in_language(unit["label"]) if unit.get("label") else None
    factors = unit.get("factors") or {}
    if not factors:
        return {"unit": None if unit.get("required") else label, "types_unit": bool(unit.get("required"))}
    given = response.get("unit", "")
    named = [label] if label else []
    named += [Reading(name, here()) for name in factors if name != str(label)]
    chosen = given or ("" if unit.get("required") else str(label or ""))
    return {"units": tuple(Entry(str(words), words, str(words) == chosen) for words in named)}


def _gaps(slot: PaperSlot, version: QuestionVersion, response: Response) -> Part:
    passage = piece(version, version, "passage")
    given = response.get("gaps", {})
    lines = []
    for name, words in pieces_of(passage):
        if name and name in slot.spec["gaps"]:
            lines.append(_gap(slot, version, name, given.get(name, "")))
        elif not name:
            lines.append(Line("", words))
    return {"lines": tuple(lines), "passage": passage}


def _gap(slot: PaperSlot, version: QuestionVersion, name: str, value: str) -> Line:
    worths = slot.spec["gaps"][name].get("options", {})
    words = entries_of(version, name)
    # in the order of the paper; papers of the first release know none
    names = [key for key in slot.options if key in worths] or list(worths)
    entries = tuple(Entry(key, words.get(key, Reading(key, here())), key == value) for key in names)
    return Line(name, Reading("", here()), value, entries)


def _words(slot: PaperSlot, version: QuestionVersion, response: Response) -> Part:
    passage = piece(version, version, "passage")
    chosen = set(response.get("words", ()))
    lines = tuple(
        # a mark that the key does not know is a word like others
        Line(name if name in slot.spec["words"] else "", words, "on" if name in chosen else "")
        for name, words in pieces_of(passage)
    )
    return {"lines": lines, "passage": passage}


def _scenario(slot: PaperSlot, version: QuestionVersion, response: Response) -> Part:
    return {"scene": scene_of(slot, version, response)}


def _essay(slot: PaperSlot, version: QuestionVersion, response: Response) -> Part:
    return {"rubric": rubric_of(version)}


def _files(slot: PaperSlot, version: QuestionVersion, response: Response) -> Part:
    return {"rubric": rubric_of(version), "files": tuple(response.get("files", ()))}


def _plain(slot: PaperSlot, version: QuestionVersion, response: Response) -> Part:
    return {}


_PARTS: Mapping[str, Callable[[PaperSlot, QuestionVersion, Response], Part]] = {
    "single": _choices,
    "multiple": _choices,
    "true_false": _truth,
    "matching": _pairs,
    "ordering": _places,
    "numeric": _number,
    "short": _plain,
    "gap": _gaps,
    "words": _words,
    "scenario": _scenario,
    "essay": _essay,
    "file": _files,
    "survey": _choices,
    "description": _plain,
}
