"""Answers that waited for a connection: what the pages give the script, and what they take from it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.attempts import state_of, submit
from assessments.models import LateAnswer

from .conftest import EVERY_KIND, quiz_of, right_response

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
