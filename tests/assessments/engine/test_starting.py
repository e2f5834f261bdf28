"""Who may begin an attempt, when, and by which rules."""

import random
import uuid
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction

from assessments import rooms
from assessments.attempts import (
    AttemptsExhausted,
    CannotStart,
    allow_more,
    close_overdue,
    save_answer,
    submit,
)
from assessments.models import Attempt, Override
from assessments.rules import Obstacle, rules_for
from assessments.standing import standing_of
from tests.assessments.conftest import quiz_of, right_response

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def override(trainer):
    """Return a function that grants an exception."""

    def grant(quiz, **fields):
        return Override.objects.create(
            quiz_key=quiz.key, granted_by=trainer, **{"reason": "ill", "at": NOON, **fields}
        )

    return grant


def refused(begin, judge, quiz, **kwargs):
    with pytest.raises(CannotStart) as raised:
        begin(judge, quiz, **kwargs)
    return raised.value.obstacle


def test_a_quiz_is_taken_between_its_opening_and_its_close(judge, make_question, begin):
    quiz = quiz_of(make_question(), opens_at=NOON, closes_at=NOON + HOUR, time_limit=2 * HOUR)
    assert refused(begin, judge, quiz, now=NOON - HOUR) == Obstacle.NOT_YET
    assert refused(begin, judge, quiz, now=NOON + HOUR) == Obstacle.CLOSED
    attempt = begin(judge, quiz, now=NOON + HOUR / 2)
    assert attempt.deadline == NOON + HOUR
    assert attempt.paper.closes_at == NOON + HOUR


def test_the_same_luck_draws_the_same_paper(judge, outsider, make_question, begin):
    quiz = quiz_of(*(make_question() for _ in range(8)), shuffle_questions=True)
    one, other = (begin(person, quiz, rng=random.Random(7)) for person in (judge, outsider))
    assert [slot.question for slot in one.paper.slots] == [slot.question for slot in other.paper.slots]


def test_a_time_limit_granted_to_one_person_stands_on_the_start_page(judge, make_question, override):
    quiz = quiz_of(make_question())
    override(quiz, person=judge, time_limit=HOUR, extra_time="1.5")
    standing = standing_of(person=judge, quiz=quiz, language="en", now=NOON)
    assert (standing.minutes, standing.extra_minutes) == (90, 30)


def test_the_next_attempt_waits_for_the_delay(judge, make_question, begin):
    quiz = quiz_of(make_question(), delay=DAY)
    submit(attempt=begin(judge, quiz, now=NOON), now=NOON + HOUR)
    assert refused(begin, judge, quiz, now=NOON + DAY) == Obstacle.TOO_SOON
    standing = standing_of(person=judge, quiz=quiz, language="en", now=NOON + DAY)
    assert standing.next_from == NOON + DAY + HOUR
    assert not standing.may_start
    assert begin(judge, quiz, now=NOON + DAY + HOUR).number == 2


def test_an_exception_for_a_person_goes_before_that_of_a_group(judge, make_question, begin, override):
    quiz = quiz_of(make_question(), closes_at=NOON, time_limit=HOUR, attempts_allowed=1)
    group = uuid.uuid4()
    override(quiz, group_key=group, closes_at=NOON + DAY, time_limit=3 * HOUR, attempts_allowed=4)
    override(quiz, person=judge, closes_at=NOON + 2 * DAY)
    assert refused(begin, judge, quiz, now=NOON + 3 * DAY) == Obstacle.CLOSED
    alone = rules_for(judge, quiz, now=NOON)
    assert (alone.closes_at, alone.time_limit, alone.attempts_allowed) == (NOON + 2 * DAY, HOUR, 1)
    both = rules_for(judge, quiz, groups=(group,), now=NOON)
    assert (both.closes_at, both.time_limit, both.attempts_allowed) == (NOON + 2 * DAY, 3 * HOUR, 4)


def test_of_several_groups_the_kindest_rule_holds(judge, make_question, override):
    quiz = quiz_of(make_question(), opens_at=NOON, time_limit=HOUR)
    groups = (uuid.uuid4(), uuid.uuid4())
    override(quiz, group_key=groups[0], time_limit=2 * HOUR, opens_at=NOON + HOUR)
    override(quiz, group_key=groups[1], time_limit=HOUR / 2, opens_at=NOON - HOUR)
    rules = rules_for(judge, quiz, groups=groups, now=NOON)
    assert (rules.time_limit, rules.opens_at) == (2 * HOUR, NOON - HOUR)


def test_an_exception_ends_when_it_expires_or_is_withdrawn(judge, trainer, make_question, override):
    quiz = quiz_of(make_question(), attempts_allowed=1)
    override(quiz, person=judge, attempts_allowed=9, expires_at=NOON)
    assert rules_for(judge, quiz, now=NOON - HOUR).attempts_allowed == 9
    assert rules_for(judge, quiz, now=NOON).attempts_allowed == 1
    again = override(quiz, person=judge, attempts_allowed=5)
    assert rules_for(judge, quiz, now=NOON).attempts_allowed == 5
    again.withdrawn_at, again.withdrawn_by = NOON, trainer
    again.save()
    assert rules_for(judge, quiz, now=NOON).attempts_allowed == 1


