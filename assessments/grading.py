"""From questions to fractions to a grade. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assessments.behaviours import StepLike
from assessments.folding import State, fold_question
from assessments.paper import Paper, PaperSlot
from assessments.scoring import Outcome, score

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Grade:
    """The share of the highest mark, and whether it passes."""

    fraction: Fraction
    passed: bool


@dataclass(frozen=True)
class Standing:
    """What one question earns and what of it counts; None while a person has still to mark it."""

    fraction: Fraction | None
    credit: Fraction | None


def outcome_of(slot: PaperSlot, state: State) -> Outcome:
    """How one question was answered, by the key that holds for it; of what was not judged, as if it were."""
    answer = state.answers.get(slot.number)
    question = state.questions.get(slot.number)
    if question and question.outcome and slot.number not in state.regraded:
        return question.outcome
    if answer is None:
        return score(slot.kind, slot.spec, None)
    return score(slot.kind, state.key_of(slot), answer.response, language=answer.language)


def standing_by(
    paper: Paper, slot: PaperSlot, steps: Iterable[StepLike], spec: Mapping[str, Any]
) -> Standing:
    """What the same steps would earn by another key, for a regrade. Marks by persons count as given."""
    found = fold_question(paper, slot, steps, spec)
    return Standing(found.fraction, found.credit)


def fractions_by_rule(state: State) -> dict[int, Fraction]:
    """The fraction of every question that needs no person."""
    return {number: q.fraction for number, q in state.questions.items() if q.fraction is not None}


def credits_by_rule(state: State) -> dict[int, Fraction]:
    """What counts of these questions, where it is not the fraction."""
    return {
        number: q.credit
        for number, q in state.questions.items()
        if q.credit is not None and q.fraction is not None and q.credit != q.fraction
    }


def waiting_slots(paper: Paper, state: State) -> tuple[int, ...]:
    """The questions that still wait for a person, once the rules have marked theirs."""
    marked = state.fractions
    return tuple(slot.number for slot in paper.slots if slot.number not in marked)


def grade(paper: Paper, credits: Mapping[int, Fraction]) -> Grade:
    """The grade of a paper whose every question is marked; KeyError when one is not.

    It passes with the pass mark of the whole and the minimum of every section. Certainty may
    take away more than was earned: the grade is held at 0. Where nothing is scored, nothing
    can be missed.
    """
    share = _share(paper.slots, credits)
    minima = all(
        _share([slot for slot in paper.slots if slot.section == place], credits) >= section.minimum
        for place, section in enumerate(paper.sections)
    )
    return Grade(share, share >= paper.pass_mark and minima)


def _share(slots: Iterable[PaperSlot], credits: Mapping[int, Fraction]) -> Fraction:
    rows = list(slots)
    weight = sum((slot.weight for slot in rows), ZERO)
    earned = sum((slot.weight * credits[slot.number] for slot in rows), ZERO)
    return max(ZERO, earned / weight) if weight else ONE
