"""Moodle XML, streamed: one question in memory at a time."""

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import IO
from xml.etree.ElementTree import Element

from assessments.interchange import building, markup, numbers
from assessments.interchange.draft import ONE, ZERO, Draft, Row, Unusable
from assessments.interchange.errors import InterchangeError, Notice, Place
from assessments.interchange.item import Hint, Item, Skipped, Texts
from assessments.interchange.limits import USUAL, Limits
from assessments.interchange.moodle import cloze
from assessments.interchange.moodle.fields import field, old_image, text_of
from assessments.interchange.xml import records
from assessments.scoring.file import LARGEST
from assessments.scoring.reading import LONGEST_TEXT

FORMAT = "moodle_xml"
_ENDING = re.compile(r"\.[a-z0-9]{1,10}")
_CATEGORY_ROOTS = ("$course$", "$module$", "$cat$", "$coursecat$", "$system$", "$category$")


def read(stream: IO[bytes], *, language: str = "en", limits: Limits = USUAL) -> Iterator[Item | Skipped]:
    """Yield the questions of a file in order; InterchangeError when the file cannot be trusted."""
    category: tuple[str, ...] = ()
    described = False
    count = 0
    for element, line in records(stream, {"question"}, limits, roots=("quiz", "question")):
        if element.get("type") == "category":
            category = category_path(text_of(element.find("category")))
            described = bool(text_of(element.find("info")).strip())
            continue
        count += 1
        if count > limits.questions:
            raise InterchangeError("too_many", Place("", line), most=limits.questions)
        draft = Draft(FORMAT, Place("", line), language, limits)
        draft.fields["category"] = category
        if described:
            draft.say("category_text")
            described = False
        yield question(element, draft)


def question(element: Element, draft: Draft) -> Item | Skipped:
    """One question, or why it is left out."""
    draft.name = markup.line(text_of(element.find("name")))[:250]
    kind = element.get("type", "")
    reader = _READERS.get(kind)
    if reader is None:
        code = _REFUSED.get(kind, "unknown_type")
        return draft.skipped(Notice(code, {"name": kind[:60]} if code == "unknown_type" else {}))
    try:
        _common(element, draft)
        return reader(element, draft)
    except Unusable as error:
        return draft.skipped(error.notice)


def category_path(text: str) -> tuple[str, ...]:
    """The parts of "$course$/top/a/b"; "//" is a slash within a name."""
    parts = [part.replace("\0", "/").strip() for part in text.strip().replace("//", "\0").split("/")]
    if parts and parts[0].strip("$") and f"${parts[0].strip('$')}$" in _CATEGORY_ROOTS:
        parts = parts[1:]
    if parts and parts[0] == "top":
        parts = parts[1:]
    return tuple(markup.line(part) for part in parts if part)


def _common(element: Element, draft: Draft) -> None:
    texts = {
        "feedback": "generalfeedback",
        "when_right": "correctfeedback",
        "when_partly": "partiallycorrectfeedback",
        "when_wrong": "incorrectfeedback",
    }
    fields = draft.fields
    fields |= {name: field(element.find(tag), draft) for name, tag in texts.items()}
    if element.get("type") not in ("cloze", "multianswer", "gapselect", "ddwtos"):
        fields["stem"] = field(element.find("questiontext"), draft, old_image(element, draft))
    fields["weight"] = _number(element, "defaultgrade", ONE)
    fields["penalty"] = numbers.written(_number(element, "penalty", ZERO))
    fields["identifier"] = markup.line(element.findtext("idnumber") or "")
    fields["tags"] = tuple(filter(None, (markup.line(text_of(tag)) for tag in element.iterfind("tags/tag"))))
    fields["hints"] = tuple(hint for hint in (_hint(one, draft) for one in element.iterfind("hint")) if hint)
    fields["shuffle"] = truth(element.findtext("shuffleanswers"), True)
    numbering = (element.findtext("answernumbering") or "abc").strip()
    if numbering not in ("abc", "none"):
        draft.say("numbering", name=numbering[:20])
    if truth(element.findtext("hidden"), False):
        draft.say("settings", name="hidden")


