"""Aiken: a question, its options with a letter each, and the letter of the right one."""

import re
from collections.abc import Iterator
from html import escape
from typing import IO

from assessments.interchange import building, markup
from assessments.interchange.decoding import text_of
from assessments.interchange.draft import ONE, ZERO, Draft, Row, Unusable
from assessments.interchange.errors import InterchangeError, Notice, Place
from assessments.interchange.item import Item, Skipped
from assessments.interchange.limits import USUAL, Limits

FORMAT = "aiken"
_OPTION = re.compile(r"\s*([A-Z])[.)]\s*(.*)\Z", re.DOTALL)
_ANSWER = re.compile(r"\s*ANSWER\s{0,9}:(.*)\Z")


def read(stream: IO[bytes], *, language: str = "en", limits: Limits = USUAL) -> Iterator[Item | Skipped]:
    """Yield the questions of a file in order; one that is not written rightly is skipped, with its line."""
    text, notices = text_of(stream, limits)
    for count, (number, lines) in enumerate(_questions(text), 1):
        if count > limits.questions:
            raise InterchangeError("too_many", Place("", number), most=limits.questions)
        draft = Draft(FORMAT, Place("", number), language, limits)
        draft.notices, notices = list(notices), []
        try:
            yield _question(lines, draft)
        except Unusable as error:
            yield draft.skipped(error.notice)


def _questions(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines of each question: up to its ANSWER line, or to an empty line where that is missing."""
    lines: list[str] = []
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            # an empty line may stand within a question, but not after its options
            if lines and any(_OPTION.match(one) for one in lines):
                yield start, lines
                lines = []
            continue
        if not lines:
            start = number
        lines.append(line)
        if _ANSWER.match(line):
            yield start, lines
            lines = []
    if lines:
        yield start, lines


def _question(lines: list[str], draft: Draft) -> Item | Skipped:
    words: list[str] = []
    options: dict[str, str] = {}
    right = ""
    for line in lines:
        answer, option = _ANSWER.match(line), _OPTION.match(line)
        if answer:
            right = answer[1].strip()
        elif option:
            options[option[1]] = option[2].strip()
        elif options:
            raise Unusable("bad_layout", name=markup.line(line)[:40])
        else:
            words.append(line.strip())
    draft.name = markup.line(" ".join(words))[:80]
    if not words:
        return draft.skipped(Notice("no_text"))
    if len(options) < 2:
        raise Unusable("too_few_options")
    if right not in options:
        raise Unusable("no_right_answer")
    draft.fields["stem"] = draft.texts(escape("\n".join(words), quote=False).replace("\n", "<br>"))
    rows = [
        Row(draft.texts(escape(text, quote=False)), ONE if letter == right else ZERO)
        for letter, text in options.items()
    ]
    return building.choice(draft, rows, single=True)
