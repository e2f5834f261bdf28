"""Joining by invitation."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts import invitations, signals
from accounts.models import AuditEntry, Invitation, User
from accounts.models.joining import hash_token

pytestmark = pytest.mark.database

PASSWORD = "una lámpara en el pasillo"
ANSWERS = {
    "name": "Inés Duarte",
    "country": "MX",
    "role": "judge",
    "court": "Juzgado Quinto",
    "language": "es",
    "password": PASSWORD,
    "password_again": PASSWORD,
}


@pytest.fixture
def accepted() -> Iterator[list[dict[str, Any]]]:
    """What a floor above is told of."""
    told: list[dict[str, Any]] = []

    def listen(**news: Any) -> None:
        told.append(news)

    signals.invitation_accepted.connect(listen)
    yield told
    signals.invitation_accepted.disconnect(listen)


def test_the_letter_is_in_the_invited_persons_language(
    invited: tuple[Invitation, str], last_letter: Callable
) -> None:
    _invitation, link = invited
    assert last_letter().to == ["nueva@example.org"]
    assert link.startswith("/es/people/invitation/")
    assert last_letter().extra_headers["Content-Language"] == "es"


def test_the_secret_of_the_link_is_not_kept(invited: tuple[Invitation, str]) -> None:
    invitation, link = invited
    token = link.rstrip("/").rpartition("/")[2]
    assert invitation.token_hash == hash_token(token)
    assert token not in invitation.token_hash


def test_an_invitation_opens_an_account_and_signs_in(
    client: Client, invited: tuple[Invitation, str], accepted: list[dict[str, Any]]
) -> None:
    invitation, link = invited
    page = client.get(link)
    assert "nueva@example.org" in page.content.decode()
    answer = client.post(link, ANSWERS)
    assert answer.status_code == 302
    person = User.objects.get(email="nueva@example.org")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert (person.name, person.country.code, person.role) == ("Inés Duarte", "MX", "judge")
    assert person.time_zone == "America/Mexico_City"
    assert person.check_password(PASSWORD)
    assert person.role_names == {"learner"}
    assert person.emailaddress_set.get().verified
    invitation.refresh_from_db()
    assert invitation.accepted_by == person
    assert [(news["person"], news["context"]) for news in accepted] == [(person, {"cohort": "TIP-2026"})]
    verbs = AuditEntry.objects.filter(actor=person).values_list("verb", flat=True)
    assert {"account_opened", "invitation_accepted", "signed_in"} <= set(verbs)


def test_a_refused_form_opens_nothing(
    client: Client, invited: tuple[Invitation, str], accepted: list[dict[str, Any]]
) -> None:
    _invitation, link = invited
    wrong = [
        {"name": ""},
        {"country": ""},
        {"password_again": "something else"},
        {"password": "nueva@example.org", "password_again": "nueva@example.org"},
    ]
    for change in wrong:
        assert client.post(link, ANSWERS | change).status_code == 200
    assert not User.objects.filter(email="nueva@example.org").exists()
    assert accepted == []


def test_a_link_works_once(client: Client, invited: tuple[Invitation, str]) -> None:
    _invitation, link = invited
    client.post(link, ANSWERS)
    again = Client().post(link, ANSWERS | {"password": "another password entirely"})
    assert again.status_code == 410
    assert User.objects.get(email="nueva@example.org").check_password(PASSWORD)


def test_wrong_expired_and_withdrawn_links_open_nothing(
    client: Client, invited: tuple[Invitation, str], registrar: User
) -> None:
    invitation, link = invited
    assert client.post(link[:-3] + "xx/", ANSWERS).status_code == 404
    invitations.withdraw(invitation=invitation, actor=registrar)
    assert client.post(link, ANSWERS).status_code == 410
    Invitation.objects.update(withdrawn_at=None, expires_at=timezone.now() - datetime.timedelta(seconds=1))
    assert client.get(link).status_code == 410
    assert not User.objects.filter(email="nueva@example.org").exists()


def test_sending_again_ends_the_old_link(
    client: Client,
    invited: tuple[Invitation, str],
    registrar: User,
    link_in: Callable,
    last_letter: Callable,
) -> None:
    invitation, old = invited
    invitations.remind(invitation=invitation, actor=registrar)
    assert client.get(old).status_code == 404
    assert client.get(link_in(last_letter())).status_code == 200


def test_who_has_an_account_signs_in_and_accepts(
    judge: User,
    registrar: User,
    link_in: Callable,
    last_letter: Callable,
    accepted: list[dict[str, Any]],
) -> None:
    invitations.invite(email="JUDGE@example.org", invited_by=registrar, language="en")
    assert last_letter().extra_headers["Content-Language"] == "es"
    link = link_in(last_letter())
    client = Client()
    page = client.get(link).content.decode()
    assert 'name="password"' not in page
    assert client.post(link, ANSWERS).status_code == 200
    client.force_login(judge, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(link).status_code == 200
    assert accepted == []
    client.post(link)
    assert [news["person"] for news in accepted] == [judge]


def test_an_invitation_is_for_its_address_alone(
    browse: Callable, judge: User, invited: tuple[Invitation, str], accepted: list[dict[str, Any]]
) -> None:
    invitation, link = invited
    client = browse(judge)
    assert "nueva@example.org" in client.get(link).content.decode()
    client.post(link)
    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    assert accepted == []
    with pytest.raises(invitations.WrongPerson):
        invitations.accept(invitation=invitation, person=judge)


def test_nothing_is_kept_or_sent_when_a_listener_fails(
    invited: tuple[Invitation, str],
) -> None:
    invitation, _link = invited

    def fail(**news: Any) -> None:
        raise RuntimeError

    signals.invitation_accepted.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            invitations.join(invitation=invitation, password=PASSWORD, name="Inés Duarte")
    finally:
        signals.invitation_accepted.disconnect(fail)
    assert not User.objects.filter(email="nueva@example.org").exists()
    assert Invitation.objects.open().filter(pk=invitation.pk).exists()
    assert len(mail.outbox) == 1
