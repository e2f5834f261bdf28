"""What holds for every behaviour, whatever a learner does, in whatever order."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.behaviours import BEHAVIOURS, Question, StepRefused, advance, begin, behaviour_for, fold
from assessments.behaviours.state import STEPS
from assessments.scoring import KINDS, MARKED_BY_PERSON, clean_response, score

START = datetime(2026, 11, 1, 9, tzinfo=UTC)
NAMES = st.sampled_from(list(BEHAVIOURS))
# kind, key, the right response, others
QUESTIONS = {
    "single": (
        {"options": {"a": "1", "b": "1/3", "c": "0"}},
        {"choice": "a"},
        [{"choice": "b"}, {"choice": "c"}],
    ),
    "multiple": (
        {"options": {"a": "1/2", "b": "1/2", "c": "-1"}},
        {"choices": ["a", "b"]},
        [{"choices": ["b"]}, {"choices": ["b", "c"]}],
    ),
    "numeric": ({"value": "1000"}, {"value": "1000"}, [{"value": "1.000"}, {"value": "x"}]),
    "gap": (
        {"gaps": {"1": {"accepted": {"es": ["si"]}}, "2": {"value": "3"}}},
        {"gaps": {"1": "Sí", "2": "3"}},
        [{"gaps": {"1": "no"}}, {"gaps": {"2": "3"}}],
    ),
    "words": (
        {"words": {"1": True, "2": False}},
        {"words": ["1"]},
        [{"words": ["2"]}, {"words": ["1", "2"]}],
    ),
    "true_false": ({"answer": True}, {"choice": "true"}, [{"choice": "false"}]),
    "matching": (
        {"pairs": {"a": "x", "b": "y"}},
        {"pairs": {"a": "x", "b": "y"}},
        [{"pairs": {"a": "y"}}, {"pairs": {"a": "x", "b": "x"}}],
    ),
    "ordering": (
        {"order": ["a", "b", "c"], "rule": "adjacent"},
        {"order": ["a", "b", "c"]},
        [{"order": ["b", "c", "a"]}, {"order": ["c", "b", "a"]}],
    ),
    "short": ({"accepted": {"es": ["si", "claro*"]}}, {"text": "Sí."}, [{"text": "no"}, {"text": "clar"}]),
    "scenario": (
        {
            "start": "s",
            "situations": {
                "s": {"decisions": {"1": {"worth": "1", "next": "t"}, "2": {"worth": "0"}}},
                "t": {"decisions": {"3": {"worth": "1"}, "4": {"worth": "1/3"}}},
            },
        },
        {"path": ["1", "3"]},
        [{"path": ["1"]}, {"path": ["2"]}, {"path": ["1", "4"]}],
    ),
    "essay": ({}, {"text": "Delay."}, [{"text": "None."}]),
    "file": (
        {"types": [".pdf"]},
        {"files": [{"name": "a.pdf", "size": 9, "sha256": "0" * 64}]},
        [{"files": [{"name": "b.pdf", "size": 8, "sha256": "1" * 64}]}],
    ),
    "survey": ({"scale": ["1", "2"]}, {"choice": "1"}, [{"choice": "2"}]),
    "description": ({}, {}, [{}]),
}


@dataclass(frozen=True)
class Step:
    sequence: int
    kind: str
    slot: int
    data: dict[str, Any]
    language: str
    at: datetime


@st.composite
def questions(draw):
    kind = draw(st.sampled_from(list(QUESTIONS)))
    tries, hints = draw(st.integers(1, 4)), draw(st.integers(0, 3))
    penalty = draw(st.fractions(0, 1, max_denominator=6))
    return Question(1, kind, QUESTIONS[kind][0], tries, hints, penalty)


@st.composite
def attempts_at(draw):
    """A question, and all steps that were taken; those that were refused or discarded left none."""
    name, question = draw(NAMES), draw(questions())
    state, steps = begin(name, question), []
    for sequence in range(1, draw(st.integers(0, 9)) + 1):
        step = draw(steps_at(sequence, name, question))
        try:
            after = advance(name, question, state, step)
        except StepRefused:
            continue
        if after is not state:
            steps.append(step)
        state = after
    return name, question, steps, state


@st.composite
def steps_at(draw, sequence, name, question):
    kind = draw(st.sampled_from(["answer", "check", "check", "again", "submit", "mark"]))
    data: dict[str, Any] = {}
    if kind in ("answer", "check"):
        _, right, others = QUESTIONS[question.kind]
        data["response"] = draw(st.sampled_from([*others, *others, right, {}]))
        if behaviour_for(name, question.kind).asks_certainty:
            data["certainty"] = draw(st.integers(0, 3))
    if kind == "mark":
        data = {"fraction": draw(st.sampled_from(["0", "1/3", "1"])), "comment": draw(st.sampled_from("ab"))}
    language = draw(st.sampled_from(["es", "en"]))
    slot = 0 if kind == "submit" else question.number
    return Step(sequence, kind, slot, data, language, START + timedelta(seconds=sequence))


@given(attempts_at())
def test_the_fold_is_what_happened_and_happens_again_in_any_order_of_rows(attempt):
    name, question, steps, state = attempt
    assert fold(name, question, steps) == state
    assert fold(name, question, reversed(steps)) == state
    stored = [replace(step, data=json.loads(json.dumps(step.data))) for step in steps]
    assert fold(name, question, stored) == state


@given(attempts_at(), st.data())
def test_a_fold_can_be_taken_up_anywhere(attempt, data):
    name, question, steps, state = attempt
    cut = data.draw(st.integers(0, len(steps)))
    taken_up = fold(name, question, steps[:cut])
    for step in steps[cut:]:
        taken_up = advance(name, question, taken_up, step)
    assert taken_up == state


@given(attempts_at())
def test_what_is_earned_stays_in_its_range(attempt):
    name, question, _, state = attempt
    for moment in state.history:
        assert moment.fraction is None or 0 <= moment.fraction <= 1
    lowest = -2 if behaviour_for(name, question.kind).asks_certainty else 0
    assert state.credit is None or lowest <= state.credit <= 1
    assert state.credit is None or isinstance(state.credit, Fraction)
    if name == "interactive":
        assert state.tries <= question.tries
    assert 0 <= state.shown.hint <= question.hints


@given(attempts_at(), st.data())
def test_only_what_is_allowed_can_be_done(attempt, data):
    name, question, steps, state = attempt
    step = data.draw(steps_at(99, name, question))
    forbidden = step.kind not in state.allowed
    last = state.history[-1] if state.history else None
    if last and (last.kind, last.data, last.language) == (step.kind, step.data, step.language):
        assert advance(name, question, state, step) == state
    elif forbidden:
        with pytest.raises(StepRefused):
            advance(name, question, state, step)
    elif step.kind != "check":  # nothing, and what was judged already, cannot be checked
        assert advance(name, question, state, step).history[-1].sequence == 99


@given(attempts_at())
def test_the_last_step_sent_twice_changes_nothing(attempt):
    name, question, steps, state = attempt
    if steps:
        twice = [*steps, replace(steps[-1], sequence=99, at=START + timedelta(days=1))]
        assert fold(name, question, twice) == state


@given(attempts_at(), st.data())
def test_a_change_of_any_stored_step_shows_or_is_refused(attempt, data):
    name, question, steps, state = attempt
    if not steps:
        return
    at = data.draw(st.integers(0, len(steps) - 1))
    step = steps[at]
    others = [replace(step, kind=kind) for kind in STEPS - {step.kind}] + [
        replace(step, sequence=step.sequence + 50),
        replace(step, sequence=0),
        replace(step, slot=step.slot + 1),
        replace(step, language="fr"),
        replace(step, at=step.at + timedelta(microseconds=1)),
        replace(step, data={**step.data, "more": 1}),
        replace(step, data={}) if step.data else replace(step, data={"more": 1}),
        data.draw(steps_at(step.sequence, name, question).filter(lambda other: other != step)),
    ]
    for changed in others:
        assert not _is_the_same(name, question, [*steps[:at], changed, *steps[at + 1 :]], state), changed
    assert not _is_the_same(name, question, [*steps[:at], *steps[at + 1 :]], state)


def _is_the_same(name, question, steps, state):
    try:
        return fold(name, question, steps) == state
    except StepRefused:
        return False


@given(NAMES, questions())
def test_the_right_answer_at_once_earns_everything_and_no_answer_nothing(name, question):
    behaviour = behaviour_for(name, question.kind)
    _, right, _ = QUESTIONS[question.kind]
    answered = {"response": right} | ({"certainty": 3} if behaviour.asks_certainty else {})
    kind = "check" if "check" in behaviour.while_open else "answer"
    assert question.kind in MARKED_BY_PERSON or name == "manual" or not behaviour.by_person
    end = Step(2, "submit", 0, {}, "es", START)
    state = fold(name, question, [Step(1, kind, 1, answered, "es", START), end])
    if behaviour.by_person:
        assert (state.fraction, state.credit) == (None, None)
    else:
        assert state.fraction == score(question.kind, question.spec, right).fraction
        assert state.credit == state.fraction
    nothing = fold(name, question, [end])
    assert (nothing.fraction, nothing.credit) == (0, 0)


@given(attempts_at(), st.randoms())
def test_the_order_in_which_options_stand_changes_nothing(attempt, random):
    name, question, steps, state = attempt
    again = replace(question, spec=_shuffled(question.spec, random))
    assert fold(name, again, steps) == state


def _shuffled(value, random):
    if not isinstance(value, dict):
        return value
    names = list(value)
    random.shuffle(names)
    return {name: _shuffled(value[name], random) for name in names}


def test_the_answers_of_these_tests_are_clean_and_of_every_kind():
    assert set(QUESTIONS) == set(KINDS)
    for kind, (key, right, others) in QUESTIONS.items():
        for response in (right, *others):
            assert clean_response(kind, key, response) or kind == "description"
