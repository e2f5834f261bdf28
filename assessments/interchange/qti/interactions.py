"""How each kind of question looks and is marked in QTI 3."""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from assessments.interchange import building, markup, numbers
from assessments.interchange.item import Option
from assessments.interchange.noting import forms_of
from assessments.interchange.qti.body import unwrapped
from assessments.interchange.qti.parts import Parts

_GAP = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_WORD = re.compile(r"\{\{(\w+)\|([^{}]*)\}\}")
ONE = Fraction(1)


def _choice(parts: Parts) -> None:
    item = parts.noting.item
    spec = item.spec
    single = item.kind == "single"
    worths = {key: Fraction(value) for key, value in spec["options"].items()}
    for option in item.options:
        if option.worth is not None:
            parts.noting.say("negative_fraction")
    parts.noting.leave_settings("options", "rule", "most")
    right = [key for key, worth in worths.items() if (worth == ONE if single else worth > 0)]
    response = parts.response("RESPONSE", "single" if single else "multiple", "identifier", right)
    if spec.get("rule") == "all_or_nothing":
        if worths != dict(zip(worths, numbers.even([worth > 0 for worth in worths.values()]), strict=True)):
            parts.noting.say("part_fractions")
        parts.match("RESPONSE")
    else:
        parts.mapping(response, {key: worth for key, worth in worths.items() if worth}, item.weight)
    parts.stem()
    limit = "1" if single else str(spec.get("most", 0))
    _simple_choices(parts, item.options, limit)
    parts.say_to_options("single" if single else "multiple")


def _simple_choices(parts: Parts, options: tuple[Option, ...], limit: str) -> None:
    choices = SubElement(parts.body, "qti-choice-interaction", {"response-identifier": "RESPONSE"})
    choices.set("shuffle", str(parts.noting.item.shuffle).lower())
    choices.set("max-choices", limit)
    for option in options:
        choices.append(parts.texts("qti-simple-choice", option.text, identifier=option.key))


def _true_false(parts: Parts) -> None:
    item = parts.noting.item
    parts.noting.leave_settings("answer")
    answer = str(bool(item.spec["answer"])).lower()
    parts.response("RESPONSE", "single", "identifier", [answer])
    parts.match("RESPONSE")
    parts.stem()
    known = {option.key: option for option in item.options}
    options = tuple(known.get(key, Option(key, {})) for key in ("true", "false"))
    if any(markup.plain(parts.noting.one(option.text)).casefold() == option.key for option in options):
        parts.noting.say("details", name="true, false")
    shown = tuple(
        option if option.text else Option(option.key, {item.language: option.key.capitalize()})
        for option in options
    )
    _simple_choices(parts, shown, "1")
    parts.say_to_options("single")


def _survey(parts: Parts) -> None:
    item = parts.noting.item
    parts.noting.leave_settings("scale")
    parts.response("RESPONSE", "single", "identifier", [])
    parts.stem()
    _simple_choices(parts, item.options, "1")
    if any(option.feedback for option in item.options):
        parts.noting.say("feedback")


def _ordering(parts: Parts) -> None:
    item = parts.noting.item
    rule = item.spec.get("rule", "exact")
    if rule != "exact":
        parts.noting.say("ordering_rule", name=rule, taken="exact")
    parts.noting.leave_settings("order", "rule")
    parts.response("RESPONSE", "ordered", "identifier", list(item.spec["order"]))
    parts.match("RESPONSE")
    parts.stem()
    order = SubElement(parts.body, "qti-order-interaction", {"response-identifier": "RESPONSE"})
    order.set("shuffle", str(item.shuffle).lower())
    for option in item.options:
        if option.feedback:
            parts.noting.say("feedback")
        order.append(parts.texts("qti-simple-choice", option.text, identifier=option.key))


