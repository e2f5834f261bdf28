"""Taking part: by the course's policy, once, and never losing what was done."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry, User
from accounts.signals import invitation_accepted
from courses import enrolment, syllabus
from courses.choices import EnrolmentPolicy, EnrolmentStatus
from courses.models import Cohort, Enrolment

from .conftest import Built, add_lesson, make_course

pytestmark = pytest.mark.django_db


def _policy(built: Built, policy: EnrolmentPolicy) -> None:
    built.course.enrolment_policy = policy
    built.course.save()


def test_an_open_course_enrols_at_once_under_the_newest_syllabus(built: Built, judge: User) -> None:
    made = enrolment.begin(person=judge, course=built.course, language="en")
    assert made.status == EnrolmentStatus.ACTIVE
    assert (made.language, made.done_count, made.required_count) == ("en", 0, 4)
    assert made.syllabus == built.course.syllabuses.get()
    assert AuditEntry.objects.get(verb="enrolled").target_key == str(made.key)


def test_enrolling_twice_is_enrolling_once(built: Built, judge: User) -> None:
    first = enrolment.begin(person=judge, course=built.course, language="en")
    again = enrolment.begin(person=judge, course=built.course, language="es")
    assert again.pk == first.pk
    assert Enrolment.objects.count() == 1
    assert AuditEntry.objects.filter(verb="enrolled").count() == 1


def test_the_database_refuses_a_second_enrolment(enrolled: Enrolment) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.create(person=enrolled.person, course=enrolled.course, syllabus=enrolled.syllabus)


def test_a_course_by_approval_waits_for_staff(built: Built, judge: User, registrar: User) -> None:
    _policy(built, EnrolmentPolicy.APPROVAL)
    asked = enrolment.begin(person=judge, course=built.course, language="es")
    assert asked.status == EnrolmentStatus.APPLIED
    approved = enrolment.approve(enrolment=asked, actor=registrar)
    assert approved.status == EnrolmentStatus.ACTIVE
    assert AuditEntry.objects.get(verb="approved").actor == registrar
    assert enrolment.approve(enrolment=asked, actor=registrar).status == EnrolmentStatus.ACTIVE
    assert AuditEntry.objects.filter(verb="approved").count() == 1


def test_who_was_approved_late_is_bound_to_the_syllabus_of_that_day(
    built: Built, judge: User, registrar: User
) -> None:
    _policy(built, EnrolmentPolicy.APPROVAL)
    asked = enrolment.begin(person=judge, course=built.course, language="es")
    add_lesson(built, built.modules[1])
    approved = enrolment.approve(enrolment=asked, actor=registrar)
    assert approved.syllabus.number == 2
    assert approved.required_count == 5


def test_a_course_by_invitation_cannot_be_joined_alone(built: Built, judge: User) -> None:
    _policy(built, EnrolmentPolicy.INVITATION)
    with pytest.raises(enrolment.NotOpen):
        enrolment.begin(person=judge, course=built.course, language="es")
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("named", ["cohort", "course"])
def test_an_accepted_invitation_enrols_in_what_it_names(built: Built, judge: User, named: str) -> None:
    cohort = Cohort.objects.create(course=built.course, name="2026 B", ends_on="2026-12-18")
    key = cohort.key if named == "cohort" else built.course.key
    invitation_accepted.send(sender=None, person=judge, context={named: str(key)}, invitation=None)
    made = Enrolment.objects.get(person=judge)
    assert made.course == built.course
    assert made.cohort == (cohort if named == "cohort" else None)


@pytest.mark.parametrize("context", [{}, {"cohort": "not a key"}, {"course": str(2**100)}])
def test_an_invitation_that_names_nothing_known_enrols_nowhere(judge: User, context: dict[str, str]) -> None:
    invitation_accepted.send(sender=None, person=judge, context=context, invitation=None)
    assert not Enrolment.objects.exists()


def test_a_cohort_of_another_course_is_refused(built: Built, judge: User) -> None:
    other = make_course(built.page.get_parent().specific, "JWB-101")
    cohort = Cohort.objects.create(course=other.course, name="Elsewhere")
    with pytest.raises(ValueError, match="another course"):
        enrolment.enrol(person=judge, course=built.course, cohort=cohort, actor=None)


def test_who_withdraws_and_returns_goes_on_where_they_stopped(
    enrolled: Enrolment, finish: Callable[..., None], registrar: User
) -> None:
    finish(enrolled, short=2)
    enrolment.withdraw(enrolment=enrolled, actor=registrar)
    back = enrolment.enrol(person=enrolled.person, course=enrolled.course, actor=registrar)
    assert back.pk == enrolled.pk
    assert (back.status, back.done_count) == (EnrolmentStatus.ACTIVE, 2)


def test_who_withdraws_after_completing_keeps_the_completion(
    enrolled: Enrolment, finish: Callable[..., None], registrar: User
) -> None:
    finish(enrolled)
    gone = enrolment.withdraw(enrolment=enrolled, actor=registrar)
    assert gone.completed_at is not None
    back = enrolment.enrol(person=enrolled.person, course=enrolled.course, actor=registrar)
    assert back.status == EnrolmentStatus.COMPLETED


def test_moving_to_a_newer_syllabus_counts_anew_and_takes_nothing_back(
    built: Built,
    enrolled: Enrolment,
    prosecutor: User,
    registrar: User,
    finish: Callable[..., None],
) -> None:
    half = enrolment.enrol(person=prosecutor, course=built.course, actor=None)
    finish(enrolled)
    finish(half, short=2)
    add_lesson(built, built.modules[1])
    version = syllabus.freeze(course=built.course)
    enrolment.move_to_syllabus(enrolments=[enrolled, half], version=version, actor=registrar)
    enrolled.refresh_from_db()
    half.refresh_from_db()
    assert (enrolled.status, enrolled.done_count, enrolled.required_count) == ("completed", 4, 5)
    assert (half.status, half.done_count, half.percent) == ("active", 2, 40)
    assert AuditEntry.objects.filter(verb="moved_to_syllabus", actor=registrar).count() == 2
