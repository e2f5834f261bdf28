"""How questions go on over HTTP: checks, hints, tries, certainty, order and practice."""

import pytest
from django.contrib.auth.models import Group

from accounts.models import User
from assessments.attempts import save_answer, state_of, submit
from assessments.models import Option
from assessments.papers import SectionSpec, SlotSpec
from assessments.replaying import replay
from assessments.standing import standing_of

from .conftest import quiz_of, right_response

pytestmark = pytest.mark.django_db


@pytest.fixture
def sit(judge, browse, begin, make_question):
    """Return a function that begins an attempt at a quiz with single choices by some rules."""

    def sit(*, questions=2, kind="single", hints=(), **rules):
        versions = [make_question(kind, reason_en="Article 3(c) says so.") for _ in range(questions)]
        for place, hint in enumerate(hints):
            Option.objects.create(version=versions[0], role="hint", sort_order=50 + place, text_en=hint)
        attempt = begin(judge, quiz_of(*versions, **rules))
        return browse(judge), attempt, versions

    return sit


def wrong(version):
    return {"choice": next(str(o.key) for o in version.options.all() if not o.correct and o.role == "option")}


def send(client, attempt, fields, slot=1):
    return client.post(f"/en/quiz/{attempt.key}/{slot}/", fields)


def page(client, attempt, slot=1):
    return client.get(f"/en/quiz/{attempt.key}/{slot}/").text


def test_deferred_says_nothing_before_the_end(sit):
    client, attempt, versions = sit()
    send(client, attempt, right_response(versions[0]) | {"go": "next"})
    shown = page(client, attempt)
    for words in ("Correct", "Check the answer", "Article 3(c)"):
        assert words not in shown


def test_immediate_checks_once_and_says_why(sit):
    client, attempt, versions = sit(behaviour="immediate")
    assert "You can check your answer once." in page(client, attempt)
    answer = send(client, attempt, wrong(versions[0]) | {"go": "check"})
    assert answer.url.endswith("/1/#said")
    shown = page(client, attempt)
    for words in ("Incorrect", "Article 3(c) says so.", "The means</", '<fieldset class="locked" disabled>'):
        assert words in shown
    assert "Check the answer" not in shown
    # nothing changes it any more, and its flag and buttons still work
    assert send(client, attempt, right_response(versions[0]) | {"go": "next", "flag": "on"}).url.endswith(
        "/2/"
    )
    state = state_of(attempt)
    assert state.response(1) == wrong(versions[0])
    assert state.flags == {1}


def test_a_check_without_an_answer_is_answered_kindly(sit):
    client, attempt, _versions = sit(behaviour="immediate")
    send(client, attempt, {"go": "check"})
    assert "Answer the question first" in page(client, attempt)


@pytest.mark.parametrize("behaviour", ["immediate", "interactive", "adaptive", "certainty_immediate"])
def test_what_cannot_be_read_as_a_number_costs_no_try(behaviour, judge, browse, begin, make_kind):
    attempt = begin(judge, quiz_of(make_kind("numeric"), behaviour=behaviour))
    client = browse(judge)
    assert send(client, attempt, {"value": "a lot", "go": "check"}).url.endswith("/1/#problem")
    shown = page(client, attempt)
    assert "cannot be read as a number" in shown
    assert 'value="a lot"' in shown
    assert "Incorrect" not in shown
    send(client, attempt, {"value": "133,000", "go": "check"})
    question = state_of(attempt).questions[1]
    assert (question.tries, question.fraction) == (1, 1)


def test_the_quiz_may_withhold_what_the_behaviour_would_tell(sit):
    client, attempt, versions = sit(behaviour="immediate", show_answers=False)
    send(client, attempt, wrong(versions[0]) | {"go": "check"})
    shown = page(client, attempt)
    assert "Incorrect" in shown
    assert "Article 3(c) says so." not in shown
    assert "Correct answer" not in shown


