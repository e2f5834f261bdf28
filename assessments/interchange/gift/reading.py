"""GIFT, as Moodle reads it: Moodle's behaviour, not a grammar, is the reference."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import IO

from assessments.interchange import building, markup, numbers
from assessments.interchange.decoding import text_of
from assessments.interchange.draft import ONE, ZERO, Draft, Row, Unusable
from assessments.interchange.errors import InterchangeError, Place
from assessments.interchange.gift.text import formatted, hidden, html_of, shown
from assessments.interchange.item import Item, Skipped, Texts
from assessments.interchange.limits import USUAL, Limits
from assessments.interchange.moodle.reading import category_path, order_rule

FORMAT = "gift"
_COMMENT = re.compile(r"\s*//")
_IDENTIFIER = re.compile(r"\[id:((?:\\.|[^\\\]]){1,200})\]")
_TAG = re.compile(r"\[tag:((?:\\.|[^\\\]]){1,200})\]")
_CATEGORY = re.compile(r"\s*\$CATEGORY:(.*)\Z", re.IGNORECASE)
_NAME = re.compile(r"\s*::(.*?)::", re.DOTALL)
_WEIGHT = re.compile(r"\s*(=)?\s*(?:%(-?\d{1,3}(?:\.\d{1,9})?)%)?", re.DOTALL)
_RANGE = re.compile(r"(.+?)\.\.(.+)\Z", re.DOTALL)
_ORDERING = re.compile(r">\s*(\d{0,3})\s*([A-Z]\w*)?\s*([A-Z]\w*)?\s*([A-Z]\w*)?[^\n]*\n(.*)\Z", re.DOTALL)
_ORDER_RULES = {
    "ALL_OR_NOTHING": "ALL_OR_NOTHING",
    "RELATIVE": "RELATIVE_NEXT_EXCLUDE_LAST",
    "REL": "RELATIVE_NEXT_EXCLUDE_LAST",
}


@dataclass
class _Block:
    """The lines of one question, with what its comments said."""

    line: int
    lines: list[str]
    identifier: str = ""
    tags: tuple[str, ...] = ()


def read(stream: IO[bytes], *, language: str = "en", limits: Limits = USUAL) -> Iterator[Item | Skipped]:
    """Yield the questions of a file in order; InterchangeError when the file cannot be read."""
    text, notices = text_of(stream, limits)
    category: tuple[str, ...] = ()
    count = 0
    for block in _blocks(text):
        found = _CATEGORY.match(block.lines[0])
        if found:
            category = tuple(shown(part) for part in category_path(hidden(found[1])))
            block.lines, block.line = block.lines[1:], block.line + 1
        if not "".join(block.lines).strip():
            continue
        count += 1
        if count > limits.questions:
            raise InterchangeError("too_many", Place("", block.line), most=limits.questions)
        draft = Draft(FORMAT, Place("", block.line), language, limits)
        draft.notices, notices = list(notices), []
        draft.fields |= {"category": category, "identifier": block.identifier, "tags": block.tags}
        try:
            yield _question("\n".join(block.lines), draft)
        except Unusable as error:
            yield draft.skipped(error.notice)


def _blocks(text: str) -> Iterator[_Block]:
    """Divide at empty lines; comments only lend their id and tags to the question that follows."""
    block = _Block(0, [])
    for number, line in enumerate(text.split("\n"), 1):
        if _COMMENT.match(line):
            identifier = _IDENTIFIER.search(line)
            if identifier:
                block.identifier = markup.line(_unescaped(identifier[1]))
            block.tags += tuple(markup.line(_unescaped(tag)) for tag in _TAG.findall(line))
        elif line.strip():
            if not block.lines:
                block.line = number
            elif _CATEGORY.match(line):
                yield block
                block = _Block(number, [])
            block.lines.append(line)
        elif block.lines:
            yield block
            block = _Block(0, [])
    if block.lines:
        yield block


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def _question(text: str, draft: Draft) -> Item | Skipped:
    text = hidden(text).strip()
    named = _NAME.match(text)
    if named:
        draft.name = markup.line(shown(named[1]))[:250]
        text = text[named.end() :]
    text, form = formatted(text, "moodle")
    before, opened, rest = text.partition("{")
    inside, closed, after = rest.rpartition("}")
    if opened and not closed:
        raise Unusable("bad_layout", name="{")
    if "{" in inside or "}" in inside:
        raise Unusable("bad_layout", name="{ }")
    if opened and after.strip():  # a missing word: the answer belongs into the sentence
        before = f"{before.rstrip()} _____{after if after[:1] in '.,;:!?' else ' ' + after.strip()}"
    draft.fields["stem"] = draft.texts(html_of(before, form))
    if not draft.name:
        draft.name = _first_words(draft.fields["stem"])
    if not opened:
        draft.fields["weight"] = ZERO
        return draft.item("description", {})
    answers, separated, general = inside.partition("####")
    if separated:
        draft.fields["feedback"] = _html(general, draft, form)
    return _answered(answers.strip(), draft, form)


def _first_words(stem: Texts) -> str:
    return markup.line(markup.plain(next(iter(stem.values()), "")))[:80]


def _answered(answers: str, draft: Draft, form: str) -> Item | Skipped:
    """The kind follows from the signs among the answers, in Moodle's order."""
    if not answers:
        return draft.item("essay", {})
    if answers.startswith("#"):
        return _numeric(answers[1:], draft, form)
    if answers.startswith(">"):
        return _ordering(answers, draft, form)
    if "~" in answers:
        return _choice(answers, draft, form)
    if "=" in answers and "->" in answers:
        return _matching(answers, draft, form)
    word, *said = answers.split("#")
    if word.strip().upper() in ("T", "TRUE", "F", "FALSE"):
        return _true_false(word.strip().upper().startswith("T"), said, draft, form)
    if "=" not in answers:
        raise Unusable("bad_layout", name=shown(answers)[:40])
    rows = [_row(part, draft, form, ONE) for part in answers.split("=")[1:]]
    return building.short(draft, rows, case=False)


