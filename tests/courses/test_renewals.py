"""Renewing a certificate by a shorter path, from what is asked to the new certificate."""

import datetime
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, User
from assessments import attempts
from certificates import issuing, transcripts
from certificates.choices import Kind, Status
from certificates.models import Certificate
from courses import awards, progress, quizzes, renewals, syllabus
from courses.choices import QuizPurpose
from courses.models import Course, Enrolment, ItemCompletion, QuizPage, Renewal, RenewalItem
from courses.renewals import NotYet
from courses.shorter_path import Why

from .conftest import Built, add_lesson

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def taken(built: Built, judge: User, enrolled: Enrolment, finish: Callable[..., None]) -> Enrolment:
    """The judge completed the course 23 months ago; its certificate is valid for two years."""
    Course.objects.filter(pk=built.course.pk).update(validity_months=24)
    QuizPage.objects.filter(pk=built.quizzes[0].pk).update(purpose=QuizPurpose.FINAL)
    for lesson in built.lessons:
        publish(lesson)
    enrolled.course.refresh_from_db()
    finish(enrolled)
    enrolled.refresh_from_db()
    return enrolled


@pytest.fixture
def ended(taken: Enrolment) -> Callable[[int], Certificate]:
    """Return a function that makes the certificate end in so many days; the reading was long ago."""

    def end(days: int) -> Certificate:
        long_ago = timezone.now() - datetime.timedelta(days=700)
        ItemCompletion.objects.filter(enrolment=taken).update(at=long_ago)
        old = Certificate.objects.get(award_key=taken.key)
        issuing.revoke(certificate=old, reason="issued_in_error", actor=None)
        until = timezone.now().date() + datetime.timedelta(days=days)
        statement = replace(awards.statement_of(taken), valid_until=until)
        return issuing.issue(statement=statement, person=taken.person, after_revocation=True)

    return end


def reasons(enrolment: Enrolment) -> dict[Any, Why]:
    return dict(renewals.plan_of(enrolment).path)


def publish(lesson: Any, **fields: Any) -> None:
    lesson.refresh_from_db()
    for name, value in fields.items():
        setattr(lesson, name, value)
    lesson.save_revision().publish()


def pass_quiz(enrolment: Enrolment, built: Built) -> None:
    """What happens when a paper that was begun now is marked and passed."""

    class Paper:
        quiz_key = built.quizzes[0].key
        language = "es"
        started_at = submitted_at = timezone.now()
        person_id = enrolment.person_id
        context = {"enrolment": str(enrolment.key)}  # noqa: RUF012

    quizzes.record_result(attempt=Paper(), passed=True, fraction=Fraction(1))


# --- what is asked ---------------------------------------------------------------------------------
def test_where_nothing_changed_the_final_test_is_asked_alone(taken: Enrolment, built: Built) -> None:
    assert reasons(taken) == {built.quizzes[0].key: Why.TEST}


def test_a_lesson_that_reads_differently_is_asked_again(
    taken: Enrolment, built: Built, ended: Callable[[int], Certificate]
) -> None:
    ended(30)
    publish(built.lessons[0], body_es=[("rich_text", {"text": "<p>La ley ha cambiado.</p>"})])
    found = reasons(taken)
    assert found == {built.lessons[0].key: Why.CHANGED, built.quizzes[0].key: Why.TEST}


def test_a_translation_or_the_same_text_published_again_asks_nothing(taken: Enrolment, built: Built) -> None:
    lesson = built.lessons[0]
    publish(lesson, title_es="Otro título", body_en=[("rich_text", {"text": "<p>Another.</p>"})])
    assert reasons(taken) == {built.quizzes[0].key: Why.TEST}
    publish(lesson, body_es=[("rich_text", {"text": "<p>La ley ha cambiado.</p>"})])
    assert reasons(taken)[lesson.key] == Why.CHANGED


def test_of_a_lesson_published_after_it_was_read_the_first_text_counts(
    taken: Enrolment, built: Built
) -> None:
    lesson = built.lessons[0]
    long_ago = timezone.now() - datetime.timedelta(days=700)
    ItemCompletion.objects.filter(item_key=lesson.key).update(at=long_ago)
    assert lesson.key not in reasons(taken)
    publish(lesson, body_es=[("rich_text", {"text": "<p>La ley ha cambiado.</p>"})])
    assert reasons(taken)[lesson.key] == Why.CHANGED


