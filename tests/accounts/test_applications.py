"""Joining by application."""

import datetime
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts import applications, signals
from accounts.models import Application, AuditEntry, Institution, User
from accounts.models.joining import CONFIRMATION_LIFE

pytestmark = pytest.mark.database

ANSWERS = {
    "name": "Ahmad Darwish",
    "email": "Ahmad@Court.example",
    "country": "JO",
    "role": "prosecutor",
    "institution": "Amman Prosecution",
    "motivation": "",
    "language": "ar",
}
PATH = "/en/people/apply/"


@pytest.fixture
def approved() -> Iterator[list[dict[str, Any]]]:
    """What a floor above is told of."""
    told: list[dict[str, Any]] = []

    def listen(**news: Any) -> None:
        told.append(news)

    signals.application_approved.connect(listen)
    yield told
    signals.application_approved.disconnect(listen)


@pytest.fixture
def waiting(client: Client, db: None, link_in: Callable) -> Application:
    """An application whose address is confirmed."""
    client.post(PATH + "?course=TIP-101", ANSWERS)
    client.post(link_in(mail.outbox[-1]))
    mail.outbox.clear()
    return Application.objects.waiting().get()


def test_an_application_waits_for_its_address_to_be_confirmed(
    client: Client, db: None, link_in: Callable
) -> None:
    answer = client.post(PATH + "?course=TIP-101", ANSWERS)
    assert answer["Location"] == "/en/people/apply/received/"
    application = Application.objects.get()
    assert (application.email, application.context) == ("ahmad@court.example", {"course": "TIP-101"})
    assert not Application.objects.waiting().exists()
    link = link_in(mail.outbox[-1])
    assert link.startswith("/ar/")
    assert client.get(link).status_code == 200
    assert not Application.objects.waiting().exists()
    assert client.post(link).status_code == 200
    assert Application.objects.waiting().get() == application
    assert client.post(link).status_code == 404


def test_wrong_and_expired_links_confirm_nothing(client: Client, db: None, link_in: Callable) -> None:
    client.post(PATH, ANSWERS)
    link = link_in(mail.outbox[-1])
    assert client.post(link[:-3] + "xx/").status_code == 404
    Application.objects.update(created_at=timezone.now() - CONFIRMATION_LIFE - datetime.timedelta(seconds=1))
    assert client.post(link).status_code == 404
    assert not Application.objects.waiting().exists()


def test_applying_tells_nothing_about_the_address(judge: User, waiting: Application) -> None:
    pages = []
    for address in ("new@example.org", judge.email, waiting.email):
        answer = Client().post(PATH, ANSWERS | {"email": address}, follow=True)
        pages.append(re.sub(r'value="\w{64}"', "", answer.content.decode()))
    assert pages[0] == pages[1] == pages[2]
    assert [letter.to for letter in mail.outbox] == [
        ["new@example.org"],
        [judge.email],
        [waiting.email],
    ]
    assert set(Application.objects.values_list("email", flat=True)) == {
        "new@example.org",
        waiting.email,
    }


def test_applying_again_before_confirming_replaces_the_first(
    client: Client, db: None, link_in: Callable
) -> None:
    client.post(PATH, ANSWERS)
    first = link_in(mail.outbox[-1])
    client.post(PATH, ANSWERS | {"name": "Ahmad M. Darwish"})
    assert client.post(first).status_code == 404
    assert Application.objects.get().name == "Ahmad M. Darwish"


def test_applications_are_limited(client: Client, db: None) -> None:
    answers = [client.post(PATH, ANSWERS) for _attempt in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert "Too many attempts" in answers[-1].content.decode()


def test_an_incomplete_application_is_not_taken(client: Client, db: None) -> None:
    for name in ("name", "email", "country", "role", "institution"):
        assert client.post(PATH, ANSWERS | {name: ""}).status_code == 200
    assert not Application.objects.exists()
    assert not mail.outbox


def test_approval_opens_the_account_and_sends_a_link_to_set_a_password(
    waiting: Application, registrar: User, approved: list[dict[str, Any]], link_in: Callable
) -> None:
    prosecution = Institution.objects.create(name="Amman prosecution", country="JO")
    person = applications.approve(application=waiting, actor=registrar)
    assert (person.email, person.language, person.time_zone) == (
        "ahmad@court.example",
        "ar",
        "Asia/Amman",
    )
    assert person.institution == prosecution
    assert person.role_names == {"learner"}
    assert not person.has_usable_password()
    waiting.refresh_from_db()
    assert (waiting.status, waiting.decided_by, waiting.person) == ("approved", registrar, person)
    assert [(news["person"], news["context"], news["actor"]) for news in approved] == [
        (person, {"course": "TIP-101"}, registrar)
    ]
    assert AuditEntry.objects.filter(verb="application_approved", actor=registrar).exists()

    client = Client()
    link = link_in(mail.outbox[-1])
    assert link.startswith("/ar/account/password/reset/key/")
    page = client.get(link, follow=True)
    new = {"password1": "a lamp in the corridor", "password2": "a lamp in the corridor"}
    client.post(page.redirect_chain[-1][0], new)
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_decision_is_taken_once(waiting: Application, registrar: User) -> None:
    applications.approve(application=waiting, actor=registrar)
    with pytest.raises(applications.NotWaiting):
        applications.approve(application=waiting, actor=registrar)
    with pytest.raises(applications.NotWaiting):
        applications.decline(application=waiting, actor=registrar)


def test_an_unconfirmed_application_is_not_decided(client: Client, registrar: User) -> None:
    client.post(PATH, ANSWERS)
    with pytest.raises(applications.NotWaiting):
        applications.approve(application=Application.objects.get(), actor=registrar)


def test_approval_uses_the_account_that_the_address_got_meanwhile(
    waiting: Application, registrar: User, make_person: Callable, approved: list[dict[str, Any]]
) -> None:
    person = make_person(waiting.email, name="Ahmad Darwish")
    assert applications.approve(application=waiting, actor=registrar) == person
    assert approved[0]["person"] == person
    assert "/account/login/" in mail.outbox[-1].body


def test_declining_tells_the_applicant_and_keeps_no_reason(waiting: Application, registrar: User) -> None:
    applications.decline(application=waiting, actor=registrar, reason="The course\nis full.")
    waiting.refresh_from_db()
    assert waiting.status == "declined"
    assert not User.objects.filter(email=waiting.email).exists()
    assert "The course is full." in mail.outbox[-1].body
    assert AuditEntry.objects.get(verb="application_declined").data == {}
