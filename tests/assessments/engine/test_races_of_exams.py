"""Many hands at once on what exams added: one try, one place, one row, even arms."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from assessments import regrading, rooms
from assessments.attempts import CannotStart, another_like, check, save_late, start, state_of, submit
from assessments.models import (
    Attempt,
    LateAnswer,
    Option,
    QuestionVersion,
    Step,
    Vignette,
    VignetteAssignment,
)
from assessments.papers import SlotSpec
from assessments.practice import NoneLeft
from tests.assessments.conftest import quiz_of, right_response
from tests.assessments.test_races import at_once

pytestmark = [
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time"),
]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def begin(person, quiz, **kwargs):
    return start(person=person, quiz=quiz, language="en", jurisdiction="MX", **kwargs)


def of(attempt):
    return Attempt.objects.get(pk=attempt.pk)


def test_many_clicks_on_check_cost_one_try(judge, make_question):
    version = make_question()
    wrong = {"choice": next(str(option.key) for option in version.options.all() if not option.correct)}
    attempt = begin(judge, quiz_of(version, behaviour="interactive"))
    steps = at_once(12, lambda _: check(attempt=of(attempt), slot=1, response=wrong, language="en"))
    assert {step.pk for step in steps} == {Step.objects.get().pk}
    assert state_of(of(attempt)).questions[1].tries == 1


def test_people_who_start_at_once_are_put_even_variants(make_person, category, make_question):
    vignette = Vignette.objects.create(category=category, name_en="Bail", attribute_en="Sex")
    for variant in "AB":
        question = make_question().question
        question.vignette, question.variant = vignette, variant
        question.save()
    quiz = quiz_of(slots=(SlotSpec(vignette_key=vignette.key),))
    people = [make_person(f"{number}@example.org", sex="female", country="MX") for number in range(12)]
    started = at_once(12, lambda index: begin(people[index], quiz))
    assert Counter(attempt.paper.slots[0].variant for attempt in started) == {"A": 6, "B": 6}
    assert VignetteAssignment.objects.count() == 12


def test_the_last_place_of_a_room_is_given_once(make_person, trainer, make_question):
    quiz = quiz_of(make_question(), needs_ticket=True)
    ticket = rooms.issue(
        quiz_key=quiz.key, room="Sala 2", valid_from=NOON, valid_until=NOON + HOUR, actor=trainer, places=2
    )
    people = [make_person(f"{number}@example.org") for number in range(8)]
    outcomes = at_once(8, lambda index: begin(people[index], quiz, ticket_code=ticket.code, now=NOON))
    assert sum(isinstance(outcome, Attempt) for outcome in outcomes) == 2
    assert sum(isinstance(outcome, CannotStart) for outcome in outcomes) == 6


@pytest.mark.parametrize("grace", [timedelta(0), timedelta(hours=3)])
def test_a_late_answer_sent_many_times_is_held_once(judge, make_question, grace):
    version = make_question()
    attempt = begin(judge, quiz_of(version, time_limit=HOUR, late_grace=grace), now=NOON)
    held = at_once(
        10,
        lambda _: save_late(
            attempt=of(attempt),
            slot=1,
            response=right_response(version),
            language="en",
            client_id="pagepage-7",
            sequence=7,
            answered_at=NOON,
            now=NOON + 2 * HOUR,
        ),
    )
    assert len({(type(one), one.pk) for one in held}) == 1
    assert LateAnswer.objects.count() + Step.objects.filter(kind="late").count() == 1
    assert of(attempt).steps.filter(kind="submit").count() == 1


def test_more_questions_asked_for_at_once_stand_in_a_row_and_each_once(judge, make_question):
    versions = [make_question() for _ in range(4)]
    attempt = begin(judge, quiz_of(versions[0], practice=True))
    outcomes = at_once(8, lambda _: another_like(attempt=of(attempt), slot=1))
    assert sum(isinstance(outcome, NoneLeft) for outcome in outcomes) == 5
    slots = of(attempt).paper.slots
    assert [slot.number for slot in slots] == [1, 2, 3, 4]
    assert {slot.version for slot in slots} == {version.pk for version in versions}


def test_a_regrade_is_committed_once(judge, trainer, make_question):
    version = make_question()
    attempt = submit(attempt=begin(judge, quiz_of(version)))
    newer = QuestionVersion.objects.create(question=version.question, number=2, kind="single", marking={})
    for option in version.options.all():
        Option.objects.create(version=newer, key=option.key, correct=option.correct, text_en=option.text_en)
    regrade = regrading.try_out(policy="full", reason="power cut", actor=trainer, question=version.question)
    outcomes = at_once(6, lambda _: regrading.commit(regrade=regrade, actor=trainer))
    assert sum(isinstance(outcome, regrading.AlreadyCommitted) for outcome in outcomes) == 5
    assert of(attempt).fraction == 1
    assert attempt.steps.filter(kind="regrade").count() == 1