def test_interactive_tells_the_penalty_first_and_hints_after(sit):
    client, attempt, versions = sit(
        behaviour="interactive", hints=("Think of her age.", "Read Article 3(c).")
    )
    shown = page(client, attempt)
    assert "Try 1 of 3." in shown
    assert "takes 33% off" in shown
    assert "Think of her age." not in shown
    send(client, attempt, wrong(versions[0]) | {"go": "check"})
    shown = page(client, attempt)
    assert "Think of her age." in shown
    assert "Read Article 3(c)." not in shown
    assert "The means</dd>" not in shown, "the right answer is not told while tries remain"
    send(client, attempt, {"go": "again"})
    shown = page(client, attempt)
    assert "Try 2 of 3." in shown
    assert "Think of her age." in shown
    assert "Incorrect" not in shown
    send(client, attempt, right_response(versions[0]) | {"go": "check"})
    shown = page(client, attempt)
    assert "Correct" in shown
    assert "0.67 of 1 point" in shown


def test_a_hint_can_clear_what_was_wrong_and_count_what_was_right(judge, browse, begin, make_question):
    version = make_question("multiple")
    hint = Option.objects.create(version=version, role="hint", sort_order=9, text_en="One is a means.")
    version.marking = {"hints": {str(hint.key): {"clears_wrong": True, "counts_right": True}}}
    version.save()
    attempt, client = begin(judge, quiz_of(version, behaviour="interactive")), browse(judge)
    right, _other, bad = [str(o.key) for o in version.options.all()][:3]
    send(client, attempt, {"choice": [right, bad], "go": "check"})
    assert "1 part of your answer is right." in page(client, attempt)
    send(client, attempt, {"go": "again"})
    shown = page(client, attempt)
    assert f'value="{right}" checked' in shown
    assert f'value="{bad}" checked' not in shown


def test_adaptive_keeps_the_best_of_many_checks(sit):
    client, attempt, versions = sit(behaviour="adaptive", questions=1)
    assert "as often as you like" in page(client, attempt)
    send(client, attempt, wrong(versions[0]) | {"go": "check"})
    assert "Check the answer" in page(client, attempt)
    send(client, attempt, right_response(versions[0]) | {"go": "check"})
    assert "0.67 of 1 point" in page(client, attempt)


def test_certainty_is_asked_with_what_it_brings_and_costs(sit):
    client, attempt, versions = sit(behaviour="certainty_deferred")
    shown = page(client, attempt)
    assert shown.count('type="radio" name="certainty"') == 3
    for figure in ("+1</bdi>, wrong: 0", "+2</bdi>", "−2</bdi>", "+3</bdi>", "−6</bdi>"):
        assert figure in shown
    assert "does not fall below 0" in shown
    send(client, attempt, wrong(versions[0]) | {"certainty": "3", "go": "next"})
    assert 'id="c3" value="3" checked' in page(client, attempt)
    send(client, attempt, right_response(versions[1]) | {"certainty": "7", "go": "next"}, slot=2)
    assert state_of(attempt).answers[2].certainty == 0, "what is no level is no choice"
    assert submit(attempt=attempt).fraction == 0
    result = client.get(f"/en/quiz/{attempt.key}/result/").text
    assert "Very sure" in result
    assert "-2 of 1 point" in result


def test_saving_the_same_again_is_said_to_be_saved(sit):
    client, attempt, versions = sit()
    for count in (1, 2):
        fields = right_response(versions[0]) | {"slot": 1, "client_id": f"abcdefgh12-{count}"}
        answer = client.post(f"/en/quiz/{attempt.key}/autosave/", fields)
        assert answer.json()["answered"] is True
    assert attempt.steps.count() == 1


# --- order, parts and practice ---------------------------------------------------------------------
def test_where_order_is_kept_the_next_question_opens_with_an_answer(sit):
    client, attempt, versions = sit(questions=3, in_order=True)
    shown = page(client, attempt)
    assert 'disabled aria-label="Question 2, opens when those before it are answered"' in shown
    assert send(client, attempt, {"go": "next"}).url.endswith("/1/")
    assert "Answer this question first." in page(client, attempt)
    assert client.get(f"/en/quiz/{attempt.key}/3/").url.endswith("/1/")
    answer = send(client, attempt, right_response(versions[0]) | {"go": "next"})
    assert answer.url.endswith("/2/")
    assert send(client, attempt, right_response(versions[1]) | {"go": "3"}, slot=2).url.endswith("/3/")


