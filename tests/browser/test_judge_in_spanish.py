"""A judge from the invitation to the certificate: the whole course in Spanish, English from half way."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from portal.demo.people import PASSWORD
from tests.browser.serving import Server
from tests.browser.taking import see_the_certificate, take_everything
from tests.browser.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EMAIL = "nueva.jueza@example.org"
NAME = "Valentina Sánchez Núñez"


def test_a_judge_goes_from_the_invitation_to_a_certificate_that_anyone_can_check(
    walk: Callable[..., Walker], server: Server
) -> None:
    judge = walk(accept_downloads=True)
    be_invited(walk(), server)
    accept_the_invitation(judge, server)
    begin_the_course(judge)
    steps = take_everything(judge, at_step=lambda step: change_language(judge) if step == 13 else None)
    assert len(steps) == 26
    number = see_the_certificate(judge, "es")
    check_the_certificate(walk(), number)
    check_the_records(server, number)


def be_invited(staff: Walker, server: Server) -> None:
    staff.sign_in("registrar@demo.example", language="en", then="/en/staff/")
    staff.press("main table a:has-text('Judges 2026 B')")
    staff.press("main a[href$='/enrol/']")
    staff.page.fill("[name=email]", EMAIL)
    staff.page.fill("[name=name]", NAME)
    staff.page.select_option("[name=language]", "es")
    staff.press("main form button.btn")


def accept_the_invitation(judge: Walker, server: Server) -> None:
    (letter,) = server.letters(EMAIL)
    assert letter["Content-Language"] == "es"
    text = letter.get_body(("plain",)).get_content()
    link = re.search(r"http://\S+/es/people/invitation/\S+", text)
    assert link, text
    judge.go(link[0])
    page = judge.page
    assert page.input_value("[name=name]") == NAME
    page.select_option("[name=country]", "MX")
    page.select_option("[name=role]", "judge")
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=password_again]", PASSWORD)
    judge.press("main form button.btn")
    assert judge.path == "/es/my-learning/", page.inner_text("main")


def begin_the_course(judge: Walker) -> None:
    judge.press("main a[href^='/es/courses/trafficking-smuggling/'] >> nth=0")
    judge.go("/es/courses/trafficking-smuggling/")
    judge.press(".enrol a.btn")


def change_language(judge: Walker) -> None:
    here = judge.path
    judge.page.click(".menu--lang summary")
    judge.press(".menu--lang a[hreflang=en]")
    assert judge.path == here.replace("/es/", "/en/", 1)
    assert judge.page.get_attribute("html", "lang") == "en"


def check_the_certificate(stranger: Walker, number: str) -> None:
    stranger.go("/en/verify/")
    stranger.page.fill("main input[name]", number)
    stranger.press("main form button.btn")
    assert urlsplit(stranger.page.url).path == f"/en/verify/{number}/"
    assert stranger.page.locator(".verdict--ok").count() == 1
    assert NAME in stranger.page.inner_text("main")


def check_the_records(server: Server, number: str) -> None:
    certificates = server.rows("SELECT number FROM certificates_certificate WHERE number = ?", number)
    assert len(certificates) == 1
    steps = server.rows(
        "SELECT DISTINCT i.language FROM courses_itemcompletion i"
        " JOIN courses_enrolment e ON e.id = i.enrolment_id"
        " JOIN accounts_user p ON p.id = e.person_id WHERE p.email = ?",
        EMAIL,
    )
    assert {row["language"] for row in steps} == {"es", "en"}
