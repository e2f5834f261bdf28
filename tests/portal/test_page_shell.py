"""The head, the foot and the language menu of every page."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import Client, RequestFactory
from django.utils import translation

from accounts.models import User
from portal.languages import in_language

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def _html_tag(page: str) -> str:
    found = re.search(r"<html[^>]*>", page)
    assert found
    return found[0]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_page_says_its_language_and_direction(client: Client, code: str) -> None:
    page = client.get(f"/{code}/help/").text
    expected = "rtl" if code == "ar" else "ltr"
    assert _html_tag(page) == f'<html lang="{code}" dir="{expected}">'


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_shell_is_whole_and_asks_the_database_nothing_for_a_visitor(client: Client, code: str) -> None:
    # pytest-django refuses any query here, as the test asks for no database
    page = client.get(f"/{code}/help/").text
    assert page.index('class="skip" href="#main"') < page.index("<header")
    assert page.count("<main ") == page.count("<h1") == 1
    for place in ("accessibility", "privacy", "help"):
        assert f'href="/{code}/{place}/"' in page
    assert '<meta name="color-scheme" content="light dark">' in page
    assert 'id="live" role="status"' in page


@pytest.mark.parametrize(
    ("address", "code", "expected"),
    [
        ("/es/courses/a/b/?q=ley&page=2", "ar", "/ar/courses/a/b/?q=ley&page=2"),
        ("/en/", "bn", "/bn/"),
        ("/no-language/at-all", "pt", "/pt/no-language/at-all"),
        ("/", "fr", "/fr/"),
        ("/es", "en", "/en/"),
        ("/es/espanol/es/", "en", "/en/espanol/es/"),
        ("/es/find/?next=/es/%3Fa", "fr", "/fr/find/?next=/es/%3Fa"),
        ("//elsewhere.example/", "es", "/es/elsewhere.example/"),
    ],
)
def test_an_address_in_another_language_keeps_place_and_query(address: str, code: str, expected: str) -> None:
    assert in_language(address, code) == expected


@pytest.mark.parametrize("path", ["help/", "nowhere/at/all/"])
def test_the_language_menu_keeps_place_and_query_also_on_an_error_page(client: Client, path: str) -> None:
    page = client.get(f"/es/{path}?q=ley&page=2").text
    for code in LANGUAGES:
        assert f'href="/{code}/{path}?q=ley&amp;page=2" hreflang="{code}"' in page
    assert page.count(' aria-current="true"><span lang="es" dir="ltr">Español</span></a>') == 1


def test_each_language_is_named_in_itself_with_its_direction(client: Client) -> None:
    page = client.get("/en/help/").text
    assert 'hreflang="ar"><span lang="ar" dir="rtl">العربية</span></a>' in page
    assert 'hreflang="bn"><span lang="bn" dir="ltr">বাংলা</span></a>' in page


def test_the_heading_font_is_left_out_for_a_reader_who_saves_data(client: Client) -> None:
    assert "css/fonts" in client.get("/en/help/").text
    spared = client.get("/en/help/", headers={"Save-Data": "on"}).text
    assert "css/fonts" not in spared
    assert "css/site" in spared


@pytest.mark.parametrize(("cookie", "attribute"), [("dark", True), ("light", True), ("red", False)])
def test_a_visitors_colours_come_from_the_cookie(client: Client, cookie: str, attribute: bool) -> None:
    client.cookies["aula_theme"] = cookie
    assert (f'data-theme="{cookie}"' in client.get("/en/help/").text) is attribute


def test_a_persons_colours_come_from_the_account(client: Client, judge: User) -> None:
    judge.theme = "dark"
    judge.save()
    client.force_login(judge)
    client.cookies["aula_theme"] = "light"
    assert 'data-theme="dark"' in _html_tag(client.get("/es/help/").text)


def test_the_head_costs_a_signed_in_learner_only_session_and_person(
    client: Client, judge: User, django_assert_num_queries: Callable
) -> None:
    client.force_login(judge)
    with django_assert_num_queries(2):
        page = client.get("/es/help/").text
    assert judge.name in page
    assert 'href="/cms/"' not in page


def test_staff_and_editors_find_their_places_in_the_head(client: Client, judge: User) -> None:
    judge.is_staff = True
    judge.save()
    client.force_login(judge)
    assert 'href="/cms/"' in client.get("/es/help/").text


def test_signing_out_is_a_form_not_a_link(client: Client, judge: User) -> None:
    client.force_login(judge)
    page = client.get("/es/help/").text
    assert re.search(r'<form method="post" action="/es/account/logout/">.*csrf', page)


def test_the_place_being_read_is_marked_in_the_head(client: Client) -> None:
    assert 'href="/en/help/" aria-current="page"' in client.get("/en/help/").text


def _render(source: str, path: str = "/ar/somewhere/", **context: object) -> str:
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    with translation.override(path[1:3]):
        return engines["django"].from_string(source).render(context, request)


def test_a_page_of_questions_has_its_own_head_and_still_changes_language() -> None:
    page = _render(
        '{% extends "base_quiz.html" %}{% block exam_title %}Prueba{% endblock %}'
        "{% block main %}<h1>1</h1>{% endblock %}{% block side %}<nav>side</nav>{% endblock %}"
    )
    assert 'class="exam"' in page
    assert 'class="masthead' not in page
    assert 'href="/es/somewhere/" lang="es"' in page
    assert "data-t-saved=" in page
    assert "data-t-pick=" in page
    assert page.index("</main>") < page.index("<nav>side</nav>")


def test_the_staff_area_is_wide_and_has_its_own_destinations() -> None:
    page = _render('{% extends "base_staff.html" %}{% block main %}<h1>x</h1>{% endblock %}')
    assert 'class="masthead wide-wrap"' in page
    assert "data-t-rows=" in page
