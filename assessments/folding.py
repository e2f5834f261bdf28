"""What an attempt looks like now: a fold over its steps. Pure.

The attempt as a whole is folded here, each question by its behaviour. A step is never taken back:
what a later one says goes before what an earlier one said.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from assessments import behaviours
from assessments.behaviours import StepLike
from assessments.paper import Paper, PaperSlot
from assessments.scoring import SpecError

__all__ = ["Answer", "PersonMark", "State", "StepLike", "fold", "fold_question"]


@dataclass(frozen=True)
class Answer:
    """The answer to one question, the language it was given in, and when it was saved."""

    response: Mapping[str, Any]
    language: str
    at: datetime
    certainty: int = 0


@dataclass(frozen=True)
class PersonMark:
    """What markers gave: the fraction, points by criterion, and words for the learner.

    ``annotations`` are their remarks on stretches of the answer, as ``annotating`` reads them.
    """

    fraction: Fraction
    points: tuple[str, ...]
    comment: str
    at: datetime
    annotations: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Regraded:
    """What a regrade gave one question: what is earned, what counts, and the key that says so."""

    fraction: Fraction
    credit: Fraction
    spec: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True)
class State:
    """An attempt as its steps have left it.

    ``questions`` holds each question as its behaviour sees it; empty when it was folded without
    its paper. ``rule_marks`` are what the rules said when it was handed in.
    """

    answers: Mapping[int, Answer] = field(default_factory=dict)
    flags: frozenset[int] = frozenset()
    submitted_at: datetime | None = None
    rule_marks: Mapping[int, Fraction] = field(default_factory=dict)
    rule_credits: Mapping[int, Fraction] = field(default_factory=dict)
    person_marks: Mapping[int, PersonMark] = field(default_factory=dict)
    regraded: Mapping[int, Regraded] = field(default_factory=dict)
    late: frozenset[int] = frozenset()
    last_slot: int = 1
    saved_at: datetime | None = None
    questions: Mapping[int, behaviours.State] = field(default_factory=dict)

    @property
    def fractions(self) -> dict[int, Fraction]:
        """What is earned of each question that is marked; a person's word goes before a rule's."""
        by_person = {slot: mark.fraction for slot, mark in self.person_marks.items()}
        again = {slot: mark.fraction for slot, mark in self.regraded.items()}
        return {**self.rule_marks, **by_person, **again}

    @property
    def credits(self) -> dict[int, Fraction]:
        """What counts of each question that is marked: the fraction, unless certainty counts."""
        by_rule = {**self.rule_marks, **self.rule_credits}
        by_person = {slot: mark.fraction for slot, mark in self.person_marks.items()}
        again = {slot: mark.credit for slot, mark in self.regraded.items()}
        return {**by_rule, **by_person, **again}

    def response(self, slot: int) -> Mapping[str, Any]:
        """The saved response to a question; empty when there is none."""
        answer = self.answers.get(slot)
        return answer.response if answer else {}

    def is_answered(self, slot: int) -> bool:
        """Whether there is a response that is not blank."""
        return bool(self.response(slot))

    def key_of(self, slot: PaperSlot) -> Mapping[str, Any]:
        """The key that holds for a question: the frozen one, or that of the last regrade."""
        again = self.regraded.get(slot.number)
        return again.spec if again and again.spec else slot.spec


def fold(steps: Iterable[StepLike], paper: Paper | None = None) -> State:
    """The state after these steps, whatever order they come in; with the paper, that of each question."""
    taken = sorted(steps, key=lambda step: step.sequence)
    state = State()
    for step in taken:
        state = _FOLDS[step.kind](state, step)
    if paper is None:
        return state
    return replace(state, questions={slot.number: _question(paper, slot, taken) for slot in paper.slots})


def fold_question(
    paper: Paper, slot: PaperSlot, steps: Iterable[StepLike], spec: Mapping[str, Any] | None = None
) -> behaviours.State:
    """One question as its behaviour sees it; by another key than the frozen one, if one is given.

    StepRefused when these steps cannot have been taken.
    """
    own = behaviours.steps_of(_in_time(slot.number, steps), slot.number)
    return behaviours.fold(paper.behaviour, paper.question(slot, spec), own)


def _question(paper: Paper, slot: PaperSlot, steps: Iterable[StepLike]) -> behaviours.State:
    """As ``fold_question``; a frozen key that scoring has come to refuse leaves the question to a person."""
    try:
        return fold_question(paper, slot, steps)
    except SpecError:
        return behaviours.State(allowed=frozenset())


@dataclass(slots=True)
class _InTime:
    """A step at the place where it would have stood, had it come in time."""

    sequence: int
    kind: str
    slot: int
    data: Mapping[str, Any]
    language: str
    at: datetime


def _in_time(number: int, steps: Iterable[StepLike]) -> list[StepLike]:
    """The steps with accepted late answers to one question put before the handing in."""
    taken = sorted(steps, key=lambda step: step.sequence)
    late = [step for step in taken if step.kind == "late" and step.slot == number]
    if not late:
        return taken
    ending = next((place for place, step in enumerate(taken) if step.kind == "submit"), len(taken))
    rest = [step for step in taken[ending:] if step.kind != "late"]
    placed = [(step, step.kind) for step in taken[:ending]]
    placed += [(step, "answer") for step in late] + [(step, step.kind) for step in rest]
    return [
        _InTime(place, kind, step.slot, step.data, step.language, step.at)
        for place, (step, kind) in enumerate(placed, start=1)
    ]


def _answer(state: State, step: StepLike) -> State:
    answer = Answer(step.data["response"], step.language, step.at, step.data.get("certainty") or 0)
    answers = {**state.answers, step.slot: answer}
    return replace(state, answers=answers, last_slot=step.slot, saved_at=step.at)


def _late(state: State, step: StepLike) -> State:
    answer = Answer(step.data["response"], step.language, step.at, step.data.get("certainty") or 0)
    # what was said of the answer before it does not hold for this one
    return replace(
        state,
        answers={**state.answers, step.slot: answer},
        late=state.late | {step.slot},
        rule_marks=_without(state.rule_marks, step.slot),
        rule_credits=_without(state.rule_credits, step.slot),
        person_marks=_without(state.person_marks, step.slot),
        regraded=_without(state.regraded, step.slot),
    )


def _without[T](marks: Mapping[int, T], number: int) -> dict[int, T]:
    return {slot: value for slot, value in marks.items() if slot != number}


def _flag(state: State, step: StepLike) -> State:
    flags = state.flags | {step.slot} if step.data["on"] else state.flags - {step.slot}
    return replace(state, flags=flags, last_slot=step.slot, saved_at=step.at)


def _visit(state: State, step: StepLike) -> State:
    return replace(state, last_slot=step.slot, saved_at=step.at)


def _submit(state: State, step: StepLike) -> State:
    return replace(state, submitted_at=step.at)


def _grade(state: State, step: StepLike) -> State:
    return replace(
        state,
        rule_marks={int(slot): Fraction(value) for slot, value in step.data["fractions"].items()},
        rule_credits={int(slot): Fraction(value) for slot, value in step.data.get("credits", {}).items()},
    )


def _mark(state: State, step: StepLike) -> State:
    mark = PersonMark(
        fraction=Fraction(step.data["fraction"]),
        points=tuple(step.data.get("points", ())),
        comment=step.data.get("comment", ""),
        at=step.at,
        annotations=tuple(step.data.get("annotations", ())),
    )
    return replace(
        state,
        person_marks={**state.person_marks, step.slot: mark},
        regraded=_without(state.regraded, step.slot),
    )


def _regrade(state: State, step: StepLike) -> State:
    fraction = Fraction(step.data["fraction"])
    given = Regraded(
        fraction=fraction,
        credit=Fraction(step.data.get("credit", fraction)),
        spec=step.data.get("spec") or {},
        at=step.at,
    )
    return replace(state, regraded={**state.regraded, step.slot: given})


_FOLDS = {
    "answer": _answer,
    "check": _answer,
    "again": _visit,
    "another": _visit,
    "flag": _flag,
    "submit": _submit,
    "grade": _grade,
    "mark": _mark,
    "late": _late,
    "regrade": _regrade,
}
