"""Whatever a file, a form or a stranger sends: it is read, or refused in so many words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring import (
    KINDS,
    ResponseError,
    SpecError,
    check_key,
    clean_response,
    for_jurisdiction,
    read_key,
    score,
)

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.floats()
    | st.sampled_from(["", "a", "1", "1/0", "\0"])
)
JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "1", "text"]), inner, max_size=3)
    ),
    max_leaves=6,
)
# a key of each kind that can be marked, and a response that fits it
SAMPLES = {
    "single": ({"options": {"a": "1", "b": "0"}}, {"choice": "a"}),
    "multiple": ({"options": {"a": "1", "b": "-1"}, "rule": "weights", "most": 1}, {"choices": ["a"]}),
    "true_false": ({"answer": True}, {"choice": "true"}),
    "matching": ({"pairs": {"a": "x", "b": "y"}, "distractors": ["z"]}, {"pairs": {"a": "x"}}),
    "ordering": ({"order": ["a", "b"], "rule": "exact"}, {"order": ["b", "a"]}),
    "numeric": (
        {
            "value": "1",
            "tolerance": "1",
            "tolerance_kind": "absolute",
            "also": [{"value": "2", "fraction": "1/2"}],
            "unit": {"label": {"en": "day"}, "factors": {"week": "7"}, "penalty": "1/2"},
        },
        {"value": "1", "unit": "day"},
    ),
    "short": (
        {"accepted": {"en": ["a", {"text": "b", "fraction": "1/2"}]}, "case": {"en": True}, "accents": False},
        {"text": "a"},
    ),
    "gap": (
        {"gaps": {"1": {"accepted": {"en": ["a"]}, "weight": "2"}, "2": {"options": {"a": "1", "b": "0"}}}},
        {"gaps": {"1": "a", "2": "a"}},
    ),
    "words": ({"words": {"a": True, "b": False}, "rule": "partial"}, {"words": ["a"]}),
    "scenario": (
        {
            "start": "a",
            "situations": {
                "a": {"weight": "1", "decisions": {"1": {"worth": "1", "next": "b", "times": 0}}},
                "b": {"decisions": {"1": {"worth": "1"}, "2": {"next": "a", "times": 1}}},
            },
        },
        {"path": ["1", "2", "1"]},
    ),
    "essay": ({"minimum_words": 1, "maximum_words": 2, "rubric": [{"points": "1"}]}, {"text": "a"}),
    "file": (
        {"types": [".pdf"], "largest": 10, "most": 1, "rubric": []},
        {"files": [{"name": "a.pdf", "size": 1, "sha256": "0" * 64}]},
    ),
    "survey": ({"scale": ["a", "b"]}, {"choice": "a"}),
    "description": ({}, {}),
}


def spoiled(value):
    """The value with one part of it, at any depth, replaced by something else."""
    whole = JSON
    if isinstance(value, dict) and value:
        inside = st.sampled_from(list(value)).flatmap(
            lambda name: spoiled(value[name]).map(lambda other: {**value, name: other})
        )
        return whole | inside | inside | inside
    if isinstance(value, list) and value:
        inside = st.integers(0, len(value) - 1).flatmap(
            lambda at: spoiled(value[at]).map(lambda other: [*value[:at], other, *value[at + 1 :]])
        )
        return whole | inside | inside
    return whole


def test_the_samples_are_of_every_kind_and_hold():
    assert set(SAMPLES) == set(KINDS)
    for kind, (key, response) in SAMPLES.items():
        check_key(kind, key)
        assert clean_response(kind, key, response) == {**response}


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=40)
@given(data=st.data())
def test_any_key_is_read_or_refused(kind, data):
    key = data.draw(spoiled(SAMPLES[kind][0]).filter(lambda value: isinstance(value, dict)))
    try:
        read_key(kind, key)
    except SpecError:
        return
    try:
        outcome = score(kind, key, SAMPLES[kind][1])
    except ResponseError:
        return
    assert outcome.fraction is None or 0 <= outcome.fraction <= 1


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=40)
@given(data=st.data())
def test_any_response_is_marked_or_refused(kind, data):
    key, response = SAMPLES[kind]
    try:
        clean = clean_response(kind, key, data.draw(spoiled(response)))
    except ResponseError:
        return
    outcome = score(kind, key, clean)
    assert outcome.fraction is None or 0 <= outcome.fraction <= 1


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=40)
@given(data=st.data())
def test_any_change_for_a_jurisdiction_is_read_or_refused(kind, data):
    usual = SAMPLES[kind][0]
    change = {"citation": "art. 1", **usual}
    if kind == "scenario":
        change = {"citation": "art. 1", "worth": {"a": {"1": "1/2"}}}
    key = {**usual, "jurisdictions": data.draw(spoiled({"MX": [change]}))}
    try:
        check_key(kind, key)
    except SpecError:
        return
    for_jurisdiction(key, "MX")