def _html(text: str, draft: Draft, form: str) -> dict[str, str]:
    words, own = formatted(text, form)
    return draft.texts(html_of(words, own))


def _row(part: str, draft: Draft, form: str, usual: Fraction) -> Row:
    """One answer: "=" or "%50%" before it, feedback behind "#"."""
    words, _sign, feedback = part.partition("#")
    weight = _WEIGHT.match(words)
    assert weight is not None  # every part of it may be missing
    given = numbers.per_cent(weight[2]) if weight[2] else ONE if weight[1] else usual
    fraction = numbers.snapped(given or ZERO)
    if weight[2] and given != fraction:
        draft.say("fraction_snapped", given=weight[2], taken=numbers.percentage(fraction))
    text, own = formatted(words[weight.end() :], form)
    return Row(draft.texts(html_of(text, own)), fraction, _html(feedback, draft, form))


def _choice(answers: str, draft: Draft, form: str) -> Item | Skipped:
    single = "=" in answers
    parts = answers.replace("=", "~=").split("~")
    rows = [_row(part, draft, form, ZERO) for part in parts if part.strip()]
    return building.choice(draft, rows, single=single)


def _matching(answers: str, draft: Draft, form: str) -> Item | Skipped:
    pairs = []
    for part in answers.split("=")[1:]:
        prompt, arrow, answer = part.partition("->")
        if not arrow:
            raise Unusable("bad_layout", name=shown(part).strip()[:40])
        words = markup.by_language(shown(answer).strip(), draft.language)
        pairs.append(
            (_html(prompt, draft, form), {code: markup.from_plain(text) for code, text in words.items()})
        )
    return building.matching(draft, pairs)


def _true_false(right: bool, said: list[str], draft: Draft, form: str) -> Item | Skipped:
    """The first feedback is for the wrong choice, the second for the right one."""
    texts = [_html(text, draft, form) for text in said[:2]]
    feedback = {not right: texts[0] if texts else {}, right: texts[1] if len(texts) > 1 else {}}
    return building.truth(draft, right, feedback)


def _numeric(answers: str, draft: Draft, form: str) -> Item | Skipped:
    answers, wrong, said = answers.partition("~")
    parts = [part for part in answers.split("=") if part.strip()]
    rows = [_number_row(part, draft, form) for part in parts]
    if wrong:  # "~#…" is what is said to every other number
        feedback = _html(said.partition("#")[2], draft, form)
        rows.append(Row({draft.language: "*"}, ZERO, feedback))
    return building.numeric(draft, rows)


def _number_row(part: str, draft: Draft, form: str) -> Row:
    words, _sign, feedback = part.partition("#")
    weight = _WEIGHT.match(words)
    assert weight is not None  # every part of it may be missing
    fraction = numbers.snapped(numbers.per_cent(weight[2]) or ZERO) if weight[2] else ONE
    value, tolerance = _value_and_tolerance(shown(words[weight.end() :]).strip())
    return Row({draft.language: value}, fraction, _html(feedback, draft, form), tolerance)


def _value_and_tolerance(text: str) -> tuple[str, Fraction]:
    """From "1822:2" or "3.141..3.142"."""
    between = _RANGE.match(text)
    if between:
        low, high = numbers.number(between[1]), numbers.number(between[2])
        if low is None or high is None:
            raise Unusable("bad_number", name=text[:40])
        return numbers.exact((low + high) / 2), abs(high - low) / 2
    value, colon, tolerance = text.partition(":")
    margin = numbers.number(tolerance) if colon else ZERO
    if margin is None:
        raise Unusable("bad_number", name=text[:40])
    return value.strip(), margin


def _ordering(answers: str, draft: Draft, form: str) -> Item | Skipped:
    """Moodle's ordering question: a line of settings, then an item in each line."""
    found = _ORDERING.match(answers)
    if not found:
        raise Unusable("bad_layout", name=">")
    select, rule = (found[2] or "ALL").upper(), (found[4] or "").upper()
    if select not in ("ALL", "EXACT"):
        draft.say("ordering_subset")
    lines = [line for line in found[5].split("\n") if line.strip()]
    texts = [draft.texts(html_of(*formatted(line, form))) for line in lines]
    return building.ordering(draft, texts, order_rule(_ORDER_RULES.get(rule, rule), draft))
