"""Numbers as people of several countries write them."""

from fractions import Fraction

import pytest

from assessments.scoring import SpecError, read_key, score
from assessments.scoring.numbers import read_number, to_figures

TAKA = {
    "value": "133000",
    "tolerance": "0",
    "unit": {"label": {"en": "taka", "bn": "টাকা"}, "factors": {"lakh": "100000"}},
}


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("133000", "en", 133000),
        ("133,000", "en", 133000),
        ("133.000", "es", 133000),
        ("133,000", "es", 133),
        ("133.000", "en", 133),
        ("133 000", "fr", 133000),
        ("133\u202f000", "fr", 133000),
        ("133'000", "fr", 133000),
        ("1,33,000", "bn", 133000),
        ("১,৩৩,০০০", "bn", 133000),
        ("١٣٣٠٠٠", "ar", 133000),
        ("١٣٣٬٠٠٠٫٥", "ar", Fraction("133000.5")),
        ("۱۳۳", "ar", 133),
        ("1.250,5", "en", Fraction("1250.5")),
        ("1,250.5", "es", Fraction("1250.5")),
        ("0,125", "en", Fraction("0.125")),
        ("0.125", "es", Fraction("0.125")),
        ("12,5", "en", Fraction("12.5")),
        ("12.5", "es", Fraction("12.5")),
        ("1.234.567", "en", 1234567),
        ("−7", "en", -7),
        ("+7", "en", 7),
        (",5", "pt", Fraction("0.5")),
        ("5.", "en", 5),
        ("१३३", "en", 133),
        ("\u200f١٣٣\u200f", "ar", 133),
        ("133,000", "es-MX", 133000),
        ("133.000", "es-AR", 133000),
        ("133.000", "es_mx", 133),
        ("133.000", "ar-MA", 133000),
        ("133.000", "ar", 133),
        ("133'000", "fr-CH", 133000),
    ],
)
def test_a_number_is_read_by_the_custom_of_the_language(text, language, number):
    assert read_number(text, language) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "148k",
        "twelve",
        "1.2.3",
        "1,2,3",
        "1.250,5,6",
        "1,,000",
        "1e9",
        "1/2",
        "--5",
        ".",
        "9" * 41,
    ],
)
def test_what_is_no_number_is_not_guessed(text):
    assert read_number(text, "en") is None


@pytest.mark.parametrize(
    ("value", "unit", "language", "fraction", "problem"),
    [
        ("133000", "", "en", 1, ""),
        ("133.000", "", "es", 1, ""),
        ("133000 taka", "", "en", 1, ""),
        ("১৩৩০০০ টাকা", "", "bn", 1, ""),
        ("1.33", "lakh", "en", 1, ""),
        ("1,33 Lakh", "", "es", 1, ""),
        ("133000", "euro", "en", 0, "unknown_unit"),
        ("133001", "", "en", 0, ""),
        ("148k", "", "en", 0, "unknown_unit"),
        ("a lot", "", "en", 0, "not_a_number"),
        ("taka 133,000", "", "en", 1, ""),
        ("টাকা ১,৩৩,০০০", "", "bn", 1, ""),
        ("€133000", "", "en", 0, "unknown_unit"),
        ("taka 1 2 x", "", "en", 0, "not_a_number"),
    ],
)
def test_a_quantity_may_name_its_unit(value, unit, language, fraction, problem):
    outcome = score("numeric", TAKA, {"value": value, "unit": unit}, language=language)
    assert (outcome.fraction, outcome.problem) == (fraction, problem)


def test_a_required_unit_is_asked_for():
    key = {"value": "5", "unit": {"factors": {"years": "1", "months": "1/12"}, "required": True}}
    assert score("numeric", key, {"value": "5"}).problem == "missing_unit"
    assert score("numeric", key, {"value": "60 months"}).fraction == 1


def test_a_missing_or_unknown_unit_may_cost_only_a_part():
    unit = {"factors": {"years": "1"}, "required": True, "penalty": "1/4"}
    for value, problem in {"5": "missing_unit", "5 days": "unknown_unit"}.items():
        outcome = score("numeric", {"value": "5", "unit": unit}, {"value": value})
        assert (outcome.fraction, outcome.problem) == (Fraction(3, 4), problem)
    assert score("numeric", {"value": "5", "unit": unit}, {"value": "6"}).fraction == 0


def test_other_numbers_may_be_worth_a_part_and_the_best_one_counts():
    key = {
        "value": "100",
        "tolerance": "1",
        "also": [
            {"value": "100", "tolerance": "10", "fraction": "1/2"},
            {"value": "100", "tolerance": "1/5", "tolerance_kind": "relative", "fraction": "1/4"},
        ],
    }
    for value, fraction in {"101": "1", "110": "1/2", "120": "1/4", "121": "0"}.items():
        assert score("numeric", key, {"value": value}).fraction == Fraction(fraction), value


@pytest.mark.parametrize(
    ("number", "figures", "rounded"),
    [
        ("133456", 3, "133000"),
        ("133500", 3, "134000"),
        ("-133500", 3, "-134000"),
        ("0.04567", 2, "0.046"),
        ("999.6", 3, "1000"),
        ("1/3", 2, "0.33"),
        ("0", 2, "0"),
        ("10", 1, "10"),
        ("0.1", 1, "0.1"),
    ],
)
def test_significant_figures_are_counted_exactly(number, figures, rounded):
    assert to_figures(Fraction(number), figures) == Fraction(rounded)


def test_a_tolerance_may_be_a_number_of_significant_figures():
    key = {"value": "0.04567", "tolerance": "2", "tolerance_kind": "significant"}
    for value, fraction in {"0.046": 1, "0.0455": 1, "0,0464": 1, "0.045": 0, "0.047": 0}.items():
        assert score("numeric", key, {"value": value}).fraction == fraction, value


@pytest.mark.parametrize(
    ("tolerance", "kind", "inside", "outside"),
    [("0.5", "absolute", "10.5", "10.51"), ("0.05", "relative", "9.5", "9.49")],
)
def test_the_edge_of_the_tolerance_is_inside(tolerance, kind, inside, outside):
    key = {"value": "10", "tolerance": tolerance, "tolerance_kind": kind}
    assert score("numeric", key, {"value": inside}).fraction == 1
    assert score("numeric", key, {"value": outside}).fraction == 0


@pytest.mark.parametrize(
    "key",
    [
        {},
        {"value": 0.1},
        {"value": "ten"},
        {"value": "1", "tolerance": "-1"},
        {"value": "1", "tolerance_kind": "loose"},
        {"value": "1", "unit": "taka"},
        {"value": "1", "unit": {"factors": {"x": "0"}}},
        {"value": "1", "unit": {"penalty": "2"}},
        {"value": "1", "tolerance_kind": "significant"},
        {"value": "1", "tolerance_kind": "significant", "tolerance": "1/2"},
        {"value": "1", "tolerance_kind": "significant", "tolerance": "16"},
        {"value": "1", "also": [{"value": "2", "fraction": "0"}]},
        {"value": "1", "also": ["2"]},
        {"value": "1e999999999"},
    ],
)
def test_a_key_that_cannot_mark_is_refused(key):
    with pytest.raises(SpecError):
        read_key("numeric", key)
