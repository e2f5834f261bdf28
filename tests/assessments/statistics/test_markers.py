"""How markers agree."""

from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.statistics.markers import Agreement, Marking, agreement, by_marker, weighted_kappa

MARKS = st.integers(0, 8).map(lambda points: Fraction(points, 8))
PAIRS = st.lists(st.tuples(MARKS, MARKS), min_size=10, max_size=60)


@given(PAIRS)
def test_kappa_is_that_of_the_table_of_categories(pairs):
    table = np.zeros((9, 9))
    for first, second in pairs:
        table[int(first * 8), int(second * 8)] += 1
    table /= table.sum()
    expected = np.outer(table.sum(axis=1), table.sum(axis=0))
    weights = (np.arange(9)[:, None] - np.arange(9)[None, :]) ** 2
    found = weighted_kappa(Counter(pairs))
    if (weights * expected).sum() == 0:
        assert found is None
    else:
        assert found == pytest.approx(1 - (weights * table).sum() / (weights * expected).sum(), abs=1e-9)


@given(PAIRS)
def test_differences_limits_and_shares_agree_with_numpy(pairs):
    found = agreement(pairs, Fraction(1, 4))
    x, y = np.array(pairs, dtype=float).T
    apart = y - x
    assert found.answers == len(pairs)
    assert found.difference.value == pytest.approx(apart.mean(), abs=1e-9)
    assert found.limits.lower == pytest.approx(apart.mean() - 1.959963985 * apart.std(ddof=1), abs=1e-8)
    assert found.limits.upper == pytest.approx(apart.mean() + 1.959963985 * apart.std(ddof=1), abs=1e-8)
    assert found.same == pytest.approx((apart == 0).mean())
    assert found.moderated == pytest.approx((np.abs(apart) > 0.25).mean())


@given(PAIRS)
def test_who_marked_first_only_changes_the_sign(pairs):
    there = agreement(pairs, Fraction(1, 4))
    back = agreement([(second, first) for first, second in pairs], Fraction(1, 4))
    assert there.kappa == back.kappa
    assert there.difference.value == pytest.approx(-back.difference.value)


def test_full_agreement_is_one():
    found = agreement([(Fraction(place, 10), Fraction(place, 10)) for place in range(10)], Fraction(0))
    assert found.kappa == 1
    assert found.same == 1
    assert found.moderated == 0
    assert found.difference.interval is None


def test_nine_answers_are_only_counted():
    assert agreement([(Fraction(1), Fraction(0))] * 9, Fraction(1, 4)) == Agreement(9)
    found = by_marker(Marking("m", place, Fraction(1), 60) for place in range(9))
    assert found["m"].answers == 9
    assert found["m"].mean is None
    assert found["m"].seconds is None


def test_a_marker_is_compared_with_whoever_marked_the_same_answers():
    mild = [Marking("mild", place, Fraction(3, 4), 60 + place) for place in range(12)]
    strict = [Marking("strict", place, Fraction(1, 4)) for place in range(11)]
    found = by_marker(mild + strict)
    assert found["mild"].mean == pytest.approx(0.75)
    assert found["mild"].deviation == 0
    assert found["mild"].seconds == pytest.approx(65.5)
    assert found["mild"].against_others.value == pytest.approx(0.5)
    assert found["strict"].against_others.value == pytest.approx(-0.5)
    assert found["strict"].seconds is None


def test_a_marker_whose_answers_nobody_else_marked_is_not_compared():
    found = by_marker(Marking("m", place, Fraction(place % 2)) for place in range(20))
    assert found["m"].against_others is None
