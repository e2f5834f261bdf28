"""Gains of matched pairs: the formulas against NumPy, and who may be told apart."""

from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.statistics.gain import Matched, Score, gains, matched, measure, score_of
from assessments.statistics.sittings import Response, Sitting

SHARES = st.fractions(0, 1, max_denominator=24)
PAIRS = st.lists(st.tuples(SHARES, SHARES), min_size=2, max_size=60)
Z = 1.959963984540054


def _people(number, *, sex="f", jurisdiction="PE", before="1/2", after="3/4", start=0, objectives=None):
    at = objectives or {}
    return [
        Matched(
            Score(start + place, Fraction(before), {name: Fraction(one) for name, (one, _) in at.items()}),
            Score(start + place, Fraction(after), {name: Fraction(other) for name, (_, other) in at.items()}),
            sex,
            jurisdiction,
        )
        for place in range(number)
    ]


@given(PAIRS)
def test_every_figure_agrees_with_numpy(pairs):
    found = measure(Counter(pairs))
    x, y = np.array(pairs, dtype=float).T
    assert found.people == len(pairs)
    assert found.before == pytest.approx(x.mean(), rel=1e-9, abs=1e-9)
    assert found.after == pytest.approx(y.mean(), rel=1e-9, abs=1e-9)
    assert found.raw.value == pytest.approx((y - x).mean(), rel=1e-9, abs=1e-9)
    if set(pairs) != {(1, 1)} and x.mean() < 1:
        assert found.normalised == pytest.approx((y.mean() - x.mean()) / (1 - x.mean()), rel=1e-9, abs=1e-9)
    covariance = np.cov(x, y)
    s2 = (covariance[0, 0] + covariance[1, 1]) / 2
    if len(set(x)) == len(set(y)) == 1:
        assert found.effect is None
        return
    d, n = (y.mean() - x.mean()) / np.sqrt(s2), len(pairs)
    squares = (covariance**2).sum()
    error = np.sqrt(d**2 * squares / (8 * (n - 1) * s2**2) + (2 * s2 - 2 * covariance[0, 1]) / ((n - 1) * s2))
    assert found.effect.value == pytest.approx(d, rel=1e-9, abs=1e-9)
    assert found.effect.interval.lower == pytest.approx(d - Z * error, rel=1e-6, abs=1e-6)
    assert found.effect.interval.upper == pytest.approx(d + Z * error, rel=1e-6, abs=1e-6)


def test_the_interval_of_the_effect_size_is_that_of_bonetts_program():
    # ci.stdmean.ps of the R package statpsych: means 110.4 and 102.1, deviations 15.3 and 14.6, r .75, n 25
    x, noise = np.random.default_rng(7).normal(size=(2, 25))
    x = (x - x.mean()) / x.std(ddof=1)
    noise = noise - noise.mean() - np.cov(noise, x)[0, 1] * x
    y = 0.75 * x + np.sqrt(1 - 0.75**2) * noise / noise.std(ddof=1)
    pairs = Counter(zip(map(Fraction, 102.1 + 14.6 * x), map(Fraction, 110.4 + 15.3 * y), strict=True))
    effect = measure(pairs).effect
    assert effect.value == pytest.approx(0.5550319, abs=1e-7)
    assert effect.interval.lower == pytest.approx(0.2394905, abs=1e-7)
    assert effect.interval.upper == pytest.approx(0.8705732, abs=1e-7)


def test_the_interval_of_the_raw_gain_is_students():
    # differences 0.1 to 1.0: mean 0.55, s = 0.302765, t(9) = 2.262157
    pairs = Counter((Fraction(0), Fraction(place, 10)) for place in range(1, 11))
    raw = measure(pairs).raw
    assert raw.value == pytest.approx(0.55)
    assert raw.interval.lower == pytest.approx(0.55 - 2.2621571628 * 0.3027650354 / 10**0.5, abs=1e-8)
    assert raw.interval.upper == pytest.approx(0.55 + 2.2621571628 * 0.3027650354 / 10**0.5, abs=1e-8)


def test_normalised_gain_is_the_part_of_what_was_missing():
    found = gains(_people(12, before="2/5", after="7/10"))
    assert found.of_all.normalised == pytest.approx(0.5)
    assert found.of_all.raw.value == pytest.approx(0.3)


def test_where_nothing_was_missing_there_is_no_normalised_gain():
    assert gains(_people(12, before="1", after="3/4")).of_all.normalised is None


def test_where_nobody_differs_there_is_no_effect_size_and_no_interval():
    found = gains(_people(12)).of_all
    assert found.effect is None
    assert found.raw.interval is None


def test_only_those_who_sat_both_tests_are_counted():
    before = [Score(person, Fraction(1, 2)) for person in range(15)]
    after = [Score(person, Fraction(1)) for person in range(5, 25)]
    people = matched(before, after, {person: ("f", "PE") for person in range(30)})
    assert [one.before.person for one in people] == list(range(5, 15))
    assert gains(people).of_all.people == 10


def test_a_second_score_of_a_person_is_refused():
    with pytest.raises(ValueError):
        matched([Score(1, Fraction(1)), Score(1, Fraction(0))], [], {})


def test_nine_people_have_no_figures_and_no_groups():
    found = gains(_people(9, objectives={"A1": ("0", "1")}))
    assert found.people == 9
    assert found.of_all is None
    assert found.by_sex == {}
    assert found.by_jurisdiction == {}
    assert found.by_objective == {"A1": None}


def test_groups_are_shown_apart():
    people = []
    for sex, jurisdiction, number, after in (
        ("f", "PE", 20, "3/4"),
        ("f", "CO", 10, "3/4"),
        ("m", "PE", 12, "1"),
        ("m", "CO", 18, "1"),
    ):
        people += _people(number, sex=sex, jurisdiction=jurisdiction, after=after, start=len(people))
    found = gains(people)
    assert found.by_sex["f"].raw.value == pytest.approx(0.25)
    assert found.by_sex["m"].raw.value == pytest.approx(0.5)
    assert found.by_jurisdiction["CO"].people == 28
    assert found.by_both["f", "CO"].people == 10


def test_one_person_of_a_third_sex_hides_a_second_group():
    people = _people(20) + _people(15, sex="m", start=20) + _people(1, sex="other", start=35)
    found = gains(people).by_sex
    assert found["f"].people == 20
    assert found["m"] is None
    assert found["other"] is None


def test_an_objective_that_all_but_one_had_is_not_shown():
    both = {"A1": ("0", "1"), "A2": ("1/4", "1/2")}
    people = _people(20, objectives=both) + _people(1, objectives={"A1": ("0", "1")}, start=20)
    found = gains(people).by_objective
    assert found["A1"].people == 21
    assert found["A1"].raw.value == 1
    assert found["A2"] is None


def test_the_score_of_a_sitting_is_by_weight_and_by_objective():
    responses = (
        Response(1, "q1", Fraction(1), Fraction(1)),
        Response(2, "q2", Fraction(1), Fraction(3)),
        Response(3, "q3", Fraction(0), Fraction(0)),
    )
    score = score_of(Sitting("p", 1, responses), {"q1": ["A1"], "q2": ["A1", "A2"], "q3": ["A3"]})
    assert score.share == Fraction(1, 2)
    assert score.objectives == {"A1": Fraction(1, 2), "A2": Fraction(1, 3)}


def test_a_sitting_without_marks_has_no_score():
    with pytest.raises(ValueError):
        score_of(Sitting("p", 1, (Response(1, "q", Fraction(0), Fraction(0)),)), {})
