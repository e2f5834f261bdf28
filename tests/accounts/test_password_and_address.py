"""Setting a password, and changing the one address."""

import re
from collections.abc import Callable

from django.core import mail
from django.test import Client

from accounts.models import AuditEntry, User

PASSWORD = "correct horse battery"
NEW = "a lamp in the corridor"
RESET = "/en/account/password/reset/"


def test_a_reset_link_sets_the_password_once_and_signs_in(
    client: Client, judge: User, link_in: Callable
) -> None:
    client.post(RESET, {"email": "JUDGE@example.org"})
    link = link_in(mail.outbox[-1])
    assert link.startswith("/es/")
    page = client.get(link, follow=True)
    form_path = page.redirect_chain[-1][0]
    answer = client.post(form_path, {"password1": NEW, "password2": NEW})
    assert answer.status_code == 302
    judge.refresh_from_db()
    assert judge.check_password(NEW)
    assert client.session["_auth_user_id"] == str(judge.pk)
    again = Client().get(link)
    assert "<form" not in again.content.decode().split("<main")[1]


def test_a_made_up_link_is_refused_politely(client: Client, judge: User) -> None:
    answer = client.get("/en/account/password/reset/key/1-abc-def/")
    assert "This link is not valid any more" in answer.content.decode()


def test_a_weak_password_is_refused(client: Client, judge: User, link_in: Callable) -> None:
    client.post(RESET, {"email": judge.email})
    page = client.get(link_in(mail.outbox[-1]), follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": "12345678901", "password2": "12345678901"})
    judge.refresh_from_db()
    assert judge.check_password(PASSWORD)


def test_asking_for_a_link_tells_nothing_about_the_address(judge: User) -> None:
    answers = [
        Client().post(RESET, {"email": address}, follow=True)
        for address in (judge.email, "nobody@example.org")
    ]
    bodies = [re.sub(r'value="\w{64}"', "", answer.content.decode()) for answer in answers]
    assert bodies[0] == bodies[1]
    assert [letter.to for letter in mail.outbox] == [[judge.email], ["nobody@example.org"]]
    assert "There is no account" in mail.outbox[-1].body


def test_links_are_not_sent_without_end(client: Client, judge: User) -> None:
    answers = [client.post(RESET, {"email": judge.email}) for _attempt in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert len(mail.outbox) == 3


def _signed_in(person: User) -> Client:
    client = Client()
    client.post("/en/account/login/", {"login": person.email, "password": PASSWORD})
    client.post("/en/account/reauthenticate/", {"password": PASSWORD})
    return client


def test_the_address_changes_when_the_new_one_is_confirmed(judge: User, link_in: Callable) -> None:
    client = _signed_in(judge)
    client.post("/en/account/email/", {"email": "Lucia@Court.example", "action_add": ""})
    judge.refresh_from_db()
    assert judge.email == "judge@example.org"
    letter = mail.outbox[-1]
    assert letter.to == ["lucia@court.example"]
    link = link_in(letter)
    assert client.get(link).status_code == 200
    judge.refresh_from_db()
    assert judge.email == "judge@example.org"
    client.post(link)
    judge.refresh_from_db()
    assert judge.email == "lucia@court.example"
    assert list(judge.emailaddress_set.values_list("email", "verified", "primary")) == [
        ("lucia@court.example", True, True)
    ]
    assert AuditEntry.objects.filter(verb="email_confirmed", actor=judge).exists()
    told = [one for one in mail.outbox if one.to == ["judge@example.org"]]
    assert "lucia@court.example" in told[-1].body


def test_the_old_address_stays_when_the_change_is_taken_back(judge: User) -> None:
    client = _signed_in(judge)
    client.post("/en/account/email/", {"email": "lucia@court.example", "action_add": ""})
    client.post("/en/account/email/", {"email": "lucia@court.example", "action_remove": ""})
    assert [letter.to for letter in mail.outbox] == [["lucia@court.example"], [judge.email]]
    assert list(judge.emailaddress_set.values_list("email", flat=True)) == ["judge@example.org"]


def test_anothers_address_cannot_be_taken_and_is_not_betrayed(
    judge: User, prosecutor: User, link_in: Callable
) -> None:
    client = _signed_in(judge)
    answer = client.post("/en/account/email/", {"email": prosecutor.email, "action_add": ""})
    free = _signed_in(judge).post("/en/account/email/", {"email": "free@example.org", "action_add": ""})
    assert (answer.status_code, answer["Location"]) == (free.status_code, free["Location"])
    letter = next(one for one in mail.outbox if one.to == [prosecutor.email])
    client.post(link_in(letter))
    judge.refresh_from_db()
    assert judge.email == "judge@example.org"


def test_changing_the_address_asks_for_the_password_and_then_goes_on(browse: Callable, judge: User) -> None:
    client = browse(judge)
    change = {"email": "lucia@court.example", "action_add": ""}
    asked = client.post("/en/account/email/", change)["Location"]
    assert asked.startswith("/en/account/reauthenticate/")
    assert not mail.outbox
    client.post(asked, {"password": "wrong wrong wrong"})
    assert not mail.outbox
    client.post(asked, {"password": PASSWORD})
    assert [letter.to for letter in mail.outbox] == [["lucia@court.example"]]


def test_changing_the_password_needs_the_old_one(judge: User) -> None:
    client = _signed_in(judge)
    change = {"password1": NEW, "password2": NEW}
    refused = client.post("/es/account/password/change/", change | {"oldpassword": "no no no no"})
    assert refused.status_code == 200
    client.post("/es/account/password/change/", change | {"oldpassword": PASSWORD})
    judge.refresh_from_db()
    assert judge.check_password(NEW)
    assert client.get("/es/people/profile/").status_code == 200
