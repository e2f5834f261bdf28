"""What an attempt looks like now: a fold over its steps. Pure.

Each kind of step replaces the one before it for the same slot, so the newest step of each kind
and slot give the same state as all steps together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction
from typing import Any, Protocol


class StepLike(Protocol):
    """What the fold reads of a step."""

    sequence: int
    kind: str
    slot: int
    data: Mapping[str, Any]
    language: str
    at: datetime


@dataclass(frozen=True)
class Answer:
    """The answer to one question, the language it was given in, and when it was saved."""

    response: Mapping[str, Any]
    language: str
    at: datetime


@dataclass(frozen=True)
class PersonMark:
    """What a marker gave: the fraction, points by criterion, and words for the learner."""

    fraction: Fraction
    points: tuple[str, ...]
    comment: str
    at: datetime


@dataclass(frozen=True)
class State:
    """An attempt as its steps have left it."""

    answers: Mapping[int, Answer] = field(default_factory=dict)
    flags: frozenset[int] = frozenset()
    submitted_at: datetime | None = None
    rule_marks: Mapping[int, Fraction] = field(default_factory=dict)
    person_marks: Mapping[int, PersonMark] = field(default_factory=dict)
    last_slot: int = 1
    saved_at: datetime | None = None

    @property
    def fractions(self) -> dict[int, Fraction]:
        """The fraction of each question that is marked; a person's word goes before a rule's."""
        by_person = {slot: mark.fraction for slot, mark in self.person_marks.items()}
        return {**self.rule_marks, **by_person}

    def response(self, slot: int) -> Mapping[str, Any]:
        """The saved response to a question; empty when there is none."""
        answer = self.answers.get(slot)
        return answer.response if answer else {}

    def is_answered(self, slot: int) -> bool:
        """Whether there is a response that is not blank."""
        return bool(self.response(slot))


def fold(steps: Iterable[StepLike]) -> State:
    """The state after these steps, whatever order they come in."""
    state = State()
    for step in sorted(steps, key=lambda step: step.sequence):
        state = _FOLDS[step.kind](state, step)
    return state


def _answer(state: State, step: StepLike) -> State:
    answer = Answer(step.data["response"], step.language, step.at)
    answers = {**state.answers, step.slot: answer}
    return replace(state, answers=answers, last_slot=step.slot, saved_at=step.at)


def _flag(state: State, step: StepLike) -> State:
    flags = state.flags | {step.slot} if step.data["on"] else state.flags - {step.slot}
    return replace(state, flags=flags, last_slot=step.slot, saved_at=step.at)


def _submit(state: State, step: StepLike) -> State:
    return replace(state, submitted_at=step.at)


def _grade(state: State, step: StepLike) -> State:
    marks = {int(slot): Fraction(value) for slot, value in step.data["fractions"].items()}
    return replace(state, rule_marks=marks)


def _mark(state: State, step: StepLike) -> State:
    mark = PersonMark(
        fraction=Fraction(step.data["fraction"]),
        points=tuple(step.data.get("points", ())),
        comment=step.data.get("comment", ""),
        at=step.at,
    )
    return replace(state, person_marks={**state.person_marks, step.slot: mark})


_FOLDS = {
    "answer": _answer,
    "flag": _flag,
    "submit": _submit,
    "grade": _grade,
    "mark": _mark,
}
