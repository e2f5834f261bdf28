"""Answers in words: the one that was given, and the one that earns everything."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from babel import localedata
from babel.numbers import format_decimal

from assessments.bench import scene_of
from assessments.models import QuestionVersion
from assessments.paper import PaperSlot
from assessments.parts import pieces_of
from assessments.scoring.scenario import Key as Scenario
from assessments.texts import answer_words, entries_of, here, in_language, ordered, piece, truth_words
from translation.reading import Reading

# a label, where there is one (the prompt, the number of a gap), and what stands beside it
Line = tuple[Reading | None, Reading]
Response = Mapping[str, Any]


def given_lines(slot: PaperSlot, version: QuestionVersion, response: Response) -> tuple[Line, ...]:
    """A response in words."""
    return tuple(_LINES[slot.kind](slot, version, response))


def right_lines(
    slot: PaperSlot, version: QuestionVersion, key: Mapping[str, Any], country: str = ""
) -> tuple[Line, ...]:
    """The response that earns everything, by this key; nothing where there is none.

    Numbers are written as they are read: by the custom of the language in the learner's country.
    """
    response = right_response(slot, key, country)
    return given_lines(slot, version, response) if response else ()


def right_response(slot: PaperSlot, key: Mapping[str, Any], country: str) -> dict[str, Any]:
    """The response that earns everything; empty where a person decides or nothing is asked."""
    match slot.kind:
        case "single":
            return {"choices": [name for name, worth in key["options"].items() if Fraction(worth) == 1]}
        case "multiple":
            return {"choices": [name for name, worth in key["options"].items() if Fraction(worth) > 0]}
        case "true_false":
            return {"choice": str(key["answer"]).lower()}
        case "matching":
            return {"pairs": key["pairs"]}
        case "ordering":
            return {"order": key["order"]}
        case "numeric":
            return {"value": _local_number(key["value"], country), "unit": ""}
        case "short":
            return {"text": str(_accepted(key))}
        case "gap":
            return {"gaps": {name: _fill(gap, country) for name, gap in key["gaps"].items()}}
        case "words":
            return {"words": [name for name, meant in key["words"].items() if meant]}
        case "scenario":
            return {"path": Scenario.parse(key).right_path()}
    return {}


def _accepted(key: Mapping[str, Any]) -> Reading:
    """The first form that is accepted in full, in the reader's language if it has one."""
    forms = {}
    for language, entries in key["accepted"].items():
        full = [entry for entry in entries if not isinstance(entry, Mapping)]
        full += [
            entry["text"]
            for entry in entries
            if isinstance(entry, Mapping) and Fraction(str(entry.get("fraction", 1))) == 1
        ]
        if full:
            # one that can be written as it stands, if there is one
            forms[language] = next((form for form in full if "*" not in form), full[0])
    return in_language(forms)


def _fill(gap: Mapping[str, Any], country: str) -> str:
    if "options" in gap:
        return next(name for name, worth in gap["options"].items() if Fraction(worth) == 1)
    if "value" in gap:
        return _local_number(gap["value"], country)
    return str(_accepted(gap))


def _local_number(value: str, country: str) -> str:
    exact = Fraction(value)
    number = exact.numerator if exact.denominator == 1 else float(exact)
    local = f"{here()}_{country}"
    return format_decimal(number, locale=local if country and localedata.exists(local) else here())


def _choices(slot: PaperSlot, version: QuestionVersion, response: Response) -> list[Line]:
    chosen = {*response.get("choices", ()), response.get("choice")}
    names = [name for name in slot.options if name in chosen]
    return [(None, piece(version, option, "text")) for option in ordered(version.options.all(), names)]


def _truth(slot: PaperSlot, version: QuestionVersion, response: Response) -> list[Line]:
    return [(None, truth_words(version)[response["choice"]])]


def _pairs(slot: PaperSlot, version: QuestionVersion, response: Response) -> list[Line]:
    words, given = answer_words(version), response["pairs"]
    prompts = ordered(version.options.all(), slot.options)
    nothing = Reading("–", here())
    return [
        (piece(version, option, "text"), words.get(given.get(str(option.key), ""), nothing))
        for option in prompts
    ]


def _order(slot: PaperSlot, version: QuestionVersion, response: Response) -> list[Line]:
    options = ordered(version.options.all(), response["order"])
    return [(None, piece(version, option, "text")) for option in options]


def _number(slot: PaperSlot, version: QuestionVersion, response: Response) -> list[Line]:
    label = (slot.spec.get("unit") or {}).get("label")
    unit = response.get("unit") or (str(in_language(label)) if label else "")
    return [(None, Reading(f"{response['value']} {unit}".strip(), here()))]


def _text(slot: PaperSlot, version: QuestionVersion, response: Response) -> list[Line]:
    return [(None, Reading(response["text"], here()))]


def _gaps(slot: PaperSlot, version: QuestionVersion, response: Response) -> list[Line]:
    lines: list[Line] = []
    for name in slot.spec["gaps"]:
        value = response["gaps"].get(name, "–")
        words = entries_of(version, name).get(value) or Reading(value, here())
        lines.append((Reading(name, here()), words))
    return lines


def _words(slot: PaperSlot, version: QuestionVersion, response: Response) -> list[Line]:
    chosen = set(response["words"])
    passage = piece(version, version, "passage")
    found = ((name, words) for name, words in pieces_of(passage) if name in chosen)
    return [(None, Reading(words.value, passage.language)) for _name, words in found]


def _path(slot: PaperSlot, version: QuestionVersion, response: Response) -> list[Line]:
    scene = scene_of(slot, version, response)
    return [(taken.decision, taken.consequence) for taken in scene.path]


def _files(slot: PaperSlot, version: QuestionVersion, response: Response) -> list[Line]:
    # the size in bytes: its template writes it
    return [(Reading(file["name"], here()), Reading(file["size"], here())) for file in response["files"]]


def _nothing(slot: PaperSlot, version: QuestionVersion, response: Response) -> list[Line]:
    return []


_LINES: Mapping[str, Callable[[PaperSlot, QuestionVersion, Response], list[Line]]] = {
    "single": _choices,
    "multiple": _choices,
    "true_false": _truth,
    "matching": _pairs,
    "ordering": _order,
    "numeric": _number,
    "short": _text,
    "gap": _gaps,
    "words": _words,
    "scenario": _path,
    "essay": _text,
    "file": _files,
    "survey": _choices,
    "description": _nothing,
}
