"""Completion rules: counted exactly, in order of no importance, the same in every language."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses import rules
from courses.rules import Gate, Group, LockKind, Requirement, Rule, RuleKind, Syllabus

KEYS = [UUID(int=number) for number in range(1, 13)]
DAY = date(2026, 11, 20)


@st.composite
def syllabuses(draw: st.DrawFn) -> Syllabus:
    keys = draw(st.lists(st.sampled_from(KEYS), unique=True))
    groups: list[Group] = []
    while keys:
        size = draw(st.integers(1, len(keys)))
        mine, keys = keys[:size], keys[size:]
        groups.append(
            Group(
                key=uuid4(),
                requirements=tuple(Requirement(key, "lesson", titles={"es": str(key)}) for key in mine),
                needed=draw(st.none() | st.integers(0, size + 1)),
            )
        )
    return Syllabus(tuple(groups))


done_sets = st.frozensets(st.sampled_from([*KEYS, uuid4()]))


@given(syllabuses(), done_sets)
def test_the_percentage_is_a_whole_number_from_0_to_100(syllabus: Syllabus, done: frozenset[UUID]) -> None:
    found = rules.summary(syllabus, done)
    assert isinstance(found.percent, int)
    assert 0 <= found.percent <= 100
    assert 0 <= found.done <= found.required


@given(syllabuses(), done_sets, done_sets)
def test_doing_more_never_shows_less(
    syllabus: Syllabus, done: frozenset[UUID], more: frozenset[UUID]
) -> None:
    before, after = rules.summary(syllabus, done), rules.summary(syllabus, done | more)
    assert after.percent >= before.percent
    assert after.done >= before.done
    assert after.complete or not before.complete
    assert len(after.missing) <= len(before.missing)


@given(syllabuses(), done_sets)
def test_it_is_100_per_cent_if_and_only_if_it_is_complete(syllabus: Syllabus, done: frozenset[UUID]) -> None:
    found = rules.summary(syllabus, done)
    assert (found.percent == 100) == found.complete
    assert found.required == 0 or found.complete == (not found.missing)


@given(syllabuses(), done_sets, st.sampled_from(["en", "ar", "bn"]))
def test_the_language_of_the_titles_changes_nothing(
    syllabus: Syllabus, done: frozenset[UUID], language: str
) -> None:
    translated = Syllabus(
        tuple(
            replace(
                group,
                titles={language: "x"},
                requirements=tuple(replace(one, titles={language: "y"}) for one in group.requirements),
            )
            for group in syllabus.groups
        )
    )
    assert rules.summary(translated, done) == rules.summary(syllabus, done)
    assert translated.asks_the_same(syllabus)


@given(syllabuses(), done_sets, st.randoms())
def test_the_order_of_modules_and_items_changes_no_figure(
    syllabus: Syllabus, done: frozenset[UUID], chance: object
) -> None:
    groups = [replace(group, requirements=tuple(reversed(group.requirements))) for group in syllabus.groups]
    chance.shuffle(groups)  # type: ignore[attr-defined]
    reordered = Syllabus(tuple(groups))
    before, after = rules.summary(syllabus, done), rules.summary(reordered, done)
    assert (after.done, after.required, after.percent) == (before.done, before.required, before.percent)
    assert reordered.asks_the_same(syllabus)


@given(syllabuses())
def test_json_gives_the_same_syllabus_back_with_titles(syllabus: Syllabus) -> None:
    again = rules.from_json(rules.to_json(syllabus))
    assert again == syllabus
    assert rules.to_json(again) == rules.to_json(syllabus)


def _lesson(number: int) -> Requirement:
    return Requirement(KEYS[number], "lesson")


def test_two_of_three_are_enough_where_the_module_says_so() -> None:
    syllabus = Syllabus((Group(KEYS[9], (_lesson(0), _lesson(1), _lesson(2)), needed=2),))
    one, two = frozenset(KEYS[:1]), frozenset(KEYS[:2])
    assert (rules.summary(syllabus, one).done, rules.summary(syllabus, one).required) == (1, 2)
    assert len(rules.summary(syllabus, one).missing) == 2
    assert rules.summary(syllabus, two).complete
    assert rules.summary(syllabus, frozenset(KEYS)).done == 2


def test_a_syllabus_that_asks_for_nothing_is_never_complete() -> None:
    found = rules.summary(Syllabus(()), frozenset(KEYS))
    assert not found.complete
    assert found.percent == 0


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        (lambda one: replace(one, titles={"en": "A new title"}), True),
        (lambda one: replace(one, minutes=90), True),
        (lambda one: replace(one, rule=Rule(RuleKind.SCORE, Fraction(7, 10))), False),
        (lambda one: replace(one, key=KEYS[8]), False),
    ],
)
def test_only_what_is_asked_for_makes_another_syllabus(changed: object, same: bool) -> None:
    before = Syllabus((Group(KEYS[9], (_lesson(0), _lesson(1))),))
    after = Syllabus((Group(KEYS[9], (changed(_lesson(0)), _lesson(1))),))  # type: ignore[operator]
    assert before.asks_the_same(after) is same


def test_a_score_is_met_exactly_at_the_mark() -> None:
    rule = Rule(RuleKind.SCORE, Fraction(7, 10))
    assert rule.met(Fraction(7, 10))
    assert not rule.met(Fraction(6999, 10000))
    assert not rule.met(None)
    assert rules.READ.met(None)


@pytest.mark.parametrize(
    ("kind", "least"),
    [(RuleKind.READ, Fraction(1, 2)), (RuleKind.SCORE, None), (RuleKind.ATTENDED, Fraction(3, 2))],
)
def test_a_rule_that_makes_no_sense_is_refused(kind: RuleKind, least: Fraction | None) -> None:
    with pytest.raises(ValueError, match="fraction"):
        Rule(kind, least)


def test_a_gate_is_closed_until_its_day() -> None:
    gate = Gate(opens_on=DAY)
    assert rules.lock(gate, finished=frozenset(), today=date(2026, 11, 19)) == rules.Lock(
        LockKind.DATE, opens_on=DAY
    )
    assert rules.lock(gate, finished=frozenset(), today=DAY) is None


def test_a_gate_is_closed_until_the_item_before_it_is_done() -> None:
    gate = Gate(after=KEYS[0])
    closed = rules.lock(gate, finished=frozenset(KEYS[1:]), today=DAY)
    assert closed == rules.Lock(LockKind.PREREQUISITE, after=KEYS[0])
    assert rules.lock(gate, finished=frozenset(KEYS[:1]), today=DAY) is None


def test_nothing_is_open_before_the_cohort_begins() -> None:
    closed = rules.lock(rules.OPEN, finished=frozenset(), today=DAY, cohort_starts=date(2026, 12, 1))
    assert closed == rules.Lock(LockKind.COHORT, opens_on=date(2026, 12, 1))
