"""Letters: text and HTML, in the person's language."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail as django_mail
from django.db import transaction
from django.test import Client
from django.utils import timezone, translation

from accounts import invitations, mail, people
from accounts.models import User

EVERYTHING = {
    "name": "Amina <b>Rahman</b>",
    "link": "https://example.org/x",
    "sign_in": "https://example.org/x",
    "reset": "https://example.org/x",
    "password_reset_url": "https://example.org/x",
    "activate_url": "https://example.org/x",
    "code": "AB12-CD34",
    "inviter": "R & D",
    "cohort": "R & D",
    "until": timezone.now(),
    "due": timezone.localdate(),
    "days": 3,
    "reason": "",
    "is_new": True,
    "to_email": "new@example.org",
    "deleted_email": "new@example.org",
}
FOLDER = Path(settings.ROOT) / "site/templates/account/email"
NAMES = sorted(file.stem for file in FOLDER.glob("*.txt") if file.stem != "letter")
LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_has_a_subject_and_says_the_same_in_text_and_html(name: str, language: str) -> None:
    letter = mail.compose(name=name, to="a@example.org", language=language, context=EVERYTHING)
    assert letter.subject
    assert "\n" not in letter.subject
    html, kind = letter.alternatives[0]
    assert kind == "text/html"
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in html
    assert "<b>Rahman</b>" in letter.body
    assert "<b>Rahman</b>" not in html
    assert "&lt;" not in letter.body
    assert "[" not in letter.body
    assert ("https://example.org/x" in letter.body) is ('href="https://example.org/x"' in html)
    assert "src=" not in html


def test_the_marks_of_a_letter_are_read() -> None:
    text = "Good day,\n\n\n[Sign in] https://example.org/?a=1\n\n# AB12\n\n  two \n lines"
    assert mail.read(text) == [
        mail.Paragraph("Good day,"),
        mail.Paragraph("Sign in", url="https://example.org/?a=1"),
        mail.Paragraph("AB12", is_code=True),
        mail.Paragraph("two\nlines"),
    ]


def test_letters_use_the_persons_language_whatever_the_page_was_in(judge: User, outsider: User) -> None:
    for person in (judge, outsider):
        Client().post("/fr/account/password/reset/", {"email": person.email})
        letter = django_mail.outbox[-1]
        assert letter.extra_headers["Content-Language"] == person.language
        assert f"/{person.language}/account/password/reset/key/" in letter.body
        Client().post("/fr/account/login/code/", {"email": person.email})
        assert django_mail.outbox[-1].extra_headers["Content-Language"] == person.language


def test_a_notice_to_an_address_one_has_left_is_in_ones_language(judge: User, link_in: Callable) -> None:
    client = Client()
    password = {"password": "correct horse battery"}
    client.post("/en/account/login/", {"login": judge.email, **password})
    client.post("/en/account/reauthenticate/", password)
    client.post("/en/account/email/", {"email": "lucia@court.example", "action_add": ""})
    client.post(link_in(django_mail.outbox[-1]))
    told = django_mail.outbox[-1]
    assert told.to == ["judge@example.org"]
    assert told.extra_headers["Content-Language"] == "es"


def test_the_language_of_the_caller_stays_as_it_was(registrar: User) -> None:
    with translation.override("fr"):
        invitations.invite(email="a@example.org", invited_by=registrar, language="ar")
        assert translation.get_language() == "fr"


def test_no_letter_is_sent_for_what_did_not_happen(
    registrar: User,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable,
) -> None:
    monkeypatch.setattr("accounts.mail.on_commit", transaction.on_commit)
    with django_capture_on_commit_callbacks() as letters:
        for address in ("a@example.org", "b@example.org"):
            with transaction.atomic():
                invitations.invite(email=address, invited_by=registrar, language="en")
                transaction.set_rollback(address == "a@example.org")
    assert len(letters) == 1
    letters[0]()
    assert [letter.to for letter in django_mail.outbox] == [["b@example.org"]]


def test_a_welcome_carries_a_link_that_sets_a_password(
    registrar: User, client: Client, link_in: Callable
) -> None:
    person = people.register(email="c@example.org", actor=registrar, name="C", language="pt")
    people.send_welcome(person=person)
    page = client.get(link_in(django_mail.outbox[-1]), follow=True)
    assert page.redirect_chain[-1][0].startswith("/pt/account/password/reset/key/")
    assert "password1" in page.content.decode()


def test_opening_an_account_twice_is_refused(judge: User, registrar: User) -> None:
    with pytest.raises(people.AlreadyRegistered):
        people.register(email="JUDGE@example.org", actor=registrar)


def test_what_staff_write_is_never_markup(db: None) -> None:
    letter = mail.compose(
        name="application_declined",
        to="a@example.org",
        language="en",
        context={"name": "A", "reason": "<script>alert(1)</script>"},
    )
    assert "<script>" not in letter.alternatives[0][0]
