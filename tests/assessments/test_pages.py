"""The pages of an attempt: who may see them, what they save, what they cost."""

import re
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.attempts import save_answer, start, state_of, submit
from assessments.models import Attempt, Category, Question

from .conftest import quiz_of, right_response

pytestmark = pytest.mark.django_db


def open_attempt(person, quiz, **kwargs):
    return start(person=person, quiz=quiz, language="en", jurisdiction="MX", **kwargs)


def fields_of(version, response):
    """The form fields with which a page sends a response."""
    match version.kind:
        case "single" | "true_false":
            return {"choice": response["choice"]}
        case "multiple":
            return {"choice": response["choices"]}
        case "matching":
            return {f"pair-{name}": value for name, value in response["pairs"].items()}
        case "ordering":
            return {f"place-{name}": n for n, name in enumerate(response["order"], start=1)}
        case "gap":
            return {f"gap-{name}": value for name, value in response["gaps"].items()}
    return dict(response)


def queries(client, call):
    """The queries of a request, without the brackets of transactions."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = call(client)
    brackets = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    counted = [q["sql"] for q in captured if not q["sql"].startswith(brackets)]
    return answer, counted


@pytest.mark.parametrize("name", ["", "1/", "review/", "result/"])
def test_a_stranger_is_told_nothing(name, judge, outsider, browse, make_question):
    attempt = open_attempt(judge, quiz_of(make_question()))
    assert browse(outsider).get(f"/en/quiz/{attempt.key}/{name}").status_code == 404
    assert browse(None).get(f"/en/quiz/{attempt.key}/{name}").status_code == 302


def test_staff_see_no_attempt_either(judge, registrar, trainer, auditor, browse, make_question):
    attempt = submit(attempt=open_attempt(judge, quiz_of(make_question())))
    for person in (registrar, trainer, auditor):
        assert browse(person).get(f"/en/quiz/{attempt.key}/result/").status_code == 404


@pytest.mark.parametrize("name", ["autosave/", "submit/", "1/"])
def test_a_stranger_cannot_write(name, judge, outsider, browse, make_question):
    attempt = open_attempt(judge, quiz_of(make_question()))
    url = f"/en/quiz/{attempt.key}/{name}"
    assert browse(outsider).post(url, {"slot": 1, "choice": "x"}).status_code == 404
    assert browse(None).post(url, {"slot": 1}).status_code in (302, 401)
    assert attempt.steps.count() == 0


def test_every_kind_is_shown_saved_and_shown_again(judge, browse, every_kind):
    attempt = open_attempt(judge, quiz_of(*every_kind))
    client = browse(judge)
    for slot, version in enumerate(every_kind, start=1):
        url = f"/en/quiz/{attempt.key}/{slot}/"
        assert client.get(url).status_code == 200, version.kind
        response = right_response(version)
        answer = client.post(url, fields_of(version, response) | {"go": "next"})
        last = slot == len(every_kind)
        assert answer.url == f"/en/quiz/{attempt.key}/{'review' if last else slot + 1}/"
        saved = state_of(attempt).response(slot)
        assert {k: v for k, v in saved.items() if v} == _sorted(response), version.kind
        assert "Saved" in client.get(url).content.decode()
    done = submit(attempt=attempt)
    assert done.status == "submitted"
    page = client.get(f"/en/quiz/{attempt.key}/result/").content.decode()
    assert page.count("Correct<") == 8
    assert "Waiting for a trainer" in page


def _sorted(response):
    if "choices" in response:
        return {"choices": sorted(response["choices"])}
    return response


@pytest.mark.parametrize(
    ("go", "leads_to"),
    [
        ("next", "quiz/{key}/3/"),
        ("prev", "quiz/{key}/1/"),
        ("1", "quiz/{key}/1/"),
        ("3", "quiz/{key}/3/"),
        ("99", "quiz/{key}/2/"),
        ("submit", "quiz/{key}/review/"),
        ("leave", "courses/back/"),
        ("elsewhere", "quiz/{key}/2/"),
    ],
)
def test_every_button_saves_and_leads_on(go, leads_to, judge, browse, make_question):
    versions = [make_question() for _ in range(3)]
    context = {"back_url": "/es/courses/back/"}
    attempt = open_attempt(judge, quiz_of(*versions), context=context)
    answer = browse(judge).post(
        f"/en/quiz/{attempt.key}/2/", {**right_response(versions[1]), "go": go, "flag": "on"}
    )
    assert answer.url == "/en/" + leads_to.format(key=attempt.key)
    state = state_of(attempt)
    assert state.is_answered(2)
    assert state.flags == {2}


def test_an_order_only_passed_by_is_no_answer(judge, browse, make_question):
    version = make_question("ordering")
    attempt = open_attempt(judge, quiz_of(version, make_question()))
    shown = {f"place-{name}": n for n, name in enumerate(attempt.paper.slots[0].options, start=1)}
    client = browse(judge)
    client.post(f"/en/quiz/{attempt.key}/1/", shown | {"go": "2"})
    assert not state_of(attempt).is_answered(1)
    client.post(f"/en/quiz/{attempt.key}/1/", shown | {"go": "next"})
    assert state_of(attempt).is_answered(1)


def test_a_number_that_cannot_be_read_is_kept_and_said(judge, browse, make_question):
    numeric = make_question("numeric", marking={"value": "5"})
    attempt = open_attempt(judge, quiz_of(numeric, make_question()))
    client, url = browse(judge), f"/en/quiz/{attempt.key}/1/"
    assert client.post(url, {"value": "a lot", "go": "next"}).url == url
    page = client.get(url).content.decode()
    assert 'aria-invalid="true"' in page
    assert 'value="a lot"' in page
    assert client.post(url, {"value": "a lot", "go": "2"}).url == f"/en/quiz/{attempt.key}/2/"


def test_autosave_says_when_the_server_saved(judge, browse, make_question):
    version = make_question()
    attempt = open_attempt(judge, quiz_of(version))
    fields = right_response(version) | {"slot": 1, "client_id": "abcdefgh12-1"}
    client = browse(judge)
    for _ in range(2):
        answer = client.post(f"/es/quiz/{attempt.key}/autosave/", fields)
        assert answer.status_code == 200
        assert re.fullmatch(r"\d\d:\d\d", answer.json()["time"])
    assert attempt.steps.count() == 1
    assert state_of(attempt).answers[1].language == "es"


def test_a_client_id_of_another_shape_is_not_kept(judge, browse, make_question):
    version = make_question()
    attempt = open_attempt(judge, quiz_of(version))
    fields = right_response(version) | {"slot": 1, "client_id": "<script>" * 50}
    browse(judge).post(f"/en/quiz/{attempt.key}/autosave/", fields)
    assert re.fullmatch(r"[0-9a-f]{32}", attempt.steps.get().client_id)


@pytest.mark.parametrize("fields", [{"slot": 1, "choice": "foreign"}, {"slot": 9}, {"slot": "one"}, {}])
def test_autosave_refuses_what_does_not_fit(fields, judge, browse, make_question):
    attempt = open_attempt(judge, quiz_of(make_question()))
    answer = browse(judge).post(f"/en/quiz/{attempt.key}/autosave/", fields)
    assert (answer.status_code, answer.json()) == (422, {"error": "refused"})
    assert attempt.steps.count() == 0


def test_autosave_after_handing_in_leads_to_the_result(judge, browse, make_question):
    version = make_question()
    attempt = submit(attempt=open_attempt(judge, quiz_of(version)))
    fields = right_response(version) | {"slot": 1}
    answer = browse(judge).post(f"/en/quiz/{attempt.key}/autosave/", fields)
    assert answer.status_code == 409
    assert answer.json()["url"] == f"/en/quiz/{attempt.key}/result/"


def test_after_the_time_a_page_leads_to_the_result(judge, browse, make_question):
    version = make_question()
    quiz = quiz_of(version, time_limit=timedelta(minutes=1))
    attempt = open_attempt(judge, quiz, now=timezone.now() - timedelta(hours=1))
    answer = browse(judge).post(f"/en/quiz/{attempt.key}/1/", right_response(version))
    assert answer.url == f"/en/quiz/{attempt.key}/result/"
    assert Attempt.objects.get().status == "graded"


def test_when_the_clock_hands_in_the_last_answer_counts(judge, browse, make_question):
    version = make_question()
    quiz = quiz_of(version, time_limit=timedelta(minutes=1))
    attempt = open_attempt(judge, quiz, now=timezone.now() - timedelta(seconds=62))
    fields = right_response(version) | {"go": "timeup"}
    answer = browse(judge).post(f"/en/quiz/{attempt.key}/1/", fields)
    assert answer.url == f"/en/quiz/{attempt.key}/result/"
    assert Attempt.objects.get().fraction == 1


def test_the_last_five_minutes_are_said_in_words(judge, browse, make_question):
    quiz = quiz_of(make_question(), time_limit=timedelta(minutes=30))
    attempt = open_attempt(judge, quiz, now=timezone.now() - timedelta(minutes=26))
    page = browse(judge).get(f"/en/quiz/{attempt.key}/1/").content.decode()
    assert "Less than 5 minutes left" in page
    assert 'class="timer is-low"' in page


def test_a_missing_translation_is_shown_in_its_own_language(judge, browse, make_question):
    attempt = open_attempt(judge, quiz_of(make_question()))
    page = browse(judge).get(f"/ar/quiz/{attempt.key}/1/").content.decode()
    assert '<span lang="en" dir="ltr">Which element?</span>' in page
    spanish = browse(judge).get(f"/es/quiz/{attempt.key}/1/").content.decode()
    assert "¿Qué elemento?" in spanish
    assert "Which element?" not in spanish


def test_marks_in_a_question_are_harmless(judge, browse, make_question):
    version = make_question(stem_en="<script>alert(1)</script>\n\nIs **this** [so](https://x.org)?")
    attempt = open_attempt(judge, quiz_of(version))
    page = browse(judge).get(f"/en/quiz/{attempt.key}/1/").content.decode()
    assert "<script>alert" not in page
    assert 'Is <b>this</b> <a href="https://x.org">so</a>?' in page


def test_handing_in_twice_leads_to_the_same_result(judge, browse, make_question):
    attempt = open_attempt(judge, quiz_of(make_question()))
    client = browse(judge)
    for _ in range(2):
        answer = client.post(f"/en/quiz/{attempt.key}/submit/")
        assert answer.url == f"/en/quiz/{attempt.key}/result/"
    assert attempt.steps.filter(kind="submit").count() == 1


def test_the_review_page_names_what_is_missing(judge, browse, make_question):
    one, two = make_question(), make_question()
    attempt = open_attempt(judge, quiz_of(one, two))
    save_answer(attempt=attempt, slot=1, response=right_response(one), language="en", flagged=True)
    page = browse(judge).get(f"/en/quiz/{attempt.key}/review/").content.decode()
    assert "1 question has no answer" in page
    assert "Flagged" in page


@pytest.mark.parametrize(
    ("rules", "shows_reason", "shows_key"),
    [
        ({"feedback_when": "after_submit"}, True, True),
        ({"feedback_when": "after_submit", "show_answers": False}, False, False),
        ({"feedback_when": "never"}, False, False),
        ({"feedback_when": "after_pass_or_last"}, False, False),
        ({"feedback_when": "after_pass_or_last", "attempts_allowed": 1}, True, True),
    ],
)
def test_the_rules_decide_what_the_result_shows(rules, shows_reason, shows_key, judge, browse, make_question):
    version = make_question(reason_en="Article 3(c) says so.")
    attempt = submit(attempt=open_attempt(judge, quiz_of(version, **rules)))
    page = browse(judge).get(f"/en/quiz/{attempt.key}/result/").content.decode()
    assert ("Article 3(c) says so." in page) == shows_reason
    assert ("The means" in page) == shows_key


def test_the_result_can_show_only_what_lost_points(judge, browse, make_question):
    right, wrong = make_question(stem_en="Known?"), make_question(stem_en="Unknown?")
    attempt = open_attempt(judge, quiz_of(right, wrong))
    save_answer(attempt=attempt, slot=1, response=right_response(right), language="en")
    submit(attempt=attempt)
    page = browse(judge).get(f"/en/quiz/{attempt.key}/result/?show=lost").content.decode()
    assert "<h3>Unknown?</h3>" in page
    assert "<h3>Known?</h3>" not in page


def test_a_late_post_is_told_that_it_does_not_count(judge, browse, make_question):
    version = make_question()
    attempt = open_attempt(judge, quiz_of(version))
    client = browse(judge)
    client.get(f"/en/quiz/{attempt.key}/1/")
    submit(attempt=attempt)
    answer = client.post(f"/en/quiz/{attempt.key}/1/", right_response(version))
    assert answer.url == f"/en/quiz/{attempt.key}/result/"
    assert list(get_messages(answer.wsgi_request)) == []


def test_a_question_page_costs_at_most_eight_queries(judge, browse, every_kind):
    attempt = open_attempt(judge, quiz_of(*every_kind))
    client = browse(judge)
    for slot, version in enumerate(every_kind, start=1):
        save_answer(attempt=attempt, slot=slot, response=right_response(version), language="en")
    for language in ("en", "es", "ar"):
        for slot in range(1, len(every_kind) + 1):
            url = f"/{language}/quiz/{attempt.key}/{slot}/"
            _answer, counted = queries(client, lambda client, url=url: client.get(url))
            assert len(counted) <= 8, counted


def test_autosave_costs_at_most_six_queries(judge, browse, make_question):
    version = make_question()
    attempt = open_attempt(judge, quiz_of(version))
    fields = right_response(version) | {"slot": 1, "client_id": "abcdefgh12-1", "flag": "on"}
    url = f"/en/quiz/{attempt.key}/autosave/"
    answer, counted = queries(browse(judge), lambda client: client.post(url, fields))
    assert answer.status_code == 200
    assert attempt.steps.count() == 2
    assert len(counted) <= 6, counted


def test_the_result_costs_the_same_for_few_and_many_questions(judge, browse, make_question):
    def cost(number):
        versions = [make_question() for _ in range(number)]
        drawer = Category.objects.create(slug=f"drawer-{number}", name_en="Drawer")
        Question.objects.filter(pk=versions[0].question_id).update(category=drawer)
        attempt = submit(attempt=open_attempt(judge, quiz_of(*versions, attempts_allowed=2)))
        url = f"/en/quiz/{attempt.key}/result/"
        return len(queries(browse(judge), lambda client: client.get(url))[1])

    assert cost(2) == cost(12) <= 6
