"""Many hands on one attempt at once: one outcome, nothing lost, nothing doubled.

SQLite lets one writer in at a time, so these need a database that does not.
"""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone

from assessments.attempts import AttemptClosed, AttemptsExhausted, save_answer, start, submit
from assessments.models import Attempt, Step
from assessments.signals import attempt_graded

from .conftest import quiz_of, right_response

pytestmark = [
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time"),
]


def at_once(count: int, call: Callable[[int], object]) -> list[object]:
    """Call from many threads that begin together; return what each gave or raised."""
    outcomes: list[object] = [None] * count
    barrier = threading.Barrier(count)

    def run(index: int) -> None:
        barrier.wait()
        try:
            outcomes[index] = call(index)
        except Exception as error:  # the outcome under test
            outcomes[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_many_starts_at_once_make_one_attempt(judge, make_question):
    quiz = quiz_of(make_question(), attempts_allowed=1)
    started = at_once(12, lambda _: start(person=judge, quiz=quiz, language="en", jurisdiction=""))
    assert {attempt.pk for attempt in started} == {Attempt.objects.get().pk}


def test_the_limit_of_attempts_holds_against_many_starts(judge, make_question):
    quiz = quiz_of(make_question(), attempts_allowed=1)
    submit(attempt=start(person=judge, quiz=quiz, language="en", jurisdiction=""))
    refused = at_once(12, lambda _: start(person=judge, quiz=quiz, language="en", jurisdiction=""))
    assert all(isinstance(outcome, AttemptsExhausted) for outcome in refused)
    assert Attempt.objects.count() == 1


def test_many_hand_ins_at_once_grade_once(judge, make_question):
    attempt = start(person=judge, quiz=quiz_of(make_question()), language="en", jurisdiction="")
    heard = []
    hear = lambda sender, attempt, **_: heard.append(attempt.pk)  # noqa: E731
    attempt_graded.connect(hear, weak=False)
    try:
        done = at_once(20, lambda _: submit(attempt=Attempt.objects.get(pk=attempt.pk)))
    finally:
        attempt_graded.disconnect(hear)
    assert all(isinstance(outcome, Attempt) for outcome in done)
    assert heard == [attempt.pk]
    assert Step.objects.filter(kind="submit").count() == 1


def test_every_acknowledged_answer_is_kept_and_the_sequence_has_no_gap(judge, make_question):
    versions = [make_question() for _ in range(10)]
    attempt = start(person=judge, quiz=quiz_of(*versions), language="en", jurisdiction="")

    def answer(index: int) -> object:
        slot = index % 10
        return save_answer(
            attempt=Attempt.objects.get(pk=attempt.pk),
            slot=slot + 1,
            response=right_response(versions[slot]),
            language="en",
            client_id=f"pagepage-{slot}",
        )

    # two senders for each answer: the first try and its repetition
    outcomes = at_once(20, answer)
    assert all(isinstance(outcome, Step) for outcome in outcomes)
    assert list(attempt.steps.values_list("sequence", flat=True)) == list(range(1, 11))


def test_answers_against_the_hand_in_are_saved_or_refused_but_never_lost(judge, make_question):
    versions = [make_question() for _ in range(10)]
    attempt = start(person=judge, quiz=quiz_of(*versions), language="en", jurisdiction="")

    def act(index: int) -> object:
        mine = Attempt.objects.get(pk=attempt.pk)
        if index == 5:
            return submit(attempt=mine)
        response = right_response(versions[index])
        return save_answer(attempt=mine, slot=index + 1, response=response, language="en")

    outcomes = at_once(10, act)
    saved = [outcome for outcome in outcomes if isinstance(outcome, Step)]
    refused = [outcome for outcome in outcomes if isinstance(outcome, AttemptClosed)]
    assert len(saved) + len(refused) == 9
    attempt.refresh_from_db()
    assert attempt.fraction * 10 == len(saved) == Step.objects.filter(kind="answer").count()


def test_the_clock_and_the_learner_hand_in_once(judge, make_question):
    quiz = quiz_of(make_question(), time_limit=timedelta(minutes=1))
    begun = timezone.now() - timedelta(hours=1)
    attempt = start(person=judge, quiz=quiz, language="en", jurisdiction="", now=begun)
    at_once(10, lambda _: submit(attempt=Attempt.objects.get(pk=attempt.pk)))
    attempt.refresh_from_db()
    assert attempt.submitted_at == attempt.deadline
    assert attempt.steps.count() == 2