def test_parts_are_named_and_their_minimum_stands_in_the_result(judge, browse, begin, make_question):
    versions = [make_question() for _ in range(2)]
    slots = tuple(
        SlotSpec(question_key=version.question.key, section=place) for place, version in enumerate(versions)
    )
    sections = (SectionSpec(minimum=0), SectionSpec(title={"en": "The law"}, minimum=1))
    attempt = begin(judge, quiz_of(slots=slots, sections=sections))
    client = browse(judge)
    shown = page(client, attempt)
    assert "Part 1" in shown
    assert "The law" in shown
    send(client, attempt, right_response(versions[0]) | {"go": "next"})
    done = submit(attempt=attempt)
    assert (done.fraction, done.passed) == (pytest.approx(0.5), False)
    result = client.get(f"/en/quiz/{attempt.key}/result/").text
    assert "Needed to pass" in result
    assert "Not reached" in result


def test_practice_offers_another_question_like_this_one(sit, category, make_question):
    client, attempt, versions = sit(questions=1, practice=True, behaviour="immediate")
    other = make_question(stem_en="Another one?")
    assert "Another question like this" not in page(client, attempt)
    send(client, attempt, wrong(versions[0]) | {"go": "check"})
    assert "Another question like this" in page(client, attempt)
    assert send(client, attempt, {"go": "another"}).url.endswith("/2/")
    shown = page(client, attempt, 2)
    assert "Another one?" in shown
    assert "it does not count" in shown
    answer = send(client, attempt, right_response(other) | {"go": "another"}, slot=2)
    assert answer.url.endswith("/2/")
    assert "no other question like this one" in page(client, attempt, 2)


def test_no_practice_no_other_question(sit):
    client, attempt, versions = sit(questions=1)
    send(client, attempt, right_response(versions[0]) | {"go": "stay"})
    assert "Another question like this" not in page(client, attempt)
    send(client, attempt, {"go": "another"})
    attempt.refresh_from_db()
    assert len(attempt.paper_data["slots"]) == 1


def test_practice_puts_nothing_that_waits_for_a_marker_or_asks_nothing(
    judge, browse, begin, make_question, make_kind
):
    attempt = begin(judge, quiz_of(make_question(), make_kind("essay"), practice=True))
    for kind in ("essay", "file", "description", "survey"):
        make_kind(kind)
    client = browse(judge)
    send(client, attempt, {"text": "Delay.", "go": "stay"}, slot=2)
    assert "Another question like this" not in page(client, attempt, 2)
    assert send(client, attempt, {"go": "another"}).url.endswith("/1/")
    attempt.refresh_from_db()
    assert len(attempt.paper_data["slots"]) == 2


# --- everything marked by a person --------------------------------------------------------------------
def test_where_everything_is_marked_by_a_person_no_rule_marks_anything(
    judge, trainer, browse, begin, make_kind, make_person
):
    kinds = ("single", "ordering", "short", "survey")
    versions = [make_kind(kind) for kind in kinds]
    quiz = quiz_of(*versions, behaviour="manual")
    trainer.groups.add(Group.objects.create(name="course 1"))
    attempt = begin(judge, quiz, context={"marker_group": "course 1"})
    client = browse(judge)
    assert "marked by a trainer" in page(client, attempt)
    for slot, version in enumerate(versions[:2], start=1):
        save_answer(attempt=attempt, slot=slot, response=right_response(version), language="en")
    attempt = submit(attempt=attempt)
    assert (attempt.status, attempt.fraction) == ("submitted", None)
    assert set(attempt.marking_tasks.values_list("slot", flat=True)) == {1, 2}, "what is blank earns nothing"
    marker = browse(User.objects.get(pk=trainer.pk))
    marker.post(f"/en/quiz/marking/{attempt.key}/take/", {"slot": "1"})
    shown = marker.get(f"/en/quiz/marking/{attempt.key}/1/").text
    assert "The means" in shown
    assert "Correct answer" in shown
    assert "Nothing was answered" not in shown
    assert replay(attempt.paper, list(attempt.steps.all())).intact
    standing = standing_of(person=judge, quiz=quiz, language="en")
    assert standing.questions.needs_marker == 3
