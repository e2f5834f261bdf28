"""A completion is taken back only where a regrade is decided that may, with its reason."""

from fractions import Fraction
from typing import Any

import pytest
from django.core import mail

from accounts.models import AuditEntry, User
from assessments import attempts, regrading
from assessments.models import Attempt, Option, QuestionVersion
from certificates.models import Certificate
from courses import outline, progress, quizzes, renewals
from courses.choices import QuizPurpose
from courses.models import Course, Enrolment, ItemCompletion, QuizPage, Renewal

from .conftest import Built

pytestmark = pytest.mark.django_db


@pytest.fixture
def passed(built: Built, enrolled: Enrolment) -> Attempt:
    """An attempt that passed by a key that was wrong; the whole course is done."""
    built.course.refresh_from_db()
    found = outline.of(page_id=built.page.pk, edition=built.course.edition, language="es")
    quiz = built.quizzes[0]
    attempt = quizzes.start(
        page=quiz, person=enrolled.person, enrolment=enrolled, item=found.by_key[quiz.key], found=found
    )
    slot = attempt.paper.slots[0]
    choice = next(key for key, fraction in slot.spec["options"].items() if fraction == "1")
    attempts.save_answer(attempt=attempt, slot=1, response={"choice": choice}, language="es")
    attempts.submit(attempt=attempt)
    for lesson in built.lessons:
        progress.complete_item(enrolment=enrolled, item_key=lesson.key, how="read", language="es")
    before = QuestionVersion.objects.get(pk=slot.version)
    newer = QuestionVersion.objects.create(question=before.question, number=2, kind="single")
    for option in before.options.all():
        fields = {"key": option.key, "sort_order": option.sort_order, "text_en": "x"}
        Option.objects.create(version=newer, correct=str(option.key) != choice, **fields)
    return attempt


def regrade(attempt: Attempt, actor: User, lower_reason: str = "") -> None:
    asked = regrading.try_out(
        policy="current",
        reason="The key was wrong.",
        quiz_key=attempt.quiz_key,
        lower_reason=lower_reason,
        actor=actor,
    )
    regrading.look(key=asked.key)
    regrading.write(key=regrading.commit(regrade=asked, actor=actor).key)


def test_without_a_decision_completion_and_certificate_stand(
    passed: Attempt, enrolled: Enrolment, registrar: User
) -> None:
    regrade(passed, registrar)
    enrolled.refresh_from_db()
    assert enrolled.completed_at is not None
    assert Certificate.objects.get().status == "issued"
    passed.refresh_from_db()
    assert passed.passed


