"""From answers to fractions to a grade. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from assessments.folding import State
from assessments.paper import Paper, PaperSlot
from assessments.scoring import Outcome, score


@dataclass(frozen=True)
class Grade:
    """The share of the highest mark, and whether it passes."""

    fraction: Fraction
    passed: bool


def outcome_of(slot: PaperSlot, state: State) -> Outcome:
    """How one question was answered, by its frozen key."""
    answer = state.answers.get(slot.number)
    if answer is None:
        return score(slot.kind, slot.spec, None)
    return score(slot.kind, slot.spec, answer.response, language=answer.language)


def fractions_by_rule(paper: Paper, state: State) -> dict[int, Fraction]:
    """The fraction of every question that needs no person."""
    outcomes = {slot.number: outcome_of(slot, state) for slot in paper.slots}
    return {number: outcome.fraction for number, outcome in outcomes.items() if outcome.fraction is not None}


def waiting_slots(paper: Paper, state: State) -> tuple[int, ...]:
    """The questions that still wait for a person, once the rules have marked theirs."""
    marked = state.fractions
    return tuple(slot.number for slot in paper.slots if slot.number not in marked)


def grade(paper: Paper, fractions: Mapping[int, Fraction]) -> Grade:
    """The grade of a paper whose every question is marked; KeyError when one is not."""
    mark = sum((slot.weight * fractions[slot.number] for slot in paper.slots), Fraction(0))
    share = mark / paper.weight if paper.weight else Fraction(0)
    return Grade(share, share >= paper.pass_mark)