def _hint(element: Element, draft: Draft) -> Hint | None:
    text = field(element, draft)
    clears = element.find("clearwrong") is not None
    counts = element.find("shownumcorrect") is not None
    return Hint(text, clears, counts) if text or clears or counts else None


def truth(text: str | None, usual: bool) -> bool:
    """A setting that is written as 1, true, or an empty element."""
    return usual if text is None else text.strip().lower() in ("1", "true", "yes", "")


def _number(element: Element, tag: str, usual: Fraction) -> Fraction:
    value = numbers.number(element.findtext(tag))
    return usual if value is None else value


def _rows(element: Element, draft: Draft) -> list[Row]:
    """The answers with their weights, snapped to those that Moodle has."""
    rows = []
    for answer in element.iterfind("answer"):
        given = answer.get("fraction", "0")
        fraction = numbers.per_cent(given)
        if fraction is None:
            raise Unusable("bad_number", name=given[:40])
        taken = numbers.snapped(fraction)
        if taken != fraction:
            draft.say("fraction_snapped", given=given[:20], taken=numbers.percentage(taken))
        tolerance = numbers.number(answer.findtext("tolerance")) or ZERO
        feedback = field(answer.find("feedback"), draft)
        rows.append(Row(field(answer, draft), taken, feedback, tolerance))
    return rows


def _choice(element: Element, draft: Draft) -> Item | Skipped:
    single = truth(element.findtext("single"), True)
    return building.choice(draft, _rows(element, draft), single=single)


def _choice_set(element: Element, draft: Draft) -> Item | Skipped:
    return building.choice(draft, _rows(element, draft), single=False, rule="all_or_nothing")


def _true_false(element: Element, draft: Draft) -> Item | Skipped:
    feedback: dict[bool, Texts] = {}
    right: bool | None = None
    for answer in element.iterfind("answer"):
        says = text_of(answer).strip().lower() in ("true", "1")
        feedback[says] = field(answer.find("feedback"), draft)
        if (numbers.per_cent(answer.get("fraction")) or ZERO) >= ONE:
            right = says
    if right is None:
        raise Unusable("no_right_answer")
    return building.truth(draft, right, feedback)


def _short(element: Element, draft: Draft) -> Item | Skipped:
    return building.short(draft, _rows(element, draft), case=truth(element.findtext("usecase"), False))


def _numeric(element: Element, draft: Draft) -> Item | Skipped:
    return building.numeric(draft, _rows(element, draft), _unit(element, draft))


def _unit(element: Element, draft: Draft) -> dict[str, object] | None:
    """Units in the words of ``scoring``: a factor brings to the first unit, Moodle's multiplier from it."""
    factors: dict[str, Fraction] = {}
    for unit in element.iterfind("units/unit"):
        multiplier = numbers.number(unit.findtext("multiplier"))
        name = markup.line(unit.findtext("unit_name") or "")
        if name and multiplier and multiplier > ZERO:
            factors.setdefault(name, 1 / multiplier)
    if not factors:
        return None
    graded = (element.findtext("unitgradingtype") or "0").strip() != "0"
    penalty = min(ONE, max(ZERO, _number(element, "unitpenalty", ONE)))
    label = next((name for name, factor in factors.items() if factor == ONE), None)
    data: dict[str, object] = {"label": {draft.language: label}} if label else {}
    others = {name: numbers.exact(factor) for name, factor in factors.items() if name != label}
    if others:
        data["factors"] = others
    data["required"] = graded
    return data | {"penalty": numbers.exact(penalty)} if graded and penalty != ONE else data


def _matching(element: Element, draft: Draft) -> Item | Skipped:
    pairs = [(field(sub, draft), _answer_of(sub, draft)) for sub in element.iterfind("subquestion")]
    return building.matching(draft, pairs)


