"""What each kind of question has in Moodle XML beside its common fields."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from assessments.interchange import numbers
from assessments.interchange.item import Option
from assessments.interchange.moodle.elements import html_field, number_field, plain_text, share
from assessments.interchange.noting import Noting, answers_of, forms_of, numbers_of

ONE = Fraction(1)
_ORDER_RULES = {
    "exact": "ALL_OR_NOTHING",
    "adjacent": "RELATIVE_NEXT_EXCLUDE_LAST",
    "longest_run": "LONGEST_CONTIGUOUS_SUBSET",
}


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
        answer = html_field(noting, element, "answer", option.text, fraction=share(noting, worth))
        html_field(noting, answer, "feedback", option.feedback)


def _true_false(noting: Noting, element: Element) -> None:
    options = {option.key: option for option in noting.item.options}
    noting.leave_settings("answer")
    for value in ("true", "false"):
        option = options.get(value, Option(value, {}))
        if option.text:
            noting.say("details", name=value)
        right = (value == "true") is noting.item.spec["answer"]
        answer = SubElement(element, "answer", fraction="100" if right else "0", format="moodle_auto_format")
        plain_text(answer, value)
        html_field(noting, answer, "feedback", option.feedback)


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
        plain_text(answer, text)
        html_field(noting, answer, "feedback", feedback)


def _numeric(noting: Noting, element: Element) -> None:
    spec = noting.item.spec
    noting.leave_settings("value", "tolerance", "tolerance_kind", "also", "unit")
    for text, fraction, tolerance, feedback in numbers_of(noting, spec, noting.item.replies):
        answer = SubElement(element, "answer", fraction=share(noting, fraction), format="plain_text")
        plain_text(answer, text)
        html_field(noting, answer, "feedback", feedback)
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
    number_field(noting, element, "unitpenalty", Fraction(unit.get("penalty", 1)))
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
        sub = html_field(noting, element, "subquestion", prompt)
        plain_text(SubElement(sub, "answer"), noting.words(answer.text))


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
        html_field(noting, element, "answer", options[key].text, fraction=f"{place}.0000000")


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
    html_field(noting, element, "graderinfo", noting.item.marker_notes)
    html_field(noting, element, "responsetemplate", {})


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
    html_field(noting, element, "graderinfo", noting.item.marker_notes)


def _nothing(noting: Noting, element: Element) -> None:
    noting.leave("penalty")


WRITERS: Mapping[str, tuple[str, Callable[[Noting, Element], None]]] = {
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
