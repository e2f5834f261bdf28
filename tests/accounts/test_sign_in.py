"""Signing in and out, by password and by code, and what is written down about it."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, User

PASSWORD = "correct horse battery"
SIGN_IN = "/en/account/login/"


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str) -> object:
    return client.post(SIGN_IN, {"login": email, "password": password, **more})


def test_the_address_signs_in_whatever_its_case(client: Client, judge: User) -> None:
    answer = sign_in(client, " JUDGE@Example.ORG")
    assert answer.status_code == 302
    assert answer["Location"] == reverse("courses:my_learning")
    assert client.session["_auth_user_id"] == str(judge.pk)


def test_a_session_lasts_thirty_days_only_when_asked(client: Client, judge: User) -> None:
    sign_in(client, judge.email)
    assert client.session.get_expire_at_browser_close()
    other = Client()
    sign_in(other, judge.email, remember="on")
    assert other.session.get_expiry_age() == 60 * 60 * 24 * 30


def test_wrong_password_and_unknown_address_are_answered_alike(client: Client, judge: User) -> None:
    wrong = sign_in(client, judge.email, "wrong wrong wrong")
    unknown = sign_in(client, "nobody@example.org", "wrong wrong wrong")
    assert wrong.status_code == unknown.status_code == 200
    said = "The e-mail and password do not match an account."
    assert said in wrong.content.decode()
    assert re.findall(r'class="error">.*?</p>', wrong.content.decode()) == re.findall(
        r'class="error">.*?</p>', unknown.content.decode()
    )


def test_sign_ins_are_written_down_without_the_address(client: Client, judge: User) -> None:
    sign_in(client, judge.email, "wrong wrong wrong")
    sign_in(client, "nobody@example.org", "wrong wrong wrong")
    sign_in(client, judge.email)
    entries = AuditEntry.objects.filter(verb__startswith="sign").order_by("pk")
    assert [(entry.verb, entry.actor, entry.target_key) for entry in entries] == [
        ("sign_in_failed", None, str(judge.key)),
        ("sign_in_failed", None, ""),
        ("signed_in", judge, str(judge.key)),
    ]
    assert all(entry.data == {} for entry in entries)


def test_guessing_a_password_is_stopped_and_the_right_one_no_longer_helps(
    client: Client, judge: User
) -> None:
    for _attempt in range(5):
        sign_in(client, judge.email, "wrong wrong wrong")
    answer = sign_in(client, judge.email)
    assert answer.status_code == 200
    assert "There were too many attempts" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_closed_account_does_not_sign_in(client: Client, judge: User) -> None:
    judge.is_active = False
    judge.save()
    sign_in(client, judge.email)
    assert "_auth_user_id" not in client.session


def test_the_page_one_wanted_comes_after_signing_in(client: Client, judge: User) -> None:
    wanted = reverse("accounts:profile")
    asked = client.get(wanted)
    assert asked["Location"] == f"{SIGN_IN}?next={wanted}"
    assert sign_in(client, judge.email, next=wanted)["Location"] == wanted
    assert sign_in(Client(), judge.email, next="https://evil.example/")["Location"] == reverse(
        "courses:my_learning"
    )


def test_sign_out_needs_a_button(browse: Callable[[User], Client], judge: User) -> None:
    client = browse(judge)
    assert client.get("/es/account/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    client.post("/es/account/logout/")
    assert "_auth_user_id" not in client.session


def test_a_code_signs_in_once(client: Client, judge: User) -> None:
    client.post("/es/account/login/code/", {"email": "Judge@example.org"})
    code = re.search(r"^# ?(\S+)$|^([A-Z0-9-]{6,})$", mail.outbox[-1].body, re.M)[0]
    answer = client.post("/es/account/login/code/confirm/", {"code": code})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(judge.pk)
    assert AuditEntry.objects.filter(verb="signed_in", actor=judge).exists()


def test_asking_for_a_code_tells_nothing_about_the_address(judge: User) -> None:
    pages = []
    for address in (judge.email, "nobody@example.org"):
        client = Client()
        answer = client.post("/en/account/login/code/", {"email": address}, follow=True)
        assert answer.redirect_chain == [("/en/account/login/code/confirm/", 302)]
        text = answer.content.decode().replace(address, "ADDRESS")
        pages.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text))
    assert pages[0] == pages[1]


def test_sign_up_is_closed(client: Client, db: None) -> None:
    answer = client.post("/en/account/signup/", {"email": "new@example.org", "password1": PASSWORD})
    assert not User.objects.filter(email="new@example.org").exists()
    assert reverse("accounts:apply") in answer.content.decode()


@pytest.mark.parametrize("path", ["", "?next=/cms/pages/"])
def test_the_editor_is_entered_through_our_page(
    client: Client, browse: Callable, judge: User, trainer: User, path: str
) -> None:
    assert client.get(f"/cms/login/{path}")["Location"].startswith("/en/account/login/?next=/cms/")
    assert browse(trainer).get(f"/cms/login/{path}")["Location"].startswith("/cms/")
    assert browse(judge).get(f"/cms/login/{path}").status_code == 403


def test_a_learner_in_the_editor_is_refused_and_not_sent_in_a_circle(browse: Callable, judge: User) -> None:
    assert browse(judge).get("/cms/", follow=True).status_code == 403


def test_pages_of_signing_in_load_nothing_from_elsewhere(client: Client, db: None) -> None:
    for name in ("account_login", "account_reset_password", "account_request_login_code"):
        page = client.get(reverse(name)).content.decode()
        assert "placeholder" not in page
        assert 'style="' not in page
        assert not re.search(r'(src|href)="https?:', page)