def test_extra_time_is_the_persons_own_or_the_exceptions_whichever_is_more(judge, make_question, override):
    quiz = quiz_of(make_question(), time_limit=HOUR)
    judge.extra_time = "1.25"
    judge.save()
    judge.refresh_from_db()
    assert rules_for(judge, quiz, now=NOON).deadline(NOON) == NOON + HOUR * 1.25
    override(quiz, person=judge, extra_time="2")
    assert rules_for(judge, quiz, now=NOON).extra_time == Fraction(2)


def test_attempts_given_come_on_top_of_an_exception(judge, trainer, make_question, begin, override):
    quiz = quiz_of(make_question(), attempts_allowed=1)
    override(quiz, person=judge, attempts_allowed=2)
    allow_more(person=judge, quiz_key=quiz.key, count=1, actor=trainer, reason="power cut")
    for _ in range(3):
        submit(attempt=begin(judge, quiz))
    with pytest.raises(AttemptsExhausted):
        begin(judge, quiz)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"attempts_allowed": 0},
        {"extra_time": "0.5"},
        {"opens_at": NOON, "closes_at": NOON},
        {"attempts_allowed": 2, "reason": ""},
        {"attempts_allowed": 2, "group_key": uuid.UUID(int=1)},
    ],
)
def test_the_database_refuses_an_exception_that_means_nothing(judge, make_question, override, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        override(quiz_of(make_question()), person=judge, **fields)


def test_a_supervised_test_begins_with_the_password_or_the_code_of_the_room(
    judge, trainer, make_question, begin
):
    quiz = quiz_of(make_question(), password="palermo", needs_ticket=True)
    assert refused(begin, judge, quiz) == Obstacle.PASSWORD
    assert refused(begin, judge, quiz, password="parma", ticket_code="parma") == Obstacle.PASSWORD
    ticket = rooms.issue(
        quiz_key=quiz.key, room="Sala 2", valid_from=NOON, valid_until=NOON + HOUR, actor=trainer
    )
    assert refused(begin, judge, quiz, ticket_code=ticket.code, now=NOON + HOUR) == Obstacle.PASSWORD
    spoken = f" {ticket.code[:4].lower()} {ticket.code[4:]}"
    attempt = begin(judge, quiz, ticket_code=spoken, now=NOON)
    assert attempt.ticket == ticket
    # going on asks for nothing
    assert begin(judge, quiz, now=NOON) == attempt
    submit(attempt=attempt)
    assert begin(judge, quiz, password="palermo").ticket is None


def test_a_room_has_so_many_places(judge, trainer, make_question, begin, make_person):
    quiz = quiz_of(make_question(), needs_ticket=True)
    ticket = rooms.issue(
        quiz_key=quiz.key, room="Sala 2", valid_from=NOON, valid_until=NOON + HOUR, actor=trainer, places=1
    )
    begin(judge, quiz, ticket_code=ticket.code, now=NOON)
    other = make_person("other@example.org")
    assert refused(begin, other, quiz, ticket_code=ticket.code, now=NOON) == Obstacle.ROOM_FULL


def test_the_ticket_of_another_quiz_opens_nothing(judge, trainer, make_question, begin):
    quiz, other = (quiz_of(make_question(), needs_ticket=True) for _ in range(2))
    ticket = rooms.issue(
        quiz_key=other.key, room="Sala 2", valid_from=NOON, valid_until=NOON + HOUR, actor=trainer
    )
    assert refused(begin, judge, quiz, ticket_code=ticket.code, now=NOON) == Obstacle.PASSWORD


@pytest.mark.parametrize(
    ("counts", "told"), [("first", [0, 0]), ("mean", [0, Fraction(1, 2)]), ("last", [0, 1])]
)
def test_what_is_told_is_the_result_that_counts(judge, make_question, begin, heard, counts, told):
    version = make_question()
    quiz = quiz_of(version, counts=counts)
    submit(attempt=begin(judge, quiz))
    second = begin(judge, quiz)
    save_answer(attempt=second, slot=1, response=right_response(version), language="en")
    submit(attempt=second)
    assert [fraction for _attempt, _passed, fraction in heard] == told


def test_an_attempt_that_cannot_be_handed_in_holds_up_no_other(judge, outsider, make_question, begin, caplog):
    quiz = quiz_of(make_question(), time_limit=HOUR)
    broken, whole = (begin(person, quiz, now=NOON) for person in (judge, outsider))
    Attempt.objects.filter(pk=broken.pk).update(paper_data={})
    assert close_overdue(now=NOON + DAY) == 1
    assert "could not be handed in" in caplog.text
    assert list(Attempt.objects.open()) == [broken]
    whole.refresh_from_db()
    assert whole.status == "graded"