def _answer_of(sub: Element, draft: Draft) -> Texts:
    """The answer to a prompt is plain text in Moodle."""
    answer = sub.find("answer")
    if answer is None:
        return {}
    words = markup.by_language(text_of(answer), draft.language)
    return {code: markup.from_plain(text) for code, text in words.items() if text.strip()}


_ORDER_RULES = {
    "ALL_OR_NOTHING": "exact",
    "-1": "exact",
    "RELATIVE_NEXT_EXCLUDE_LAST": "adjacent",
    "1": "adjacent",
}


def order_rule(name: str, draft: Draft) -> str:
    """The nearest rule that ``scoring`` has, with a notice where it is not the same."""
    if name in _ORDER_RULES:
        return _ORDER_RULES[name]
    rule = "longest_run" if name.startswith("LONGEST") or name in ("5", "6") else "adjacent"
    draft.say("ordering_rule", name=name[:40] or "ABSOLUTE_POSITION", taken=rule)
    return rule


def _ordering(element: Element, draft: Draft) -> Item | Skipped:
    if (element.findtext("selecttype") or "ALL").strip() not in ("ALL", "0"):
        draft.say("ordering_subset")
    answers = list(element.iterfind("answer"))
    places = [numbers.number(answer.get("fraction")) or ZERO for answer in answers]
    if len(set(places)) == len(places):  # their place stands where others have a weight
        answers = [answer for _place, answer in sorted(zip(places, answers, strict=True), key=lambda p: p[0])]
    rule = order_rule((element.findtext("gradingtype") or "").strip(), draft)
    return building.ordering(draft, [field(answer, draft) for answer in answers], rule)


def _essay(element: Element, draft: Draft) -> Item | Skipped:
    spec = {}
    for name, tag in (("minimum_words", "minwordlimit"), ("maximum_words", "maxwordlimit")):
        limit = numbers.number(element.findtext(tag))
        if limit and limit > ZERO:
            spec[name] = min(int(limit), LONGEST_TEXT)
    attached = numbers.number(element.findtext("attachments")) or ZERO
    notes = field(element.find("graderinfo"), draft)
    template = field(element.find("responsetemplate"), draft)
    if template:
        draft.say("response_template")
        notes = {
            code: notes.get(code, "") + template.get(code, "") for code in dict.fromkeys((*notes, *template))
        }
    types = [name.strip().lower() for name in (element.findtext("filetypeslist") or "").split(",")]
    if (element.findtext("responseformat") or "").strip() == "noinline" and all(
        map(_ENDING.fullmatch, types)
    ):
        largest = int(_number(element, "maxbytes", ZERO))
        taken: dict[str, object] = {"types": types, "most": int(attached) if 0 < attached <= 10 else 10}
        if largest > 0:
            taken["largest"] = min(largest, LARGEST)
        return draft.item("file", taken, marker_notes=notes)
    if attached:
        draft.say("attachments")
    return draft.item("essay", spec, marker_notes=notes)


def _description(element: Element, draft: Draft) -> Item | Skipped:
    draft.fields["weight"] = ZERO
    return draft.item("description", {})


_READERS: Mapping[str, Callable[[Element, Draft], Item | Skipped]] = {
    "multichoice": _choice,
    "multichoiceset": _choice_set,
    "truefalse": _true_false,
    "shortanswer": _short,
    "numerical": _numeric,
    "matching": _matching,
    "match": _matching,
    "ordering": _ordering,
    "essay": _essay,
    "description": _description,
    "cloze": cloze.read_cloze,
    "multianswer": cloze.read_cloze,
    "gapselect": cloze.read_words,
    "ddwtos": cloze.read_words,
}
_REFUSED = {
    "calculated": "calculated",
    "calculatedsimple": "calculated",
    "calculatedmulti": "calculated",
    "random": "random",
    "randomsamatch": "random",
}
