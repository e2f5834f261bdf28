"""What somebody earns who answers blindly: against marking every possible answer."""

from fractions import Fraction
from itertools import permutations, product

import pytest

from assessments.scoring import KINDS, score
from assessments.scoring.ordering import RULES
from assessments.statistics.guessing import random_guess


def _mean(kind, spec, responses):
    marks = [score(kind, spec, response).fraction for response in responses]
    return sum(marks, Fraction(0)) / len(marks)


def test_a_single_choice():
    spec = {"options": {"a": "1", "b": "0", "c": "1/2", "d": "0"}}
    expected = _mean("single", spec, [{"choice": name} for name in "abcd"])
    assert random_guess("single", spec) == expected == Fraction(3, 8)


def test_true_or_false():
    spec = {"answer": False}
    expected = _mean("true_false", spec, [{"choice": "true"}, {"choice": "false"}])
    assert random_guess("true_false", spec) == expected == Fraction(1, 2)


def test_a_matching():
    spec = {"pairs": {"1": "x", "2": "y", "3": "x"}, "distractors": ["z"]}
    guesses = [{"pairs": dict(zip("123", guess, strict=True))} for guess in product("xyz", repeat=3)]
    assert random_guess("matching", spec) == _mean("matching", spec, guesses) == Fraction(1, 3)


@pytest.mark.parametrize("rule", RULES)
def test_an_ordering(rule):
    spec = {"order": list("abcd"), "rule": rule}
    expected = _mean("ordering", spec, [{"order": list(order)} for order in permutations("abcd")])
    assert random_guess("ordering", spec) == expected


def test_a_long_ordering_has_no_figure():
    assert random_guess("ordering", {"order": list("abcdefg"), "rule": "exact"}) is None


def test_gaps():
    spec = {
        "gaps": {
            "1": {"options": {"x": "1", "y": "0"}},
            "2": {"options": {"x": "1", "y": "1/2", "z": "0"}},
            "3": {"accepted": {"en": ["treaty"]}},
        }
    }
    guesses = [{"gaps": {"1": one, "2": other}} for one in "xy" for other in "xyz"]
    assert random_guess("gap", spec) == _mean("gap", spec, guesses) == Fraction(1, 3)


@pytest.mark.parametrize("kind", ["numeric", "short", "essay"])
def test_what_is_typed_is_not_guessed(kind):
    assert random_guess(kind, {}) == 0


@pytest.mark.parametrize("kind", ["multiple", "something new"])
def test_other_kinds_have_no_figure(kind):
    assert random_guess(kind, {}) is None


def test_every_kind_that_was_there_from_the_start_is_one_of_these():
    assert {"single", "true_false", "matching", "ordering", "gap", "numeric", "short", "essay"} < set(KINDS)
