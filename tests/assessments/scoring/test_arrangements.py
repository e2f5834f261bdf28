"""Matching, ordering, gap text and essay."""

from fractions import Fraction

import pytest

from assessments.scoring import ResponseError, SpecError, Verdict, clean_response, read_key, score

MATCHING = {"pairs": {"p": "act", "q": "means", "r": "act"}, "distractors": ["border"]}
GAPS = {
    "gaps": {
        "1": {"accepted": {"en": ["consent"], "es": ["consentimiento"]}},
        "2": {"options": {"x": "1", "y": "1/2", "z": "0"}},
    }
}


@pytest.mark.parametrize(
    ("pairs", "fraction"),
    [
        ({"p": "act", "q": "means", "r": "act"}, Fraction(1)),
        ({"p": "act", "q": "act", "r": "act"}, Fraction(2, 3)),
        ({"p": "act"}, Fraction(1, 3)),
        ({"p": "border", "q": "border", "r": "border"}, Fraction(0)),
    ],
)
def test_matching_counts_the_share_of_right_pairs(pairs, fraction):
    assert score("matching", MATCHING, {"pairs": pairs}).fraction == fraction


def test_matching_says_which_pairs_were_right():
    outcome = score("matching", MATCHING, {"pairs": {"p": "act", "q": "act"}})
    assert outcome.parts == {"p": 1, "q": 0, "r": 0}


@pytest.mark.parametrize("pairs", [{"z": "act"}, {"p": "purpose"}, ["act"]])
def test_matching_refuses_foreign_prompts_and_answers(pairs):
    with pytest.raises(ResponseError):
        clean_response("matching", MATCHING, {"pairs": pairs})


def test_unmatched_prompts_alone_are_blank():
    assert score("matching", MATCHING, {"pairs": {"p": "", "q": " "}}).verdict == Verdict.BLANK


@pytest.mark.parametrize(
    ("given", "exact", "adjacent", "longest_run"),
    [
        ("abcde", 1, 1, 1),
        ("bcdea", 0, Fraction(3, 4), Fraction(3, 4)),
        ("abdec", 0, Fraction(2, 4), Fraction(1, 4)),
        ("deabc", 0, Fraction(3, 4), Fraction(2, 4)),
        ("edcba", 0, 0, 0),
        ("abc", 0, Fraction(2, 4), Fraction(2, 4)),
    ],
)
def test_ordering_has_three_rules(given, exact, adjacent, longest_run):
    for rule, fraction in {
        "exact": exact,
        "adjacent": adjacent,
        "longest_run": longest_run,
    }.items():
        key = {"order": list("abcde"), "rule": rule}
        assert score("ordering", key, {"order": list(given)}).fraction == fraction, rule


def test_gaps_are_worth_the_same_and_an_empty_one_nothing():
    def fraction(gaps):
        return score("gap", GAPS, {"gaps": gaps}).fraction

    assert fraction({"1": "Consentimiento", "2": "x"}) == 1
    assert fraction({"1": "consent", "2": "y"}) == Fraction(3, 4)
    assert fraction({"2": "x"}) == Fraction(1, 2)
    assert fraction({"1": "force", "2": "z"}) == 0


def test_a_gap_with_a_list_takes_only_its_entries():
    with pytest.raises(ResponseError):
        clean_response("gap", GAPS, {"gaps": {"2": "consent"}})


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("matching", {"pairs": {}}),
        ("ordering", {"order": ["a"]}),
        ("ordering", {"order": ["a", "a"]}),
        ("ordering", {"order": "ab"}),
        ("ordering", {"order": ["a", "b"], "rule": "kind"}),
        ("gap", {"gaps": {"1": "consent"}}),
        ("gap", {"gaps": {"1": {"options": {"x": "1/2"}}}}),
        ("essay", {"minimum_words": "many"}),
        ("essay", {"minimum_words": 200, "maximum_words": 100}),
    ],
)
def test_a_key_that_cannot_mark_is_refused(kind, key):
    with pytest.raises(SpecError):
        read_key(kind, key)


def test_an_essay_waits_for_a_person_but_an_empty_one_does_not():
    assert score("essay", {}, {"text": "Delay alone …"}).fraction is None
    assert score("essay", {}, {"text": "Delay alone …"}).verdict == Verdict.WAITING
    assert score("essay", {}, {"text": "  \n"}).fraction == 0


def test_an_endless_essay_is_refused():
    with pytest.raises(ResponseError):
        clean_response("essay", {}, {"text": "a" * 100_001})
