"""What a learner may do next, what is earned so far, and what is shown."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.behaviours import (
    BEHAVIOURS,
    Question,
    Status,
    StepRefused,
    advance,
    begin,
    behaviour_for,
    fold,
    steps_of,
)
from assessments.behaviours.state import EVERYTHING, NOTHING, Shown
from assessments.scoring import Verdict

OPTIONS = {"options": {"a": "1", "b": "1/2", "c": "0", "d": "0"}}
QUESTION = Question(1, "single", OPTIONS, tries=3, hints=1, penalty=Fraction(1, 4))
ESSAY = Question(1, "essay", {})
SUBMIT = ("submit", {"by": "person"})
AGAIN = ("again", {})


def answer(choice, certainty=None):
    return "answer", {"response": {"choice": choice}, **({"certainty": certainty} if certainty else {})}


def check(choice, certainty=None):
    return "check", answer(choice, certainty)[1]


def test_deferred_judges_nothing_before_the_end(take):
    before = take("deferred", QUESTION, answer("c"), answer("a"))
    assert (before.status, before.fraction, before.shown) == (Status.SAVED, None, NOTHING)
    assert before.allowed == {"answer", "submit"}
    after = take("deferred", QUESTION, answer("c"), answer("a"), SUBMIT)
    assert (after.status, after.fraction, after.credit) == (Status.DONE, 1, 1)
    assert (after.shown, after.allowed) == (EVERYTHING, {"mark"})
    with pytest.raises(StepRefused):
        take("deferred", QUESTION, check("a"))


def test_immediate_closes_with_the_check(take):
    state = take("immediate", QUESTION, answer("c"), check("b"))
    assert (state.status, state.fraction, state.shown) == (Status.DONE, Fraction(1, 2), EVERYTHING)
    assert state.allowed == {"submit"}
    with pytest.raises(StepRefused):
        take("immediate", QUESTION, check("b"), answer("a"))
    # what was saved and never checked is judged at the end
    assert take("immediate", QUESTION, answer("a"), SUBMIT).fraction == 1


def test_nothing_cannot_be_checked(take):
    with pytest.raises(StepRefused):
        take("immediate", QUESTION, check(""))


def test_interactive_takes_a_penalty_off_for_each_earlier_try(take):
    first = take("interactive", QUESTION, check("c"))
    assert (first.status, first.fraction) == (Status.AGAIN, 0)
    assert first.shown == Shown(correctness=True, feedback=True, hint=1)
    assert first.allowed == {"again", "submit"}
    second = take("interactive", QUESTION, check("c"), AGAIN)
    assert (second.status, second.shown) == (Status.OPEN, Shown(hint=1))
    right = take("interactive", QUESTION, check("c"), AGAIN, check("d"), AGAIN, check("a"))
    assert (right.status, right.fraction, right.tries) == (Status.DONE, Fraction(1, 2), 3)
    assert right.outcome.fraction == 1


def test_interactive_ends_with_the_last_try_and_keeps_what_it_was_worth(take):
    steps = (check("c"), AGAIN, check("d"), AGAIN, check("b"))
    last = take("interactive", QUESTION, *steps)
    assert (last.status, last.fraction, last.allowed) == (Status.DONE, 0, {"submit"})
    # handed in after a hint: the try that was judged counts, and no penalty for one not made
    assert take("interactive", QUESTION, check("b"), AGAIN, SUBMIT).fraction == Fraction(1, 2)
    assert take("interactive", QUESTION, check("b"), SUBMIT).fraction == Fraction(1, 2)
    # an answer saved and not checked is one more try
    assert take("interactive", QUESTION, check("c"), AGAIN, answer("a"), SUBMIT).fraction == Fraction(3, 4)


def test_the_last_hint_is_shown_again_when_there_are_more_tries(take):
    question = replace(QUESTION, tries=9, hints=2)
    tried = take("interactive", question, check("b"), AGAIN, check("c"), AGAIN, check("d"))
    assert tried.shown.hint == 2
    assert take("interactive", replace(question, hints=0), check("c")).shown.hint == 0


def test_adaptive_counts_the_best_try(take):
    steps = [check("b"), check("c"), check("a")]
    fractions = [take("adaptive", QUESTION, *steps[:count]).fraction for count in (1, 2, 3)]
    assert fractions == [Fraction(1, 2)] * 3
    closed = take("adaptive", QUESTION, *steps)
    assert (closed.status, closed.allowed) == (Status.DONE, {"submit"})
    free = replace(QUESTION, penalty=Fraction(0))
    assert take("adaptive", free, *steps).fraction == 1
    assert take("adaptive", QUESTION, check("b"), answer("a"), SUBMIT).fraction == Fraction(3, 4)


def test_an_answer_that_was_judged_costs_no_second_try(take):
    for name, taken in {"adaptive": (), "interactive": (AGAIN,)}.items():
        with pytest.raises(StepRefused):
            take(name, QUESTION, check("c"), *taken, answer("c"), check("c"))
    saved = take("adaptive", QUESTION, check("b"), answer("b"), SUBMIT)
    assert (saved.tries, saved.fraction) == (1, Fraction(1, 2))


def test_a_step_identical_to_the_last_is_discarded(take):
    for name in ("adaptive", "interactive"):
        once, twice = (take(name, QUESTION, *[check("c")] * times) for times in (1, 2))
        assert once == twice
    assert take("deferred", QUESTION, SUBMIT, SUBMIT) == take("deferred", QUESTION, SUBMIT)


@pytest.mark.parametrize(
    ("choice", "certainty", "points"),
    [
        ("a", None, 1),
        ("a", 1, 1),
        ("a", 2, 2),
        ("a", 3, 3),
        ("c", None, 0),
        ("c", 1, 0),
        ("c", 2, -2),
        ("c", 3, -6),
        ("b", 1, Fraction(1, 2)),
        ("b", 2, 0),
        ("b", 3, Fraction(-3, 2)),
        ("", 3, 0),
    ],
)
def test_certainty_is_marked_with_the_answer(take, choice, certainty, points):
    for state in (
        take("certainty_deferred", QUESTION, answer(choice, certainty), SUBMIT),
        take("certainty_immediate", QUESTION, *([check(choice, certainty)] if choice else [SUBMIT])),
    ):
        assert state.credit == Fraction(points) / 3
        assert 0 <= state.fraction <= 1


def test_certainty_is_refused_where_it_is_not_asked_for_or_there_is_no_such(take):
    with pytest.raises(StepRefused):
        take("deferred", QUESTION, answer("a", 2))
    for certainty in (4, -1, True, "3", 1.5):
        with pytest.raises(StepRefused):
            take("certainty_deferred", QUESTION, answer("a", certainty))


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_a_person_marks_what_a_person_has_to_mark_in_every_behaviour(take, name):
    written = ("answer", {"response": {"text": "Delay alone …"}})
    state = take(name, ESSAY, written, SUBMIT)
    assert (state.status, state.fraction, state.credit) == (Status.WAITING, None, None)
    mark = ("mark", {"fraction": "3/4", "points": ["2", "1"], "comment": "Good."})
    marked = take(name, ESSAY, written, SUBMIT, mark)
    assert (marked.status, marked.fraction, marked.credit) == (Status.DONE, Fraction(3, 4), Fraction(3, 4))
    assert (marked.points, marked.comment) == (("2", "1"), "Good.")
    assert take(name, ESSAY, SUBMIT).status == Status.DONE


def test_where_everything_is_marked_by_a_person_no_rule_marks_a_choice(take):
    state = take("manual", QUESTION, answer("a"), SUBMIT)
    assert (state.status, state.fraction, state.credit) == (Status.WAITING, None, None)
    marked = take("manual", QUESTION, answer("a"), SUBMIT, ("mark", {"fraction": "1/2"}))
    assert (marked.status, marked.fraction) == (Status.DONE, Fraction(1, 2))
    blank = take("manual", QUESTION, SUBMIT)
    assert (blank.status, blank.fraction) == (Status.DONE, 0)


def test_a_persons_word_goes_before_a_rule_but_not_before_the_end(take):
    mark = ("mark", {"fraction": "1"})
    state = take("immediate", QUESTION, check("c"), SUBMIT, mark)
    assert (state.fraction, state.outcome.verdict) == (1, Verdict.CORRECT)
    with pytest.raises(StepRefused):
        take("immediate", QUESTION, check("c"), mark)
    for fraction in ("2", "-1", "much", None, 0.5, True):
        with pytest.raises(StepRefused):
            take("deferred", QUESTION, SUBMIT, ("mark", {"fraction": fraction}))
    assert take("certainty_deferred", QUESTION, answer("c", 3), SUBMIT, mark).credit == 1


def test_what_is_not_scored_is_kept_and_never_marked(take):
    survey = Question(1, "survey", {"scale": ["1", "2"]})
    for name in BEHAVIOURS:
        state = take(name, survey, answer("2"), SUBMIT)
        assert (state.response, state.fraction, state.allowed) == ({"choice": "2"}, 0, set())
        assert state.outcome.verdict == Verdict.UNSCORED
        assert take(name, Question(1, "description", {}), SUBMIT).status == Status.DONE


def test_a_corrected_key_is_a_fold_of_the_same_steps(take):
    steps = (check("c"), AGAIN, check("b"))
    corrected = replace(QUESTION, spec={"options": {"a": "0", "b": "1", "c": "0", "d": "0"}})
    assert take("interactive", QUESTION, *steps, AGAIN, SUBMIT).fraction == Fraction(1, 4)
    assert take("interactive", corrected, *steps, SUBMIT).fraction == Fraction(3, 4)


def test_a_response_that_does_not_fit_is_refused(take):
    for response in ({"choice": "z"}, ["a"], "a"):
        with pytest.raises(StepRefused):
            take("deferred", QUESTION, ("answer", {"response": response}))


def test_only_the_steps_of_one_question_are_folded(make_steps):
    mine, flag, other, end = make_steps(answer("a"), ("flag", {"on": True}), answer("b"), SUBMIT)
    other = replace(other, slot=2)
    assert steps_of([mine, flag, other, end], 1) == [mine, end]


def test_two_steps_cannot_have_one_place(make_steps):
    first, second = make_steps(answer("a"), answer("b"))
    for sequence in (1, 0):
        state = advance("deferred", QUESTION, begin("deferred", QUESTION), first)
        with pytest.raises(StepRefused):
            advance("deferred", QUESTION, state, replace(second, sequence=sequence))
    with pytest.raises(StepRefused):
        fold("deferred", QUESTION, [first, replace(second, sequence=1)])


def test_history_says_how_the_question_stood_after_each_step(take):
    state = take("interactive", QUESTION, answer("c"), check("c"), AGAIN, check("a"), SUBMIT)
    assert [(moment.kind, moment.status, moment.fraction) for moment in state.history] == [
        ("answer", Status.SAVED, None),
        ("check", Status.AGAIN, 0),
        ("again", Status.OPEN, 0),
        ("check", Status.DONE, Fraction(3, 4)),
        ("submit", Status.DONE, Fraction(3, 4)),
    ]


def test_a_number_is_read_by_the_custom_of_the_learners_country(take):
    saved = ("answer", {"response": {"value": "133,000"}})
    for country, fraction in {"MX": 1, "AR": 0, "": 0}.items():
        question = Question(1, "numeric", {"value": "133000"}, country=country)
        assert take("deferred", question, saved, SUBMIT).fraction == fraction


def test_settings_that_mean_nothing_are_refused():
    for settings in ({"tries": 0}, {"hints": -1}, {"penalty": Fraction(2)}, {"penalty": Fraction(-1)}):
        with pytest.raises(ValueError):
            replace(QUESTION, **settings)
    with pytest.raises(KeyError):
        behaviour_for("guessing", "single")
