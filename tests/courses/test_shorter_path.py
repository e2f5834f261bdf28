"""What a renewal asks for: pure."""

import uuid
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.choices import RenewalReason
from courses.rules import Group, Requirement, Rule, RuleKind, Syllabus
from courses.shorter_path import Why, shorter_path

LESSONS = [uuid.UUID(int=number) for number in range(1, 4)]
QUIZ, FINAL = uuid.UUID(int=10), uuid.UUID(int=11)


def scored(key: uuid.UUID, least: str = "7/10") -> Requirement:
    return Requirement(key, "quiz", Rule(RuleKind.SCORE, Fraction(least)))


def course(*more: Requirement, needed: int | None = None) -> Syllabus:
    lessons = tuple(Requirement(key, "lesson") for key in LESSONS)
    return Syllabus((Group(uuid.UUID(int=99), lessons, needed), Group(None, more)))


EVERYTHING = frozenset([*LESSONS, QUIZ, FINAL])


def path(
    asked: Syllabus, before: Syllabus | None = None, **facts: frozenset[uuid.UUID]
) -> dict[uuid.UUID, Why]:
    given = {"done": EVERYTHING, "changed": frozenset(), "tests": frozenset([FINAL])} | facts
    return dict(shorter_path(asked, before or asked, **given))


def test_where_nothing_changed_the_final_test_alone_is_asked() -> None:
    assert path(course(scored(QUIZ), scored(FINAL))) == {FINAL: Why.TEST}


def test_what_reads_differently_and_what_is_new_is_asked_in_the_order_of_the_course() -> None:
    added = uuid.UUID(int=50)
    asked = course(Requirement(added, "lesson"), scored(FINAL))
    found = path(asked, course(scored(FINAL)), changed=frozenset([LESSONS[1]]))
    assert list(found.items()) == [(LESSONS[1], Why.CHANGED), (added, Why.NEW), (FINAL, Why.TEST)]


@pytest.mark.parametrize(("least", "expected"), [("8/10", {QUIZ: Why.HARDER}), ("7/10", {}), ("6/10", {})])
def test_a_quiz_is_asked_again_where_its_pass_mark_rose(least: str, expected: dict[uuid.UUID, Why]) -> None:
    found = path(course(scored(QUIZ, least), scored(FINAL)), course(scored(QUIZ), scored(FINAL)))
    assert found == {**expected, FINAL: Why.TEST}


def test_where_some_are_enough_nobody_is_asked_for_the_others() -> None:
    asked = course(scored(FINAL), needed=2)
    assert path(asked, done=frozenset([LESSONS[0], LESSONS[2], FINAL])) == {FINAL: Why.TEST}
    assert path(asked, done=frozenset([LESSONS[2], FINAL])) == {LESSONS[0]: Why.NEW, FINAL: Why.TEST}


def test_a_course_without_a_final_test_repeats_its_quizzes_and_without_quizzes_all_of_it() -> None:
    assert path(course(scored(QUIZ)), tests=frozenset()) == {QUIZ: Why.TEST}
    assert path(course(), tests=frozenset()) == dict.fromkeys(LESSONS, Why.ALL)


def test_a_course_that_asks_for_nothing_is_asked_of_nobody() -> None:
    assert path(Syllabus(())) == {}


def test_every_reason_has_its_words() -> None:
    assert {why.value for why in Why} == set(RenewalReason.values)


@given(st.frozensets(st.sampled_from(sorted(EVERYTHING))), st.frozensets(st.sampled_from(sorted(EVERYTHING))))
def test_a_renewal_asks_for_something_and_for_nothing_beside_the_course(
    done: frozenset[uuid.UUID], changed: frozenset[uuid.UUID]
) -> None:
    asked = course(scored(QUIZ), scored(FINAL))
    found = path(asked, done=done, changed=changed)
    assert found
    assert set(found) <= {one.key for one in asked.requirements}
    assert FINAL in found
    assert set(found) >= EVERYTHING - done
