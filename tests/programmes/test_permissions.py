"""Who may open which page of the staff area: one table over all addresses and roles."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import get_resolver, reverse
from django.utils import timezone

from accounts.models import Application, AuditEntry, User
from accounts.roles import Role
from assessments import attempts, exceptions, rooms
from certificates import designs, issuing
from certificates.models import Certificate, Design, Run
from certificates.models.runs import run_storage
from courses import awards
from courses.choices import EnrolmentStatus
from courses.models import CatalogPage, Enrolment, Renewal
from courses.quizzes import spec_of
from portal.demo import pictures
from tests.courses.conftest import add_quiz, catalogue_page, make_course

__all__ = ["catalogue_page"]

SEEN = {
    "index",
    "cohorts",
    "cohort",
    "cohort_export",
    "cohort_syllabus",
    "export",
    "learners",
    "learner",
    "applications",
    "certificates",
    "certificates_export",
    "certificate",
}
TRIED = {"designs", "design", "design_sample", "design_picture"}  # seen by trainers, too
DONE = {
    "cohort_new",
    "cohort_edit",
    "enrol",
    "change",
    "ceremony",
    "names",
    "names_list",
    "run",
    "run_file",
    "extra_time",
    "attempts",
    "issue",
    "revoke",
    "correct_name",
    "renew",
    "renew_again",
    "transcript",
    "design_new",
    "design_edit",
    "design_remove",
    "application",
    "approve",
    "decline",
    "approve_request",
    "decline_request",
    "exams",
    "exam",
    "exam_marking",
    "exam_exception",
    "exam_exception_withdraw",
    "room_new",
    "room_sheet",
    "room_withdraw",
    "late_answers",
    "late_answer",
}


@pytest.fixture
def addresses(
    run: Any,
    judge: User,
    prosecutor: User,
    outsider: User,
    make_person: Callable[..., User],
    enrolled: Callable[..., Enrolment],
    catalogue_page: CatalogPage,
) -> dict[str, str]:
    """Return an address for every page, each of something that exists."""
    taken = enrolled(judge, done=4)
    former = make_person("former@example.org", Role.LEARNER, name="Former Judge")
    under_way = enrolled(outsider, done=1)
    waiting = enrolled(prosecutor, status=EnrolmentStatus.APPLIED)
    certificate = issuing.issue(statement=awards.statement_of(taken), person=judge)
    design = designs.save(
        design=Design(name="Ours"), words={}, images={"logo": pictures.logo()}, signatories=[], actor=None
    )
    application = Application.objects.create(
        token_hash="x",
        email="new@example.org",
        name="New Judge",
        country="PE",
        role="judge",
        institution="Corte Superior",
        confirmed_at=timezone.now(),
    )
    print_run = Run.objects.create(
        kind="zip",
        group_key=run.cohort.key,
        label="Judges 2026 B",
        state="done",
        finished_at=timezone.now(),
        file=run_storage().save("runs/many.zip", ContentFile(b"PK")),
        sha256="x",
    )
    arguments: dict[str, list[Any]] = {
        "cohort": [run.cohort.key],
        "cohort_edit": [run.cohort.key],
        "cohort_syllabus": [run.cohort.key],
        **{name: [run.cohort.key] for name in ("ceremony", "names", "names_list")},
        **{name: [print_run.key] for name in ("run", "run_file")},
        "enrol": [run.cohort.key],
        "cohort_export": [run.cohort.key, "csv"],
        "export": ["xlsx"],
        "learner": [judge.key],
        "extra_time": [judge.key],
        "attempts": [under_way.key, run.keys[2]],
        "issue": [taken.key],
        **{name: [certificate.number] for name in ("certificate", "revoke", "correct_name")},
        "certificates_export": ["csv"],
        "renew_again": [_withdrawn_renewal(taken).number],
        "renew": [_ended(enrolled(former, done=4), former).key],
        "transcript": [judge.key],
        **{name: [design.key] for name in ("design", "design_edit", "design_remove")},
        "design_sample": [design.key, "completion", "en"],
        "design_picture": [design.key, "logo"],
        "application": [application.key],
        "approve": [application.key],
        "decline": [application.key],
        "approve_request": [waiting.key],
        "decline_request": [waiting.key],
        **_of_a_quiz(catalogue_page, judge, make_person("staff@example.org", Role.PROGRAMME_STAFF)),
    }
    found = {
        name: reverse(f"programmes:{name}", args=arguments.get(name, [])) for name in SEEN | TRIED | DONE
    }
    found["change"] += f"?act=withdraw&who={taken.key}"
    return found


def _of_a_quiz(catalogue: CatalogPage, judge: User, staff: User) -> dict[str, list[Any]]:
    """A quiz on its page, with an exception, a code of a room and a late answer."""
    made = make_course(catalogue, "EXM-101")
    quiz = add_quiz(made, made.page)
    given = exceptions.grant(
        quiz_key=quiz.key, person=judge, attempts_allowed=3, reason="The line broke down.", actor=staff
    )
    until = timezone.now() + timedelta(hours=1)
    ticket = rooms.issue(quiz_key=quiz.key, room="Sala 1", valid_until=until, actor=staff)
    attempt = attempts.start(person=judge, quiz=spec_of(quiz), language="es", jurisdiction="MX")
    late = attempt.late_answers.create(slot=1, client_id="page-9", sequence=9, data={})
    return {
        **{name: [quiz.key] for name in ("exam", "exam_marking", "exam_exception", "room_new")},
        "exam_exception_withdraw": [given.key],
        "room_sheet": [ticket.key],
        "room_withdraw": [ticket.key],
        "late_answer": [late.pk],
    }


def _withdrawn_renewal(taken: Enrolment) -> Certificate:
    """The certificate of a renewal, withdrawn."""
    renewal = Renewal.objects.create(
        enrolment=taken,
        syllabus=taken.syllabus,
        renewed_award=taken.key,
        completed_at=timezone.now() + timedelta(seconds=1),
    )
    issued = awards.renew(renewal=renewal)
    return issuing.revoke(certificate=issued, reason="wrong_data", actor=None)


def _ended(taken: Enrolment, person: User) -> Enrolment:
    """An enrolment that is completed, and whose certificate has expired."""
    statement = replace(awards.statement_of(taken), valid_until=timezone.localdate() - timedelta(days=1))
    issuing.issue(statement=statement, person=person)
    return taken


def test_the_table_names_every_address_of_the_staff_area() -> None:
    names = {
        pattern.name
        for resolver in get_resolver().url_patterns
        for mounted in getattr(resolver, "url_patterns", [])
        if getattr(mounted, "app_name", "") == "programmes"
        for pattern in mounted.url_patterns
    }
    assert names == SEEN | TRIED | DONE


@pytest.mark.parametrize("role", [Role.LEARNER, Role.TRAINER, Role.TRANSLATOR, Role.LEGAL_REVIEWER])
def test_the_staff_area_does_not_exist_for_others(
    addresses: dict[str, str], make_person: Callable[..., User], browse: Callable[..., Any], role: Role
) -> None:
    client = browse(make_person("someone@example.org", role))
    tried = TRIED if role == Role.TRAINER else set()
    for name, address in addresses.items():
        assert client.get(address).status_code == (200 if name in tried else 404), name
        assert client.post(address).status_code in (404, 405), name


@pytest.mark.parametrize("role", [Role.PROGRAMME_STAFF, Role.ADMINISTRATOR])
def test_staff_open_every_page(
    addresses: dict[str, str], make_person: Callable[..., User], browse: Callable[..., Any], role: Role
) -> None:
    client = browse(make_person("someone@example.org", role))
    for name, address in addresses.items():
        assert client.get(address).status_code == (302 if name == "index" else 200), name


def test_auditors_see_and_do_not_act(
    addresses: dict[str, str], auditor: User, browse: Callable[..., Any]
) -> None:
    client = browse(auditor)
    for name in SEEN | TRIED:
        assert client.get(addresses[name]).status_code == (302 if name == "index" else 200), name
    before = AuditEntry.objects.exclude(verb="exported").count()
    for name in DONE:
        assert client.get(addresses[name]).status_code == 404, name
        assert client.post(addresses[name], {"act": "withdraw"}).status_code == 404, name
    assert AuditEntry.objects.exclude(verb="exported").count() == before


def test_who_is_not_signed_in_is_sent_to_sign_in_whatever_the_address_names(
    addresses: dict[str, str], browse: Callable[..., Any], run: Any
) -> None:
    missing = reverse("programmes:cohort", args=["00000000-0000-4000-8000-000000000000"])
    for address in [*addresses.values(), missing]:
        answer = browse(None).get(address)
        assert answer.status_code == 302
        assert "/account/login/" in answer["Location"]


def test_auditors_are_shown_progress_and_no_account_data(
    addresses: dict[str, str], auditor: User, judge: User, browse: Callable[..., Any]
) -> None:
    client = browse(auditor)
    for name in ("cohort", "learners", "learner", "applications"):
        page = client.get(addresses[name]).content.decode()
        assert "Lucía Fernández" in page or name == "applications"
        for told in (judge.email, "Mexico", "new@example.org", "Corte Superior"):
            assert told not in page, (name, told)
    sent = b"".join(client.get(addresses["cohort_export"]).streaming_content).decode()
    assert "Lucía Fernández" in sent
    assert judge.email not in sent


def test_an_auditor_cannot_find_people_by_what_an_auditor_does_not_see(
    addresses: dict[str, str], auditor: User, browse: Callable[..., Any]
) -> None:
    for query in ("q=judge@example.org", "country=GT&q=Nobody"):
        page = browse(auditor).get(f"{addresses['learners']}?{query}").content.decode()
        assert "Lucía" not in page
    assert "Lucía" in browse(auditor).get(f"{addresses['learners']}?country=GT").content.decode()


def test_the_record_of_changes_is_for_auditors_and_administrators(
    addresses: dict[str, str],
    auditor: User,
    administrator: User,
    registrar: User,
    browse: Callable[..., Any],
) -> None:
    for person, sees in ((auditor, True), (administrator, True), (registrar, False)):
        page = browse(person).get(addresses["learner"]).content.decode()
        assert ("Certificate issued" in page) is sees
