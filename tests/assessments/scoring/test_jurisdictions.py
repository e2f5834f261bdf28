"""What is right in one country and wrong in the next."""

import pytest

from assessments.scoring import SpecError, check_key, for_jurisdiction, score
from assessments.scoring.jurisdictions import jurisdictions_of, options_where, provisions_cited

CITED = {"citation": "Ley General, art. 40", "provision": "11111111-1111-1111-1111-111111111111"}


def where(**change):
    return {"jurisdictions": {"MX": [{**CITED, **change}]}}


SCENARIO = {
    "start": "a",
    "situations": {"a": {"decisions": {"d": {"worth": "1"}, "e": {"worth": "0"}}}},
}
# kind, usual key, change, an answer right where nothing is changed, an answer right in MX
CHANGES = [
    (
        "single",
        {"options": {"a": "1", "b": "0"}},
        {"options": {"a": "0", "b": "1"}},
        {"choice": "a"},
        {"choice": "b"},
    ),
    (
        "multiple",
        {"options": {"a": "1", "b": "-1/2", "c": "-1/2"}, "rule": "all_or_nothing"},
        {"options": {"a": "1/2", "b": "1/2"}},
        {"choices": ["a"]},
        {"choices": ["a", "b"]},
    ),
    ("true_false", {"answer": True}, {"answer": False}, {"choice": "true"}, {"choice": "false"}),
    (
        "matching",
        {"pairs": {"p": "x", "q": "y"}, "distractors": ["z"]},
        {"pairs": {"p": "z"}},
        {"pairs": {"p": "x", "q": "y"}},
        {"pairs": {"p": "z", "q": "y"}},
    ),
    ("ordering", {"order": ["a", "b"]}, {"order": ["b", "a"]}, {"order": ["a", "b"]}, {"order": ["b", "a"]}),
    ("numeric", {"value": "18"}, {"value": "16"}, {"value": "18"}, {"value": "16"}),
    (
        "short",
        {"accepted": {"es": ["trata"]}},
        {"accepted": {"es": ["trata de personas"]}},
        {"text": "trata"},
        {"text": "trata de personas"},
    ),
    (
        "gap",
        {"gaps": {"1": {"accepted": {"es": ["18"]}}, "2": {"options": {"x": "1", "y": "0"}}}},
        {"gaps": {"1": {"accepted": {"es": ["16"]}}, "2": {"options": {"x": "0", "y": "1"}}}},
        {"gaps": {"1": "18", "2": "x"}},
        {"gaps": {"1": "16", "2": "y"}},
    ),
    (
        "words",
        {"words": {"1": True, "2": False}},
        {"words": {"1": False, "2": True}},
        {"words": ["1"]},
        {"words": ["2"]},
    ),
    ("scenario", SCENARIO, {"worth": {"a": {"d": "0", "e": "1"}}}, {"path": ["d"]}, {"path": ["e"]}),
]


@pytest.mark.parametrize(
    ("kind", "spec", "change", "usual", "there"), CHANGES, ids=lambda value: str(value)[:12]
)
def test_a_key_differs_where_it_is_said_to_and_nowhere_else(kind, spec, change, usual, there):
    both = spec | where(**change)
    check_key(kind, both)
    here, mexico = for_jurisdiction(both, "CR"), for_jurisdiction(both, "MX")
    assert here == spec
    assert mexico["jurisdiction"] == {"code": "MX", "cites": [CITED]}
    assert score(kind, here, usual).fraction == 1
    assert score(kind, mexico, there).fraction == 1
    assert score(kind, here, there).fraction < 1
    assert score(kind, mexico, usual).fraction < 1
    # the question of the bank itself is marked by its usual key
    assert score(kind, both, usual).fraction == 1


@pytest.mark.parametrize(
    ("kind", "spec", "change", "usual", "there"), CHANGES, ids=lambda value: str(value)[:12]
)
def test_a_frozen_key_is_itself_when_asked_again(kind, spec, change, usual, there):
    frozen = for_jurisdiction(spec | where(**change), "MX")
    assert for_jurisdiction(frozen, "MX") == frozen
    assert jurisdictions_of(frozen) == ()


