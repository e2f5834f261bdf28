"""What a question page shows, ready for its template: texts in the reader's language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.bench import Scene
from assessments.folding import Answer, State
from assessments.models import QuestionVersion
from assessments.paper import Paper, PaperSlot
from assessments.parts import Entry, Line, parts_of
from assessments.reviewing import section_name
from assessments.scoring import score
from assessments.texts import in_language, rubric_of, stem_of, versions_of
from assessments.turns import is_reachable
from translation.reading import Reading

__all__ = [
    "NavigatorItem",
    "QuestionView",
    "in_language",
    "navigator",
    "plural_number",
    "question_view",
    "rubric_of",
    "stem_of",
    "versions_of",
]


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
    passage: Reading | None = None
    unit: Reading | None = None
    units: tuple[Entry, ...] = ()
    types_unit: bool = False
    scene: Scene | None = None
    files: tuple[Mapping[str, Any], ...] = ()
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
    asks: bool = True
    closed: bool = False

    @property
    def label(self) -> str:
        """The accessible name: number and state in words."""
        values = {"number": self.number}
        if self.closed:
            return _("Question %(number)s, opens when those before it are answered") % values
        if not self.asks:
            return _("Text %(number)s, asks nothing") % values
        if self.answered and self.flagged:
            return _("Question %(number)s, answered, flagged") % values
        if self.answered:
            return _("Question %(number)s, answered") % values
        if self.flagged:
            return _("Question %(number)s, not answered, flagged") % values
        return _("Question %(number)s, not answered") % values


_HINTS: Mapping[str, str | Promise] = {
    "single": gettext_lazy("Choose one answer."),
    "true_false": gettext_lazy("Choose one answer."),
    "multiple": gettext_lazy("Choose every answer that applies. Part marks are given."),
    "matching": gettext_lazy("Choose one answer for each line. An answer can be used more than once."),
    "ordering": gettext_lazy("Change the number, or press the arrows. The first one is at the top."),
    "numeric": gettext_lazy("Enter a number, in the digits that you use."),
    "short": gettext_lazy("One or a few words, in any language of the course."),
    "gap": gettext_lazy("Fill in every gap."),
    "words": gettext_lazy("Select words in the text. Each one that does not belong takes away a part mark."),
    "scenario": gettext_lazy("Take one decision at a time. You see what comes of it and cannot go back."),
    "essay": gettext_lazy("You may write in any language of the course."),
    "file": gettext_lazy("Choose your file and save it. You can replace it until you hand in."),
    "survey": gettext_lazy("Not scored. There is no right answer: choose what is true for you."),
    "description": "",
}
_ALL_OR_NOTHING: Mapping[str, str | Promise] = {
    "multiple": gettext_lazy(
        "Choose every answer that applies. Marks are given only when all of them are right."
    ),
    "words": gettext_lazy("Select words in the text. Marks are given only when all of them are right."),
}
_PROBLEMS = {
    "not_a_number": gettext_lazy(
        "Enter a number such as 5000. What you have written cannot be read as a number."
    ),
    "unknown_unit": gettext_lazy(
        "Enter a number such as 5000. What stands after your number is not a unit that is known."
    ),
    "missing_unit": gettext_lazy("Write the unit after the number."),
}


def question_view(
    slot: PaperSlot, version: QuestionVersion, state: State, problem: str | Promise = ""
) -> QuestionView:
    """Everything that the page of one question shows; ``problem`` is what was wrong with a form just sent."""
    facts, legend = stem_of(version)
    response = state.response(slot.number)
    return QuestionView(
        slot=slot,
        facts=facts,
        legend=legend,
        hint=hint_of(slot),
        template=f"assessments/kinds/{_TEMPLATES.get(slot.kind, slot.kind)}.html",
        response=response,
        problem=problem or problem_of(slot, state.answers.get(slot.number)),
        **parts_of(slot, version, response),
    )


def hint_of(slot: PaperSlot) -> str | Promise:
    """How the question is answered, under the question itself."""
    most = slot.spec.get("most") if slot.kind == "multiple" else 0
    if most:
        return ngettext(
            "Choose the answers that apply, at most %(n)s.",
            "Choose the answers that apply, at most %(n)s.",
            most,
        ) % {"n": most}
    if slot.spec.get("rule") == "all_or_nothing":
        return _ALL_OR_NOTHING[slot.kind]
    return _HINTS[slot.kind]


def navigator(paper: Paper, state: State, current: int) -> list[NavigatorItem]:
    """The buttons of all questions."""
    return [
        NavigatorItem(
            slot.number,
            state.is_answered(slot.number),
            slot.number in state.flags,
            slot.number == current,
            asks=slot.kind != "description",
            closed=not is_reachable(paper, state, slot.number),
        )
        for slot in paper.slots
    ]


def in_parts[T](paper: Paper, items: Sequence[T]) -> list[tuple[Reading | None, list[T]]]:
    """What there is of each question, by the parts of the paper with their names."""
    if not paper.sections:
        return [(None, list(items))]
    pairs = list(zip(paper.slots, items, strict=True))
    return [
        (section_name(paper, place), found)
        for place in range(len(paper.sections))
        if (found := [item for slot, item in pairs if slot.section == place])
    ]


def asked(slots: Iterable[PaperSlot]) -> list[PaperSlot]:
    """Those of the slots that ask something."""
    return [slot for slot in slots if slot.kind != "description"]


def problem_of(slot: PaperSlot, answer: Answer | None) -> str | Promise:
    """Why a number cannot be read; says nothing on whether it is right."""
    if slot.kind != "numeric" or answer is None or not answer.response:
        return ""
    outcome = score(slot.kind, slot.spec, answer.response, language=answer.language)
    return _PROBLEMS.get(outcome.problem, "")


_TEMPLATES = {"single": "choice", "true_false": "choice", "multiple": "choice", "survey": "choice"}
