"""The demo's outbox: who sees it, and what it shows."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.mail.backends.filebased import EmailBackend

from accounts import mail, outbox
from accounts.models import User

NOW = datetime.datetime(2026, 11, 27, 12, tzinfo=datetime.UTC)


@pytest.fixture
def folder(tmp_path: Path, settings: object) -> Path:
    """A demo with two letters, one of them in Arabic and hostile."""
    settings.DEMO = True
    settings.DEMO_MAIL_FOLDER = str(tmp_path)
    letters = [
        mail.compose(
            name="invitation",
            to="judge@example.org",
            language="es",
            context={"name": "Lucía", "link": "http://localhost/es/x/", "inviter": "Rosa", "until": NOW},
        ),
        mail.compose(
            name="application_declined",
            to="omar@example.org",
            language="ar",
            context={"name": "عمر <script>", "reason": ""},
        ),
    ]
    EmailBackend(file_path=str(tmp_path), alias="default").send_messages(letters)
    return tmp_path


def test_letters_are_read_newest_first_with_both_parts(folder: Path) -> None:
    newest, oldest = outbox.letters(folder)
    assert (newest.to, newest.language) == ("omar@example.org", "ar")
    assert "عمر <script>" in newest.text
    assert "عمر &lt;script&gt;" in newest.html
    assert "Lucía" in oldest.text
    assert oldest.sent_at is not None
    assert outbox.letter(folder, oldest.key) == oldest


def test_no_folder_means_no_letters(tmp_path: Path) -> None:
    assert outbox.letters(tmp_path / "missing") == []


@pytest.mark.parametrize("key", ["", "-", "x-0", "../secret-0", "..-0", "a/b-0"])
def test_a_made_up_key_finds_nothing(folder: Path, key: str) -> None:
    (folder.parent / "secret.log").write_text("Subject: secret\n\nsecret")
    assert outbox.letter(folder, key) is None


def test_staff_of_the_demo_read_it(
    folder: Path, browse: Callable, registrar: User, administrator: User
) -> None:
    for person in (registrar, administrator):
        client = browse(person)
        page = client.get("/en/people/outbox/").content.decode()
        assert "omar@example.org" in page
        key = outbox.letters(folder)[1].key
        letter = client.get(f"/en/people/outbox/{key}/").content.decode()
        assert 'href="http://localhost/es/x/"' in letter
        assert client.get("/en/people/outbox/none-9/").status_code == 404


def test_the_html_part_is_shut_in(folder: Path, browse: Callable, registrar: User) -> None:
    key = outbox.letters(folder)[0].key
    answer = browse(registrar).get(f"/en/people/outbox/{key}/html/")
    policy = answer["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "allow-scripts" not in policy
    assert "allow-same-origin" not in policy


def test_nobody_else_learns_that_it_exists(
    folder: Path,
    browse: Callable,
    judge: User,
    trainer: User,
    auditor: User,
    outsider: User,
) -> None:
    key = outbox.letters(folder)[0].key
    for person in (None, judge, trainer, auditor, outsider):
        for path in ("", f"{key}/", f"{key}/html/"):
            assert browse(person).get(f"/en/people/outbox/{path}").status_code == 404


def test_it_exists_in_the_demo_alone(
    folder: Path, browse: Callable, registrar: User, settings: object
) -> None:
    settings.DEMO = False
    assert browse(registrar).get("/en/people/outbox/").status_code == 404
