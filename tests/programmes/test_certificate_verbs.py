"""What staff do with a certificate: the name corrected, another kind issued, renewed for somebody."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import AuditEntry, User
from certificates import issuing
from certificates.choices import Kind, Status
from certificates.models import Certificate
from courses import awards, progress
from courses.models import Enrolment, Renewal, SyllabusVersion

from .certifying import address

pytestmark = pytest.mark.database


# --- another name ----------------------------------------------------------------------------------
RIGHT = {"name": "Lucía Fernández Ruiz", "latin_name": "", "with_profile": "on"}


def test_a_name_is_corrected_after_a_look_at_old_and_new(
    certified: Callable[..., Certificate],
    judge: User,
    staff: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    old = certified(judge, days=400)
    seen = staff.post(address(old, "name/"), RIGHT).text
    assert "Lucía Fernández Ruiz" in seen
    assert ">Lucía Fernández<" in seen
    assert Certificate.objects.count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        staff.post(address(old, "name/"), {**RIGHT, "confirmed": "yes"})
    old.refresh_from_db()
    new = old.superseded_by
    assert (old.status, new.status) == (Status.SUPERSEDED, Status.ISSUED)
    assert (old.name, new.name) == ("Lucía Fernández", "Lucía Fernández Ruiz")
    assert new.printed("es").course == old.printed("es").course
    assert new.valid_until == old.valid_until
    judge.refresh_from_db()
    assert judge.name == "Lucía Fernández Ruiz"
    letter = mail.outbox[0]
    assert letter.to == [judge.email]
    assert letter.extra_headers["Content-Language"] == "es"
    assert new.number in letter.body
    assert f"/es/certificates/{new.number}/" in letter.body
    verbs = AuditEntry.objects.values_list("verb", flat=True)
    assert {"superseded", "name_corrected"} <= set(verbs)


def test_the_account_keeps_its_name_where_staff_say_so(
    certified: Callable[..., Certificate], judge: User, staff: Any
) -> None:
    old = certified(judge)
    staff.post(address(old, "name/"), {"name": "Lucía F.", "confirmed": "yes"})
    judge.refresh_from_db()
    assert judge.name == "Lucía Fernández"
    assert Certificate.objects.get(status=Status.ISSUED).name == "Lucía F."


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Lucía Fernández", "The certificate says exactly this."),
        ("", "This field is required."),
        ("Lucía 🦄", "Our fonts have no letters for this: 🦄"),
        ("http://example.org", "Enter a valid value."),
        ("Lucía \u202eodnanreF", "Enter a valid value."),
        ("Lucía\u2028Fernández", "Enter a valid value."),
    ],
)
def test_a_name_that_cannot_be_meant_is_refused_and_kept_in_the_form(
    name: str, words: str, certified: Callable[..., Certificate], judge: User, staff: Any
) -> None:
    old = certified(judge)
    page = staff.post(address(old, "name/"), {"name": name, "confirmed": "yes"}).text
    assert words in page
    assert f'value="{name}"' in page or not name
    assert Certificate.objects.count() == 1


def test_a_letter_that_no_font_has_needs_a_name_in_latin_letters(
    certified: Callable[..., Certificate], judge: User, staff: Any
) -> None:
    old = certified(judge)
    typed = {"name": "高橋 花子", "latin_name": "Hanako Takahashi", "confirmed": "yes"}
    staff.post(address(old, "name/"), typed)
    assert Certificate.objects.get(status=Status.ISSUED).stated.latin_name == "Hanako Takahashi"


def test_what_was_entered_may_be_changed_once_more(
    certified: Callable[..., Certificate], judge: User, staff: Any
) -> None:
    old = certified(judge)
    page = staff.post(address(old, "name/"), {**RIGHT, "change": "yes"}).text
    assert 'value="Lucía Fernández Ruiz"' in page
    assert "Compare old and new" in page


def test_a_certificate_is_corrected_once_only(
    certified: Callable[..., Certificate], judge: User, staff: Any
) -> None:
    old = certified(judge)
    staff.post(address(old, "name/"), {**RIGHT, "confirmed": "yes"})
    again = staff.post(address(old, "name/"), {**RIGHT, "name": "X", "confirmed": "yes"}, follow=True)
    assert "was withdrawn or replaced before" in again.text
    assert Certificate.objects.count() == 2


# --- another kind ----------------------------------------------------------------------------------
def test_a_certificate_is_issued_as_another_kind_and_the_old_one_replaced(
    certified: Callable[..., Certificate], judge: User, staff: Any
) -> None:
    old = certified(judge)
    issue = f"/en/staff/enrolments/{old.award_key}/certificate/"
    assert f"The certificate {old.number} (Completion) is replaced by the new one." in staff.get(issue).text
    staff.post(issue, {"kind": "tutored"})
    old.refresh_from_db()
    assert (old.status, old.superseded_by.kind) == (Status.SUPERSEDED, Kind.TUTORED)
    assert "A certificate of this kind stands already." in staff.post(issue, {"kind": "tutored"}).text


def test_attendance_is_certified_before_the_end_and_replaced_at_the_end(
    run: Any, enrolled: Callable[..., Enrolment], judge: User, staff: Any
) -> None:
    taken = enrolled(judge, done=3)
    issue = f"/en/staff/enrolments/{taken.key}/certificate/"
    staff.post(issue, {"kind": "completion"})
    assert not Certificate.objects.exists()
    staff.post(issue, {"kind": "attendance"})
    attended = Certificate.objects.get()
    assert attended.kind == Kind.ATTENDANCE
    progress.complete_item(enrolment=taken, item_key=run.keys[3], how="read", language="es")
    attended.refresh_from_db()
    assert attended.superseded_by.kind == Kind.COMPLETION


def test_who_has_not_begun_is_not_certified(
    enrolled: Callable[..., Enrolment], judge: User, staff: Any
) -> None:
    taken = enrolled(judge)
    assert staff.get(f"/en/staff/enrolments/{taken.key}/certificate/").status_code == 404


# --- a renewal for somebody ------------------------------------------------------------------------
def test_a_course_that_is_no_longer_offered_is_not_renewed(
    certified: Callable[..., Certificate], judge: User, staff: Any
) -> None:
    found = certified(judge, days=10)
    renew = f"/en/staff/enrolments/{found.award_key}/renew/"
    assert "The course is no longer offered" in staff.get(renew).text
    assert "cannot be renewed" in staff.post(renew, follow=True).text
    assert not Renewal.objects.exists()
    assert SyllabusVersion.objects.count() == 1


def test_staff_begin_no_renewal_of_a_certificate_that_has_time(
    certified: Callable[..., Certificate], judge: User, staff: Any
) -> None:
    found = certified(judge, days=300)
    assert staff.get(f"/en/staff/enrolments/{found.award_key}/renew/").status_code == 404


def test_a_list_taken_home_names_the_newest_certificate(
    run: Any, certified: Callable[..., Certificate], judge: User, staff: Any
) -> None:
    old = certified(judge, days=10)
    taken = Enrolment.objects.get(person=judge)
    renewal = Renewal.objects.create(enrolment=taken, syllabus=run.version, renewed_award=taken.key)
    new = issuing.issue(statement=replace(old.stated, award_key=renewal.key), person=judge, renews=old)
    body = b"".join(staff.get("/en/staff/learners.csv").streaming_content).decode()
    assert new.number in body
    assert old.number not in body
    page = staff.get(f"/en/staff/learners/{judge.key}/").text
    assert new.number in page
    assert old.number in page


def test_a_second_click_finds_the_renewal_begun(
    run: Any, certified: Callable[..., Certificate], judge: User, staff: Any
) -> None:
    found = certified(judge, days=10)
    taken = Enrolment.objects.get(person=judge)
    Renewal.objects.create(enrolment=taken, syllabus=run.version, renewed_award=taken.key)
    second = staff.post(f"/en/staff/enrolments/{found.award_key}/renew/")
    assert second["Location"] == f"/en/staff/learners/{judge.key}/"
    assert Renewal.objects.count() == 1


def test_a_withdrawn_renewal_is_issued_again_once(
    run: Any, certified: Callable[..., Certificate], judge: User, staff: Any
) -> None:
    certified(judge, days=10)
    taken = Enrolment.objects.get(person=judge)
    renewal = Renewal.objects.create(enrolment=taken, syllabus=run.version, renewed_award=taken.key)
    renewal.completed_at = timezone.now()
    renewal.save()
    gone = awards.renew(renewal=renewal)
    again = address(gone, "again/")
    assert staff.post(again).status_code == 404, "it stands"
    issuing.revoke(certificate=gone, reason="holders_request", actor=None)
    pages = [staff.post(again, follow=True).text for _click in range(2)]
    assert "was issued" in pages[0]
    assert "was withdrawn or replaced before" in pages[1]
    assert Certificate.objects.for_award(renewal.key).count() == 2


def test_two_who_issue_another_kind_in_one_moment_leave_one_certificate(
    certified: Callable[..., Certificate], judge: User, staff: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = certified(judge)
    real = issuing.supersede

    def overtaken(**asked: Any) -> Certificate:
        real(**asked)
        return real(**asked)

    monkeypatch.setattr(issuing, "supersede", overtaken)
    page = f"/en/staff/enrolments/{old.award_key}/certificate/"
    assert staff.post(page, {"kind": "tutored"})["Location"] == page
    assert Certificate.objects.filter(status=Status.ISSUED).count() == 1
