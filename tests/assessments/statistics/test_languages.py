"""Mantel and Haenszel's comparison of languages."""

from collections import Counter
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.statistics.languages import Difference, Flag, Group, compare, mantel_haenszel

NUMBERS = st.integers(0, 30)
TABLES = st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=6)


def _band(right, wrong, other_right, other_wrong):
    """A band of right and wrong answers in the reference language and in the other."""
    return (
        Group(right + wrong, Fraction(right), Fraction(right)),
        Group(other_right + other_wrong, Fraction(other_right), Fraction(other_right)),
    )


def test_one_band_is_the_plain_odds_ratio():
    found = mantel_haenszel([_band(40, 10, 20, 30)])
    assert found.delta == pytest.approx(-2.35 * np.log(40 * 30 / (10 * 20)))
    assert found.error == pytest.approx(2.35 * np.sqrt(1 / 40 + 1 / 10 + 1 / 20 + 1 / 30))
    assert found.flag is Flag.LIKELY


def test_the_chance_is_that_of_mantel_and_haenszels_corrected_statistic():
    # χ² = (|20 − 30| − ½)² / (50·50·60·40 / (100²·99)) = 14.888, p = 0.0001141
    assert mantel_haenszel([_band(40, 10, 20, 30)]).chance == pytest.approx(0.000114, abs=1e-6)


@given(TABLES)
def test_the_common_odds_ratio_and_its_error_agree_with_numpy(tables):
    a, b, c, d = np.array(tables, dtype=float).T
    used = (a + b > 0) & (c + d > 0)
    a, b, c, d = a[used], b[used], c[used], d[used]
    found = mantel_haenszel(_band(*table) for table in tables)
    n = a + b + c + d
    r, s = a * d / n, b * c / n
    if not r.sum() or not s.sum():
        assert found.delta is None
        return
    p, q = (a + d) / n, (b + c) / n
    variance = (
        (p * r).sum() / (2 * r.sum() ** 2)
        + (p * s + q * r).sum() / (2 * r.sum() * s.sum())
        + (q * s).sum() / (2 * s.sum() ** 2)
    )
    assert found.delta == pytest.approx(-2.35 * np.log(r.sum() / s.sum()), rel=1e-9, abs=1e-9)
    assert found.error == pytest.approx(2.35 * np.sqrt(variance), rel=1e-9)


@given(TABLES)
def test_exchanging_the_languages_only_changes_the_sign(tables):
    there = mantel_haenszel(_band(a, b, c, d) for a, b, c, d in tables)
    back = mantel_haenszel(_band(c, d, a, b) for a, b, c, d in tables)
    assert there.flag is back.flag
    assert there.chance == pytest.approx(back.chance)
    assert (there.delta is None) == (back.delta is None)
    if there.delta is not None:
        assert there.delta == pytest.approx(-back.delta)


@given(TABLES)
def test_languages_that_do_equally_well_are_not_flagged(tables):
    found = mantel_haenszel(_band(a, b, a, b) for a, b, *_ in tables)
    assert found.flag is Flag.NONE
    assert found.chance == 1


def test_a_question_that_nobody_in_one_language_gets_right_is_flagged_without_a_size():
    found = mantel_haenszel([_band(20, 0, 0, 20)])
    assert found.flag is Flag.LIKELY
    assert found.delta is None


def test_a_question_that_everybody_gets_right_is_not_flagged():
    assert mantel_haenszel([_band(20, 0, 20, 0)]) == Difference(Flag.NONE, None, None, 1.0)


def test_a_sure_but_small_difference_is_slight_or_none():
    assert mantel_haenszel([_band(600, 400, 500, 500)]).flag is Flag.NONE  # delta −0.95
    assert mantel_haenszel([_band(640, 360, 500, 500)]).flag is Flag.SLIGHT  # delta −1.35


def test_a_large_difference_that_may_be_chance_is_not_flagged():
    assert mantel_haenszel([_band(12, 8, 8, 12)]).flag is Flag.NONE  # delta −1.9, p = 0.34


def test_fewer_than_thirty_people_are_only_watched():
    many, few = {(1, 10): 30, (0, 5): 30}, {(0, 5): 29}
    assert compare(many, few, 1).flag is Flag.WATCH
    assert compare(few, many, 1).flag is Flag.WATCH


def _sitting(random, ability, harder=0.0):
    marks = [random.random() < 1 / (1 + np.exp(-(ability - level / 5 + 2))) for level in range(20)]
    marks[0] = random.random() < 1 / (1 + np.exp(-(ability - harder)))
    return int(marks[0]), sum(marks)


@pytest.mark.parametrize("seed", range(5))
def test_a_weaker_cohort_is_not_taken_for_a_mistranslation(seed):
    random = Random(seed)
    strong = Counter(_sitting(random, random.gauss(0.7, 1)) for _ in range(400))
    weak = Counter(_sitting(random, random.gauss(-0.7, 1)) for _ in range(400))
    assert compare(strong, weak, 1).flag in (Flag.NONE, Flag.SLIGHT)


@pytest.mark.parametrize("seed", range(5))
def test_a_mistranslation_is_found(seed):
    random = Random(seed)
    one = Counter(_sitting(random, random.gauss(0, 1)) for _ in range(200))
    other = Counter(_sitting(random, random.gauss(0, 1), harder=2.5) for _ in range(200))
    found = compare(one, other, 1)
    assert found.flag is Flag.LIKELY
    assert found.delta < -1.5


def test_part_marks_count_in_part():
    halves = (Group(40, Fraction(30), Fraction(25)), Group(40, Fraction(15), Fraction(10)))
    found = mantel_haenszel([halves])
    assert found.delta == pytest.approx(-2.35 * np.log((30 * 25) / (10 * 15)))
    assert found.flag is Flag.LIKELY
