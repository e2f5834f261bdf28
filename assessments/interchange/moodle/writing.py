"""Moodle XML, written for any Moodle from 3.9 on; what it cannot hold is noted by question."""

import base64
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from io import BytesIO
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

from assessments.interchange import markup, numbers
from assessments.interchange.errors import Notice
from assessments.interchange.item import Item, Option, Texts, Written
from assessments.interchange.moodle import gaps
from assessments.interchange.noting import NotExported, Noting, answers_of, forms_of, numbers_of

ONE = Fraction(1)
_COMBINED = ("multichoice", "matching", "ordering", "gapselect")
_ORDER_RULES = {
    "exact": "ALL_OR_NOTHING",
    "adjacent": "RELATIVE_NEXT_EXCLUDE_LAST",
    "longest_run": "LONGEST_CONTIGUOUS_SUBSET",
}


def write(items: Iterable[Item]) -> Written:
    """One file of all questions, in order, each after its category."""
    stream = BytesIO()
    stream.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n')
    notices: dict[int, tuple[Notice, ...]] = {}
    category: tuple[str, ...] = ()
    for place, item in enumerate(items):
        noting = Noting(item)
        try:
            element = question(noting)
        except NotExported:
            notices[place] = (Notice("not_exported", {"name": item.kind}),)
            continue
        if item.category != category:
            category = item.category
            stream.write(tostring(_category(category), encoding="utf-8") + b"\n")
        stream.write(tostring(element, encoding="utf-8") + b"\n")
        if noting.notices:
            notices[place] = tuple(noting.notices)
    stream.write(b"</quiz>\n")
    return Written(stream.getvalue(), "questions.xml", "application/xml", notices)


def question(noting: Noting) -> Element:
    """The element of one question; NotExported when Moodle has no such kind."""
    item = noting.item
    if item.kind not in _WRITERS:
        raise NotExported
    kind, write_kind = _WRITERS[item.kind]
    lists = gaps.word_lists(item) if kind == "cloze" else None
    kind = "gapselect" if lists else kind
    element = Element("question", type=kind)
    name = item.name or markup.line(markup.plain(noting.one(item.stem or item.passage)))[:80]
    _text(SubElement(element, "name"), name)
    _html(noting, element, "questiontext", _question_text(noting, lists))
    _html(noting, element, "generalfeedback", _general_feedback(noting))
    if kind not in ("cloze", "description"):
        _exact(noting, element, "defaultgrade", item.weight)
    _exact(noting, element, "penalty", item.penalty)
    SubElement(element, "hidden").text = "0"
    SubElement(element, "idnumber").text = item.identifier
    SubElement(element, "shuffleanswers").text = str(int(item.shuffle))
    write_kind(noting, element)
    for number, words in enumerate(lists or (), 1):
        for text in words:
            option = SubElement(element, "selectoption")
            _text(option, noting.one(text))
            SubElement(option, "group").text = str(number)
    _feedback_by_result(noting, element, kind)
    _hints(noting, element)
    if item.tags:
        tags = SubElement(element, "tags")
        for tag in item.tags:
            _text(SubElement(tags, "tag"), tag)
    noting.leave("objective", "difficulty")
    if item.kind not in ("essay", "file"):
        noting.leave("marker_notes")
    return element


def _category(path: tuple[str, ...]) -> Element:
    element = Element("question", type="category")
    parts = [part.replace("/", "//") for part in path]
    _text(SubElement(element, "category"), "/".join(["$course$", "top", *parts]))
    return element


def _question_text(noting: Noting, lists: gaps.Lists | None) -> Texts:
    if noting.item.kind != "gap":
        return noting.item.stem
    return gaps.bracketed(noting, lists) if lists else gaps.embedded(noting)


def _general_feedback(noting: Noting) -> Texts:
    item = noting.item
    if not item.reason and not item.authority:
        return item.feedback
    noting.say("reason_joined")
    parts = (item.feedback, item.reason, item.authority)
    codes = dict.fromkeys(code for texts in parts for code in texts)
    return {
        code: "".join(f"<div>{texts[code]}</div>" for texts in parts if texts.get(code)) for code in codes
    }


def _text(element: Element, words: str) -> None:
    SubElement(element, "text").text = words


