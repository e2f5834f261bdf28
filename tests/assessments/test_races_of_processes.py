"""Many processes on one attempt at once, as the workers of a server are: one outcome, no step lost.

SQLite lets one writer in at a time, so these need a database that does not.
"""

import multiprocessing
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections

from assessments.attempts import (
    AttemptClosed,
    AttemptsExhausted,
    save_answer,
    save_late,
    start,
    state_of,
    submit,
)
from assessments.models import Attempt, Step
from assessments.replaying import replay
from assessments.signals import attempt_graded

from .conftest import quiz_of, right_response

pytestmark = [
    pytest.mark.database,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time"),
]
# the children begin where the test stands, with the database it has unlocked
OF_THIS_ONE = multiprocessing.get_context("fork")
PATIENCE = 300


def in_processes(count: int, call: Callable[[int], Any]) -> list[Any]:
    """Call in many processes that begin together; return what each gave, or the name of its error."""
    connections.close_all()  # a connection that two processes share is of use to neither
    barrier, given = OF_THIS_ONE.Barrier(count), OF_THIS_ONE.SimpleQueue()

    def run(index: int) -> None:
        barrier.wait(PATIENCE)
        try:
            given.put((index, call(index)))
        except Exception as error:  # the outcome under test
            given.put((index, type(error).__name__))
        finally:
            connections.close_all()

    children = [OF_THIS_ONE.Process(target=run, args=(index,)) for index in range(count)]
    for child in children:
        child.start()
    found = dict(given.get() for _child in children)
    for child in children:
        child.join(PATIENCE)
    return [found[index] for index in range(count)]


def of(attempt: Attempt) -> Attempt:
    return Attempt.objects.get(pk=attempt.pk)


def assert_whole(attempt: Attempt) -> None:
    """The steps stand in a row, and say by themselves what the attempt says."""
    steps = list(attempt.steps.all())
    assert [step.sequence for step in steps] == list(range(1, len(steps) + 1))
    replayed = replay(attempt.paper, steps)
    assert replayed.intact
    assert replayed.fraction == of(attempt).fraction


def test_fifty_processes_hand_in_one_attempt_and_it_is_graded_once(judge, make_question):
    version = make_question()
    attempt = start(person=judge, quiz=quiz_of(version), language="en", jurisdiction="")
    save_answer(attempt=attempt, slot=1, response=right_response(version), language="en")
    heard = OF_THIS_ONE.Value("i", 0)

    def hear(**_said: object) -> None:
        with heard.get_lock():
            heard.value += 1

    attempt_graded.connect(hear, weak=False)
    try:
        done = in_processes(50, lambda _: submit(attempt=of(attempt)).status)
    finally:
        attempt_graded.disconnect(hear)
    assert done == ["graded"] * 50
    assert heard.value == 1
    assert [step.kind for step in attempt.steps.all()] == ["answer", "submit", "grade"]
    assert_whole(attempt)


def test_two_tabs_save_into_one_question_and_no_answer_is_lost(judge, make_kind):
    attempt = start(person=judge, quiz=quiz_of(make_kind("essay")), language="en", jurisdiction="")

    def tab(index: int) -> list[str]:
        name = f"tabtabtab{index}"
        for turn in range(1, 16):
            for _sent_again in range(2):
                step = save_answer(
                    attempt=of(attempt),
                    slot=1,
                    response={"text": f"{name} {turn}"},
                    language="en",
                    client_id=f"{name}-{turn}",
                )
        return [step.client_id]

    last = in_processes(2, tab)
    assert last == [["tabtabtab0-15"], ["tabtabtab1-15"]]
    kept = Counter(attempt.steps.values_list("client_id", flat=True))
    assert kept == {f"tabtabtab{index}-{turn}": 1 for index in range(2) for turn in range(1, 16)}
    assert state_of(of(attempt)).response(1)["text"] in ("tabtabtab0 15", "tabtabtab1 15")
    assert [step.sequence for step in attempt.steps.all()] == list(range(1, 31))


def test_autosave_against_the_hand_in_is_saved_or_refused_and_the_marks_say_which(judge, make_question):
    versions = [make_question() for _ in range(24)]
    attempt = start(person=judge, quiz=quiz_of(*versions), language="en", jurisdiction="")
    responses = [right_response(version) for version in versions]

    def act(index: int) -> str:
        if index == 24:
            return str(submit(attempt=of(attempt)).status)
        step = save_answer(attempt=of(attempt), slot=index + 1, response=responses[index], language="en")
        return "saved" if step else "blank"

    outcomes = Counter(in_processes(25, act))
    assert outcomes.pop("graded") == 1
    assert outcomes["saved"] + outcomes[AttemptClosed.__name__] == 24
    assert of(attempt).fraction * 24 == outcomes["saved"] == Step.objects.filter(kind="answer").count()
    assert_whole(attempt)


def test_the_limit_of_attempts_holds_while_many_processes_start_and_hand_in(judge, make_question):
    quiz = quiz_of(make_question(), attempts_allowed=3)

    def sit(_index: int) -> set[int]:
        mine = set()
        try:
            for _turn in range(6):
                begun = start(person=judge, quiz=quiz, language="en", jurisdiction="")
                mine.add(begun.pk)
                submit(attempt=begun)
        except AttemptsExhausted:
            return mine
        raise AssertionError("six attempts, where three are allowed")

    sat = in_processes(16, sit)
    assert set().union(*sat) == set(Attempt.objects.values_list("pk", flat=True))
    assert list(Attempt.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3]
    for attempt in Attempt.objects.all():
        assert_whole(attempt)


def test_an_answer_that_waited_is_kept_while_the_attempt_is_handed_in(judge, make_question):
    versions = [make_question() for _ in range(8)]
    attempt = start(person=judge, quiz=quiz_of(*versions), language="en", jurisdiction="")
    responses = [right_response(version) for version in versions]

    def act(index: int) -> str:
        if index == 8:
            return str(submit(attempt=of(attempt)).status)
        held = save_late(
            attempt=of(attempt),
            slot=index + 1,
            response=responses[index],
            language="en",
            client_id=f"pagepage-{index}",
            sequence=index,
        )
        return type(held).__name__

    outcomes = Counter(in_processes(9, act))
    assert outcomes["Step"] + outcomes["LateAnswer"] == 8
    assert of(attempt).steps.filter(kind="answer").count() == outcomes["Step"]
    assert of(attempt).late_answers.count() == outcomes["LateAnswer"]
    assert_whole(attempt)
