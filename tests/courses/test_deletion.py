"""Whatever is deleted in the ways there are, the register and what it vouches for stay."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, User
from certificates import designs, documents, runs, seal
from certificates.checking import Register, Verdict, check_file, check_text
from certificates.choices import RunKind, RunProblem
from certificates.models import Certificate, Design, StoredDocument
from courses import enrolment, names, outline, progress, quizzes, syllabus
from courses.models import (
    Cohort,
    Course,
    CoursePage,
    Enrolment,
    ExpiryReminder,
    NameCheck,
    Renewal,
    SyllabusVersion,
)
from portal.demo import pictures
from programmes import ceremony

from .conftest import Built, make_course

pytestmark = [pytest.mark.django_db, pytest.mark.database]


class Held:
    """A certificate with its file, and all of it as it was before something is deleted."""

    def __init__(self, certificate: Certificate) -> None:
        self.number = certificate.number
        self.language = certificate.languages[0]
        self.pdf = documents.read(documents.obtain(certificate=certificate, language=self.language))
        self.code = seal.seal(certificate, language=self.language)
        self.said = self._said()

    def _said(self) -> dict[str, Any]:
        left_out = ("person", "person_id")
        row = Certificate.objects.filter(number=self.number).values().get()
        return {name: value for name, value in row.items() if name not in left_out}

    def stands(self, visitor: Client) -> None:
        """Everything that vouches for it is as it was, and a file not drawn before is drawn now."""
        assert self._said() == self.said
        stored = StoredDocument.objects.get(certificate__number=self.number, language=self.language)
        assert documents.read(stored) == self.pdf
        assert hashlib.sha256(self.pdf).hexdigest() == stored.sha256
        assert check_file(self.pdf, Register()).verdict == Verdict.VALID
        assert check_text(self.code, Register()).verdict == Verdict.VALID
        answer = visitor.get(f"/en/verify/{self.number}/")
        assert self.said["name"] in answer.text
        assert "valid" in answer.text
        certificate = Certificate.objects.get(number=self.number)
        fresh = documents.obtain(certificate=certificate, language=certificate.languages[1])
        assert documents.read(fresh).startswith(b"%PDF")


@pytest.fixture
def design(built: Built) -> Design:
    """The design of the course, with a logo."""
    return designs.save(
        design=Design(name="Ours"), words={}, images={"logo": pictures.logo()}, signatories=[], actor=None
    )


@pytest.fixture
def cohort(built: Built) -> Cohort:
    return Cohort.objects.create(course=built.course, name="Judges 2026 B")


@pytest.fixture
def held(built: Built, judge: User, cohort: Cohort, design: Design, finish: Callable[..., None]) -> Held:
    """What the judge holds of the course."""
    taken = enrolment.enrol(person=judge, course=built.course, cohort=cohort, actor=None, language="es")
    finish(taken)
    return Held(Certificate.objects.get(award_key=taken.key))


def test_a_course_page_is_deleted_in_the_editor(
    held: Held, built: Built, administrator: User, browse: Callable[..., Client]
) -> None:
    desk = browse(administrator)
    answer = desk.post(f"/cms/pages/{built.page.pk}/delete/", follow=True)
    assert answer.status_code == 200
    assert not CoursePage.objects.filter(pk=built.page.pk).exists()
    held.stands(Client())
    holder = browse(Enrolment.objects.get().person)
    assert holder.get(f"/en/certificates/{held.number}/").status_code == 200
    assert holder.get("/en/my-learning/").status_code == 200


def test_a_course_that_somebody_took_is_not_deleted_and_the_editor_says_why(
    held: Held, built: Built, administrator: User, browse: Callable[..., Client]
) -> None:
    built.page.refresh_from_db()
    built.page.delete()
    desk = browse(administrator)
    address = f"/cms/snippets/courses/course/delete/{built.course.pk}/"
    for answer in (desk.get(address, follow=True), desk.post(address, follow=True)):
        assert answer.status_code == 200
        assert "people have taken it" in answer.text
    with pytest.raises(ProtectedError), transaction.atomic():
        built.course.delete()
    assert Course.objects.filter(pk=built.course.pk).exists()
    held.stands(Client())


def test_a_course_is_not_deleted_among_others_either(
    held: Held, built: Built, administrator: User, browse: Callable[..., Client]
) -> None:
    desk = browse(administrator)
    address = f"/cms/bulk/courses/course/delete/?id={built.course.pk}&next=/cms/snippets/courses/course/"
    desk.post(address, follow=True)
    assert Course.objects.filter(pk=built.course.pk).exists()
    held.stands(Client())


def test_a_course_that_nobody_took_is_deleted(
    catalogue_page: Any, administrator: User, browse: Callable[..., Client]
) -> None:
    other = make_course(catalogue_page, "NEW-1")
    other.page.delete()
    SyllabusVersion.objects.filter(course=other.course).delete()
    browse(administrator).post(f"/cms/snippets/courses/course/delete/{other.course.pk}/")
    assert not Course.objects.filter(pk=other.course.pk).exists()


def test_a_cohort_with_people_is_not_deleted_and_an_empty_one_takes_no_certificate_along(
    held: Held, cohort: Cohort
) -> None:
    with pytest.raises(ProtectedError), transaction.atomic():
        cohort.delete()
    Enrolment.objects.update(cohort=None)
    cohort.delete()
    held.stands(Client())


def test_a_design_is_deleted_by_staff(
    held: Held, design: Design, registrar: User, browse: Callable[..., Client]
) -> None:
    browse(registrar).post(f"/en/staff/designs/{design.key}/remove/")
    assert not Design.objects.exists()
    held.stands(Client())


@pytest.mark.parametrize("way", ["editor", "many", "code"])
def test_a_person_is_deleted_and_the_name_stays_on_the_certificate(
    way: str, held: Held, judge: User, administrator: User, browse: Callable[..., Client], make_person: Any
) -> None:
    desk = browse(make_person("operator@example.org", is_superuser=True, is_staff=True))
    if way == "editor":
        desk.post(f"/cms/users/delete/{judge.pk}/")
    elif way == "many":
        desk.post(f"/cms/bulk/accounts/user/delete/?id={judge.pk}&next=/cms/users/", follow=True)
    else:
        judge.delete()
    assert not User.objects.filter(pk=judge.pk).exists()
    assert Certificate.objects.get(number=held.number).person is None
    assert not Enrolment.objects.exists()
    assert AuditEntry.objects.filter(verb="issued").exists()
    held.stands(Client())


def test_a_person_whose_papers_are_kept_is_not_deleted_and_the_editor_says_why(
    held: Held, built: Built, judge: User, make_person: Any, browse: Callable[..., Client]
) -> None:
    built.course.refresh_from_db()
    found = outline.of(page_id=built.page.pk, edition=built.course.edition, language="es")
    item = found.by_key[built.quizzes[0].key]
    taken = Enrolment.objects.get(person=judge)
    quizzes.start(page=built.quizzes[0], person=judge, enrolment=taken, item=item, found=found)
    desk = browse(make_person("operator@example.org", is_superuser=True, is_staff=True))
    for address in (
        f"/cms/users/delete/{judge.pk}/",
        f"/cms/bulk/accounts/user/delete/?id={judge.pk}&next=/cms/users/",
    ):
        answer = desk.post(address, follow=True)
        assert answer.status_code == 200
        assert "Close the account instead" in answer.text
    assert User.objects.filter(pk=judge.pk).exists()
    held.stands(Client())


def test_a_certificate_itself_is_deleted_by_nobody(
    held: Held, make_person: Any, browse: Callable[..., Client]
) -> None:
    certificate = Certificate.objects.get(number=held.number)
    desk = browse(make_person("operator@example.org", is_superuser=True, is_staff=True))
    desk.post(f"/cms/certificate-register/delete/{certificate.pk}/")
    held.stands(Client())


def test_a_syllabus_that_somebody_followed_is_not_deleted(held: Held, built: Built) -> None:
    with pytest.raises(ProtectedError), transaction.atomic():
        SyllabusVersion.objects.filter(course=built.course).delete()
    syllabus.freeze(course=built.course)
    held.stands(Client())


def test_leaving_a_course_takes_nothing_from_the_register(held: Held, registrar: User) -> None:
    taken = Enrolment.objects.get()
    enrolment.withdraw(enrolment=taken, actor=registrar)
    progress.recount(enrolment=taken)
    held.stands(Client())


def test_a_person_takes_along_what_was_asked_of_them_and_a_print_run_goes_on(
    held: Held, cohort: Cohort, judge: User, registrar: User
) -> None:
    taken = Enrolment.objects.get(person=judge)
    names.ask(cohort=cohort, due_on=timezone.localdate(), actor=registrar)
    renewal = Renewal.objects.create(enrolment=taken, syllabus=taken.syllabus, renewed_award=taken.key)
    renewal.items.create(item_key=taken.key, place=0, reason="all")
    certificate = Certificate.objects.get(number=held.number)
    ExpiryReminder.objects.create(certificate=certificate, days=90)
    run = ceremony.make(cohort=cohort, kind=RunKind.MAIL, language="", attach=True, actor=registrar)
    judge.delete()
    registrar.delete()
    assert not NameCheck.objects.exists()
    assert not Renewal.objects.exists()
    assert runs.carry_on(key=run.key) is not None
    assert run.lines.get().problem == RunProblem.NO_ADDRESS
    assert mail.outbox == []
    held.stands(Client())
