"""Which attempts count, how long questions took, how large a group has to be."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.statistics.moments import Joint, Spread, quantile
from assessments.statistics.sittings import Response, Sitting, Which, choices_for, chosen
from assessments.statistics.small_groups import Level, level, too_few
from assessments.statistics.times import measure, seconds_by_slot

START = datetime(2026, 11, 1, 9, tzinfo=UTC)


def _sitting(person, number, mark):
    return Sitting(person, number, (Response(1, "q", Fraction(mark), Fraction(1)),))


SITTINGS = [
    _sitting("a", 2, "1/2"),
    _sitting("a", 1, "1/4"),
    _sitting("a", 3, "1/2"),
    _sitting("b", 1, "1"),
]


@pytest.mark.parametrize(
    ("which", "numbers"),
    [
        (Which.FIRST, [("a", 1), ("b", 1)]),
        (Which.LAST, [("a", 3), ("b", 1)]),
        (Which.HIGHEST, [("a", 2), ("b", 1)]),
        (Which.ALL, [("a", 1), ("a", 2), ("a", 3), ("b", 1)]),
    ],
)
def test_which_attempts_count(which, numbers):
    assert [(one.person, one.number) for one in chosen(SITTINGS, which)] == numbers


def test_a_person_who_comes_back_is_refused():
    with pytest.raises(ValueError):
        list(chosen([*SITTINGS, _sitting("a", 4, "1")], Which.LAST))


@given(st.lists(st.tuples(st.integers(0, 5), st.fractions(0, 1)), max_size=30), st.randoms())
def test_the_order_of_a_persons_attempts_changes_nothing(marks, random):
    sittings = sorted(
        (_sitting(person, number, mark) for number, (person, mark) in enumerate(marks)),
        key=lambda one: one.person,
    )
    shuffled = sorted(random.sample(sittings, len(sittings)), key=lambda one: one.person)
    for which in Which:
        assert list(chosen(sittings, which)) == list(chosen(shuffled, which))


def test_other_attempts_than_the_first_are_offered_when_nobody_or_ten_sat_again():
    assert choices_for(0) == tuple(Which)
    assert choices_for(1) == (Which.FIRST,)
    assert choices_for(9) == (Which.FIRST,)
    assert choices_for(10) == tuple(Which)


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        (0, Level.COUNTS),
        (9, Level.COUNTS),
        (10, Level.FACILITY),
        (29, Level.FACILITY),
        (30, Level.ALL),
        (5000, Level.ALL),
    ],
)
def test_how_much_is_shown_of_so_many_people(people, expected):
    assert level(people) is expected


def test_fewer_than_nobody_is_refused():
    with pytest.raises(ValueError):
        level(-1)


def test_nobody_is_not_too_few():
    assert [too_few(people) for people in (0, 1, 9, 10)] == [False, True, True, False]


def test_the_time_since_the_last_step_belongs_to_the_slot_answered():
    steps = [
        (1, START + timedelta(seconds=40)),
        (2, START + timedelta(seconds=100)),
        (1, START + timedelta(seconds=110)),
    ]
    assert seconds_by_slot(START, steps) == {1: 50, 2: 60}


def test_half_an_hour_away_counts_for_no_question():
    steps = [(1, START + timedelta(minutes=31)), (2, START + timedelta(minutes=32))]
    assert seconds_by_slot(START, steps) == {2: 60}


def test_a_clock_that_was_set_back_takes_no_time():
    assert seconds_by_slot(START, [(1, START - timedelta(seconds=5))]) == {1: 0}


def test_unknown_times_have_no_figures():
    assert measure({}) is None


@given(st.lists(st.fractions(-5, 5, max_denominator=30), min_size=2, max_size=30))
def test_the_variance_of_a_spread_is_that_of_a_pair_with_itself(values):
    joint = Joint.of({(value, value): values.count(value) for value in values})
    spread = Spread.of({value: values.count(value) for value in values})
    assert joint.covariance == joint.variance_x == joint.variance_y == spread.variance
    assert joint.greatest_covariance == spread.variance
    assert joint.mean_x == spread.mean == sum(values) / Fraction(len(values))


@given(
    st.lists(
        st.tuples(st.fractions(0, 3, max_denominator=6), st.fractions(0, 3, max_denominator=6)), min_size=2
    ),
    st.randoms(),
)
def test_no_order_has_a_greater_covariance(pairs, random):
    found = Joint.of({pair: pairs.count(pair) for pair in pairs}).greatest_covariance
    ys = [y for _, y in pairs]
    random.shuffle(ys)
    shuffled = [(x, y) for (x, _), y in zip(pairs, ys, strict=True)]
    other = Joint.of({pair: shuffled.count(pair) for pair in shuffled})
    assert other.covariance <= found
    assert other.greatest_covariance == found


def test_the_figures_of_nothing_are_refused():
    with pytest.raises(ValueError):
        Spread.of({})
    with pytest.raises(ValueError):
        quantile({}, Fraction(1, 2))
