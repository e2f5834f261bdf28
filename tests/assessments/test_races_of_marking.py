"""Many hands at once on marking, regrades and decisions: each thing happens once."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from assessments import exceptions, late, marking, marking_desk, regrading, rooms
from assessments.attempts import save_answer, start, submit
from assessments.models import Attempt, LateAnswer, Marking, MarkingTask, Step
from assessments.replaying import replay
from tests.questions import MARKING

from .conftest import quiz_of, right_response
from .test_races import at_once

pytestmark = [
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time"),
]


@pytest.fixture
def markers(make_person):
    group = Group.objects.create(name="course 1")
    made = [make_person(f"marker{n}@example.org", Role.TRAINER) for n in range(6)]
    for one in made:
        one.groups.add(group)
    return [User.objects.get(pk=one.pk) for one in made]


@pytest.fixture
def essay(judge, make_question):
    version = make_question("essay", marking=MARKING["essay"])
    return hand_in(judge, quiz_of(version, second_marker=True, moderation_over=Fraction(1)))


def hand_in(person, quiz):
    context = {"marker_group": "course 1"}
    attempt = start(person=person, quiz=quiz, language="en", jurisdiction="MX", context=context)
    save_answer(attempt=attempt, slot=1, response={"text": "Why."}, language="en")
    return submit(attempt=attempt)


def of(attempt):
    return Attempt.objects.get(pk=attempt.pk)


def test_of_many_who_take_an_answer_two_have_it(essay, markers):
    outcomes = at_once(6, lambda n: marking.take(attempt=of(essay), marker=markers[n]))
    assert sum(isinstance(outcome, marking.NotMarkable) for outcome in outcomes) == 4
    assert len(set(MarkingTask.objects.values_list("marker", flat=True))) == 2


def test_two_who_mark_at_once_and_click_twice_grade_once(essay, markers):
    for one in markers[:2]:
        marking.take(attempt=essay, marker=one)

    def give(n):
        return marking.give_mark(
            attempt=of(essay), slot=1, fraction=Fraction(n % 2, 2), marker=markers[n % 2]
        )

    outcomes = at_once(6, give)
    assert sum(isinstance(outcome, Marking) for outcome in outcomes) == 2
    assert Step.objects.filter(kind="mark").count() == 1
    done = of(essay)
    assert done.fraction == Fraction(1, 4)
    assert replay(done.paper, list(done.steps.all())).intact


def test_sharing_out_against_taking_gives_each_answer_to_one(essay, markers, registrar):
    def act(n):
        if n < 3:
            return marking.take(attempt=of(essay), marker=markers[n])
        return marking_desk.share_out(quiz_key=essay.quiz_key, markers=markers, actor=registrar)

    outcomes = at_once(6, act)
    assert not [
        one for one in outcomes if isinstance(one, Exception) and not isinstance(one, marking.NotMarkable)
    ]
    held = list(MarkingTask.objects.values_list("marker", flat=True))
    assert None not in held
    assert len(set(held)) == 2


def test_a_regrade_written_by_many_tasks_writes_each_attempt_once(
    judge, outsider, make_question, trainer, mailoutbox
):
    version = make_question()
    quiz = quiz_of(version)
    wrong = {"choice": next(str(o.key) for o in version.options.all() if not o.correct)}
    for person in (judge, outsider):
        attempt = start(person=person, quiz=quiz, language="en", jurisdiction="MX")
        save_answer(attempt=attempt, slot=1, response=wrong, language="en")
        submit(attempt=attempt)
    asked = {"policy": "full", "reason": "Unfair.", "quiz_key": quiz.key, "actor": trainer}
    two = [regrading.try_out(**asked) for _ in range(2)]
    for regrade in two:
        regrading.look(key=regrade.key)
    for regrade in two:
        # as commit leaves it, its task not yet begun
        regrade.refresh_from_db()
        type(regrade).objects.filter(pk=regrade.pk).update(committed_at=timezone.now(), committed_by=trainer)
    at_once(6, lambda n: regrading.write(key=two[n % 2].key))
    assert Step.objects.filter(kind="regrade").count() == 2
    assert len(mailoutbox) == 2
    assert [one.fraction for one in Attempt.objects.all()] == [1, 1]


def test_a_late_answer_is_decided_on_once(judge, make_question, registrar):
    version = make_question()
    attempt = start(person=judge, quiz=quiz_of(version), language="en", jurisdiction="MX")
    submit(attempt=attempt)
    waiting = LateAnswer.objects.create(
        attempt=attempt, slot=1, client_id="page-1", sequence=1, data={"response": right_response(version)}
    )

    def decide(n):
        found = LateAnswer.objects.get(pk=waiting.pk)
        if n % 2:
            return late.refuse(late=found, actor=registrar, reason="Too late.")
        return late.accept(late=found, actor=registrar)

    outcomes = at_once(6, decide)
    assert sum(isinstance(outcome, late.NotAcceptable) for outcome in outcomes) == 5
    accepted = LateAnswer.objects.get().decision == "accepted"
    assert Step.objects.filter(kind="late").count() == int(accepted)
    assert of(attempt).fraction == int(accepted)


def test_withdrawing_twice_is_as_once(judge, trainer, registrar, make_question):
    quiz = quiz_of(make_question())
    given = exceptions.grant(
        quiz_key=quiz.key, person=judge, attempts_allowed=2, reason="Moved.", actor=registrar
    )
    until = timezone.now() + timedelta(hours=1)
    ticket = rooms.issue(quiz_key=quiz.key, room="A", valid_until=until, actor=registrar)

    def act(n):
        actor = (trainer, registrar)[n % 2]
        return exceptions.withdraw(override=given, actor=actor), rooms.withdraw(ticket=ticket, actor=actor)

    outcomes = at_once(6, act)
    assert len({one.withdrawn_by_id for one, _ticket in outcomes}) == 1
    assert len({ended.valid_until for _one, ended in outcomes}) == 1
