"""Answers of learners whose connection failed: accepted within the grace, else kept for staff."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction

from assessments import late
from assessments.attempts import save_answer, save_late, state_of, submit
from assessments.models import Attempt, LateAnswer
from assessments.replaying import replay
from tests.assessments.conftest import quiz_of, right_response

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
RULES = {"time_limit": HOUR, "late_grace": 10 * MINUTE}


def send(attempt, response, *, slot=1, now, answered_at=NOON + 50 * MINUTE, client_id="page-7"):
    return save_late(
        attempt=attempt,
        slot=slot,
        response=response,
        language="en",
        client_id=client_id,
        sequence=7,
        answered_at=answered_at,
        now=now,
    )


@pytest.fixture
def version(make_question):
    return make_question()


@pytest.fixture
def attempt(judge, version, begin):
    return begin(judge, quiz_of(version, **RULES), now=NOON)


def test_while_the_attempt_is_open_it_is_an_answer_like_others(attempt, version):
    step = send(attempt, right_response(version), now=NOON + 55 * MINUTE)
    assert (step.kind, step.data["sequence"]) == ("answer", 7)
    assert send(attempt, right_response(version), now=NOON + 56 * MINUTE) == step


def test_within_the_grace_an_answer_given_in_time_counts(attempt, version, heard):
    step = send(attempt, right_response(version), now=NOON + HOUR + 9 * MINUTE)
    assert (step.kind, step.data["sequence"]) == ("late", 7)
    attempt.refresh_from_db()
    assert (attempt.status, attempt.fraction, attempt.passed) == ("graded", 1, True)
    assert [fraction for _attempt, _passed, fraction in heard] == [0, 1]
    assert replay(attempt.paper, list(attempt.steps.all())).fraction == 1
    assert send(attempt, right_response(version), now=NOON + 2 * HOUR) == step
    assert not LateAnswer.objects.exists()


@pytest.mark.parametrize(
    ("now", "answered_at"),
    [
        (NOON + HOUR + 11 * MINUTE, NOON + 50 * MINUTE),
        (NOON + HOUR + 5 * MINUTE, NOON + HOUR + MINUTE),
        (NOON + HOUR + 5 * MINUTE, None),
    ],
)
def test_what_nothing_speaks_for_is_kept_for_staff(attempt, version, now, answered_at):
    kept = send(attempt, right_response(version), now=now, answered_at=answered_at)
    assert (kept.decision, kept.sequence, kept.data["response"]) == ("waiting", 7, right_response(version))
    assert send(attempt, right_response(version), now=now, answered_at=answered_at) == kept
    assert Attempt.objects.get().fraction == 0


def test_what_comes_after_one_has_handed_in_oneself_is_kept_for_staff(attempt, version):
    submit(attempt=attempt, now=NOON + 55 * MINUTE)
    kept = send(attempt, right_response(version), now=NOON + 56 * MINUTE)
    assert isinstance(kept, LateAnswer)


def test_staff_accept_and_the_question_is_marked_anew(attempt, version, trainer):
    kept = send(attempt, right_response(version), now=NOON + 3 * HOUR)
    step = late.accept(late=kept, actor=trainer, reason="the line was down", now=NOON + 4 * HOUR)
    kept.refresh_from_db()
    attempt.refresh_from_db()
    assert (kept.decision, kept.step, kept.decided_by) == ("accepted", step, trainer)
    assert (attempt.fraction, step.actor) == (1, trainer)
    state = state_of(attempt)
    assert (state.late, state.response(1)) == ({1}, right_response(version))
    assert replay(attempt.paper, list(attempt.steps.all())).intact
    for verb in (late.accept, late.refuse):
        with pytest.raises(late.NotAcceptable):
            verb(late=kept, actor=trainer, reason="again")


def test_staff_refuse_with_a_reason_and_it_stays_on_record(attempt, version, trainer):
    kept = send(attempt, right_response(version), now=NOON + 3 * HOUR)
    with pytest.raises(late.NotAcceptable):
        late.refuse(late=kept, actor=trainer, reason=" ")
    late.refuse(late=kept, actor=trainer, reason="the answer was known by then")
    attempt.refresh_from_db()
    assert (LateAnswer.objects.get().decision, attempt.fraction) == ("refused", 0)


def test_a_late_essay_waits_for_its_marker_again(judge, make_kind, begin, trainer):
    essay = make_kind("essay")
    attempt = begin(judge, quiz_of(essay, **RULES), now=NOON)
    kept = send(attempt, right_response(essay), now=NOON + 3 * HOUR)
    attempt.refresh_from_db()
    assert (attempt.status, attempt.fraction) == ("graded", 0)
    late.accept(late=kept, actor=trainer)
    attempt.refresh_from_db()
    assert (attempt.status, attempt.fraction, attempt.passed) == ("submitted", None, None)


def test_a_question_closed_by_a_check_takes_no_late_answer(judge, version, begin, trainer):
    from assessments.attempts import check

    attempt = begin(judge, quiz_of(version, behaviour="immediate", **RULES), now=NOON)
    wrong = next(str(option.key) for option in version.options.all() if not option.correct)
    check(attempt=attempt, slot=1, response={"choice": wrong}, language="en", now=NOON)
    kept = send(attempt, right_response(version), now=NOON + HOUR + MINUTE)
    assert isinstance(kept, LateAnswer)
    with pytest.raises(late.NotAcceptable):
        late.accept(late=kept, actor=trainer)


def test_other_questions_keep_their_marks(judge, make_question, begin):
    versions = [make_question(), make_question()]
    attempt = begin(judge, quiz_of(*versions, **RULES), now=NOON)
    save_answer(attempt=attempt, slot=1, response=right_response(versions[0]), language="en", now=NOON)
    send(attempt, right_response(versions[1]), slot=2, now=NOON + HOUR + MINUTE)
    attempt.refresh_from_db()
    assert attempt.fraction == Fraction(1)


def test_the_database_wants_a_decision_to_be_somebodys(attempt, version):
    kept = send(attempt, right_response(version), now=NOON + 3 * HOUR)
    with pytest.raises(IntegrityError), transaction.atomic():
        LateAnswer.objects.filter(pk=kept.pk).update(decision="refused")
