"""The file of answers that a browser saved as a last resort: handed in once, twice, late, forged."""

import json
from datetime import timedelta
from fractions import Fraction

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from assessments.attempts import save_answer, state_of, submit
from assessments.kept_answers import LARGEST, MOST
from assessments.models import LateAnswer

from .conftest import quiz_of, right_response

pytestmark = pytest.mark.django_db


def one(slot, fields, *, sequence=1, ago=0, **more):
    at = (timezone.now() - timedelta(minutes=ago)).isoformat()
    given = [[name, str(value)] for name, value in fields.items()]
    return {
        "slot": str(slot),
        "id": f"pagepage-{sequence}",
        "sequence": sequence,
        "at": at,
        "fields": given,
    } | more


def hand_in(client, attempt, answers, of=None):
    written = (
        answers
        if isinstance(answers, bytes)
        else json.dumps({"attempt": str((of or attempt).key), "answers": answers}).encode()
    )
    upload = SimpleUploadedFile("answers.json", written, content_type="application/json")
    return client.post(f"/en/quiz/{attempt.key}/answers/", {"file": upload}, follow=True)


@pytest.fixture
def sat(judge, browse, begin, make_question):
    """An attempt at two questions, its learner's browser, and the answers that are right."""
    versions = [make_question(), make_question()]
    return begin(judge, quiz_of(*versions)), browse(judge), [right_response(one) for one in versions]


def test_answers_of_a_file_are_saved_in_their_order(sat):
    attempt, client, (first, second) = sat
    wrong = one(1, {"choice": ""}, sequence=1)
    answers = [one(2, second, sequence=3), one(1, first, sequence=2), wrong]
    page = hand_in(client, attempt, answers).text
    assert "3 answers are saved and count." in page
    steps = list(attempt.steps.order_by("sequence"))
    assert [(step.slot, step.data["sequence"]) for step in steps] == [(1, 2), (2, 3)]
    assert submit(attempt=attempt).fraction == 1


def test_a_file_handed_in_twice_adds_nothing(sat):
    attempt, client, (first, _second) = sat
    for _again in range(2):
        hand_in(client, attempt, [one(1, first)])
    assert attempt.steps.count() == 1


def test_an_older_answer_does_not_replace_a_newer_one(sat):
    attempt, client, (first, _second) = sat
    save_answer(attempt=attempt, slot=1, response=first, language="en")
    hand_in(client, attempt, [one(1, {"choice": ""}, ago=5)])
    assert state_of(attempt).response(1) == first


def test_after_the_end_within_the_grace_they_count_and_else_wait_for_staff(
    judge, browse, begin, make_question
):
    versions = [make_question(), make_question()]
    quiz = quiz_of(*versions, time_limit=timedelta(minutes=30), late_grace=timedelta(hours=1))
    attempt = begin(judge, quiz, now=timezone.now() - timedelta(minutes=40))
    answers = [
        one(1, right_response(versions[0]), sequence=1, ago=15),
        one(2, right_response(versions[1]), sequence=2, ago=5),
    ]
    page = hand_in(browse(judge), attempt, answers).text
    assert "1 answer is saved and counts." in page
    assert "1 answer came after the end. It is kept, and staff decide about it." in page
    attempt.refresh_from_db()
    assert attempt.fraction == Fraction(1, 2)
    assert LateAnswer.objects.get().slot == 2
    assert "Hand in a file of answers" in page


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"not json",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b"[" * 100_000,
        json.dumps({"attempt": "x", "answers": {}}).encode(),
        json.dumps({"attempt": "x", "answers": [{"slot": 1}]}).encode(),
        json.dumps({"attempt": "x", "answers": [one(0, {})]}).encode(),
        json.dumps({"attempt": "x", "answers": [one("1e3", {})]}).encode(),
        json.dumps({"attempt": "x", "answers": [one(1, {}, id="../../etc")]}).encode(),
        json.dumps({"attempt": "x", "answers": [one(1, {}, sequence=2**40)]}).encode(),
        json.dumps({"attempt": "x", "answers": [one(1, {}) | {"fields": [["choice", {"a": 1}]]}]}).encode(),
        json.dumps({"attempt": "x", "answers": [one(1, {})] * (MOST + 1)}).encode(),
        b'{"attempt": "x", "answers": []}' + b" " * LARGEST,
    ],
)
def test_what_is_no_file_of_answers_changes_nothing_and_says_so(written, sat):
    attempt, client, _right = sat
    page = hand_in(client, attempt, written)
    assert page.status_code == 200
    assert "data-problems" in page.text
    assert not attempt.steps.exists()


def test_answers_of_another_attempt_are_not_taken(sat, judge, begin, make_question):
    attempt, client, (first, _second) = sat
    other = begin(judge, quiz_of(make_question()))
    page = hand_in(client, attempt, [one(1, first)], of=other).text
    assert "These answers are of another attempt." in page
    assert not attempt.steps.exists()


def test_what_does_not_fit_is_said_and_the_rest_is_taken(sat):
    attempt, client, (first, _second) = sat
    answers = [one(1, {"choice": "x"}, sequence=1), one(9, first, sequence=2), one(1, first, sequence=3)]
    page = hand_in(client, attempt, answers).text
    assert "2 answers were not taken" in page
    assert "1 answer is saved and counts." in page


def test_half_a_letter_is_refused_before_it_can_stop_the_handing_in(judge, browse, begin, make_kind):
    attempt = begin(judge, quiz_of(make_kind("essay")))
    page = hand_in(browse(judge), attempt, [one(1, {"text": "a\ud800"})]).text
    assert "1 answer was not taken" in page
    assert submit(attempt=attempt).fraction == 0


def test_nobody_hands_in_for_somebody_else(sat, outsider, browse):
    attempt, _client, (first, _second) = sat
    assert hand_in(browse(outsider), attempt, [one(1, first)]).status_code == 404
    assert not attempt.steps.exists()
