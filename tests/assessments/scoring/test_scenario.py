"""A scenario on the bench: what a path is worth, and which graphs are refused."""

from fractions import Fraction

import pytest

from assessments.scoring import ResponseError, SpecError, Verdict, clean_response, read_key, score

# a hearing: adjourn once at most, hear the witness apart or in open court, then decide
HEARING = {
    "start": "arrival",
    "situations": {
        "arrival": {
            "decisions": {
                "ask": {"worth": "1", "next": "fear"},
                "adjourn": {"worth": "1/2", "next": "arrival", "times": 1},
                "dismiss": {"worth": "0"},
            }
        },
        "fear": {
            "weight": "2",
            "decisions": {
                "apart": {"worth": "1", "next": "ruling"},
                "open": {"worth": "0", "next": "silence"},
            },
        },
        "silence": {"decisions": {"repair": {"worth": "1", "next": "ruling"}}},
        "ruling": {"decisions": {}},
    },
}


def mark(*path):
    return score("scenario", HEARING, {"path": list(path)})


@pytest.mark.parametrize(
    ("path", "fraction"),
    [
        (["ask", "apart"], Fraction(1)),
        (["dismiss"], Fraction(0)),
        (["adjourn", "ask", "apart"], Fraction(7, 8)),
        (["ask", "open", "repair"], Fraction(2, 4)),
        # left before the end: what was still to be decided counts nothing
        (["ask"], Fraction(1, 3)),
        (["ask", "open"], Fraction(1, 4)),
        (["adjourn"], Fraction(1, 4)),
    ],
)
def test_a_path_is_worth_the_mean_of_its_decisions_by_weight(path, fraction):
    assert mark(*path).fraction == fraction


def test_each_decision_is_scored_in_turn():
    outcome = mark("adjourn", "ask", "open")
    assert outcome.parts == {"1": Fraction(1, 2), "2": 1, "3": 0}
    assert outcome.verdict == Verdict.PARTLY


def test_the_walk_says_where_one_stands_and_what_can_be_decided():
    key = read_key("scenario", HEARING)
    assert key.walk([]).open == ("ask", "adjourn", "dismiss")
    # adjourned once, the hearing cannot be adjourned again
    assert key.walk(["adjourn"]).open == ("ask", "dismiss")
    assert (key.walk(["ask"]).at, key.walk(["ask"]).ended) == ("fear", False)
    assert (key.walk(["ask", "apart"]).at, key.walk(["ask", "apart"]).ended) == ("ruling", True)
    assert (key.walk(["dismiss"]).at, key.walk(["dismiss"]).ended) == ("", True)
    assert key.right_path() == ("ask", "apart")


@pytest.mark.parametrize(
    "path",
    [["apart"], ["adjourn", "adjourn"], ["dismiss", "ask"], ["ask", "apart", "ask"], "ask", ["x"] * 2000],
)
def test_a_decision_that_was_not_to_be_taken_is_refused(path):
    with pytest.raises(ResponseError):
        clean_response("scenario", HEARING, {"path": path})


def graph(**situations):
    return {"start": "a", "situations": {name: {"decisions": value} for name, value in situations.items()}}


RIGHT = {"worth": "1"}


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ({}, "mapping"),
        ({"start": "b", "situations": {"a": {"decisions": {"d": RIGHT}}}}, "starts"),
        (graph(a={}), "starts"),
        (graph(a={"d": RIGHT}, b={"d": RIGHT}), "no way leads to the situations b"),
        (graph(a={"d": {"worth": "1", "next": "z"}}), "unknown"),
        (graph(a={"d": {"worth": "1", "next": "a"}}), "has to be right|round without a bound"),
        (
            graph(a={"d": {"next": "b"}, "e": RIGHT}, b={"d": {"worth": "1", "next": "a"}}),
            "round without a bound: a, b",
        ),
        # with its only decision used up, nothing would remain
        (graph(a={"d": {"worth": "1", "times": 1}}), "remain open"),
        (graph(a={"d": {"worth": "1/2"}}), "right throughout"),
        (graph(a={"d": {"worth": "1", "next": "b"}}, b={"d": {"worth": "1/2"}}), "right throughout"),
        (graph(a={"d": {"worth": "2"}}), "from 0 to 1"),
        (graph(a={"d": {"worth": 0.5}}), "exact"),
        (graph(a={"d": {"worth": "1", "times": 99}}), "times"),
        (graph(a={"d": "1"}), "mapping"),
        ({"start": "a", "situations": {"a": {"weight": "-1", "decisions": {"d": RIGHT}}}}, "weigh"),
        ({"start": "a", "situations": {"a": {"weight": "0", "decisions": {"d": RIGHT}}}}, "throughout"),
        ({"start": "a", "situations": {"a": {"decisions": ["d"]}}}, "mapping"),
        ({"start": "s0", "situations": {f"s{n}": {} for n in range(201)}}, "at most 200"),
    ],
)
def test_a_graph_that_does_not_hold_is_refused(key, reason):
    with pytest.raises(SpecError, match=reason):
        read_key("scenario", key)


def test_a_situation_that_only_tells_something_may_weigh_nothing():
    key = graph(a={"d": {"worth": "1", "next": "b"}}, b={"d": RIGHT, "e": {"worth": "0"}})
    key["situations"]["a"]["weight"] = "0"
    assert score("scenario", key, {"path": ["d", "d"]}).fraction == 1
    assert score("scenario", key, {"path": ["d", "e"]}).fraction == 0
    assert score("scenario", key, {"path": ["d"]}).fraction == 0
