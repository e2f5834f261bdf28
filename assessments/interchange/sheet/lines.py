"""An item as the lines of our spreadsheet: one for the question, then one for each of its parts."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from assessments.interchange import numbers
from assessments.interchange.item import Item, Reply, Texts
from assessments.interchange.sheet.columns import cell, tolerance_words

# a cell is known by its column and, where the text is not in the language of origin, that language
type Line = dict[tuple[str, str], str]
ONE = Fraction(1)
_SETTING = re.compile(r"[a-z_ ]+(\[[^\[\]=;]*\])? = [^;=]*")


def lines_of(item: Item) -> list[Line]:
    """The lines without the one that makes odd items exact."""
    question = _line(
        item,
        kind=item.kind,
        name=item.name,
        language=item.language,
        category="/".join(part.replace("/", "//") for part in item.category),
        tags=", ".join(tag.replace(",", ",,") for tag in item.tags),
        objective=item.objective,
        difficulty=item.difficulty,
        worth="" if item.weight == ONE else numbers.exact(item.weight),
        penalty=numbers.exact(item.penalty) if item.penalty else "",
        shuffle="" if item.shuffle else "no",
        identifier=item.identifier,
        settings=_settings(item),
        **{"text": item.stem, "feedback": item.feedback, "reason": item.reason, "source": item.authority},
    )
    lines = [question]
    if item.passage:
        lines.append(_line(item, part="passage", text=item.passage))
    lines += _KINDS.get(item.kind, _nothing)(item)
    for part, texts in (
        ("right", item.when_right),
        ("partly", item.when_partly),
        ("wrong", item.when_wrong),
        ("notes", item.marker_notes),
    ):
        if texts:
            lines.append(_line(item, part=part, text=texts))
    for hint in item.hints:
        flags = [name for name, on in (("clear", hint.clears_wrong), ("count", hint.counts_right)) if on]
        lines.append(_line(item, part="hint", text=hint.text, settings="; ".join(flags)))
    return lines


def exact_line(item: Item) -> Line:
    """What the lines alone would not bring back: the key, and the names and worths of the options."""
    lists = {name: [option.key for option in options] for name, options in item.gaps.items()}
    data = {
        "spec": item.spec,
        "options": [option.key for option in item.options],
        "worths": [None if option.worth is None else str(option.worth) for option in item.options],
        "answers": [option.key for option in item.answers],
        "gaps": lists,
    }
    return {("part", ""): "exact", ("settings", ""): json.dumps(data, ensure_ascii=False)}


def _line(item: Item, **cells: str | Texts) -> Line:
    line: Line = {}
    for name, value in cells.items():
        if isinstance(value, str):
            if value:
                line[name, ""] = value
            continue
        for code, html in value.items():
            if html:
                line[name, "" if code == item.language else code] = cell(html)
    return line


def _settings(item: Item) -> str:
    """Settings of the key that are one word or number, as "rule = weights; most = 2"."""
    known = ("rule", "most", "case", "accents", "minimum_words", "maximum_words", "largest", "answer")
    found = {name: item.spec[name] for name in known if name in item.spec}
    found |= {"types": " ".join(item.spec["types"])} if "types" in item.spec else {}
    words = [f"{name} = {_setting(value)}" for name, value in found.items()]
    unit = item.spec.get("unit") or {}
    words += [f"unit [{code}] = {label}" for code, label in (unit.get("label") or {}).items()]
    words += [f"factor [{name}] = {factor}" for name, factor in (unit.get("factors") or {}).items()]
    words += [f"unit {name} = {_setting(unit[name])}" for name in ("required", "penalty") if name in unit]
    # a name with such a sign would not be read back; the exact line has it
    return "; ".join(word for word in words if _SETTING.fullmatch(word))


def _setting(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _choice(item: Item) -> Iterator[Line]:
    for option in item.options:
        worth = Fraction(item.spec["options"][option.key])
        yield _line(item, text=option.text, feedback=option.feedback, worth=_share(worth))


def _share(worth: Fraction) -> str:
    return str(worth)


def _truth(item: Item) -> Iterator[Line]:
    for option in item.options:
        yield _line(item, text=option.text, feedback=option.feedback, match=cell(option.key))


def _plain(item: Item) -> Iterator[Line]:
    for option in item.options:
        yield _line(item, text=option.text, feedback=option.feedback)


def _matching(item: Item) -> Iterator[Line]:
    answers = {answer.key: answer for answer in item.answers}
    for option in item.options:
        answer = answers[item.spec["pairs"][option.key]]
        yield _line(item, text=option.text, match=answer.text, feedback=option.feedback)
    for key in item.spec.get("distractors", ()):
        yield _line(item, match=answers[key].text)


def _wordings(item: Item, spec: Mapping[str, Any], gap: str = "") -> Iterator[Line]:
    replies = {(reply.text, reply.fraction): reply for reply in item.replies if reply.gap == gap}
    for code, entries in spec["accepted"].items():
        for entry in entries:
            text, worth = (entry, "1") if isinstance(entry, str) else (entry["text"], entry["fraction"])
            reply = replies.pop((text, Fraction(worth)), None)
            yield _typed(item, text, Fraction(worth), reply, gap, code)
    for (text, fraction), reply in replies.items():
        yield _typed(item, text, fraction, reply, gap, item.language)


def _typed(item: Item, text: str, worth: Fraction, reply: Reply | None, gap: str, code: str) -> Line:
    line = _line(
        item,
        part="accepted",
        gap=gap,
        worth="" if worth == ONE else str(worth),
        feedback=reply.feedback if reply else {},
    )
    line["text", "" if code == item.language else code] = text
    return line


def _numbers(item: Item, spec: Mapping[str, Any], gap: str = "") -> Iterator[Line]:
    replies = {
        (reply.text, reply.fraction, reply.tolerance): reply for reply in item.replies if reply.gap == gap
    }
    for entry in ({**spec, "fraction": "1"}, *spec.get("also", ())):
        margin, worth = Fraction(entry.get("tolerance") or 0), Fraction(entry.get("fraction", 1))
        reply = replies.pop((entry["value"], worth, margin), None)
        words = tolerance_words(entry.get("tolerance_kind", "absolute"), margin)
        yield _number(item, entry["value"], worth, words, reply, gap)
    for reply in replies.values():
        words = "" if reply.tolerance is None else tolerance_words("absolute", reply.tolerance)
        yield _number(item, reply.text, reply.fraction, words, reply, gap)


def _number(item: Item, text: str, worth: Fraction, margin: str, reply: Reply | None, gap: str) -> Line:
    line = _line(
        item,
        part="number",
        gap=gap,
        tolerance=margin,
        worth="" if worth == ONE else str(worth),
        feedback=reply.feedback if reply else {},
    )
    line["text", ""] = text
    return line


def _gaps(item: Item) -> Iterator[Line]:
    for name, gap in item.spec["gaps"].items():
        settings = [f"{key} = {_setting(gap[key])}" for key in ("weight", "case", "accents") if key in gap]
        yield _line(item, part="gap", gap=name, settings="; ".join(settings))
        if "options" in gap:
            for option in item.gaps.get(name, ()):
                worth = Fraction(gap["options"][option.key])
                yield _line(item, gap=name, text=option.text, worth=str(worth), feedback=option.feedback)
        elif "value" in gap:
            yield from _numbers(item, gap, name)
        else:
            yield from _wordings(item, gap, name)


def _words(item: Item) -> Iterator[Line]:
    for name, meant in item.spec["words"].items():
        yield _line(item, part="word", gap=name, worth=str(int(meant)))


def _essay(item: Item) -> Iterator[Line]:
    for line in item.spec.get("rubric") or ():
        cells = _line(item, part="criterion", worth=str(line["points"]))
        for code, words in (line.get("text") or {}).items():
            cells["text", "" if code == item.language else code] = words
        yield cells


def _nothing(item: Item) -> Iterator[Line]:
    yield from _plain(item)


_KINDS: Mapping[str, Callable[[Item], Iterator[Line]]] = {
    "single": _choice,
    "multiple": _choice,
    "true_false": _truth,
    "matching": _matching,
    "ordering": _plain,
    "survey": _plain,
    "short": lambda item: _wordings(item, item.spec),
    "numeric": lambda item: _numbers(item, item.spec),
    "gap": _gaps,
    "words": _words,
    "essay": _essay,
    "file": _essay,
}
