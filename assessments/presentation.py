"""What a question page shows, ready for its template: texts in the reader's language."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from assessments.folding import Answer, State
from assessments.markup import paragraphs
from assessments.models import Option, QuestionVersion
from assessments.paper import Paper, PaperSlot
from assessments.scoring import score
from translation.reading import Reading, base_language, read

_GAP = re.compile(r"\{\{\s*(\w+)\s*\}\}")


@dataclass(frozen=True)
class Entry:
    """One thing to choose: an option, or a line of a list."""

    value: str
    words: Reading
    chosen: bool = False


@dataclass(frozen=True)
class Line:
    """One thing to fill in: a prompt, an item to place, a gap; or, without a name, plain text."""

    name: str
    words: Reading
    value: str = ""
    entries: tuple[Entry, ...] = ()


def plural_number(points: Fraction) -> int:
    """The whole number that decides between "point" and "points"; parts of a point go with many."""
    return int(points) if points.denominator == 1 else 100


@dataclass(frozen=True)
class QuestionView:
    """One question as its page shows it."""

    slot: PaperSlot
    facts: Reading
    legend: Reading
    hint: str | Promise
    template: str
    response: Mapping[str, Any]
    entries: tuple[Entry, ...] = ()
    lines: tuple[Line, ...] = ()
    unit: Reading | None = None
    rubric: tuple[tuple[Reading, str], ...] = ()
    problem: str | Promise = ""

    @property
    def plural(self) -> int:
        """The number that decides between "point" and "points"."""
        return plural_number(self.slot.weight)


@dataclass(frozen=True)
class NavigatorItem:
    """One button of the question navigator."""

    number: int
    answered: bool
    flagged: bool
    current: bool

    @property
    def label(self) -> str:
        """The accessible name: number and state in words."""
        values = {"number": self.number}
        if self.answered and self.flagged:
            return _("Question %(number)s, answered, flagged") % values
        if self.answered:
            return _("Question %(number)s, answered") % values
        if self.flagged:
            return _("Question %(number)s, not answered, flagged") % values
        return _("Question %(number)s, not answered") % values


_HINTS = {
    "single": gettext_lazy("Choose one answer."),
    "true_false": gettext_lazy("Choose one answer."),
    "multiple": gettext_lazy("Choose every answer that applies. Part marks are given."),
    "matching": gettext_lazy("Choose one answer for each line. An answer can be used more than once."),
    "ordering": gettext_lazy("Change the number, or press the arrows. The first one is at the top."),
    "numeric": gettext_lazy("Enter a number, in the digits that you use."),
    "short": gettext_lazy("One or a few words, in any language of the course."),
    "gap": gettext_lazy("Fill in every gap."),
    "essay": gettext_lazy("You may write in any language of the course."),
}
_ALL_OR_NOTHING = gettext_lazy(
    "Choose every answer that applies. Marks are given only when all of them are right."
)
_PROBLEMS = {
    "not_a_number": gettext_lazy(
        "Enter a number such as 5000. What you have written cannot be read as a number."
    ),
    "unknown_unit": gettext_lazy(
        "Enter a number such as 5000. What stands after your number is not a unit that is known."
    ),
    "missing_unit": gettext_lazy("Write the unit after the number."),
}


def in_language(texts: Mapping[str, str] | str, language: str | None = None) -> Reading:
    """The text of a mapping in a language (default: the page's), else in its first one."""
    wanted = base_language(language or get_language())
    if isinstance(texts, str):
        return Reading(texts, wanted)
    filled = {code: text for code, text in texts.items() if text}
    found = wanted if wanted in filled else next(iter(filled), wanted)
    return Reading(filled.get(found, ""), found)


def versions_of(slots: Sequence[PaperSlot], *, with_options: bool = True) -> dict[int, QuestionVersion]:
    """The versions on these slots, with only the columns of the languages that can be shown."""
    languages = {base_language(get_language()), *(slot.language for slot in slots)}
    versions = QuestionVersion.objects.for_display(languages)
    if not with_options:
        versions = versions.prefetch_related(None)
    return versions.in_bulk([slot.version for slot in slots])


def stem_of(version: QuestionVersion) -> tuple[Reading, Reading]:
    """The facts and the question itself, which is the last paragraph of the stem."""
    stem = read(version, "stem")
    *facts, legend = paragraphs(str(stem)) or [""]
    return Reading("\n\n".join(facts), stem.language), Reading(legend, stem.language)


def question_view(slot: PaperSlot, version: QuestionVersion, state: State) -> QuestionView:
    """Everything that the page of one question shows."""
    facts, legend = stem_of(version)
    response = state.response(slot.number)
    parts = _PARTS[slot.kind](slot, version, response)
    all_or_nothing = slot.kind == "multiple" and slot.spec.get("rule") == "all_or_nothing"
    return QuestionView(
        slot=slot,
        facts=facts,
        legend=legend,
        hint=_ALL_OR_NOTHING if all_or_nothing else _HINTS[slot.kind],
        template=f"assessments/kinds/{_TEMPLATES.get(slot.kind, slot.kind)}.html",
        response=response,
        problem=problem_of(slot, state.answers.get(slot.number)),
        **parts,
    )


def navigator(paper: Paper, state: State, current: int) -> list[NavigatorItem]:
    """The buttons of all questions."""
    return [
        NavigatorItem(
            slot.number,
            state.is_answered(slot.number),
            slot.number in state.flags,
            slot.number == current,
        )
        for slot in paper.slots
    ]


def ordered(options: Iterable[Option], names: Sequence[str]) -> list[Option]:
    """The options in the order of the paper."""
    by_name = {str(option.key): option for option in options}
    return [by_name[name] for name in names if name in by_name]


def truth_words(version: QuestionVersion) -> dict[str, Reading]:
    """The words of "true" and "false": the author's, or the interface's."""
    options = list(version.options.all())
    if len(options) == 2:
        return dict(zip(("true", "false"), (read(o, "text") for o in options), strict=True))
    language = base_language(get_language())
    return {"true": Reading(_("True"), language), "false": Reading(_("False"), language)}


def answer_words(version: QuestionVersion) -> dict[str, Reading]:
    """The answers of a matching question by their id."""
    return {
        str(option.match_key): read(option, "match_text")
        for option in reversed(list(version.options.all()))
        if option.match_text
    }


def _choices(slot: PaperSlot, version: QuestionVersion, response: Mapping[str, Any]) -> dict:
    chosen = {*response.get("choices", ()), response.get("choice")}
    entries = tuple(
        Entry(str(option.key), read(option, "text"), str(option.key) in chosen)
        for option in ordered(version.options.all(), slot.options)
    )
    return {"entries": entries}


def _truth(slot: PaperSlot, version: QuestionVersion, response: Mapping[str, Any]) -> dict:
    entries = tuple(
        Entry(value, words, value == response.get("choice")) for value, words in truth_words(version).items()
    )
    return {"entries": entries}


def _pairs(slot: PaperSlot, version: QuestionVersion, response: Mapping[str, Any]) -> dict:
    words = answer_words(version)
    given = response.get("pairs", {})
    lines = []
    for option in ordered(version.options.all(), slot.options):
        chosen = given.get(str(option.key), "")
        entries = tuple(Entry(name, words[name], name == chosen) for name in slot.answers)
        lines.append(Line(str(option.key), read(option, "text"), chosen, entries))
    return {"lines": tuple(lines)}


def _places(slot: PaperSlot, version: QuestionVersion, response: Mapping[str, Any]) -> dict:
    given = list(response.get("order", ()))
    names = given + [name for name in slot.options if name not in given]
    options = ordered(version.options.all(), names)
    lines = (
        Line(str(option.key), read(option, "text"), str(place))
        for place, option in enumerate(options, start=1)
    )
    return {"lines": tuple(lines)}


def _number(slot: PaperSlot, version: QuestionVersion, response: Mapping[str, Any]) -> dict:
    label = (slot.spec.get("unit") or {}).get("label")
    return {"unit": in_language(label) if label else None}


def _gaps(slot: PaperSlot, version: QuestionVersion, response: Mapping[str, Any]) -> dict:
    passage = read(version, "passage")
    given = response.get("gaps", {})
    # splitting by a pattern with one group gives text, gap, text, gap, …, text
    pieces = _GAP.split(str(passage))
    lines = []
    for index, piece in enumerate(pieces):
        if index % 2 and piece in slot.spec["gaps"]:
            lines.append(_gap(slot, version, piece, given.get(piece, "")))
        elif piece:
            lines.append(Line("", Reading(piece, passage.language)))
    return {"lines": tuple(lines)}


def _gap(slot: PaperSlot, version: QuestionVersion, name: str, value: str) -> Line:
    options = slot.spec["gaps"][name].get("options", {})
    texts = (version.marking["gaps"].get(name) or {}).get("texts", {})
    entries = tuple(Entry(o, in_language(texts.get(o, o)), o == value) for o in options)
    return Line(name, Reading("", base_language(get_language())), value, entries)


def _essay(slot: PaperSlot, version: QuestionVersion, response: Mapping[str, Any]) -> dict:
    return {"rubric": rubric_of(version)}


def rubric_of(version: QuestionVersion) -> tuple[tuple[Reading, str], ...]:
    """The criteria of an essay and the points of each."""
    return tuple(
        (in_language(line["text"]), str(Fraction(str(line["points"]))))
        for line in (version.marking or {}).get("rubric", ())
    )


def _plain(slot: PaperSlot, version: QuestionVersion, response: Mapping[str, Any]) -> dict:
    return {}


def problem_of(slot: PaperSlot, answer: Answer | None) -> str | Promise:
    """Why a number cannot be read; says nothing on whether it is right."""
    if slot.kind != "numeric" or answer is None:
        return ""
    outcome = score(slot.kind, slot.spec, answer.response, language=answer.language)
    return _PROBLEMS.get(outcome.problem, "")


_PARTS = {
    "single": _choices,
    "multiple": _choices,
    "true_false": _truth,
    "matching": _pairs,
    "ordering": _places,
    "numeric": _number,
    "short": _plain,
    "gap": _gaps,
    "essay": _essay,
}
_TEMPLATES = {"single": "choice", "true_false": "choice", "multiple": "choice"}