def test_a_draft_saved_before_reading_hides_no_change(taken: Enrolment, built: Built) -> None:
    lesson = built.lessons[0]
    lesson.refresh_from_db()
    lesson.body_es = [("rich_text", {"text": "<p>La ley ha cambiado.</p>"})]
    draft = lesson.save_revision()
    ItemCompletion.objects.filter(item_key=lesson.key).update(at=timezone.now())
    draft.publish()
    assert reasons(taken)[lesson.key] == Why.CHANGED


def test_a_new_lesson_is_asked(taken: Enrolment, built: Built) -> None:
    added = add_lesson(built, built.modules[1])
    syllabus.freeze(course=built.course)
    assert reasons(taken)[added.key] == Why.NEW
    assert taken.syllabus.number < renewals.plan_of(taken).version.number


# --- when ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("days", "allowed"), [(91, False), (90, True), (0, True), (-1, True), (-900, True)])
def test_a_certificate_is_renewed_in_its_last_ninety_days_and_afterwards(
    days: int, allowed: bool, taken: Enrolment, ended: Callable[[int], Certificate]
) -> None:
    certificate = ended(days)
    assert renewals.may_renew(certificate) is allowed
    if allowed:
        assert renewals.start(enrolment=taken, actor=taken.person).renewed_award == taken.key
    else:
        with pytest.raises(NotYet):
            renewals.start(enrolment=taken, actor=taken.person)


def test_what_was_withdrawn_is_not_renewed(taken: Enrolment, ended: Callable[[int], Certificate]) -> None:
    issuing.revoke(certificate=ended(5), reason="issued_in_error", actor=None)
    with pytest.raises(NotYet):
        renewals.start(enrolment=taken, actor=taken.person)


# --- doing it --------------------------------------------------------------------------------------
def test_the_last_part_gives_a_new_certificate_and_leaves_the_old_one_as_it_was(
    taken: Enrolment, built: Built, ended: Callable[[int], Certificate]
) -> None:
    old = ended(10)
    publish(built.lessons[0], body_es=[("rich_text", {"text": "<p>La ley ha cambiado.</p>"})])
    renewal = renewals.start(enrolment=taken, actor=taken.person)
    assert renewal == renewals.start(enrolment=taken, actor=taken.person)
    assert (
        renewals.item_done(enrolment=taken, item_key=built.lessons[0].key, how="read", language="en") is None
    )
    pass_quiz(taken, built)
    new = Certificate.objects.get(renews=old)
    old.refresh_from_db()
    assert (old.status, new.status) == (Status.ISSUED, Status.ISSUED)
    assert new.award_key == renewal.key
    assert new.stated.completed_on == timezone.localdate()
    assert (new.valid_until - new.stated.completed_on).days in (730, 731)
    assert new.stated.syllabus_version == renewal.syllabus.number
    assert new.stated.languages == ("en", "es")
    assert old.number in new.printed("en").wording
    assert renewals.standing_of(taken) == new
    assert [one.verb for one in AuditEntry.objects.filter(target_key=str(taken.key))][:2] == [
        "renewal_completed",
        "renewal_begun",
    ]
    taken.refresh_from_db()
    assert (taken.status, taken.percent) == ("completed", 100)


def test_what_was_begun_before_the_renewal_does_not_count(
    taken: Enrolment, built: Built, ended: Callable[[int], Certificate]
) -> None:
    ended(10)
    renewals.start(enrolment=taken, actor=taken.person)
    before = timezone.now() - datetime.timedelta(days=1)
    key = built.quizzes[0].key
    renewals.item_done(enrolment=taken, item_key=key, how="passed", language="es", began=before)
    assert not RenewalItem.objects.exclude(done_at=None).exists()


