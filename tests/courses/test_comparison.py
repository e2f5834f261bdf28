"""What another syllabus changes, and for whom: worked out from keys alone."""

from dataclasses import replace
from fractions import Fraction
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses import comparison, rules
from courses.comparison import Direction
from courses.rules import Group, Requirement, Rule, RuleKind, Syllabus

KEYS = [UUID(int=number) for number in range(1, 7)]
FIRST, SECOND = uuid4(), uuid4()


def asking(*numbers: int, needed: int | None = None, key: UUID | None = FIRST) -> Group:
    """Ask for lessons by their numbers."""
    return Group(key, tuple(Requirement(KEYS[number], "lesson") for number in numbers), needed)


def of(*groups: Group) -> Syllabus:
    return Syllabus(groups)


def done(*numbers: int) -> frozenset[UUID]:
    return frozenset(KEYS[number] for number in numbers)


def test_what_was_added_and_what_was_removed_are_named() -> None:
    found = comparison.differences(of(asking(0, 1)), of(asking(1, 2)))
    assert [one.key for one in found.added] == [KEYS[2]]
    assert [one.key for one in found.removed] == [KEYS[0]]
    assert not found.altered
    assert not found.counted


def test_another_pass_mark_is_another_rule() -> None:
    quiz = Requirement(KEYS[0], "quiz", Rule(RuleKind.SCORE, Fraction(7, 10)))
    harder = replace(quiz, rule=Rule(RuleKind.SCORE, Fraction(8, 10)))
    found = comparison.differences(of(Group(FIRST, (quiz,))), of(Group(FIRST, (harder,))))
    assert found.altered == (harder,)
    assert not found.added
    assert not found.removed


def test_how_many_of_a_module_are_enough_is_a_difference() -> None:
    before, after = of(asking(0, 1, 2)), of(asking(0, 1, 2, needed=2))
    assert comparison.differences(before, after).counted == after.groups
    assert comparison.differences(after, before).counted == before.groups


def test_order_titles_and_minutes_are_no_difference() -> None:
    before = of(asking(0, 1), asking(2, key=SECOND))
    named = replace(before.groups[0].requirements[1], titles={"es": "Otro"}, minutes=40)
    after = of(before.groups[1], replace(before.groups[0], requirements=(named, asking(0).requirements[0])))
    assert comparison.differences(before, after) == comparison.Differences((), (), (), ())


@pytest.mark.parametrize(
    ("before", "after", "has_done", "way"),
    [
        (asking(0, 1), asking(0), (0,), Direction.COMPLETES),
        (asking(0, 1), asking(0, 1, 2), (0,), Direction.FALLS),
        (asking(0, 1, 2), asking(0, 1), (0,), Direction.RISES),
        (asking(0, 1, 2), asking(0, 1), (2,), Direction.FALLS),
        (asking(0, 1), asking(0, 2), (0,), Direction.STAYS),
        (asking(0, 1), asking(0, 1, 2), (), Direction.STAYS),
        (asking(0, 1, 2), asking(0, 1, 2, needed=2), (0, 1), Direction.COMPLETES),
        (asking(0), asking(), (), Direction.STAYS),
        (asking(0, 1), asking(), (0,), Direction.FALLS),
    ],
)
def test_progress_rises_falls_stays_or_completes(
    before: Group, after: Group, has_done: tuple[int, ...], way: Direction
) -> None:
    assert comparison.effect(of(before), of(after), done(*has_done)).direction == way


@given(
    st.sets(st.integers(0, 5)), st.sets(st.integers(0, 5)), st.sets(st.integers(0, 5)), st.none() | st.just(1)
)
def test_moving_and_moving_back_are_opposite(
    first: set[int], second: set[int], has_done: set[int], needed: int | None
) -> None:
    one, other = of(asking(*first, needed=needed)), of(asking(*second))
    there = comparison.effect(one, other, done(*has_done))
    back = comparison.effect(other, one, done(*has_done))
    assert (there.before, there.after) == (back.after, back.before)
    opposite = {Direction.FALLS: {Direction.RISES, Direction.COMPLETES}, Direction.STAYS: {Direction.STAYS}}
    if there.direction in opposite:
        assert back.direction in opposite[there.direction]


def test_what_is_gone_is_out_of_reach() -> None:
    found = rules.summary(of(asking(0, 1, 2)), done(0))
    assert [one.key for one in comparison.out_of_reach(found, done(0, 1))] == [KEYS[2]]
    assert comparison.out_of_reach(found, done(0, 1, 2)) == ()


def test_what_was_done_before_it_went_is_no_obstacle() -> None:
    found = rules.summary(of(asking(0, 1)), done(0))
    assert comparison.out_of_reach(found, done(1)) == ()


def test_one_that_is_gone_is_no_obstacle_while_the_others_are_enough() -> None:
    found = rules.summary(of(asking(0, 1, 2, needed=2)), done(0))
    assert comparison.out_of_reach(found, done(0, 1)) == ()
    assert len(comparison.out_of_reach(found, done(0))) == 2
