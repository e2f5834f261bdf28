"""Who gets which variant, and how arms are compared."""

from collections import Counter
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.statistics.vignettes import assign, large_enough, of_answers, of_shares, of_values

STRATA = st.tuples(st.sampled_from(["f", "m", "x"]), st.sampled_from(["PE", "CO", "BR"]))


def _assigned(arrivals, variants, seed):
    random, tally = Random(seed), {}
    for stratum in arrivals:
        variant = assign(variants, tally, stratum, random)
        tally.setdefault(stratum, Counter())[variant] += 1
    return tally


@given(st.lists(STRATA, max_size=80), st.integers(2, 4), st.integers())
def test_the_arms_of_a_stratum_never_differ_by_more_than_one(arrivals, number, seed):
    variants = "ABCD"[:number]
    for arms in _assigned(arrivals, variants, seed).values():
        counts = [arms[variant] for variant in variants]
        assert max(counts) - min(counts) <= 1


def test_sexes_and_jurisdictions_are_balanced_too_where_every_stratum_is_small():
    arrivals = [(sex, f"J{place}") for place in range(40) for sex in ("f", "m")]
    worst = 0
    for seed in range(20):
        tally = _assigned(arrivals, "AB", seed)
        for sex in ("f", "m"):
            arms = sum((arms for at, arms in tally.items() if at[0] == sex), Counter())
            worst = max(worst, abs(arms["A"] - arms["B"]))
    assert worst <= 8


def test_chance_decides():
    firsts = Counter(assign("AB", {}, ("f", "PE"), Random(seed)) for seed in range(2000))
    assert 900 < firsts["A"] < 1100


def test_chance_decides_anew_in_every_block():
    orders = set()
    for seed in range(50):
        random, tally, order = Random(seed), {("f", "PE"): Counter()}, ""
        for _ in range(6):
            variant = assign("AB", tally, ("f", "PE"), random)
            tally["f", "PE"][variant] += 1
            order += variant
        orders.add(order)
    assert len(orders) == 8


def test_a_vignette_without_variants_is_refused():
    with pytest.raises(ValueError):
        assign((), {}, ("f", "PE"), Random(1))


def test_nothing_is_said_until_each_arm_has_ten_people():
    nine, ten = {Fraction(1): 9}, {Fraction(1): 10}
    assert not large_enough({"A": 9, "B": 10})
    assert not large_enough({"A": 30})
    assert of_shares({"A": ten, "B": nine}) is None
    assert of_values({"A": ten, "B": nine}) is None
    assert of_answers({"A": {"yes": 10}, "B": {"yes": 9}}) is None
    assert of_shares({"A": ten, "B": ten}) is not None


def test_shares_are_compared_by_newcombes_interval():
    # Newcombe (1998), table II, example (a), method 10: 56/70 − 48/80 lies in 0.0524 to 0.3339
    arms = {
        "B": {Fraction(1): 48, Fraction(0): 32},
        "A": {Fraction(1): 56, Fraction(0): 14},
    }
    (contrast,) = of_shares(arms)
    assert (contrast.first, contrast.second) == ("B", "A")
    assert contrast.difference.value == pytest.approx(0.2)
    assert contrast.difference.interval.lower == pytest.approx(0.0524, abs=5e-5)
    assert contrast.difference.interval.upper == pytest.approx(0.3339, abs=5e-5)


def test_values_are_compared_by_welchs_interval():
    arms = {
        "A": Counter(map(Fraction, (12, 15, 18, 20, 22, 24, 24, 30, 36, 48))),
        "B": Counter(map(Fraction, (18, 24, 24, 30, 36, 36, 40, 48, 60, 72, 84, 96))),
    }
    (contrast,) = of_values(arms)
    # s² = 117.4333 and 642.4242, 15.63 degrees of freedom, t = 2.1239
    assert contrast.difference.value == pytest.approx(47 + 1 / 3 - 24.9)
    width = contrast.difference.interval.upper - contrast.difference.interval.lower
    assert width / 2 == pytest.approx(17.15, abs=0.05)


def test_where_everybody_says_the_same_number_there_is_no_interval():
    (contrast,) = of_values({"A": {Fraction(5): 10}, "B": {Fraction(5): 10}})
    assert contrast.difference.value == 0
    assert contrast.difference.interval is None


def test_three_arms_give_three_wider_contrasts():
    arm = {Fraction(1): 10, Fraction(0): 10}
    two = of_shares({"A": arm, "B": arm})
    three = of_shares({"A": arm, "B": arm, "C": arm})
    assert [(one.first, one.second) for one in three] == [("A", "B"), ("A", "C"), ("B", "C")]
    assert three[0].difference.interval.upper > two[0].difference.interval.upper


def test_answers_are_compared_one_by_one():
    found = of_answers({"A": {"yes": 15, "no": 5}, "B": {"yes": 5, "no": 10, "perhaps": 5}})
    assert set(found) == {"yes", "no", "perhaps"}
    assert found["yes"][0].difference.value == pytest.approx(-0.5)
    assert found["yes"][0].difference.interval.upper < 0
    assert found["perhaps"][0].difference.value == pytest.approx(0.25)


@given(st.integers(0, 30), st.integers(0, 30), st.integers(30, 60), st.integers(30, 60))
def test_the_other_way_round_the_difference_only_changes_its_sign(first, second, n, m):
    one = {Fraction(1): first, Fraction(0): n - first}
    other = {Fraction(1): second, Fraction(0): m - second}
    (there,), (back,) = of_shares({"A": one, "B": other}), of_shares({"B": other, "A": one})
    assert there.difference.value == -back.difference.value
    assert there.difference.interval.lower == pytest.approx(-back.difference.interval.upper)
    assert there.difference.interval.lower <= there.difference.value <= there.difference.interval.upper