def _html(noting: Noting, parent: Element, tag: str, texts: Texts, **attributes: str) -> Element:
    """A field of HTML with its pictures beside it, all languages in it if Moodle's filter can tell them."""
    element = SubElement(parent, tag, {"format": "html", **attributes})
    html = markup.in_one_field(texts, noting.item.language)
    html = noting.one(texts) if html is None else html
    _text(element, markup.readdressed(html, lambda name: "@@PLUGINFILE@@/" + quote(name)))
    contents = {media.name: media.content for media in noting.item.media}
    for name in dict.fromkeys(markup.media_names(html)):
        if name in contents:
            file = SubElement(element, "file", name=name, path="/", encoding="base64")
            file.text = base64.b64encode(contents[name]).decode()
    return element


def _exact(noting: Noting, element: Element, tag: str, value: Fraction) -> None:
    written = numbers.decimal(value, 7)
    back = numbers.number(written)
    if (
        back is None
        or (tag == "penalty" and numbers.written(back) != value)
        or (tag != "penalty" and back != value)
    ):
        noting.say("not_decimal")
    SubElement(element, tag).text = written


def _feedback_by_result(noting: Noting, element: Element, kind: str) -> None:
    if kind not in _COMBINED:
        noting.leave("when_right", "when_partly", "when_wrong")
        return
    _html(noting, element, "correctfeedback", noting.item.when_right)
    _html(noting, element, "partiallycorrectfeedback", noting.item.when_partly)
    _html(noting, element, "incorrectfeedback", noting.item.when_wrong)


def _hints(noting: Noting, element: Element) -> None:
    for hint in noting.item.hints:
        one = _html(noting, element, "hint", hint.text)
        if hint.counts_right:
            SubElement(one, "shownumcorrect")
        if hint.clears_wrong:
            SubElement(one, "clearwrong")


def share(noting: Noting, value: Fraction) -> str:
    """A weight as Moodle takes it."""
    near = numbers.nearest_weight(value)
    if near != value:
        noting.say("fraction_rounded", given=str(value), taken=numbers.percentage(near))
    return numbers.percentage(near)


def _choice(noting: Noting, element: Element) -> None:
    item = noting.item
    spec = item.spec
    SubElement(element, "single").text = "true" if item.kind == "single" else "false"
    SubElement(element, "answernumbering").text = "abc"
    if spec.get("rule") == "all_or_nothing":
        noting.say("all_or_nothing")
    weights = {key: Fraction(value) for key, value in spec["options"].items()}
    right = [weight > 0 for weight in weights.values()]
    usual = sum(right) if sum(weights.values()) == ONE and not all(right) else 0
    if spec.get("most", 0) != usual and item.kind == "multiple":
        noting.say("details", name="most")
    noting.leave_settings("options", "rule", "most")
    for option in item.options:
        worth = weights[option.key] if option.worth is None else option.worth
        answer = _html(noting, element, "answer", option.text, fraction=share(noting, worth))
        _html(noting, answer, "feedback", option.feedback)


def _true_false(noting: Noting, element: Element) -> None:
    options = {option.key: option for option in noting.item.options}
    noting.leave_settings("answer")
    for value in ("true", "false"):
        option = options.get(value, Option(value, {}))
        if option.text:
            noting.say("details", name=value)
        right = (value == "true") is noting.item.spec["answer"]
        answer = SubElement(element, "answer", fraction="100" if right else "0", format="moodle_auto_format")
        _text(answer, value)
        _html(noting, answer, "feedback", option.feedback)


def _short(noting: Noting, element: Element) -> None:
    spec = noting.item.spec
    SubElement(element, "usecase").text = str(int(bool(spec.get("case"))))
    if not spec.get("accents"):
        noting.say("accents")
    if list(spec["accepted"]) != [noting.item.language]:
        noting.say("forms_joined")
    noting.leave_settings("accepted", "case", "accents")
    for text, fraction, feedback in answers_of(forms_of(spec["accepted"]), noting.item.replies):
        answer = SubElement(element, "answer", fraction=share(noting, fraction), format="plain_text")
        _text(answer, text)
        _html(noting, answer, "feedback", feedback)


def _numeric(noting: Noting, element: Element) -> None:
    spec = noting.item.spec
    noting.leave_settings("value", "tolerance", "tolerance_kind", "also", "unit")
    for text, fraction, tolerance, feedback in numbers_of(noting, spec, noting.item.replies):
        answer = SubElement(element, "answer", fraction=share(noting, fraction), format="plain_text")
        _text(answer, text)
        _html(noting, answer, "feedback", feedback)
        SubElement(answer, "tolerance").text = numbers.decimal(tolerance)
    _units(noting, element, spec.get("unit") or {})