def _matching(parts: Parts) -> None:
    item = parts.noting.item
    pairs = item.spec["pairs"]
    parts.noting.leave_settings("pairs", "distractors")
    if any(option.feedback for option in (*item.options, *item.answers)):
        parts.noting.say("feedback")
    values = [f"p{prompt} {answer}" for prompt, answer in pairs.items()]
    response = parts.response("RESPONSE", "multiple", "directedPair", values)
    share = Fraction(1, len(pairs))
    parts.mapping(response, dict.fromkeys(values, share), item.weight)
    parts.stem()
    match = SubElement(parts.body, "qti-match-interaction", {"response-identifier": "RESPONSE"})
    match.set("shuffle", str(item.shuffle).lower())
    match.set("max-associations", str(len(pairs)))
    tag = "qti-simple-associable-choice"
    prompts, answers = (SubElement(match, "qti-simple-match-set") for _set in range(2))
    for option in item.options:
        prompts.append(parts.texts(tag, option.text, identifier=f"p{option.key}", match_max="1"))
    for answer in item.answers:
        answers.append(parts.texts(tag, answer.text, identifier=answer.key, match_max="0"))


def _wordings(parts: Parts, name: str, spec: Mapping[str, Any], weight: Fraction) -> None:
    """A response in words: each accepted form and what it is worth."""
    if not spec.get("accents"):
        parts.noting.say("accents")
    if list(spec["accepted"]) != [parts.noting.item.language]:
        parts.noting.say("forms_joined")
    forms = {text: Fraction(fraction) for text, fraction in forms_of(spec["accepted"])}
    if any("*" in text for text in forms):
        parts.noting.say("details", name="*")
    right = [text for text, fraction in forms.items() if fraction == ONE]
    response = parts.response(name, "single", "string", right[:1])
    mapping = parts.mapping(response, forms, weight)
    for entry in mapping:
        entry.set("case-sensitive", str(bool(spec.get("case"))).lower())


def _number(parts: Parts, name: str, spec: Mapping[str, Any], weight: Fraction) -> None:
    """A response as a number, within its tolerance."""
    value, tolerance = Fraction(spec["value"]), Fraction(spec.get("tolerance") or 0)
    kind = spec.get("tolerance_kind", "absolute")
    if kind == "significant":
        parts.noting.say("details", name=kind)
        kind, tolerance = "absolute", Fraction(0)
    if spec.get("unit"):
        parts.noting.say("units")
    if spec.get("also"):
        parts.noting.say("part_fractions")
    parts.response(name, "single", "float", [parts.decimal(value)])
    equal = Element("qti-equal", {"tolerance-mode": kind})
    margin = parts.decimal(tolerance * 100 if kind == "relative" else tolerance)
    equal.set("tolerance", f"{margin} {margin}")
    SubElement(equal, "qti-variable", identifier=name)
    SubElement(equal, "qti-correct", identifier=name)
    parts.when(equal, weight)


def _entry(parts: Parts) -> None:
    """The field of a short answer or a number, alone in its paragraph."""
    paragraph = SubElement(parts.body, "p")
    SubElement(paragraph, "qti-text-entry-interaction", {"response-identifier": "RESPONSE"})


def _short(parts: Parts) -> None:
    parts.noting.leave_settings("accepted", "case", "accents")
    _wordings(parts, "RESPONSE", parts.noting.item.spec, parts.noting.item.weight)
    parts.stem()
    _entry(parts)


def _numeric(parts: Parts) -> None:
    parts.noting.leave_settings("value", "tolerance", "tolerance_kind", "unit", "also")
    _number(parts, "RESPONSE", parts.noting.item.spec, parts.noting.item.weight)
    parts.stem()
    _entry(parts)


