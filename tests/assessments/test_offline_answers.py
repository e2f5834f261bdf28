"""Answers that waited for a connection: what the pages give the script, and what they take from it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.attempts import save_answer, state_of, submit
from assessments.models import LateAnswer
from tests.questions import EVERY_KIND

from .conftest import quiz_of, right_response

pytestmark = pytest.mark.django_db


@pytest.fixture
def overdue(judge, browse, begin, make_question):
    """Return a function that lets an attempt of half an hour run out so long ago."""

    def overdue(ago, grace=timedelta(hours=1)):
        version = make_question()
        quiz = quiz_of(version, time_limit=timedelta(minutes=30), late_grace=grace)
        attempt = begin(judge, quiz, now=timezone.now() - timedelta(minutes=30) - ago)
        return browse(judge), attempt, version

    return overdue


def send(client, attempt, version, *, at, sequence=4, **more):
    fields = {"slot": 1, "client_id": "abcdefgh12-9", "sequence": sequence, "answered_at": at.isoformat()}
    return client.post(f"/es/quiz/{attempt.key}/autosave/", right_response(version) | fields | more)


def test_the_questions_come_in_one_piece_for_six_queries(judge, browse, begin, make_kind):
    attempt = begin(judge, quiz_of(*[make_kind(kind) for kind in EVERY_KIND]))
    client = browse(judge)
    with CaptureQueriesContext(connection) as captured:
        shown = client.get(f"/en/quiz/{attempt.key}/sheets/").text
    assert len(captured) <= 6
    assert shown.count("<section data-slot=") == len(EVERY_KIND) - 2, "files and decisions need the server"
    assert "csrfmiddlewaretoken" not in shown
    submit(attempt=attempt)
    assert client.get(f"/en/quiz/{attempt.key}/sheets/").status_code == 404


def test_what_is_not_open_yet_is_not_among_them(judge, outsider, browse, begin, make_question):
    attempt = begin(judge, quiz_of(*[make_question() for _ in range(3)], in_order=True))
    shown = browse(judge).get(f"/en/quiz/{attempt.key}/sheets/").text
    assert shown.count("<section data-slot=") == 1
    assert browse(outsider).get(f"/en/quiz/{attempt.key}/sheets/").status_code == 404
    assert browse(None).get(f"/en/quiz/{attempt.key}/sheets/").status_code == 302


def test_an_answer_that_waited_while_the_quiz_is_open_is_an_answer(judge, browse, begin, make_question):
    version = make_question()
    attempt = begin(judge, quiz_of(version))
    assert send(browse(judge), attempt, version, at=timezone.now()).status_code == 200
    assert attempt.steps.get().data["sequence"] == 4


def test_given_in_time_and_sent_within_the_grace_it_counts(overdue):
    client, attempt, version = overdue(timedelta(minutes=20))
    said = send(client, attempt, version, at=timezone.now() - timedelta(minutes=25)).json()
    assert said["late"] == "counts"
    assert said["url"] == f"/es/quiz/{attempt.key}/result/"
    assert state_of(attempt).late == {1}
    attempt.refresh_from_db()
    assert attempt.passed
    assert "Arrived late, and accepted." in client.get(f"/en/quiz/{attempt.key}/result/").text


@pytest.mark.parametrize(
    ("ago", "answered", "grace"),
    [(20, 5, 60), (20, 25, 10)],
    ids=["given after the deadline", "sent after the grace"],
)
def test_what_may_not_count_is_kept_for_staff_and_never_dropped(ago, answered, grace, overdue):
    client, attempt, version = overdue(timedelta(minutes=ago), timedelta(minutes=grace))
    for _again in range(2):
        said = send(client, attempt, version, at=timezone.now() - timedelta(minutes=answered)).json()
        assert said["late"] == "kept"
    late = LateAnswer.objects.get()
    assert (late.sequence, late.decision) == (4, "waiting")
    assert state_of(attempt).late == frozenset()


def test_what_is_saved_already_makes_no_late_answer(judge, browse, begin, make_question):
    version = make_question()
    attempt, client = begin(judge, quiz_of(version)), browse(judge)
    client.post(f"/en/quiz/{attempt.key}/1/", right_response(version) | {"go": "next"})
    submit(attempt=attempt)
    assert send(client, attempt, version, at=timezone.now()).json()["late"] == "counts"
    assert not LateAnswer.objects.exists()


@pytest.mark.parametrize("fields", [{"sequence": "x"}, {"sequence": "0"}, {"client_id": "?"}])
def test_without_its_place_in_the_order_it_is_no_late_answer(fields, judge, browse, begin, make_question):
    version = make_question()
    attempt = submit(attempt=begin(judge, quiz_of(version)))
    assert send(browse(judge), attempt, version, at=timezone.now(), **fields).status_code == 409
    assert not LateAnswer.objects.exists()


def test_a_clock_that_says_nothing_is_no_reason_to_drop_an_answer(judge, browse, begin, make_question):
    version = make_question()
    attempt = submit(attempt=begin(judge, quiz_of(version)))
    said = send(browse(judge), attempt, version, at=timezone.now(), answered_at="yesterday").json()
    assert said["late"] == "kept"
    assert LateAnswer.objects.get().answered_at is None


# --- nothing older replaces what was given later -----------------------------------------------------
def wrong_of(version):
    return {"choice": next(str(option.key) for option in version.options.all() if not option.correct)}


def autosave(client, attempt, response, page, count, **more):
    fields = {"slot": 1, "client_id": f"{page}-{count}", **more}
    return client.post(f"/en/quiz/{attempt.key}/autosave/", response | fields)


def waited(at, sequence=1):
    return {"sequence": sequence, "answered_at": at.isoformat()}


def test_what_waited_on_one_device_does_not_replace_what_was_given_later_on_another(
    judge, browse, begin, make_question
):
    version = make_question()
    attempt, client = begin(judge, quiz_of(version)), browse(judge)
    given_before = waited(timezone.now() - timedelta(minutes=5))
    autosave(client, attempt, right_response(version), "phonephone", 1)
    assert autosave(client, attempt, wrong_of(version), "laptoplaptop", 9, **given_before).status_code == 200
    assert state_of(attempt).response(1) == right_response(version)
    given_after = waited(timezone.now() + timedelta(seconds=5), sequence=2)
    autosave(client, attempt, wrong_of(version), "laptoplaptop", 10, **given_after)
    assert state_of(attempt).response(1) == wrong_of(version)


def test_of_one_page_its_own_count_decides_whatever_its_clock_says(judge, browse, begin, make_question):
    version = make_question()
    attempt, client = begin(judge, quiz_of(version)), browse(judge)
    autosave(client, attempt, wrong_of(version), "laptoplaptop", 1)
    slow = waited(timezone.now() - timedelta(hours=3))
    autosave(client, attempt, right_response(version), "laptoplaptop", 2, **slow)
    assert state_of(attempt).response(1) == right_response(version)


def test_nor_does_it_within_the_grace_once_the_clock_has_handed_in(judge, browse, begin, make_question):
    version = make_question()
    quiz = quiz_of(version, time_limit=timedelta(minutes=30), late_grace=timedelta(hours=1))
    begun = timezone.now() - timedelta(minutes=40)
    attempt, client = begin(judge, quiz, now=begun), browse(judge)
    save_answer(
        attempt=attempt,
        slot=1,
        response=right_response(version),
        language="en",
        now=begun + timedelta(minutes=20),
    )
    older = waited(begun + timedelta(minutes=10))
    said = autosave(client, attempt, wrong_of(version), "laptoplaptop", 1, **older).json()
    assert said["late"] == "counts"
    assert state_of(attempt).response(1) == right_response(version)
    attempt.refresh_from_db()
    assert attempt.fraction == 1
    assert not LateAnswer.objects.exists()


def test_the_flag_of_an_answer_that_waited_is_kept(judge, browse, begin, make_question):
    version = make_question()
    attempt = begin(judge, quiz_of(version))
    send(browse(judge), attempt, version, at=timezone.now(), flag="on")
    assert state_of(attempt).flags == {1}


@pytest.mark.parametrize("kind", ["file", "scenario"])
def test_a_flag_set_without_a_connection_takes_no_file_and_no_decision_away(
    kind, judge, browse, begin, make_kind
):
    version = make_kind(kind)
    quiz = quiz_of(version, time_limit=timedelta(minutes=30), late_grace=timedelta(hours=1))
    begun = timezone.now() - timedelta(minutes=40)
    attempt = begin(judge, quiz, now=begun)
    held = right_response(version)
    save_answer(attempt=attempt, slot=1, response=held, language="en", now=begun)
    fields = {"slot": 1, "client_id": "abcdefgh12-9", "flag": "on"}
    at = waited(begun + timedelta(minutes=20))
    answer = browse(judge).post(f"/en/quiz/{attempt.key}/autosave/", fields | at)
    assert answer.status_code == 200
    assert state_of(attempt).response(1) == held
    assert not LateAnswer.objects.exists()


def test_the_page_tells_the_script_the_time_of_the_server(judge, browse, begin, make_question):
    attempt = begin(judge, quiz_of(make_question()))
    shown = browse(judge).get(f"/en/quiz/{attempt.key}/1/").text
    (told,) = re.findall(r'data-now="(\d+)"', shown)
    assert abs(int(told) - timezone.now().timestamp()) < 600