def test_the_final_test_may_be_taken_as_often_as_at_the_first_time(
    taken: Enrolment, built: Built, ended: Callable[[int], Certificate], monkeypatch: pytest.MonkeyPatch
) -> None:
    QuizPage.objects.filter(pk=built.quizzes[0].pk).update(attempts_allowed=2)
    monkeypatch.setattr(attempts, "used_by", lambda person, key: 2)
    ended(10)
    renewals.start(enrolment=taken, actor=taken.person)
    renewals.start(enrolment=taken, actor=taken.person)
    assert attempts.allowed_to(taken.person, built.quizzes[0].key, 2) == 4


def test_a_renewal_is_brought_in_line_with_a_course_that_changed_under_way(
    taken: Enrolment, built: Built, ended: Callable[[int], Certificate]
) -> None:
    ended(10)
    added = add_lesson(built, built.modules[1])
    syllabus.freeze(course=built.course)
    renewal = renewals.start(enrolment=taken, actor=taken.person)
    assert renewal.items.filter(item_key=added.key, reason="new").exists()
    added.unpublish()
    renewals.start(enrolment=taken, actor=taken.person)
    assert not renewal.items.filter(item_key=added.key).exists()


def test_a_renewal_is_renewed_in_its_turn(
    taken: Enrolment, built: Built, ended: Callable[[int], Certificate]
) -> None:
    old = ended(10)
    first = renewals.start(enrolment=taken, actor=taken.person)
    pass_quiz(taken, built)
    new = Certificate.objects.get(renews=old)
    with pytest.raises(NotYet):
        renewals.start(enrolment=taken, actor=taken.person)
    in_two_years = new.valid_until - datetime.timedelta(days=3)
    assert renewals.may_renew(new, in_two_years)
    assert {old.number, new.number} <= {one.number for one in Certificate.objects.lineage(new)}
    assert Renewal.objects.get() == first


def test_a_renewed_certificate_that_was_withdrawn_is_issued_again_or_renewed_again(
    taken: Enrolment,
    built: Built,
    ended: Callable[[int], Certificate],
    registrar: User,
    browse: Callable[..., Client],
) -> None:
    old = ended(10)
    renewals.start(enrolment=taken, actor=taken.person)
    pass_quiz(taken, built)
    new = Certificate.objects.get(renews=old)
    staff, page = browse(registrar), f"/en/staff/certificates/{new.number}/"
    assert staff.get(f"{page}again/").status_code == 404
    issuing.revoke(certificate=new, reason="wrong_data", actor=registrar)
    assert f"{page}again/" in staff.get(page).text
    staff.post(f"{page}again/")
    again = renewals.standing_of(taken)
    assert again.renews == old
    assert again.stated.completed_on == new.stated.completed_on
    assert staff.get(f"{page}again/")["Location"] == page
    issuing.revoke(certificate=again, reason="requirements_not_met", actor=registrar)
    assert renewals.start(enrolment=taken, actor=registrar).renewed_award == taken.key


