"""The fold over steps, as properties."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from assessments.folding import State, fold
from assessments.grading import grade
from assessments.paper import Paper, PaperSlot

BEGUN = datetime(2026, 11, 21, tzinfo=UTC)
SLOTS = st.integers(1, 4)
FRACTIONS = st.fractions(0, 1, max_denominator=12)


@dataclass(frozen=True)
class FakeStep:
    sequence: int
    kind: str
    slot: int
    data: dict
    language: str
    at: datetime


def kinds():
    """A step's kind, slot and data."""
    answer = st.tuples(
        st.just("answer"), SLOTS, st.builds(lambda c: {"response": c}, st.sampled_from([{}, {"choice": "a"}]))
    )
    flag = st.tuples(st.just("flag"), SLOTS, st.builds(lambda on: {"on": on}, st.booleans()))
    graded = st.tuples(
        st.just("grade"),
        st.just(0),
        st.builds(
            lambda marks: {"fractions": {str(slot): str(f) for slot, f in marks.items()}},
            st.dictionaries(SLOTS, FRACTIONS),
        ),
    )
    mark = st.tuples(st.just("mark"), SLOTS, st.builds(lambda f: {"fraction": str(f)}, FRACTIONS))
    return st.one_of(answer, flag, graded, mark)


@st.composite
def histories(draw):
    rows = draw(st.lists(kinds(), max_size=25))
    return [
        FakeStep(number, kind, slot, data, "en", BEGUN + timedelta(seconds=number))
        for number, (kind, slot, data) in enumerate(rows, start=1)
    ]


@given(histories())
def test_replaying_the_steps_gives_the_same_state(steps):
    assert fold(steps) == fold(list(steps))


@given(histories(), st.randoms())
def test_the_order_in_which_steps_arrive_does_not_matter(steps, random):
    shuffled = list(steps)
    random.shuffle(shuffled)
    assert fold(shuffled) == fold(steps)


@given(histories())
def test_the_newest_step_of_each_kind_and_slot_is_enough(steps):
    newest = {(step.kind, step.slot): step for step in steps}
    assert fold(newest.values()) == fold(steps)


@given(histories())
def test_changing_any_step_that_counts_changes_the_state(steps):
    newest = {(step.kind, step.slot): step for step in steps}
    for (kind, slot), step in newest.items():
        if kind != "answer":
            continue
        other = FakeStep(step.sequence, kind, slot, {"response": {"choice": "z"}}, "en", step.at)
        changed = [other if step is known else known for known in steps]
        assert fold(changed) != fold(steps)


def test_no_steps_are_an_untouched_attempt():
    assert fold([]) == State()


@given(st.lists(st.tuples(FRACTIONS, st.fractions(Fraction(1, 4), 5, max_denominator=4)), min_size=1))
def test_a_grade_is_from_zero_to_one_and_full_only_when_everything_is(rows):
    from uuid import UUID

    slots = tuple(
        PaperSlot(number, UUID(int=number), number, UUID(int=0), "en", "single", weight, {})
        for number, (_fraction, weight) in enumerate(rows, start=1)
    )
    paper = Paper({}, Fraction(7, 10), None, "after_submit", True, slots)
    fractions = {number: fraction for number, (fraction, _w) in enumerate(rows, start=1)}
    result = grade(paper, fractions)
    assert 0 <= result.fraction <= 1
    assert (result.fraction == 1) == all(fraction == 1 for fraction in fractions.values())
    assert result.passed == (result.fraction >= Fraction(7, 10))
