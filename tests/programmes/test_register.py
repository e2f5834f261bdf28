"""The register as staff see it: found, taken home, and with all that came of a certificate."""

import datetime
import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, User
from certificates import issuing
from certificates.choices import Status
from certificates.models import Certificate
from courses import awards
from courses.models import Enrolment

from .certifying import LIST, address

pytestmark = pytest.mark.database


# --- the list --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"judge", "prosecutor", "outsider"}),
        ("q=fernández", {"judge"}),
        ("q=rahman amina", {"prosecutor"}),
        ("state=valid", {"judge", "prosecutor"}),
        ("state=ending", {"prosecutor"}),
        ("state=expired", {"outsider"}),
        ("state=revoked", set()),
        ("kind=completion", {"judge", "prosecutor", "outsider"}),
        ("kind=transcript", set()),
        ("course=TIP-101", {"judge", "prosecutor", "outsider"}),
        ("course=nothing", {"judge", "prosecutor", "outsider"}),
    ],
)
def test_the_register_is_searched_and_filtered(
    query: str,
    expected: set[str],
    certified: Callable[..., Certificate],
    judge: User,
    prosecutor: User,
    outsider: User,
    staff: Any,
) -> None:
    numbers = {
        "judge": certified(judge).number,
        "prosecutor": certified(prosecutor, days=90).number,
        "outsider": certified(outsider, days=-1).number,
    }
    page = staff.get(f"{LIST}?{query}").text
    assert {who for who, number in numbers.items() if number in page} == expected


def test_a_number_is_found_however_it_is_written(
    certified: Callable[..., Certificate], judge: User, prosecutor: User, staff: Any
) -> None:
    wanted, other = certified(judge), certified(prosecutor)
    page = staff.get(LIST, {"q": wanted.number.lower().replace("-", " ")}).text
    assert wanted.number in page
    assert other.number not in page


def test_a_list_costs_the_same_at_any_length(
    run: Any, fill: Callable[..., list[Enrolment]], staff: Any
) -> None:
    def certify(number: int, start: int) -> int:
        for one in fill(number, done=4, start=start):
            awards.award(enrolment=one)
        cache.clear()
        with CaptureQueriesContext(connection) as counted:
            assert "Learner" in staff.get(LIST).text
        return len(counted)

    assert certify(2, 0) == certify(20, 2)


def test_the_register_is_taken_home_with_its_filters(
    certified: Callable[..., Certificate], judge: User, prosecutor: User, staff: Any, registrar: User
) -> None:
    gone, kept = certified(judge), certified(prosecutor, days=-1)
    issuing.revoke(certificate=gone, reason="issued_in_error", actor=None)
    body = b"".join(staff.get("/en/staff/certificates.csv?state=revoked").streaming_content).decode()
    assert gone.number in body
    assert "Withdrawn" in body
    assert "It was issued by mistake." in body
    assert kept.number not in body
    assert body.endswith("# rows: 1\r\n")
    whole = b"".join(staff.get("/en/staff/certificates.csv").streaming_content).decode()
    assert f"{kept.number},Amina Rahman,Completion,TIP-101" in whole
    assert ",Expired," in whole
    entry = AuditEntry.objects.filter(verb="exported").latest("pk")
    assert (entry.actor, entry.target_type) == (registrar, "certificates.certificate")


def test_a_list_taken_home_has_the_day_of_the_paper_in_every_time_zone(
    certified: Callable[..., Certificate],
    judge: User,
    registrar: User,
    staff: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    User.objects.filter(pk=registrar.pk).update(time_zone="America/Mexico_City")
    night = datetime.datetime(2026, 11, 22, 2, tzinfo=datetime.UTC)  # still the day before in Mexico
    with monkeypatch.context() as patch:
        patch.setattr("certificates.issuing.timezone.now", lambda: night)
        certified(judge)
    body = b"".join(staff.get("/en/staff/certificates.csv").streaming_content).decode()
    assert ",2026-11-22," in body


def test_the_register_is_taken_home_as_a_workbook(
    certified: Callable[..., Certificate], judge: User, staff: Any
) -> None:
    certified(judge)
    answer = staff.get("/en/staff/certificates.xlsx")
    assert b"".join(answer.streaming_content).startswith(b"PK")


# --- the page of one -------------------------------------------------------------------------------
def test_a_page_shows_all_that_was_replaced_and_renewed(
    certified: Callable[..., Certificate], judge: User, staff: Any, registrar: User
) -> None:
    first = certified(judge, days=10)
    second = issuing.supersede(
        certificate=first, statement=replace(first.stated, name="Lucía Fernández Ruiz"), actor=registrar
    )
    later = replace(second.stated, award_key=uuid.uuid4())
    third = issuing.issue(statement=later, person=judge, renews=second)
    for one in (first, second, third):
        page = staff.get(address(one)).text
        assert all(other.number in page for other in (first, second, third))
        assert "replaces" in page
        assert "renews" in page


def test_the_record_of_changes_is_shown_to_auditors_and_not_to_staff(
    certified: Callable[..., Certificate], judge: User, staff: Any, auditor: User, browse: Callable[..., Any]
) -> None:
    found = certified(judge)
    assert "Certificate issued" in browse(auditor).get(address(found)).text
    assert "Correct the name" not in browse(auditor).get(address(found)).text
    page = staff.get(address(found)).text
    assert "Record of changes" not in page
    assert "Correct the name" in page


def test_a_number_that_is_not_in_the_register_is_not_found(staff: Any) -> None:
    for page in ("", "name/", "withdraw/"):
        assert staff.get(f"{LIST}2026-AAAA-AAAA/{page}").status_code == 404


def test_the_certificate_of_somebody_who_was_erased_is_still_withdrawn(
    certified: Callable[..., Certificate], judge: User, staff: Any
) -> None:
    found = certified(judge)
    judge.delete()
    assert "The account was erased." in staff.get(address(found)).text
    staff.post(address(found, "withdraw/"), {"reason": "issued_in_error"})
    found.refresh_from_db()
    assert found.status == Status.REVOKED
