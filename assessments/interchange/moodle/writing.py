"""Moodle XML, written for any Moodle from 3.9 on; what it cannot hold is noted by question."""

from collections.abc import Iterable
from io import BytesIO
from xml.etree.ElementTree import Element, SubElement, tostring

from assessments.interchange import markup
from assessments.interchange.errors import Notice
from assessments.interchange.item import Item, Texts, Written
from assessments.interchange.moodle import gaps
from assessments.interchange.moodle.elements import html_field, number_field, plain_text
from assessments.interchange.moodle.kinds import WRITERS
from assessments.interchange.noting import NotExported, Noting

_COMBINED = ("multichoice", "matching", "ordering", "gapselect")


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
    if item.kind not in WRITERS:
        raise NotExported
    kind, write_kind = WRITERS[item.kind]
    lists = gaps.word_lists(item) if kind == "cloze" else None
    kind = "gapselect" if lists else kind
    element = Element("question", type=kind)
    name = item.name or markup.line(markup.plain(noting.one(item.stem or item.passage)))[:80]
    plain_text(SubElement(element, "name"), name)
    html_field(noting, element, "questiontext", _question_text(noting, lists))
    html_field(noting, element, "generalfeedback", _general_feedback(noting))
    if kind not in ("cloze", "description"):
        number_field(noting, element, "defaultgrade", item.weight)
    number_field(noting, element, "penalty", item.penalty)
    SubElement(element, "hidden").text = "0"
    SubElement(element, "idnumber").text = item.identifier
    SubElement(element, "shuffleanswers").text = str(int(item.shuffle))
    write_kind(noting, element)
    for number, words in enumerate(lists or (), 1):
        for text in words:
            option = SubElement(element, "selectoption")
            plain_text(option, noting.one(text))
            SubElement(option, "group").text = str(number)
    _feedback_by_result(noting, element, kind)
    _hints(noting, element)
    if item.tags:
        tags = SubElement(element, "tags")
        for tag in item.tags:
            plain_text(SubElement(tags, "tag"), tag)
    noting.leave("objective", "difficulty")
    if item.kind not in ("essay", "file"):
        noting.leave("marker_notes")
    return element


def _category(path: tuple[str, ...]) -> Element:
    element = Element("question", type="category")
    parts = [part.replace("/", "//") for part in path]
    plain_text(SubElement(element, "category"), "/".join(["$course$", "top", *parts]))
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


def _feedback_by_result(noting: Noting, element: Element, kind: str) -> None:
    if kind not in _COMBINED:
        noting.leave("when_right", "when_partly", "when_wrong")
        return
    html_field(noting, element, "correctfeedback", noting.item.when_right)
    html_field(noting, element, "partiallycorrectfeedback", noting.item.when_partly)
    html_field(noting, element, "incorrectfeedback", noting.item.when_wrong)


def _hints(noting: Noting, element: Element) -> None:
    for hint in noting.item.hints:
        one = html_field(noting, element, "hint", hint.text)
        if hint.counts_right:
            SubElement(one, "shownumcorrect")
        if hint.clears_wrong:
            SubElement(one, "clearwrong")