def test_a_tolerance_may_differ():
    spec = {"value": "100", "tolerance": "0"} | where(tolerance="1/10", tolerance_kind="relative")
    assert score("numeric", for_jurisdiction(spec, "MX"), {"value": "109"}).fraction == 1
    assert score("numeric", for_jurisdiction(spec, "CR"), {"value": "109"}).fraction == 0


def test_answers_that_are_right_elsewhere_are_still_offered():
    spec = {"pairs": {"p": "x", "q": "y"}, "distractors": ["z"]} | where(pairs={"p": "z"})
    assert for_jurisdiction(spec, "MX")["distractors"] == ["x"]


def test_several_provisions_may_each_change_something():
    spec = {"gaps": {"1": {"value": "18"}, "2": {"value": "10"}}}
    changes = [
        {"citation": "art. 1", "gaps": {"1": {"value": "16"}}},
        {"citation": "art. 2", "provision": "22", "gaps": {"2": {"value": "12"}}},
    ]
    both = spec | {"jurisdictions": {"MX": changes, "CR": []}}
    check_key("gap", both)
    there = for_jurisdiction(both, "MX")
    assert score("gap", there, {"gaps": {"1": "16", "2": "12"}}).fraction == 1
    cites = [{"citation": "art. 1"}, {"citation": "art. 2", "provision": "22"}]
    assert there["jurisdiction"]["cites"] == cites
    assert jurisdictions_of(both) == ("MX",)
    assert provisions_cited(both) == {"22"}


@pytest.mark.parametrize(
    ("kind", "spec", "changes"),
    [
        ("true_false", {"answer": True}, [{"answer": False}]),
        ("true_false", {"answer": True}, [{"citation": " ", "answer": False}]),
        ("true_false", {"answer": True}, [{"citation": "art. 1"}]),
        ("true_false", {"answer": True}, [{"citation": "art. 1", "answer": "no"}]),
        ("true_false", {"answer": True}, {"citation": "art. 1", "answer": False}),
        ("true_false", {"answer": True}, ["art. 1"]),
        ("single", {"options": {"a": "1", "b": "0"}}, [{"citation": "art. 1", "options": {"b": "1"}}]),
        ("single", {"options": {"a": "1", "b": "0"}}, [{"citation": "art. 1", "options": {"z": "0"}}]),
        ("single", {"options": {"a": "1", "b": "0"}}, [{"citation": "art. 1", "answer": True}]),
        ("essay", {}, [{"citation": "art. 1", "minimum_words": 3}]),
        ("matching", {"pairs": {"p": "x"}}, [{"citation": "art. 1", "pairs": {"p": "new"}}]),
        ("ordering", {"order": ["a", "b"]}, [{"citation": "art. 1", "order": ["a", "c"]}]),
        ("scenario", SCENARIO, [{"citation": "art. 1", "worth": {"a": {"z": "1"}}}]),
        ("scenario", SCENARIO, [{"citation": "art. 1", "worth": {"a": {"d": "0"}}}]),
        ("scenario", SCENARIO, [{"citation": "art. 1", "worth": {"a": []}}]),
        ("gap", {"gaps": {"1": {"value": "1"}}}, [{"citation": "art. 1", "gaps": {"1": "2"}}]),
        # nothing would be different
        ("numeric", {"value": "18"}, [{"citation": "art. 1", "value": "18"}]),
    ],
)
def test_a_change_without_source_or_sense_is_refused(kind, spec, changes):
    with pytest.raises(SpecError):
        check_key(kind, spec | {"jurisdictions": {"MX": changes}})


def test_options_get_their_worth_from_what_is_right_there():
    single = {"a": "1", "b": "1/2", "c": "0"}
    assert options_where("single", single, {"b": True, "a": False}) == {"a": "0", "b": "1", "c": "0"}
    multiple = {"a": "1", "b": "-1/2", "c": "-1/2"}
    assert options_where("multiple", multiple, {"b": True}) == {"a": "1/2", "b": "1/2", "c": "-1"}
    for correct in ({"a": False}, {"a": True, "b": True}, {"z": True}):
        with pytest.raises(SpecError):
            options_where("single", single, correct)
    with pytest.raises(SpecError):
        options_where("multiple", multiple, {"a": False})
