"""Holders are told that a certificate ends, in time, once, and only where they can do something."""

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from accounts.models import AuditEntry, User
from certificates import issuing
from certificates.models import Certificate
from courses import awards, expiry
from courses.models import Enrolment, ExpiryReminder

from .conftest import Built

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def ending(built: Built, enrolled: Enrolment, finish: Callable[..., None]) -> Callable[[int], Certificate]:
    """Return a function that gives the judge a certificate that ends in so many days."""

    def make(days: int) -> Certificate:
        finish(enrolled)
        enrolled.refresh_from_db()
        old = Certificate.objects.get(award_key=enrolled.key)
        issuing.revoke(certificate=old, reason="issued_in_error", actor=None)
        until = timezone.now().date() + datetime.timedelta(days=days)
        statement = replace(awards.statement_of(enrolled), valid_until=until)
        return issuing.issue(statement=statement, person=enrolled.person, after_revocation=True)

    return make


@pytest.fixture
def remind(django_capture_on_commit_callbacks: Any) -> Callable[..., int]:
    """Return a function that reminds on a day, so many days from now, and sends the letters."""

    def reminded(later: int = 0) -> int:
        today = timezone.now().date() + datetime.timedelta(days=later)
        with django_capture_on_commit_callbacks(execute=True):
            return expiry.remind_all(today=today)

    return reminded


def test_a_holder_is_told_ninety_and_fourteen_days_before_and_no_more(
    ending: Callable[[int], Certificate], remind: Callable[..., int]
) -> None:
    certificate = ending(100)
    sent = [day for day in range(102) for _letter in range(remind(day))]
    assert sent == [10, 86]
    letters = mail.outbox
    assert [one.to for one in letters] == [[certificate.person.email]] * 2
    assert letters[0].extra_headers["Content-Language"] == "es"
    assert certificate.number in letters[0].body
    assert f"/es/my-learning/renew/{certificate.award_key}/" in letters[0].body
    assert AuditEntry.objects.filter(verb="expiry_reminded").count() == 2


def test_a_day_that_was_missed_is_made_up_for_once(
    ending: Callable[[int], Certificate], remind: Callable[..., int]
) -> None:
    ending(5)
    assert [remind(), remind(), remind(1)] == [1, 0, 0]
    assert list(ExpiryReminder.objects.values_list("days", flat=True)) == [14]


@pytest.mark.parametrize("what", ["expired", "withdrawn", "closed", "erased", "page gone", "renewed"])
def test_nobody_is_told_who_can_do_nothing(
    what: str,
    ending: Callable[[int], Certificate],
    remind: Callable[..., int],
    built: Built,
    judge: User,
) -> None:
    certificate = ending(-1 if what == "expired" else 10)
    match what:
        case "withdrawn":
            issuing.revoke(certificate=certificate, reason="issued_in_error", actor=None)
        case "closed":
            User.objects.filter(pk=judge.pk).update(is_active=False)
        case "erased":
            judge.delete()
        case "page gone":
            built.page.unpublish()
        case "renewed":
            later = replace(certificate.stated, award_key=certificate.key, valid_until=None)
            issuing.issue(statement=later, person=judge, renews=certificate)
    assert remind() == 0
    assert not mail.outbox


def test_the_command_says_how_many_were_told(
    ending: Callable[[int], Certificate], capsys: pytest.CaptureFixture[str]
) -> None:
    ending(10)
    call_command("remind_of_expiry")
    assert capsys.readouterr().out == "1 reminders sent\n"
    call_command("remind_of_expiry")
    assert capsys.readouterr().out == "0 reminders sent\n"