def test_two_renewals_are_never_under_way_at_once(
    taken: Enrolment, ended: Callable[[int], Certificate]
) -> None:
    ended(10)
    first = renewals.start(enrolment=taken, actor=taken.person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Renewal.objects.create(enrolment=taken, syllabus=first.syllabus, renewed_award=first.key)


def test_a_transcript_lists_both_and_counts_the_hours_once(
    taken: Enrolment, built: Built, ended: Callable[[int], Certificate]
) -> None:
    old = ended(10)
    renewals.start(enrolment=taken, actor=taken.person)
    pass_quiz(taken, built)
    transcript = transcripts.request(person=taken.person, actor=taken.person)
    numbers = [one.number for one in transcript.stated.trainings]
    assert set(numbers) == {old.number, Certificate.objects.get(renews=old).number}
    assert transcript.stated.hours == old.stated.hours


# --- the pages -------------------------------------------------------------------------------------
def test_the_learner_sees_what_is_asked_begins_and_finishes(
    taken: Enrolment, built: Built, ended: Callable[[int], Certificate], browse: Callable[..., Client]
) -> None:
    old = ended(10)
    publish(built.lessons[0], body_es=[("rich_text", {"text": "<p>La ley ha cambiado.</p>"})])
    client, page = browse(taken.person), f"/en/my-learning/renew/{taken.key}/"
    assert f"renew/{taken.key}/" in client.get("/en/my-learning/").text
    seen = client.get(page).text
    assert "Its text has changed" in seen
    assert "2 parts count already" in seen
    assert not Renewal.objects.exists()
    seen = client.post(page, follow=True).text
    assert "0 of 2 parts done" in seen
    lesson = built.url_of(built.lessons[0], "en")
    assert lesson in seen
    assert "Mark as done and go on" in client.get(lesson).text
    client.post(lesson)
    assert "1 of 2 parts done" in client.get(page).text
    assert "Go on renewing" in client.get("/en/my-learning/").text
    pass_quiz(taken, built)
    new = Certificate.objects.get(renews=old)
    assert new.number in client.get("/en/my-learning/").text
    assert new.number in client.get(built.url.replace("/es/", "/en/")).text
    assert "This certificate has been renewed" in client.get(f"/en/certificates/{old.number}/").text


def test_the_last_lesson_says_that_the_certificate_is_renewed(
    taken: Enrolment, built: Built, ended: Callable[[int], Certificate], browse: Callable[..., Client]
) -> None:
    ended(10)
    publish(built.lessons[0], body_es=[("rich_text", {"text": "<p>La ley ha cambiado.</p>"})])
    renewals.start(enrolment=taken, actor=taken.person)
    pass_quiz(taken, built)
    answer = browse(taken.person).post(built.url_of(built.lessons[0], "en"), follow=True)
    assert "You have renewed your certificate." in answer.text


def test_staff_begin_a_renewal_and_the_learner_is_told(
    taken: Enrolment,
    ended: Callable[[int], Certificate],
    registrar: User,
    browse: Callable[..., Client],
    django_capture_on_commit_callbacks: Any,
) -> None:
    ended(10)
    staff = browse(registrar)
    learner = f"/en/staff/learners/{taken.person.key}/"
    renew = f"/en/staff/enrolments/{taken.key}/renew/"
    assert renew in staff.get(learner).text
    assert "Every renewal asks for the test" in staff.get(renew).text
    with django_capture_on_commit_callbacks(execute=True):
        staff.post(renew)
    letter = mail.outbox[-1]
    assert letter.to == [taken.person.email]
    assert f"/es/my-learning/renew/{taken.key}/" in letter.body
    page = staff.get(learner).text
    assert "0 of 1 part done" in page
    assert renew not in page
    assert staff.get(renew)["Location"] == learner


def test_who_is_too_early_is_told_from_when(
    taken: Enrolment, ended: Callable[[int], Certificate], browse: Callable[..., Client]
) -> None:
    ended(200)
    client = browse(taken.person)
    assert "It is too early" in client.get(f"/en/my-learning/renew/{taken.key}/").text
    assert "renew/" not in client.get("/en/my-learning/").text
    client.post(f"/en/my-learning/renew/{taken.key}/")
    assert not Renewal.objects.exists()


def test_nobody_renews_for_another(
    taken: Enrolment, ended: Callable[[int], Certificate], outsider: User, browse: Callable[..., Client]
) -> None:
    ended(10)
    for method in ("get", "post"):
        page = f"/en/my-learning/renew/{taken.key}/"
        assert getattr(browse(outsider), method)(page).status_code == 404


def test_what_is_not_changed_stays_done_in_the_outline(
    taken: Enrolment, built: Built, ended: Callable[[int], Certificate], browse: Callable[..., Client]
) -> None:
    ended(10)
    renewals.start(enrolment=taken, actor=taken.person)
    assert (
        "You have marked this lesson as done."
        in browse(taken.person).get(built.url_of(built.lessons[1], "en")).text
    )


def test_progress_of_the_course_itself_is_not_touched_by_a_renewal(
    taken: Enrolment, built: Built, ended: Callable[[int], Certificate]
) -> None:
    ended(10)
    before = ItemCompletion.objects.count()
    renewals.start(enrolment=taken, actor=taken.person)
    progress.complete_item(enrolment=taken, item_key=built.quizzes[0].key, how="passed", language="es")
    assert ItemCompletion.objects.count() == before
    assert Certificate.objects.filter(status=Status.ISSUED, kind=Kind.COMPLETION).count() == 1
