"""Single, multiple, true or false: what each answer is worth."""

from fractions import Fraction

import pytest

from assessments.scoring import ResponseError, SpecError, Verdict, clean_response, read_key, score
from assessments.scoring.multiple import even_fractions

SINGLE = {"options": {"a": "0", "b": "1", "c": "1/4"}}
MULTIPLE = {"options": {"a": "1/2", "b": "1/2", "c": "-1/2", "d": "-1/2"}, "rule": "partial"}
ALL = {**MULTIPLE, "rule": "all_or_nothing"}


@pytest.mark.parametrize(
    ("choice", "fraction", "verdict"),
    [
        ("b", Fraction(1), Verdict.CORRECT),
        ("c", Fraction(1, 4), Verdict.PARTLY),
        ("a", Fraction(0), Verdict.INCORRECT),
    ],
)
def test_a_single_choice_is_worth_what_its_option_is_worth(choice, fraction, verdict):
    outcome = score("single", SINGLE, {"choice": choice})
    assert (outcome.fraction, outcome.verdict) == (fraction, verdict)


@pytest.mark.parametrize(
    ("choices", "partial", "all_or_nothing"),
    [
        (["a", "b"], 1, 1),
        (["b", "a"], 1, 1),
        (["a"], Fraction(1, 2), 0),
        (["a", "b", "c"], Fraction(1, 2), 0),
        (["a", "c"], 0, 0),
        (["c", "d"], 0, 0),
        (["a", "b", "c", "d"], 0, 0),
    ],
)
def test_part_marks_never_fall_below_zero(choices, partial, all_or_nothing):
    assert score("multiple", MULTIPLE, {"choices": choices}).fraction == partial
    assert score("multiple", ALL, {"choices": choices}).fraction == all_or_nothing


@pytest.mark.parametrize(("choice", "fraction"), [("true", 0), ("false", 1)])
def test_true_or_false_agrees_with_the_key_or_not(choice, fraction):
    assert score("true_false", {"answer": False}, {"choice": choice}).fraction == fraction


@pytest.mark.parametrize("kind", ["single", "multiple", "true_false"])
@pytest.mark.parametrize("response", [None, {}, {"choice": "", "choices": []}])
def test_no_choice_is_blank_and_not_wrong(kind, response):
    key = {"single": SINGLE, "multiple": MULTIPLE, "true_false": {"answer": True}}[kind]
    outcome = score(kind, key, response)
    assert (outcome.fraction, outcome.verdict) == (0, Verdict.BLANK)


@pytest.mark.parametrize(
    ("kind", "key", "response"),
    [
        ("single", SINGLE, {"choice": "z"}),
        ("single", SINGLE, {"choice": ["b"]}),
        ("single", SINGLE, ["b"]),
        ("multiple", MULTIPLE, {"choices": ["z"]}),
        ("multiple", MULTIPLE, {"choices": "a"}),
        ("true_false", {"answer": True}, {"choice": "yes"}),
    ],
)
def test_a_foreign_choice_is_refused(kind, key, response):
    with pytest.raises(ResponseError):
        clean_response(kind, key, response)


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("single", {}),
        ("single", {"options": {"a": "0", "b": "0"}}),
        ("single", {"options": {"a": "1", "b": "1"}}),
        ("single", {"options": {"a": "1", "b": "-1"}}),
        ("single", {"options": {"a": 1.0}}),
        ("single", {"options": {"a": "1/0"}}),
        ("multiple", {"options": {"a": "1/2", "b": "-1/2"}}),
        ("multiple", {"options": {"a": "1", "b": "0"}, "rule": "partial"}),
        ("multiple", {"options": {"a": "1"}, "rule": "generous"}),
        ("true_false", {"answer": "true"}),
        ("riddle", {}),
    ],
)
def test_a_key_that_cannot_mark_is_refused(kind, key):
    with pytest.raises(SpecError):
        read_key(kind, key)


def test_options_marked_only_right_or_wrong_share_the_mark_evenly():
    fractions = even_fractions({"a": True, "b": False, "c": True, "d": False, "e": False})
    assert fractions["a"] == Fraction(1, 2)
    assert fractions["b"] == Fraction(-1, 3)
    assert sum(fractions.values()) == 0


def test_without_a_right_option_there_is_nothing_to_share():
    with pytest.raises(SpecError):
        even_fractions({"a": False})
