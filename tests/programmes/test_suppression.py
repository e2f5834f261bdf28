"""Figures about a group are shown from ten people up."""

from fractions import Fraction
from statistics import median as usual_median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes import suppression


@pytest.mark.parametrize(("people", "shown"), [(0, False), (1, False), (9, False), (10, True), (500, True)])
def test_a_group_of_ten_is_large_enough(people: int, shown: bool) -> None:
    assert suppression.large_enough(people) is shown


def test_the_median_of_nine_people_is_not_told() -> None:
    assert suppression.median({50: 9}) is None
    assert suppression.median({}) is None


def test_values_that_nobody_has_do_not_count() -> None:
    assert suppression.median({0: 0, 40: 10, 100: 0}) == 40


def test_the_median_of_an_even_group_lies_between_its_two_middle_people() -> None:
    assert suppression.median({25: 5, 50: 5}) == Fraction(75, 2)


def test_nobody_is_counted_less_than_no_times() -> None:
    with pytest.raises(ValueError):
        suppression.median({10: -1, 20: 20})


@given(st.lists(st.integers(0, 100), min_size=10, max_size=60))
def test_the_median_is_the_one_of_the_people_in_a_row(values: list[int]) -> None:
    counts = {value: values.count(value) for value in values}
    assert suppression.median(counts) == Fraction(usual_median(values))
