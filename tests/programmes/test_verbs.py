"""What staff do: each change, what it leaves alone, and what is written down."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from accounts import invitations
from accounts.models import Application, AuditEntry, Invitation, User
from certificates.models import Certificate
from courses.models import Cohort, Enrolment
from programmes import changes, cohorts, joining

pytestmark = pytest.mark.database


def written(verb: str) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(verb=verb))


# --- people come in --------------------------------------------------------------------------------
def test_a_person_with_an_account_is_enrolled_by_address(run: Any, judge: User, staff: Any) -> None:
    answer = staff.post(f"{run.url}enrol/", {"email": "Judge@Example.org", "language": "es"}, follow=True)
    taken = Enrolment.objects.get(person=judge)
    assert (taken.cohort, taken.due_on) == (run.cohort, run.cohort.ends_on)
    assert "Lucía Fernández is enrolled in this cohort." in answer.content.decode()
    assert [one.target_key for one in written("enrolled")] == [str(taken.key)]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_new_address_is_invited_and_joins_the_cohort_by_accepting(
    run: Any, registrar: User, staff: Any
) -> None:
    staff.post(f"{run.url}enrol/", {"email": "new@example.org", "name": "Nueva", "language": "es"})
    invitation = Invitation.objects.get()
    assert invitation.context == {"cohort": str(run.cohort.key)}
    assert mail.outbox[0].to == ["new@example.org"]
    assert "and 1 invited" in staff.get(run.url).content.decode()
    person = invitations.join(invitation=invitation, password="correct horse", name="Nueva", country="MX")
    assert Enrolment.objects.get(person=person).cohort == run.cohort


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_an_address_is_not_invited_twice_but_written_to_again(run: Any, registrar: User) -> None:
    for _time in range(2):
        joining.add(email="new@example.org", cohort=run.cohort, actor=registrar, language="es")
    assert Invitation.objects.count() == 1
    assert len(mail.outbox) == 2


def test_whoever_takes_the_course_in_another_cohort_stays_there(
    run: Any, judge: User, enrolled: Callable[..., Enrolment], staff: Any
) -> None:
    other = Cohort.objects.create(course=run.cohort.course, name="Another")
    taken = enrolled(judge)
    answer = staff.post(
        f"/en/staff/cohorts/{other.key}/enrol/", {"email": judge.email, "language": "es"}, follow=True
    )
    assert "takes this course already" in answer.content.decode()
    taken.refresh_from_db()
    assert taken.cohort == run.cohort


def apply(**fields: Any) -> Application:
    return Application.objects.create(
        token_hash="t",
        email="new@example.org",
        name="Nueva Jueza",
        country="PE",
        role="judge",
        institution="Corte",
        confirmed_at=timezone.now(),
        **fields,
    )


def test_an_application_is_approved_into_a_cohort(run: Any, staff: Any) -> None:
    application = apply(context={"course": "tip-101"})
    listed = staff.get("/en/staff/applications/").content.decode()
    assert "Nueva Jueza" in listed
    assert "TIP-101" in listed
    address = f"/en/staff/applications/{application.key}/"
    assert "Nueva Jueza" in staff.get(address).content.decode()
    staff.post(f"{address}approve/", {"cohort": run.cohort.pk})
    person = User.objects.get(email="new@example.org")
    assert Enrolment.objects.get(person=person).cohort == run.cohort
    assert staff.get(address).status_code == 404


def test_an_application_is_declined_on_a_page_of_its_own(staff: Any) -> None:
    application = apply()
    address = f"/en/staff/applications/{application.key}/decline/"
    staff.get(address)
    application.refresh_from_db()
    assert application.status == "submitted"
    staff.post(address, {"reason": ""})
    application.refresh_from_db()
    assert application.status == "declined"
    assert not User.objects.filter(email="new@example.org").exists()


@pytest.mark.parametrize(("word", "status"), [("approve", "active"), ("decline", "withdrawn")])
def test_a_request_for_a_course_is_decided(
    run: Any, judge: User, enrolled: Callable[..., Enrolment], staff: Any, word: str, status: str
) -> None:
    taken = enrolled(judge, status="applied")
    assert "Lucía" in staff.get("/en/staff/applications/").content.decode()
    staff.post(f"/en/staff/requests/{taken.key}/{word}/", {"cohort": run.cohort.pk})
    taken.refresh_from_db()
    assert taken.status == status
    assert (
        "Lucía"
        not in staff.get("/en/staff/applications/").content.decode().split("<main")[1].split("</h1>")[1]
    )


# --- chosen people ---------------------------------------------------------------------------------
def test_nothing_changes_before_it_is_confirmed_and_the_list_is_returned_to(
    run: Any, fill: Callable[..., list[Enrolment]], staff: Any
) -> None:
    chosen = fill(3, done=1)
    back = f"{run.url}?country=MX&page=1"
    day = timezone.localdate() + datetime.timedelta(days=90)
    query = {"act": "extend", "who": [str(one.key) for one in chosen], "next": back}
    page = staff.get("/en/staff/enrolments/change/", query).content.decode()
    assert "3 learners are chosen" in page
    assert "Learner 002" in page
    assert not written("deadline_changed")
    answer = staff.post("/en/staff/enrolments/change/", {**query, "due_on": day.isoformat()})
    assert answer["Location"] == back
    assert set(run.cohort.enrolments.values_list("due_on", flat=True)) == {day}
    assert len(written("deadline_changed")) == 3


def test_a_list_elsewhere_is_never_returned_to(
    run: Any, enrolled: Callable[..., Enrolment], judge: User, staff: Any
) -> None:
    query = {"act": "withdraw", "who": str(enrolled(judge).key), "next": "https://evil.example/"}
    answer = staff.post("/en/staff/enrolments/change/", query)
    assert answer["Location"] == "/en/staff/learners/"


@pytest.mark.parametrize("query", [{"act": "extend"}, {"act": "move", "who": []}])
def test_choosing_nobody_leads_back_with_a_sentence(staff: Any, query: dict[str, Any]) -> None:
    answer = staff.get("/en/staff/enrolments/change/", query, follow=True)
    assert "Choose at least one learner" in answer.content.decode()


def test_people_of_two_courses_are_not_moved_together(
    another_run: Callable[..., Any], enrolled: Callable[..., Enrolment], judge: User, staff: Any
) -> None:
    other = another_run("JWB-101", "Other")
    second = enrolled(
        judge, course=other.cohort.course, cohort=other.cohort, syllabus=other.version, status="active"
    )
    query = {"act": "move", "who": [enrolled(judge).key, second.key]}
    answer = staff.get("/en/staff/enrolments/change/", query, follow=True)
    assert "Choose learners of one course" in answer.content.decode()


def test_an_unknown_action_or_person_is_not_found(
    enrolled: Callable[..., Enrolment], judge: User, staff: Any
) -> None:
    taken = enrolled(judge)
    for query in ({"act": "expel", "who": taken.key}, {"act": "extend", "who": "1 OR 1=1"}):
        assert staff.get("/en/staff/enrolments/change/", query).status_code == 404


def test_a_deadline_in_the_past_is_refused(
    enrolled: Callable[..., Enrolment], judge: User, staff: Any
) -> None:
    query = {"act": "extend", "who": str(enrolled(judge).key), "due_on": "2020-01-01"}
    page = staff.post("/en/staff/enrolments/change/", query).content.decode()
    assert "Choose today or a later day." in page
    assert not written("deadline_changed")


def test_a_deadline_is_not_given_to_who_completed_or_left(
    enrolled: Callable[..., Enrolment], judge: User, prosecutor: User, registrar: User
) -> None:
    both = [enrolled(judge, done=4), enrolled(prosecutor, status="withdrawn")]
    day = timezone.localdate()
    assert changes.extend(enrolments=both, due_on=day, actor=registrar) == []


def test_people_move_with_their_progress_and_take_the_new_last_day(
    run: Any, enrolled: Callable[..., Enrolment], judge: User, registrar: User
) -> None:
    later = run.cohort.ends_on + datetime.timedelta(days=99)
    other = Cohort.objects.create(course=run.cohort.course, name="Another", ends_on=later)
    taken = enrolled(judge, done=2)
    [moved] = changes.move(enrolments=[taken], cohort=other, actor=registrar)
    assert (moved.cohort, moved.due_on, moved.done_count) == (other, later, 2)
    assert written("moved_to_cohort")[0].data == {"from": str(run.cohort.key), "to": str(other.key)}
    assert changes.move(enrolments=[taken], cohort=other, actor=registrar) == []


def test_nobody_is_moved_to_a_run_of_another_course(
    run: Any,
    another_run: Callable[..., Any],
    enrolled: Callable[..., Enrolment],
    judge: User,
    registrar: User,
    staff: Any,
) -> None:
    other, taken = another_run("JWB-101", "Other"), enrolled(judge)
    alone = staff.get("/en/staff/enrolments/change/", {"act": "move", "who": taken.key}, follow=True)
    assert "There is no other cohort of this course." in alone.content.decode()
    Cohort.objects.create(course=run.cohort.course, name="Another")
    with pytest.raises(changes.AnotherCourse):
        changes.move(enrolments=[taken], cohort=other.cohort, actor=registrar)
    query = {"act": "move", "who": str(taken.key), "cohort": other.cohort.pk}
    assert staff.post("/en/staff/enrolments/change/", query).status_code == 200
    taken.refresh_from_db()
    assert taken.cohort == run.cohort


def test_withdrawing_keeps_what_was_done_and_the_certificate(
    run: Any, enrolled: Callable[..., Enrolment], judge: User, registrar: User, staff: Any
) -> None:
    taken = enrolled(judge, done=4)
    staff.post(f"/en/staff/enrolments/{taken.key}/certificate/", {"kind": "completion"})
    [gone] = changes.withdraw(enrolments=[taken], actor=registrar)
    assert gone.pk == taken.pk
    taken.refresh_from_db()
    assert (taken.status, taken.completions.count()) == ("withdrawn", 4)
    assert Certificate.objects.get().status == "issued"


# --- one person ------------------------------------------------------------------------------------
def test_a_certificate_is_issued_withdrawn_and_issued_anew(
    enrolled: Callable[..., Enrolment], judge: User, staff: Any
) -> None:
    taken = enrolled(judge, done=4)
    issue = f"/en/staff/enrolments/{taken.key}/certificate/"
    staff.get(issue)
    assert not Certificate.objects.exists()
    staff.post(issue, {"kind": "completion"})
    staff.post(issue, {"kind": "completion"})
    first = Certificate.objects.get()
    page = staff.get(f"/en/staff/learners/{judge.key}/").content.decode()
    assert first.number in page
    assert "Issue the certificate" not in page
    revoke = f"/en/staff/certificates/{first.number}/withdraw/"
    assert "This field is required." in staff.post(revoke).content.decode()
    staff.post(revoke, {"reason": "issued_in_error"})
    first.refresh_from_db()
    assert (first.status, first.revoke_reason) == ("revoked", "issued_in_error")
    again = staff.post(revoke, {"reason": "issued_in_error"}, follow=True).content.decode()
    assert "was withdrawn or replaced before" in again
    staff.post(issue, {"kind": "completion"})
    assert Certificate.objects.filter(status="issued").exclude(pk=first.pk).count() == 1
    assert [one.actor.email for one in written("issued")] == ["registrar@example.org"] * 2


def test_no_completion_is_certified_before_the_course_is_completed(
    enrolled: Callable[..., Enrolment], judge: User, staff: Any
) -> None:
    taken = enrolled(judge, done=3)
    staff.post(f"/en/staff/enrolments/{taken.key}/certificate/", {"kind": "completion"})
    assert not Certificate.objects.exists()


def test_extra_time_is_set_within_bounds_and_the_record_does_not_say_how_much(
    enrolled: Callable[..., Enrolment], judge: User, staff: Any
) -> None:
    address = f"/en/staff/learners/{judge.key}/extra-time/"
    assert staff.post(address, {"extra_time": "9"}).status_code == 200
    staff.post(address, {"extra_time": "1.25"})
    judge.refresh_from_db()
    assert judge.extra_time == Decimal("1.25")
    assert [one.data for one in written("extra_time_changed")] == [{}]
    assert "1.25 times the usual time" in staff.get(f"/en/staff/learners/{judge.key}/").content.decode()


# --- cohorts ---------------------------------------------------------------------------------------
def fields_of(run: Any, **changed: Any) -> dict[str, Any]:
    cohort = run.cohort
    return {
        "course": cohort.course.pk,
        "name": cohort.name,
        "starts_on": cohort.starts_on.isoformat(),
        "ends_on": cohort.ends_on.isoformat(),
        "place": cohort.place,
        "languages": ["es"],
        **changed,
    }


def test_a_cohort_is_opened_by_form(run: Any, registrar: User, staff: Any) -> None:
    staff.post("/en/staff/cohorts/new/", fields_of(run, name="Judges 2027 A", staff=[registrar.pk]))
    made = Cohort.objects.get(name="Judges 2027 A")
    assert (made.course, made.languages, list(made.staff.all())) == (run.cohort.course, ["es"], [registrar])
    assert written("cohort_opened")[0].target_key == str(made.key)


def test_a_cohort_cannot_end_before_it_begins(run: Any, staff: Any) -> None:
    page = staff.post(f"{run.url}edit/", fields_of(run, ends_on="2020-01-01")).content.decode()
    assert "Enter a day after the first day, or the same day." in page
    assert "<title>Problem: " in page


def test_a_new_last_day_is_followed_by_those_who_had_the_old_one(
    run: Any, enrolled: Callable[..., Enrolment], judge: User, prosecutor: User, staff: Any
) -> None:
    longer = run.cohort.ends_on + datetime.timedelta(days=7)
    own = run.cohort.ends_on + datetime.timedelta(days=30)
    usual, extended = enrolled(judge), enrolled(prosecutor, due_on=own)
    staff.post(f"{run.url}edit/", fields_of(run, ends_on=longer.isoformat()))
    usual.refresh_from_db()
    extended.refresh_from_db()
    assert (usual.due_on, extended.due_on) == (longer, own)
    assert written("cohort_changed")[0].data == {"fields": ["ends_on", "languages"]}


def test_a_cohort_with_people_keeps_its_course(
    run: Any,
    another_run: Callable[..., Any],
    enrolled: Callable[..., Enrolment],
    judge: User,
    registrar: User,
    staff: Any,
) -> None:
    enrolled(judge)
    other = another_run("JWB-101", "Other").cohort.course
    staff.post(f"{run.url}edit/", fields_of(run, course=other.pk))
    run.cohort.refresh_from_db()
    assert run.cohort.course != other
    with pytest.raises(cohorts.NotThisCourse):
        cohorts.change_cohort(cohort=run.cohort, actor=registrar, staff=[], course=other)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", True),
        ("q=puebla", True),
        ("q=nowhere", False),
        ("when=running", True),
        ("when=ended", False),
        ("when=coming", False),
        ("course=TIP-101", True),
        ("course=NONE", True),
    ],
)
def test_cohorts_are_filtered(run: Any, staff: Any, query: str, shown: bool) -> None:
    page = staff.get(f"/en/staff/cohorts/?{query}").content.decode()
    assert ("Judges 2026 B" in page) is shown
