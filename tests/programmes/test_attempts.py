"""Giving a learner another attempt at a quiz that they are still to pass."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import AuditEntry, User
from assessments.models import ExtraAttempts
from courses.choices import EnrolmentStatus
from courses.models import Enrolment
from programmes import changes

pytestmark = [pytest.mark.django_db, pytest.mark.database]
GIVE = "Give another attempt"


@pytest.fixture
def taken(run: Any, judge: User, enrolled: Callable[..., Enrolment]) -> Enrolment:
    """The judge's enrolment, with the quiz (the third item) still to pass."""
    return enrolled(judge, done=1)


def url(taken: Enrolment, key: Any) -> str:
    return reverse("programmes:attempts", args=[taken.key, key])


def learner_page(client: Any, person: User) -> str:
    page: str = client.get(reverse("programmes:learner", args=[person.key])).content.decode()
    return page


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("who", ["registrar", "administrator"])
def test_staff_give_an_attempt_and_the_learner_is_told_in_their_language(
    run: Any, taken: Enrolment, judge: User, request: Any, browse: Callable[..., Any], who: str
) -> None:
    actor = request.getfixturevalue(who)
    client = browse(actor)
    assert url(taken, run.keys[2]) in learner_page(client, judge)
    asked = client.get(url(taken, run.keys[2])).content.decode()
    assert "Cuestionario 1" in asked
    answer = client.post(url(taken, run.keys[2]), {"reason": "Se cortó\n\n[la] línea."}, follow=True)
    assert "The learner may begin the quiz once more" in answer.content.decode()
    given = ExtraAttempts.objects.get()
    assert (given.person, given.quiz_key, given.count) == (judge, run.keys[2], 1)
    assert given.granted_by == actor
    [letter] = mail.outbox
    assert letter.to == [judge.email]
    assert letter.extra_headers["Content-Language"] == "es"
    assert "Cuestionario 1" in letter.body
    assert "Trata de personas" in letter.body
    assert "Se cortó [la] línea." in letter.body
    assert "/es/" in letter.body
    assert AuditEntry.objects.get(verb="attempts_given").actor == actor


def test_a_reason_is_needed(run: Any, taken: Enrolment, registrar: User, browse: Callable[..., Any]) -> None:
    answer = browse(registrar).post(url(taken, run.keys[2]), {"reason": "  "})
    assert answer.status_code == 200
    assert not ExtraAttempts.objects.exists()


def test_it_is_offered_for_missing_quizzes_alone(
    run: Any, taken: Enrolment, judge: User, registrar: User, browse: Callable[..., Any]
) -> None:
    assert learner_page(browse(registrar), judge).count(GIVE) == 1
    lesson, nothing = run.keys[1], judge.key
    for key in (lesson, nothing):
        assert browse(registrar).get(url(taken, key)).status_code == 404
        with pytest.raises(changes.NotMissing):
            changes.give_attempt(enrolment=taken, quiz_key=key, reason="x", actor=registrar)


def test_it_is_not_offered_for_a_quiz_that_is_passed_or_a_course_that_is_left(
    run: Any,
    judge: User,
    prosecutor: User,
    enrolled: Callable[..., Enrolment],
    registrar: User,
    browse: Callable[..., Any],
) -> None:
    passed = enrolled(judge, done=3)
    left = enrolled(prosecutor, done=1, status=EnrolmentStatus.WITHDRAWN)
    for one in (passed, left):
        assert GIVE not in learner_page(browse(registrar), one.person)
        assert browse(registrar).post(url(one, run.keys[2]), {"reason": "x"}).status_code == 404
    assert not ExtraAttempts.objects.exists()


def test_auditors_are_not_offered_it_and_read_that_it_was_given(
    run: Any, taken: Enrolment, judge: User, registrar: User, auditor: User, browse: Callable[..., Any]
) -> None:
    changes.give_attempt(enrolment=taken, quiz_key=run.keys[2], reason="Secret words", actor=registrar)
    page = learner_page(browse(auditor), judge)
    assert GIVE not in page
    assert "Another attempt at a quiz given" in page
    assert "Secret words" not in page
