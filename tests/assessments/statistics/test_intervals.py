"""Intervals against published values, and what holds for all of them."""

import math
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.statistics.intervals import normal, of_mean, student, wilson
from assessments.statistics.moments import Spread

SHARES = st.fractions(0, 1, max_denominator=1000)


@pytest.mark.parametrize(
    ("freedom", "t"),
    [(1, 12.7062047), (2, 4.30265273), (9, 2.26215716), (29, 2.04522964), (120, 1.97993041)],
)
def test_students_quantiles_are_those_of_the_tables(freedom, t):
    assert student(0.95, freedom) == pytest.approx(t, rel=2e-5)


@pytest.mark.parametrize("freedom", [1.5, 2.5, 7.3, 15.63, 40.2])
def test_between_whole_degrees_student_agrees_with_the_integral_of_its_density(freedom):
    t = student(0.9, freedom)
    x = np.linspace(0, t, 200_001)
    height = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2))
    density = height / math.sqrt(freedom * math.pi) * (1 + x**2 / freedom) ** (-(freedom + 1) / 2)
    assert 2 * np.trapezoid(density, x) == pytest.approx(0.9, abs=1e-9)


def test_with_many_degrees_student_becomes_normal():
    assert student(0.95, 1e7) == pytest.approx(normal(), rel=1e-6)
    assert normal() == pytest.approx(1.959963985)


@pytest.mark.parametrize(("confidence", "freedom"), [(0, 5), (1, 5), (0.95, 0)])
def test_an_impossible_quantile_is_refused(confidence, freedom):
    with pytest.raises(ValueError):
        student(confidence, freedom)


@pytest.mark.parametrize(
    ("right", "n", "lower", "upper"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilsons_interval_is_that_of_newcombes_first_table(right, n, lower, upper):
    found = wilson(Fraction(right, n), n)
    assert found.lower == pytest.approx(lower, abs=5e-5)
    assert found.upper == pytest.approx(upper, abs=5e-5)


@given(SHARES, st.integers(1, 10_000))
def test_wilsons_interval_holds_the_share_and_stays_between_nothing_and_everything(share, n):
    found = wilson(share, n)
    assert 0 <= found.lower <= share <= found.upper <= 1
    assert found.lower < found.upper


@given(SHARES, st.integers(1, 1000))
def test_more_people_make_it_narrower(share, n):
    few, many = wilson(share, n), wilson(share, 4 * n)
    assert many.upper - many.lower < few.upper - few.lower


@given(SHARES, st.integers(1, 1000))
def test_wrong_instead_of_right_turns_it_round(share, n):
    found, turned = wilson(share, n), wilson(1 - share, n)
    assert found.lower == pytest.approx(1 - turned.upper, abs=1e-12)


@pytest.mark.parametrize(("share", "n"), [(Fraction(1, 2), 0), (Fraction(3, 2), 10), (Fraction(-1, 2), 10)])
def test_what_is_no_share_of_anybody_is_refused(share, n):
    with pytest.raises(ValueError):
        wilson(share, n)


def test_a_mean_of_one_value_has_no_interval():
    assert of_mean(Spread.of({Fraction(1): 1})).interval is None


@given(st.lists(SHARES, min_size=2, max_size=30))
def test_the_interval_of_a_mean_lies_evenly_about_it(values):
    found = of_mean(Spread.of(Counter(values)))
    if found.interval:
        assert found.value - found.interval.lower == pytest.approx(found.interval.upper - found.value)
    else:
        assert len(set(values)) == 1