def _gap(parts: Parts) -> None:
    noting = parts.noting
    item = noting.item
    gaps = item.spec["gaps"]
    noting.leave_settings("gaps")
    weights = {name: Fraction(gap.get("weight", 1)) for name, gap in gaps.items()}
    total = sum(weights.values())
    weighted = any("weight" in gap for gap in gaps.values())
    numeric = any("value" in gap for gap in gaps.values())
    if weighted and (total != item.weight or numeric or len(set(weights.values())) == 1):
        noting.say("part_weights")
    marks = {name: weight / total * item.weight for name, weight in weights.items()}
    fields = {name: _field(parts, name, marks[name]) for name in gaps}
    if any(option.feedback for options in item.gaps.values() for option in options):
        noting.say("feedback")
    parts.stem()
    passage = parts.xml("div", _GAP.sub(_placeholder(set(gaps)), noting.one(item.passage)))
    for parent in list(passage.iter()):
        for at, child in enumerate(list(parent)):
            if child.tag == "gap":
                name = child.get("id", "")
                fields[name].tail = child.tail
                parent[at] = fields[name]
    parts.body.append(passage)
    if _one_text(parts) != (markup.clean(noting.one(item.stem)), noting.one(item.passage)):
        noting.say("stem_joined")


def _one_text(parts: Parts) -> tuple[str, str]:
    """How the reader will divide the question from its passage."""
    item = parts.noting.item
    stem, passage = parts.noting.one(item.stem), parts.noting.one(item.passage)
    whole = f"<div>{stem}</div><div>{passage}</div>" if stem else passage
    before, after = building.stem_and_passage(whole)
    return unwrapped(before), unwrapped(after)


def _placeholder(names: set[str]) -> Callable[[re.Match[str]], str]:
    def change(found: re.Match[str]) -> str:
        return f'<gap id="{found[1]}"></gap>' if found[1] in names else found[0]

    return change


def _field(parts: Parts, name: str, mark: Fraction) -> Element:
    """Declare the response of a gap and make its field."""
    gap = parts.noting.item.spec["gaps"][name]
    identifier = f"GAP{name}"
    if "options" not in gap:
        if "value" in gap:
            _number(parts, identifier, gap, mark)
        else:
            _wordings(parts, identifier, gap, mark)
        return Element("qti-text-entry-interaction", {"response-identifier": identifier})
    worths = {key: Fraction(value) for key, value in gap["options"].items()}
    right = [key for key, worth in worths.items() if worth == ONE]
    response = parts.response(identifier, "single", "identifier", right)
    parts.mapping(response, {key: worth for key, worth in worths.items() if worth}, mark)
    field_ = Element("qti-inline-choice-interaction", {"response-identifier": identifier, "shuffle": "false"})
    for option in parts.noting.item.gaps.get(name, ()):
        SubElement(field_, "qti-inline-choice", identifier=option.key).text = parts.noting.words(option.text)
    return field_


def _words(parts: Parts) -> None:
    noting = parts.noting
    item = noting.item
    meant = item.spec["words"]
    noting.leave_settings("words", "rule")
    right = [f"w{name}" for name, one in meant.items() if one]
    response = parts.response("RESPONSE", "multiple", "identifier", right)
    if item.spec.get("rule") == "all_or_nothing":
        parts.match("RESPONSE")
    else:
        share = Fraction(1, len(right))
        parts.mapping(
            response, {f"w{name}": share if one else -share for name, one in meant.items()}, item.weight
        )
    parts.stem()
    marked = _WORD.sub(r'<word id="\1">\2</word>', noting.one(item.passage))
    passage = parts.xml("div", marked)
    for word in passage.iter("word"):
        word.tag = "qti-hottext"
        word.set("identifier", f"w{word.attrib.pop('id')}")
    hot = SubElement(parts.body, "qti-hottext-interaction", {"response-identifier": "RESPONSE"})
    hot.set("max-choices", "0")
    hot.append(passage)


def _essay(parts: Parts) -> None:
    parts.noting.leave_settings()
    parts.response("RESPONSE", "single", "string", [])
    parts.stem()
    SubElement(parts.body, "qti-extended-text-interaction", {"response-identifier": "RESPONSE"})


def _description(parts: Parts) -> None:
    parts.stem()


WRITERS: Mapping[str, Callable[[Parts], None]] = {
    "single": _choice,
    "multiple": _choice,
    "true_false": _true_false,
    "survey": _survey,
    "ordering": _ordering,
    "matching": _matching,
    "short": _short,
    "numeric": _numeric,
    "gap": _gap,
    "words": _words,
    "essay": _essay,
    "description": _description,
}
