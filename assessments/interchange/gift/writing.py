"""GIFT, as Moodle writes it; much that a question holds has no place in it and is noted."""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from assessments.interchange import markup, numbers
from assessments.interchange.errors import Notice
from assessments.interchange.gift.text import escaped
from assessments.interchange.item import Item, Option, Texts, Written
from assessments.interchange.noting import NotExported, Noting, answers_of, forms_of, numbers_of

ONE = Fraction(1)
_ORDER_RULES = {"exact": "ALL_OR_NOTHING", "adjacent": "RELATIVE_NEXT_EXCLUDE_LAST"}


def write(items: Iterable[Item]) -> Written:
    """One file of all questions, in order, each after its category."""
    blocks: list[str] = []
    notices: dict[int, tuple[Notice, ...]] = {}
    category: tuple[str, ...] = ()
    for place, item in enumerate(items):
        noting = Noting(item)
        try:
            block = question(noting)
        except NotExported:
            notices[place] = (Notice("not_exported", {"name": item.kind}),)
            continue
        if item.category != category:
            category = item.category
            parts = [escaped(part.replace("/", "//")) for part in category]
            blocks.append("$CATEGORY: " + "/".join(["$course$", "top", *parts]))
        blocks.append(block)
        if noting.notices:
            notices[place] = tuple(noting.notices)
    content = "\n\n".join([*blocks, ""]).encode()
    return Written(content, "questions.gift.txt", "text/plain; charset=utf-8", notices)


def question(noting: Noting) -> str:
    """One question; NotExported when GIFT has no such kind."""
    item = noting.item
    if item.kind not in _WRITERS:
        raise NotExported
    answers = _WRITERS[item.kind](noting)
    noting.leave(
        "passage", "when_right", "when_partly", "when_wrong", "hints", "media", "reason", "authority"
    )
    noting.leave("marker_notes", "penalty", "objective", "difficulty")
    if item.weight != (0 if item.kind == "description" else 1):
        noting.say("weight")
    if not item.shuffle:
        noting.say("details", name="shuffle")
    marks = [f"[id:{_in_comment(item.identifier)}]"] if item.identifier else []
    marks += [f"[tag:{_in_comment(tag)}]" for tag in item.tags]
    comment = f"// {' '.join(marks)}\n" if marks else ""
    stem = _html(noting, item.stem)
    name = f"::{escaped(item.name)}::" if item.name else ""
    feedback = _html(noting, item.feedback)
    if item.kind == "description":
        if feedback:
            noting.say("feedback")
        return f"{comment}{name}[html]{stem}"
    general = f"####{feedback}" if feedback else ""
    return f"{comment}{name}[html]{stem}{{{answers}{general}}}"


def _in_comment(text: str) -> str:
    return text.replace("\\", "\\\\").replace("]", "\\]")


def _html(noting: Noting, texts: Texts) -> str:
    html = markup.in_one_field(texts, noting.item.language)
    html = noting.one(texts) if html is None else html
    if markup.media_names(html):
        noting.say("media")
    return escaped(html)


def _feedback(noting: Noting, texts: Texts) -> str:
    said = _html(noting, texts)
    return f"#{said}" if said else ""


def _weight(noting: Noting, value: Fraction) -> str:
    near = numbers.nearest_weight(value)
    if near != value:
        noting.say("fraction_rounded", given=str(value), taken=numbers.percentage(near))
    return f"%{numbers.percentage(near)}%"


def _choice(noting: Noting) -> str:
    item = noting.item
    spec = item.spec
    if spec.get("rule") == "all_or_nothing":
        noting.say("all_or_nothing")
    weights = {key: Fraction(value) for key, value in spec["options"].items()}
    right = [weight > 0 for weight in weights.values()]
    usual = sum(right) if sum(weights.values()) == ONE and not all(right) else 0
    if item.kind == "multiple" and spec.get("most", 0) != usual:
        noting.say("details", name="most")
    noting.leave_settings("options", "rule", "most")
    lines = []
    for option in item.options:
        worth = weights[option.key] if option.worth is None else option.worth
        words = _html(noting, option.text)
        # a worth is stated where the words themselves begin like one
        stated = words.startswith("%")
        if item.kind == "single" and worth == ONE:
            mark = "=" + (_weight(noting, worth) if stated else "")
        else:
            mark = "~" + (_weight(noting, worth) if worth or stated else "")
        lines.append(f"\t{mark}{words}{_feedback(noting, option.feedback)}")
    return "\n" + "\n".join(lines) + "\n"


