"""What somebody may try against our pages and forms, and that it does not work."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.mail import compose, on_this_site
from accounts.models import Application, Invitation, User
from accounts.models.joining import hash_token
from accounts.roles import Role
from courses import enrolment
from courses.models import ReflectionNote
from tests.courses.conftest import Built, built, catalogue_page

__all__ = ["built", "catalogue_page"]

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
SIGN_IN = "/en/account/login/"
ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "http://testserver@evil.example/",
    "javascript:alert(1)",
    "\tjavascript:alert(1)",
    "data:text/html,x",
)


@pytest.fixture(autouse=True)
def _letters_are_sent_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.mail.on_commit", lambda send, robust: send())


# --- being led elsewhere -----------------------------------------------------------------------
@pytest.mark.parametrize("place", ELSEWHERE)
def test_signing_in_leads_to_no_other_site(judge: User, trainer: User, place: str) -> None:
    answer = Client().post(SIGN_IN, {"login": judge.email, "password": PASSWORD, "next": place})
    assert answer["Location"] == reverse("courses:my_learning")
    client = Client()
    client.force_login(trainer, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/cms/login/", {"next": place})["Location"] == "/cms/"
    assert "evil" not in Client().get("/cms/login/", {"next": place})["Location"]


@pytest.mark.parametrize("place", ELSEWHERE)
def test_a_change_by_staff_leads_back_to_no_other_site(
    browse: Callable[[User], Client], registrar: User, built: Built, judge: User, place: str
) -> None:
    taken = enrolment.enrol(person=judge, course=built.course, actor=None)
    asked = {"act": "withdraw", "who": str(taken.key), "next": place}
    client, path = browse(registrar), reverse("programmes:change")
    assert place not in client.get(path, asked).text
    assert client.post(path, asked)["Location"] == reverse("programmes:learners")


def test_a_note_leads_back_to_its_lesson_whatever_its_block_is_called(
    browse: Callable[[User], Client], judge: User, built: Built
) -> None:
    enrolment.enrol(person=judge, course=built.course, actor=None)
    form = {"item": str(built.lessons[0].key), "block": "x\r\nSet-Cookie: a=b", "text": "Mine\0."}
    answer = browse(judge).post(reverse("courses:save_note"), form)
    assert answer["Location"].startswith("/en/courses/")
    assert "\r" not in answer["Location"]
    assert "a" not in answer.cookies
    assert ReflectionNote.objects.get().text == "Mine."


# --- letters -----------------------------------------------------------------------------------
BUTTON = "Judge,\n\n[Confirm your password] https://evil.example/\n\n# 123456"


def test_what_somebody_typed_makes_no_button_in_a_letter() -> None:
    for context in ({"name": BUTTON, "link": "https://a.example/"}, {"name": "A", "reason": BUTTON}):
        letter = compose(name="application_declined", to="a@example.org", language="en", context=context)
        html = str(letter.alternatives[0][0])  # type: ignore[index]
        assert 'href="https://evil' not in html
        assert "monospace" not in html


@pytest.mark.parametrize(
    "name",
    [BUTTON, "Win at https://evil.example", "See www.evil.example", "=HYPERLINK(1)", "A <b>", "a@b.example"],
)
def test_a_name_is_a_name_and_no_message(client: Client, judge: User, name: str) -> None:
    form = {
        "name": name,
        "email": "victim@example.org",
        "country": "MX",
        "role": "judge",
        "institution": "Juzgado",
        "language": "en",
    }
    assert client.post("/en/people/apply/", form).status_code == 200
    assert not Application.objects.exists()
    assert not mail.outbox
    client.force_login(judge, backend="django.contrib.auth.backends.ModelBackend")
    profile = {"name": name, "language": "en", "time_zone": "UTC"}
    assert client.post("/en/people/profile/", profile).status_code == 200
    judge.refresh_from_db()
    assert judge.name == "Lucía Fernández"


@pytest.mark.parametrize("name", ["María-José O’Neill, Jr.", "أمينة بنت خالد", "শামীমা আক্তার", "N. K. (née Li)"])
def test_names_of_people_are_taken(client: Client, judge: User, name: str) -> None:
    client.force_login(judge, backend="django.contrib.auth.backends.ModelBackend")
    profile = {"name": name, "language": "en", "time_zone": "UTC"}
    assert client.post("/en/people/profile/", profile).status_code == 302
    judge.refresh_from_db()
    assert judge.name == name


@pytest.mark.parametrize("path", ["password/reset/", "login/code/"])
def test_letters_lead_to_this_site_whatever_host_the_request_named(
    judge: User, path: str, settings: Any
) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://learning.example.org"
    client = Client(headers={"host": "evil.example", "x-forwarded-host": "evil.example"})
    client.post(f"/en/account/{path}", {"email": judge.email})
    assert "evil.example" not in str(mail.outbox[-1].message())


def test_an_address_is_moved_to_this_site_whole(settings: Any) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://learning.example.org/"
    assert on_this_site("http://evil.example:80/es/a/b-c/?x=1#y") == (
        "https://learning.example.org/es/a/b-c/?x=1#y"
    )


# --- giving oneself more -------------------------------------------------------------------------
MORE = {
    "extra_time": "3.00",
    "is_staff": "on",
    "is_superuser": "on",
    "is_programme_staff": "on",
    "is_active": "on",
    "groups": "1",
    "email": "other@example.org",
    "key": "00000000-0000-4000-8000-000000000000",
    "password": "x",
}


def plain(person: User) -> bool:
    person = User.objects.get(pk=person.pk)
    flags = (person.is_staff, person.is_superuser, person.is_programme_staff)
    return (
        flags == (False, False, False)
        and person.extra_time == Decimal("1.00")
        and person.role_names == {"learner"}
    )


def test_a_profile_changes_nothing_but_what_it_shows(browse: Callable[[User], Client], judge: User) -> None:
    form = {"name": "Lucía F.", "language": "en", "time_zone": "UTC", **MORE}
    assert browse(judge).post("/en/people/profile/", form).status_code == 302
    changed = User.objects.get(pk=judge.pk)
    assert (changed.name, changed.email, changed.key) == ("Lucía F.", judge.email, judge.key)
    assert changed.check_password(PASSWORD)
    assert plain(judge)


def test_joining_opens_a_learners_account_and_no_other(client: Client, db: None, registrar: User) -> None:
    later = registrar.joined_at.replace(year=registrar.joined_at.year + 1)
    Invitation.objects.create(token_hash=hash_token("t"), email="new@example.org", expires_at=later)
    new = "a lamp in the corridor"
    form = {"name": "New", "country": "MX", "role": "judge", "language": "en", **MORE}
    answer = client.post("/en/people/invitation/t/", form | {"password": new, "password_again": new})
    assert answer.status_code == 302
    assert plain(User.objects.get(email="new@example.org"))


def test_extra_time_is_given_within_its_bounds_and_nothing_else_with_it(
    browse: Callable[[User], Client], registrar: User, judge: User
) -> None:
    client, path = browse(registrar), reverse("programmes:extra_time", args=[judge.key])
    for refused in ("0.50", "5.01", "NaN", "Infinity", "1e3", "-1"):
        assert client.post(path, {"extra_time": refused}).status_code == 200
    assert client.post(path, {**MORE, "extra_time": "1.25"}).status_code == 302
    changed = User.objects.get(pk=judge.pk)
    assert (changed.extra_time, changed.email, changed.is_staff) == (Decimal("1.25"), judge.email, False)


# --- administrators and operators ----------------------------------------------------------------
@pytest.fixture
def operator(db: None) -> User:
    return User.objects.create_superuser("operator@example.org", PASSWORD, name="Operator")


def test_an_administrator_does_not_take_an_operators_account(
    browse: Callable[[User], Client], administrator: User, operator: User
) -> None:
    client, path = browse(administrator), f"/cms/users/edit/{operator.pk}/"
    form = {"email": administrator.email.replace("administrator", "mine"), "name": "Mine", "language": "en"}
    for answer in (client.get(path), client.post(path, form)):
        assert answer.status_code == 302
        assert answer["Location"] == "/cms/"
    group = Group.objects.get(name=Role.LEARNER.value)
    sends = {"set_active_state": {"mark_as_active": "False"}, "assign_role": {"role": group.pk}}
    for action, sent in sends.items():
        client.post(f"/cms/bulk/accounts/user/{action}/?id={operator.pk}&next=/cms/users/", sent)
    found = User.objects.get(pk=operator.pk)
    assert (found.email, found.name, found.is_active) == ("operator@example.org", "Operator", True)
    assert not found.groups.exists()


def test_an_operator_changes_an_operator(browse: Callable[[User], Client], operator: User) -> None:
    assert browse(operator).get(f"/cms/users/edit/{operator.pk}/").status_code == 200


# --- sessions and guessing -----------------------------------------------------------------------
def test_a_session_from_before_signing_in_is_worth_nothing_after(client: Client, judge: User) -> None:
    client.get(SIGN_IN)
    client.session["x"] = 1
    client.session.save()
    before = client.session.session_key
    client.post(SIGN_IN, {"login": judge.email, "password": PASSWORD})
    assert client.session.session_key != before
    thief = Client()
    thief.cookies["aula_session"] = before or ""
    assert thief.get("/en/my-learning/").status_code == 302


def test_a_changed_password_ends_other_sessions(client: Client, judge: User) -> None:
    client.force_login(judge, backend="django.contrib.auth.backends.ModelBackend")
    judge.set_password("another lamp in the corridor")
    judge.save()
    assert client.get("/en/my-learning/").status_code == 302


def test_a_closed_account_is_out_at_once(client: Client, judge: User) -> None:
    client.force_login(judge, backend="django.contrib.auth.backends.ModelBackend")
    User.objects.filter(pk=judge.pk).update(is_active=False)
    assert client.get("/en/my-learning/").status_code == 302


def test_asking_for_a_new_password_tells_nothing_about_the_address(judge: User) -> None:
    pages = []
    for address in (judge.email, "nobody@example.org"):
        answer = Client().post("/en/account/password/reset/", {"email": address}, follow=True)
        pages.append((answer.redirect_chain, answer.text.replace(address, "")))
    assert pages[0] == pages[1]
    assert [letter.to for letter in mail.outbox] == [[judge.email], ["nobody@example.org"]]


def test_numbers_of_certificates_are_not_guessed_by_the_thousand(client: Client, db: None) -> None:
    answers = [client.get("/en/verify/2026-7F3K-9QXD/").status_code for _turn in range(61)]
    assert answers == [404] * 60 + [429]


@pytest.mark.parametrize("typed", ["../../etc/passwd", "a/b", "%2e%2e", "\0", "<b>", "x" * 5000, " ", "‮"])
def test_any_text_may_be_typed_as_a_number(client: Client, db: None, typed: str) -> None:
    answer = client.get("/en/verify/", {"number": typed}, follow=True)
    assert answer.status_code in (400, 404)
    assert "<b>" not in answer.text.replace("<b><", "")