def test_by_decision_completion_and_certificate_are_taken_back(
    passed: Attempt, enrolled: Enrolment, registrar: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        regrade(passed, registrar, "The board decided so.")
    letters = [letter for letter in mail.outbox if letter.to == [enrolled.person.email]]
    assert len(letters) == 2
    told_of_it = next(letter for letter in letters if "/my-learning/" in letter.body)
    assert told_of_it.extra_headers["Content-Language"] == enrolled.person.language
    assert "The board decided so." not in told_of_it.body
    passed.refresh_from_db()
    assert (passed.fraction, passed.passed) == (Fraction(0), False)
    enrolled.refresh_from_db()
    assert (enrolled.status, enrolled.completed_at) == ("active", None)
    assert enrolled.done_count < enrolled.required_count
    assert not ItemCompletion.objects.filter(item_key=passed.quiz_key).exists()
    certificate = Certificate.objects.get()
    assert (certificate.status, certificate.revoke_reason) == ("revoked", "requirements_not_met")
    told = AuditEntry.objects.get(verb="completion_taken_back")
    assert (told.actor, told.data["course_too"]) == (registrar, True)


def test_who_has_passed_another_time_keeps_the_completion(
    passed: Attempt, enrolled: Enrolment, registrar: User
) -> None:
    quizzes.take_back(attempt=passed, passed=True, fraction=Fraction(1), actor=registrar)
    enrolled.refresh_from_db()
    assert enrolled.completed_at is not None


def test_taking_back_twice_is_as_once(passed: Attempt, enrolled: Enrolment, registrar: User) -> None:
    for _ in range(2):
        quizzes.take_back(attempt=passed, passed=False, fraction=Fraction(0), actor=registrar)
    assert AuditEntry.objects.filter(verb="completion_taken_back").count() == 1


def test_who_passes_again_completes_the_course_again(
    passed: Attempt, enrolled: Enrolment, registrar: User
) -> None:
    quizzes.take_back(attempt=passed, passed=False, fraction=Fraction(0), actor=registrar)
    quizzes.record_result(attempt=passed, passed=True, fraction=Fraction(1))
    enrolled.refresh_from_db()
    assert enrolled.completed_at is not None
    new, old = Certificate.objects.order_by("-pk")
    assert (new.status, old.status) == ("issued", "revoked")
    assert new.number != old.number


# --- renewals ------------------------------------------------------------------------------------


@pytest.fixture
def ends_soon(built: Built, enrolled: Enrolment) -> None:
    """Certificates of the course end so soon that they can be renewed at once, by the quiz alone."""
    Course.objects.filter(pk=built.course.pk).update(validity_months=2)
    QuizPage.objects.filter(pk=built.quizzes[0].pk).update(purpose=QuizPurpose.FINAL)
    for lesson in built.lessons:
        lesson.refresh_from_db()
        lesson.save_revision().publish()
    enrolled.course.refresh_from_db()


@pytest.fixture
def begun(ends_soon: None, passed: Attempt, enrolled: Enrolment) -> Renewal:
    """A renewal that waits for the quiz."""
    enrolled.refresh_from_db()
    return renewals.start(enrolment=enrolled, actor=enrolled.person)


@pytest.fixture
def renewed(built: Built, begun: Renewal, enrolled: Enrolment) -> Attempt:
    """The attempt by which the renewal was completed."""
    built.course.refresh_from_db()
    found = outline.of(page_id=built.page.pk, edition=built.course.edition, language="es")
    quiz = built.quizzes[0]
    attempt = quizzes.start(
        page=quiz, person=enrolled.person, enrolment=enrolled, item=found.by_key[quiz.key], found=found
    )
    options = attempt.paper.slots[0].spec["options"]
    choice = next(key for key, fraction in options.items() if fraction == "1")
    attempts.save_answer(attempt=attempt, slot=1, response={"choice": choice}, language="es")
    attempt = attempts.submit(attempt=attempt)
    begun.refresh_from_db()
    assert begun.completed_at is not None
    return attempt


def states() -> list[str]:
    return [str(one.status) for one in Certificate.objects.order_by("pk")]


def test_who_has_passed_again_for_a_renewal_keeps_completion_and_renewal(
    renewed: Attempt, passed: Attempt, enrolled: Enrolment, registrar: User
) -> None:
    regrade(passed, registrar, "The board decided so.")
    passed.refresh_from_db()
    assert not passed.passed
    enrolled.refresh_from_db()
    assert enrolled.completed_at is not None
    assert states() == ["issued", "issued"]


def test_a_renewal_that_rests_on_a_lowered_attempt_goes_on_and_its_certificate_is_withdrawn(
    renewed: Attempt, begun: Renewal, enrolled: Enrolment, registrar: User
) -> None:
    Attempt.objects.filter(pk=renewed.pk).update(fraction=Fraction(0), passed=False)
    for _ in range(2):
        quizzes.take_back(attempt=renewed, passed=True, fraction=Fraction(1), actor=registrar)
    assert states() == ["issued", "revoked"]
    begun.refresh_from_db()
    assert begun.completed_at is None
    assert begun.items.get().done_at is None
    assert AuditEntry.objects.filter(verb="renewal_taken_back", actor=registrar).count() == 1
    renewals.item_done(enrolment=enrolled, item_key=renewed.quiz_key, how="passed", language="es")
    assert states() == ["issued", "revoked", "issued"]


def test_with_the_completion_of_the_course_its_renewals_are_taken_back(
    renewed: Attempt, passed: Attempt, enrolled: Enrolment, registrar: User
) -> None:
    quizzes.take_back(attempt=passed, passed=False, fraction=Fraction(0), actor=registrar)
    assert states() == ["revoked", "revoked"]
    assert renewals.standing_of(enrolled) is None


def test_a_renewal_under_way_ends_with_the_completion_and_the_course_can_be_completed_again(
    begun: Renewal, passed: Attempt, enrolled: Enrolment, registrar: User
) -> None:
    quizzes.take_back(attempt=passed, passed=False, fraction=Fraction(0), actor=registrar)
    assert not Renewal.objects.exists()
    passed.refresh_from_db()
    quizzes.record_result(attempt=passed, passed=True, fraction=Fraction(1))
    enrolled.refresh_from_db()
    assert enrolled.completed_at is not None
    assert states() == ["revoked", "issued"]