def _true_false(noting: Noting) -> str:
    answer = noting.item.spec["answer"]
    noting.leave_settings("answer")
    options = {option.key: option for option in noting.item.options}
    right, wrong = (options.get(str(value).lower(), Option("", {})) for value in (answer, not answer))
    if right.text or wrong.text:
        noting.say("details", name="true, false")
    said = [_html(noting, wrong.feedback), _html(noting, right.feedback)]
    while said and not said[-1]:
        said.pop()
    return str(answer).upper() + "".join(f"#{text}" for text in said)


def _short(noting: Noting) -> str:
    spec = noting.item.spec
    if not spec.get("accents"):
        noting.say("accents")
    if spec.get("case"):
        noting.say("case")
    if list(spec["accepted"]) != [noting.item.language]:
        noting.say("forms_joined")
    noting.leave_settings("accepted", "case", "accents")
    lines = []
    for text, fraction, feedback in answers_of(forms_of(spec["accepted"]), noting.item.replies):
        words = escaped(markup.from_plain(text))
        mark = "" if fraction == ONE and not words.startswith("%") else _weight(noting, fraction)
        lines.append(f"\t={mark}{words}{_feedback(noting, feedback)}")
    return "\n" + "\n".join(lines) + "\n"


def _numeric(noting: Noting) -> str:
    spec = noting.item.spec
    noting.leave_settings("value", "tolerance", "tolerance_kind", "also", "unit")
    if spec.get("unit"):
        noting.say("units")
    lines, other = [], ""
    for text, fraction, tolerance, feedback in numbers_of(noting, spec, noting.item.replies):
        said = _feedback(noting, feedback)
        if text == "*":
            other = f"\t~{said}\n"
            continue
        mark = _weight(noting, fraction)
        lines.append(f"\t={mark}{text}:{numbers.decimal(tolerance)}{said}")
    return "#\n" + "\n".join(lines) + "\n" + other


def _matching(noting: Noting) -> str:
    item = noting.item
    answers = {answer.key: answer for answer in item.answers}
    if any(option.feedback for option in (*item.options, *item.answers)):
        noting.say("feedback")
    noting.leave_settings("pairs", "distractors")
    pairs = [(option.text, answers[item.spec["pairs"][option.key]]) for option in item.options]
    pairs += [({}, answers[key]) for key in item.spec.get("distractors", ())]
    # in clean HTML ">" ends tags only, so an arrow there would follow a dash: "<!--" never stands in it
    lines = [
        f"\t={_html(noting, prompt)} -> {escaped(noting.words(answer.text))}" for prompt, answer in pairs
    ]
    return "\n" + "\n".join(lines) + "\n"


def _ordering(noting: Noting) -> str:
    item = noting.item
    rule = item.spec.get("rule", "exact")
    named = _ORDER_RULES.get(rule, "LONGEST_CONTIGUOUS_SUBSET")
    if rule not in _ORDER_RULES:
        noting.say("ordering_rule", name=rule, taken=named)
    noting.leave_settings("order", "rule")
    options = {option.key: option for option in item.options}
    if any(option.feedback for option in item.options):
        noting.say("feedback")
    lines = [_html(noting, options[key].text) for key in item.spec["order"]]
    return f">{len(lines)} ALL VERTICAL {named} SHOW none\n" + "\n".join(lines) + "\n"


def _nothing(noting: Noting) -> str:
    noting.leave_settings()
    return ""


_WRITERS: Mapping[str, Callable[[Noting], str]] = {
    "single": _choice,
    "multiple": _choice,
    "true_false": _true_false,
    "short": _short,
    "numeric": _numeric,
    "matching": _matching,
    "ordering": _ordering,
    "essay": _nothing,
    "description": _nothing,
}
