"""Home, plain pages, display settings, health checks and error pages."""

import logging
from unittest import mock

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError
from django.test import Client, override_settings

from accounts.models import User
from accounts.privacy import DATA_CLASSES
from portal import errors

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.mark.django_db
@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("path", ["", "help/", "accessibility/", "privacy/", "display/"])
def test_the_plain_pages_answer_in_every_language(client: Client, code: str, path: str) -> None:
    answer = client.get(f"/{code}/{path}")
    assert answer.status_code == 200
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]


def test_the_privacy_page_shows_every_class_of_data(client: Client) -> None:
    page = client.get("/en/privacy/").text
    for row in DATA_CLASSES:
        assert str(row.name) in page
        assert str(row.seen_by) in page


def test_answers_and_marks_are_promised_to_the_learner_alone() -> None:
    promised = {row.key: str(row.seen_by) for row in DATA_CLASSES}
    assert promised["answers"].startswith("You alone.")
    assert promised["notes"] == "You alone."
    assert promised["vignettes"] == "You alone."


def test_staff_who_decide_about_late_answers_are_promised_not_to_read_them() -> None:
    [late] = [row for row in DATA_CLASSES if row.key == "late_answers"]
    assert "never what you answered" in str(late.seen_by)


def test_a_visitors_colours_are_kept_on_the_device(client: Client) -> None:
    answer = client.post("/en/display/", {"theme": "dark"})
    assert answer.status_code == 302
    assert answer.cookies["aula_theme"].value == "dark"
    assert answer.cookies["aula_theme"]["httponly"]
    assert 'data-theme="dark"' in client.get("/en/display/").text


def test_a_persons_colours_are_kept_with_the_account(client: Client, judge: User) -> None:
    client.force_login(judge)
    client.post("/es/display/", {"theme": "dark"})
    judge.refresh_from_db()
    assert judge.theme == "dark"


def test_colours_that_do_not_exist_are_refused_with_a_summary(client: Client) -> None:
    answer = client.post("/en/display/", {"theme": "pink"})
    assert answer.status_code == 200
    assert "data-problems" in answer.text
    assert "<title>Problem: " in answer.text


def test_the_style_guide_is_not_shown_in_production(client: Client) -> None:
    assert client.get("/en/styleguide/").status_code == 404
    with override_settings(DEMO=True):
        assert client.get("/en/styleguide/").status_code == 200


def test_the_process_says_that_it_is_alive_without_the_database(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_readiness_follows_the_database(client: Client) -> None:
    assert client.get("/readyz").status_code == 200
    with mock.patch("portal.views.connection.cursor", side_effect=DatabaseError):
        assert client.get("/readyz").status_code == 503


@pytest.mark.parametrize(
    ("raised", "status", "words"),
    [
        (PermissionDenied, 403, "You may not open this page"),
        (SuspiciousOperation, 400, "This request could not be read"),
    ],
)
def test_refused_pages_have_the_sites_own_look_and_a_number_to_quote(
    client: Client, raised: type[Exception], status: int, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    with mock.patch("portal.views.render", side_effect=raised):
        answer = client.get("/en/help/")
    assert answer.status_code == status
    assert words in answer.text
    assert 'class="masthead' in answer.text
    number = next(word for word in caplog.text.split() if word.startswith("E-"))
    assert number in answer.text


def test_a_fault_shows_the_number_that_the_log_has_and_asks_no_database(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    client.raise_request_exception = False
    with (
        caplog.at_level(logging.ERROR, "portal.errors"),
        mock.patch("portal.views.render", side_effect=DatabaseError("down")),
    ):
        answer = client.get("/es/help/")
    assert answer.status_code == 500
    record = next(record for record in caplog.records if record.name == "portal.errors")
    assert str(record.args[0]) in answer.text  # type: ignore[index]
    assert record.exc_info
    assert 'href="/ar/help/" hreflang="ar"' in answer.text


def test_numbers_to_quote_have_no_letters_that_are_mistaken() -> None:
    numbers = {errors.new_reference() for _turn in range(200)}
    assert len(numbers) > 190
    assert not set("01IO") & set("".join(number.removeprefix("E-") for number in numbers))


def test_a_form_that_was_open_too_long_is_refused_in_the_sites_own_words() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/en/display/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "The form could not be accepted" in answer.text