def _units(noting: Noting, element: Element, unit: Mapping[str, Any]) -> None:
    labels = dict.fromkeys((unit.get("label") or {}).values(), "1")
    if len(unit.get("label") or {}) > 1:
        noting.say("forms_joined")
    names = labels | {name: str(factor) for name, factor in (unit.get("factors") or {}).items()}
    if not names:
        return
    required = bool(unit.get("required"))
    SubElement(element, "unitgradingtype").text = str(int(required))
    _exact(noting, element, "unitpenalty", Fraction(unit.get("penalty", 1)))
    SubElement(element, "showunits").text = "0"
    SubElement(element, "unitsleft").text = "0"
    units = SubElement(element, "units")
    for name, factor in names.items():
        multiplier = 1 / Fraction(factor)
        if not numbers.is_decimal(multiplier):
            noting.say("not_decimal")
        one = SubElement(units, "unit")
        SubElement(one, "multiplier").text = numbers.decimal(multiplier)
        SubElement(one, "unit_name").text = name


def _matching(noting: Noting, element: Element) -> None:
    item = noting.item
    answers = {answer.key: answer for answer in item.answers}
    noting.leave_settings("pairs", "distractors")
    if any(option.feedback for option in (*item.options, *item.answers)):
        noting.say("feedback")
    pairs = [(option.text, answers[item.spec["pairs"][option.key]]) for option in item.options]
    pairs += [({}, answers[key]) for key in item.spec.get("distractors", ())]
    for prompt, answer in pairs:
        sub = _html(noting, element, "subquestion", prompt)
        _text(SubElement(sub, "answer"), noting.words(answer.text))


def _ordering(noting: Noting, element: Element) -> None:
    item = noting.item
    rule = item.spec.get("rule", "exact")
    settings = {
        "layouttype": "VERTICAL",
        "selecttype": "ALL",
        "selectcount": "0",
        "gradingtype": _ORDER_RULES.get(rule, "ALL_OR_NOTHING"),
        "showgrading": "SHOW",
        "numberingstyle": "none",
    }
    if rule not in ("exact", "adjacent"):
        noting.say("ordering_rule", name=rule, taken=settings["gradingtype"])
    noting.leave_settings("order", "rule")
    for tag, value in settings.items():
        SubElement(element, tag).text = value
    options = {option.key: option for option in item.options}
    for place, key in enumerate(item.spec["order"], 1):
        if options[key].feedback:
            noting.say("feedback")
        _html(noting, element, "answer", options[key].text, fraction=f"{place}.0000000")


def _essay(noting: Noting, element: Element) -> None:
    spec = noting.item.spec
    settings = {
        "responseformat": "editor",
        "responserequired": "1",
        "responsefieldlines": "15",
        "minwordlimit": str(spec.get("minimum_words") or ""),
        "maxwordlimit": str(spec.get("maximum_words") or ""),
        "attachments": "0",
        "attachmentsrequired": "0",
    }
    for tag, value in settings.items():
        SubElement(element, tag).text = value
    noting.leave_settings("minimum_words", "maximum_words")
    _html(noting, element, "graderinfo", noting.item.marker_notes)
    _html(noting, element, "responsetemplate", {})


def _file(noting: Noting, element: Element) -> None:
    spec = noting.item.spec
    settings = {
        "responseformat": "noinline",
        "responserequired": "0",
        "attachments": str(spec.get("most", 1)),
        "attachmentsrequired": "1",
        "maxbytes": str(spec.get("largest", 0)),
        "filetypeslist": ",".join(spec["types"]),
    }
    for tag, value in settings.items():
        SubElement(element, tag).text = value
    noting.leave_settings("types", "largest", "most")
    _html(noting, element, "graderinfo", noting.item.marker_notes)


def _nothing(noting: Noting, element: Element) -> None:
    noting.leave("penalty")


_WRITERS: Mapping[str, tuple[str, Callable[[Noting, Element], None]]] = {
    "single": ("multichoice", _choice),
    "multiple": ("multichoice", _choice),
    "true_false": ("truefalse", _true_false),
    "short": ("shortanswer", _short),
    "numeric": ("numerical", _numeric),
    "matching": ("matching", _matching),
    "ordering": ("ordering", _ordering),
    "essay": ("essay", _essay),
    "file": ("essay", _file),
    "gap": ("cloze", lambda noting, element: None),
    "description": ("description", _nothing),
}
