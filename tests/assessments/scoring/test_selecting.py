"""Options with weights of their own, words selected in a text, files, and what is not scored."""

from fractions import Fraction

import pytest

from assessments.scoring import ResponseError, SpecError, clean_response, read_key, score
from assessments.scoring.rubric import Rubric

WORDS = {"words": {"1": True, "2": True, "3": False, "4": False, "5": False}}
FILE = {"name": "Ruling.PDF", "size": 1000, "sha256": "ab" * 32}
FILES = {"types": [".pdf", ".docx"], "largest": 5000, "most": 2}


def test_weights_are_the_authors_own():
    key = {"options": {"a": "3/4", "b": "1/4", "c": "-1/4", "d": "0"}, "rule": "weights"}
    assert score("multiple", key, {"choices": ["a"]}).fraction == Fraction(3, 4)
    assert score("multiple", key, {"choices": ["a", "c"]}).fraction == Fraction(1, 2)
    assert score("multiple", key, {"choices": ["c", "d"]}).fraction == 0


def test_wrong_options_may_be_free_where_no_more_than_the_right_ones_can_be_chosen():
    key = {"options": {"a": "1/2", "b": "1/2", "c": "0"}, "rule": "weights", "most": 2}
    assert score("multiple", key, {"choices": ["a", "c"]}).fraction == Fraction(1, 2)
    with pytest.raises(ResponseError):
        clean_response("multiple", key, {"choices": ["a", "b", "c"]})


@pytest.mark.parametrize(
    "key",
    [
        # ticking everything would always earn full marks
        {"options": {"a": "1", "b": "0"}, "rule": "weights"},
        {"options": {"a": "1", "b": "0"}, "rule": "weights", "most": 2},
        {"options": {"a": "1/2", "b": "1/2", "c": "-1"}, "most": 1},
        {"options": {"a": "1", "b": "-1"}, "most": "1"},
        {"options": {"a": "1", "b": "-1"}, "most": -1},
        {"options": {"a": "1", "b": "-1"}, "rule": "weight"},
    ],
)
def test_a_multiple_choice_that_gives_marks_away_is_refused(key):
    with pytest.raises(SpecError):
        read_key("multiple", key)


@pytest.mark.parametrize(
    ("selected", "partial", "whole"),
    [
        ("12", 1, 1),
        ("1", Fraction(1, 2), 0),
        ("123", Fraction(1, 2), 0),
        ("13", 0, 0),
        ("12345", 0, 0),
        ("3", 0, 0),
    ],
)
def test_a_word_selected_in_error_costs_as_much_as_one_that_is_meant_earns(selected, partial, whole):
    response = {"words": list(selected)}
    assert score("words", WORDS, response).fraction == partial
    assert score("words", WORDS | {"rule": "all_or_nothing"}, response).fraction == whole


def test_the_parts_name_the_words_missed_and_those_selected_in_error():
    assert score("words", WORDS, {"words": ["1", "3"]}).parts == {"1": 1, "2": 0, "3": 0}


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("words", {"words": {}}),
        ("words", {"words": {"1": True}}),
        ("words", {"words": {"1": True, "2": 0}}),
        ("words", {**WORDS, "rule": "weights"}),
        ("file", {}),
        ("file", {"types": ".pdf"}),
        ("file", {"types": ["pdf"]}),
        ("file", {"types": [".PDF"]}),
        ("file", {"types": [".pdf"], "largest": 0}),
        ("file", {"types": [".pdf"], "largest": 10**9}),
        ("file", {"types": [".pdf"], "most": True}),
        ("survey", {"scale": ["1"]}),
        ("survey", {"scale": ["1", "1"]}),
        ("essay", {"rubric": [{"points": "0"}]}),
        ("essay", {"rubric": [{}]}),
        ("essay", {"rubric": ["2: clarity"]}),
        ("essay", {"rubric": "2"}),
        ("gap", {"gaps": {"1": {"value": "1", "weight": "0"}}}),
        ("gap", {"gaps": {"1": {"value": "one"}}}),
        ("nothing", {}),
    ],
)
def test_a_key_that_cannot_mark_is_refused(kind, key):
    with pytest.raises(SpecError):
        read_key(kind, key)


def test_a_file_is_kept_by_name_size_and_digest_and_waits_for_a_person():
    assert clean_response("file", FILES, {"files": [{**FILE, "path": "/tmp/x"}]}) == {"files": [FILE]}
    assert score("file", FILES, {"files": [FILE]}).fraction is None


@pytest.mark.parametrize(
    "files",
    [
        [FILE] * 3,
        "file",
        ["file"],
        [{**FILE, "name": "ruling.exe"}],
        [{**FILE, "name": "ruling"}],
        [{**FILE, "name": ".pdf"}],
        [{**FILE, "name": "../ruling.pdf"}],
        [{**FILE, "name": "c:\\ruling.pdf"}],
        [{**FILE, "name": "ruling\n.pdf"}],
        [{**FILE, "name": "ruling\u202efdp.pdf"}],
        [{**FILE, "size": 5001}],
        [{**FILE, "size": 0}],
        [{**FILE, "size": "9"}],
        [{**FILE, "sha256": "ab"}],
    ],
)
def test_a_file_beyond_the_limits_is_refused(files):
    with pytest.raises(ResponseError):
        clean_response("file", FILES, {"files": files})


def test_a_description_takes_no_answer_and_a_survey_only_points_of_its_scale():
    assert clean_response("description", {}, {"text": ""}) == {}
    with pytest.raises(ResponseError):
        clean_response("description", {}, {"text": "so"})
    with pytest.raises(ResponseError):
        clean_response("survey", {"scale": ["1", "2"]}, {"choice": "3"})


def test_the_points_of_a_marking_guide_add_up_to_the_mark():
    rubric = Rubric.parse([{"points": 2, "text": {"en": "Facts"}}, {"points": "3/2"}, {"points": "1"}])
    assert rubric.total == Fraction(9, 2)
    assert rubric.fraction(["2", "3/2", "1"]) == 1
    assert rubric.fraction(["1", "0", "1/2"]) == Fraction(1, 3)
    assert sum(rubric.marks(Fraction(7))) == 7
    for given in ([], ["2"], ["3", "1", "1"], ["-1", "1", "1"]):
        with pytest.raises(ResponseError):
            rubric.fraction(given)
    with pytest.raises(ResponseError):
        Rubric().fraction([])


def test_gaps_count_by_their_weight_and_a_number_may_be_typed_in_any_digits():
    key = {
        "gaps": {
            "1": {"value": "18", "unit": {"label": {"en": "years", "bn": "বছর"}}},
            "2": {"accepted": {"en": ["consent"]}, "weight": "3"},
        }
    }
    assert score("gap", key, {"gaps": {"1": "১৮ বছর", "2": "Consent"}}, language="bn").fraction == 1
    assert score("gap", key, {"gaps": {"2": "consent"}}).fraction == Fraction(3, 4)
    assert score("gap", key, {"gaps": {"1": "18.0", "2": "force"}}).fraction == Fraction(1, 4)
