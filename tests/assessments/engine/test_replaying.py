"""The whole engine from its steps: what they lead to, and that a change of any of them shows."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

from hypothesis import assume, given
from hypothesis import strategies as st

from assessments.behaviours import StepRefused
from assessments.folding import fold
from assessments.grading import credits_by_rule, fractions_by_rule
from assessments.paper import Paper, PaperSlot
from assessments.replaying import SEALING, digest_of, replay

BEGUN = datetime(2026, 11, 22, 12, tzinfo=UTC)
BEHAVIOURS = (
    "deferred",
    "immediate",
    "interactive",
    "adaptive",
    "certainty_deferred",
    "certainty_immediate",
    "manual",
)
KEY = {"options": {"a": "1", "b": "0", "c": "1/2"}}


@dataclass(frozen=True)
class FakeStep:
    sequence: int
    client_id: str
    kind: str
    slot: int
    data: Any
    language: str
    at: datetime
    actor_id: int | None = None


def paper_by(behaviour: str) -> Paper:
    slots = tuple(
        PaperSlot(number, UUID(int=number), number, UUID(int=0), "en", kind, Fraction(number), spec)
        for number, (kind, spec) in enumerate((("single", KEY), ("single", KEY), ("essay", {})), start=1)
    )
    return Paper({}, Fraction(1, 2), None, "after_submit", True, slots, behaviour=behaviour)


class History:
    """Writes steps as the verbs do: what may not be taken is left out, what marks is sealed."""

    def __init__(self, paper: Paper) -> None:
        self.paper, self.steps = paper, []

    def add(self, kind: str, slot: int, data: Any, actor: int | None = None) -> None:
        number = len(self.steps) + 1
        if kind in SEALING:
            data = {**data, "digest": digest_of(self.steps)}
        at = BEGUN + timedelta(seconds=number)
        step = FakeStep(number, f"page-{number}", kind, slot, data, "en", at, actor)
        try:
            fold([*self.steps, step], self.paper)
        except StepRefused:
            return
        self.steps.append(step)

    def hand_in(self) -> None:
        self.add("submit", 0, {"by": "person"})
        state = fold(self.steps, self.paper)
        by_rule = {str(slot): str(value) for slot, value in fractions_by_rule(state).items()}
        by_certainty = {str(slot): str(value) for slot, value in credits_by_rule(state).items()}
        self.add("grade", 0, {"fractions": by_rule, "credits": by_certainty})


CHOICES = st.sampled_from("abc")
ANSWERED = st.tuples(
    st.sampled_from(["answer", "check"]),
    st.integers(1, 2),
    st.builds(
        lambda c, sure: {"response": {"choice": c}} | ({"certainty": sure} if sure else {}),
        CHOICES,
        st.sampled_from([0, 0, 1, 2, 3]),
    ),
)
MOVES = st.one_of(
    ANSWERED,
    ANSWERED,
    st.tuples(
        st.just("answer"), st.just(3), st.builds(lambda t: {"response": {"text": t}}, st.sampled_from("xy"))
    ),
    st.tuples(st.just("again"), st.integers(1, 2), st.just({})),
    st.tuples(st.just("flag"), st.integers(1, 3), st.builds(lambda on: {"on": on}, st.booleans())),
    st.tuples(st.just("another"), st.integers(1, 3), st.just({"slot": {}})),
)
AFTERWARDS = st.one_of(
    st.tuples(
        st.just("mark"),
        st.integers(1, 3),
        st.builds(lambda f: {"fraction": f}, st.sampled_from(["0", "3/4"])),
    ),
    st.tuples(
        st.just("regrade"),
        st.integers(1, 2),
        st.builds(lambda f: {"fraction": f, "credit": f, "policy": "full"}, st.sampled_from(["1/2", "1"])),
    ),
    st.tuples(
        st.just("late"),
        st.integers(1, 2),
        st.builds(lambda c: {"response": {"choice": c}, "sequence": 7}, CHOICES),
    ),
)


@st.composite
def histories(draw):
    history = History(paper_by(draw(st.sampled_from(BEHAVIOURS))))
    for kind, slot, data in draw(st.lists(MOVES, max_size=14)):
        history.add(kind, slot, data)
    if draw(st.booleans()):
        history.hand_in()
        for kind, slot, data in draw(st.lists(AFTERWARDS, max_size=4)):
            history.add(kind, slot, data, actor=5)
    return history


@given(histories(), st.randoms())
def test_replaying_gives_what_was_recorded_in_whatever_order_steps_arrive(history, rng):
    shuffled = list(history.steps)
    rng.shuffle(shuffled)
    replayed = replay(history.paper, shuffled)
    assert replayed.intact
    assert replayed == replay(history.paper, history.steps)
    assert replayed.state == fold(history.steps, history.paper)
    assert replayed.fraction is None or 0 <= replayed.fraction <= 1


def changes(step: FakeStep) -> dict[str, Any]:
    """Another value for each thing that is stored of a step."""
    return {
        "client_id": f"{step.client_id}0",
        "kind": "flag" if step.kind != "flag" else "again",
        "slot": step.slot + 1,
        "data": {**step.data, "more": 1},
        "language": "es",
        "at": step.at + timedelta(microseconds=1),
        "actor_id": 99,
    }


@given(histories(), st.data())
def test_a_change_of_any_stored_step_shows(history, data):
    assume(history.steps)
    place = data.draw(st.integers(0, len(history.steps) - 1))
    name = data.draw(st.sampled_from(sorted(changes(history.steps[place]))))
    before = replay(history.paper, history.steps)
    changed = list(history.steps)
    changed[place] = replace(changed[place], **{name: changes(changed[place])[name]})
    try:
        after = replay(history.paper, changed)
    except (StepRefused, KeyError, ValueError):
        return
    assert after.digest != before.digest
    later = [step.sequence for step in changed[place + 1 :] if step.kind in SEALING]
    assert after.altered == tuple(later)


@given(histories(), st.data())
def test_a_step_that_is_left_out_shows(history, data):
    assume(len(history.steps) > 1)
    place = data.draw(st.integers(0, len(history.steps) - 1))
    rest = history.steps[:place] + history.steps[place + 1 :]
    try:
        after = replay(history.paper, rest)
    except StepRefused:
        return
    assert after.digest != replay(history.paper, history.steps).digest
    if any(step.kind in SEALING for step in history.steps[place + 1 :]):
        assert not after.intact


@given(histories(), st.sampled_from([1, 2]))
def test_another_answer_before_the_end_gives_another_state(history, further):
    answers = [step for step in history.steps if step.kind in ("answer", "check") and step.slot < 3]
    if not answers:
        return
    last = answers[-1]
    choice = "abc"[("abc".index(last.data["response"]["choice"]) + further) % 3]
    changed = [
        replace(step, data={**step.data, "response": {"choice": choice}}) if step is last else step
        for step in history.steps
    ]
    try:
        state = fold(changed, history.paper)
    except StepRefused:
        return
    assert state != fold(history.steps, history.paper)


@given(histories())
def test_a_mark_that_was_written_over_is_not_what_the_rules_say(history):
    graded = next((step for step in history.steps if step.kind == "grade"), None)
    assume(graded is not None and "1" in graded.data["fractions"])
    other = "1" if graded.data["fractions"]["1"] != "1" else "0"
    forged = {**graded.data, "fractions": {**graded.data["fractions"], "1": other}}
    changed = [replace(step, data=forged) if step is graded else step for step in history.steps]
    assert not replay(history.paper, changed).as_recorded
