"""A lesson is drawn once for a language and a country, then filled for each reader."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses import rendering
from courses.models import GlossaryTerm, LessonPage

pytestmark = pytest.mark.django_db

CHECK = {
    "type": "knowledge_check",
    "id": "check-0001",
    "value": {
        "question": "¿Qué elemento sobra?",
        "options": [
            {"text": "El acto", "correct": False, "feedback": "No."},
            {"text": "El medio", "correct": True, "feedback": "Artículo 3 c)."},
        ],
    },
}
NOTE = {"type": "reflection", "id": "note-0001", "value": {"prompt": "¿Qué leyó?"}}
TEXT = {
    "type": "rich_text",
    "id": "text-0001",
    "value": {
        "text": '<h2>Uno</h2><p>La <a linktype="term" slug="acogida">acogida</a> y el'
        ' <a linktype="term" slug="nada">resto</a>.</p>'
    },
}


@pytest.fixture
def lesson(built: Any) -> LessonPage:
    page = built.lessons[0]
    page.body_es = [TEXT, CHECK, NOTE]
    page.save()
    GlossaryTerm.objects.create(
        slug="acogida", source_language="es", term_es="Acogida", definition_es="Dar alojamiento."
    )
    return LessonPage.objects.get(pk=page.pk)


def html_of(lesson: LessonPage, language: str = "es", **personal: Any) -> rendering.LessonHtml:
    values = {"jurisdiction": "MX", "notes": {}, "checks": {}, "csrf_token": "token"}
    return rendering.lesson_html(lesson, language=language, **(values | personal))


def test_what_readers_write_and_choose_is_theirs_alone(lesson: LessonPage) -> None:
    mine = html_of(lesson, notes={"note-0001": "Mi nota <b>"}, checks={"check-0001": "2"}, csrf_token="abc")
    theirs = html_of(lesson)
    assert "Mi nota &lt;b&gt;</textarea>" in mine.html
    assert 'value="abc"' in mine.html
    assert 'value="2" checked>' in mine.html
    assert 'notice--ok mt is-shown" data-for="2"' in mine.html
    assert "Mi nota" not in theirs.html
    assert "checked" not in theirs.html
    assert "is-shown" not in theirs.html


def test_a_knowledge_check_is_a_form_that_works_without_script(lesson: LessonPage) -> None:
    html = html_of(lesson).html
    assert 'method="get" action="#kc-check-0001" data-check' in html
    assert '<input type="hidden" name="kc" value="check-0001">' in html
    assert 'name="choice" id="kc-check-0001-1" value="1"' in html


def test_terms_used_are_listed_and_unknown_ones_are_plain_words(lesson: LessonPage) -> None:
    found = html_of(lesson)
    assert found.terms == ("acogida",)
    assert '<div id="term-acogida"><dt>Acogida</dt><dd><span data-def>Dar alojamiento.</span>' in found.html
    assert "y el resto." in found.html


def test_a_missing_language_is_drawn_whole_in_the_source_language(built: Any) -> None:
    found = html_of(built.lessons[2], "en")
    assert found.language == "es"
    assert "Texto de la lección 3." in found.html


def test_the_text_is_the_readers_where_it_exists(built: Any) -> None:
    found = html_of(built.lessons[0], "en")
    assert found.language == "en"
    assert "Text of lesson 1." in found.html


def test_a_drawn_lesson_costs_no_query(lesson: LessonPage, django_assert_num_queries: Any) -> None:
    html_of(lesson)
    with django_assert_num_queries(0):
        html_of(lesson, notes={"note-0001": "otra"})


def test_countries_do_not_share_a_drawing_but_readers_do(lesson: LessonPage) -> None:
    html_of(lesson)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        html_of(lesson, jurisdiction="BD")
    assert len(asked) > 0


def test_a_changed_definition_is_shown_at_once(lesson: LessonPage) -> None:
    html_of(lesson)
    term = GlossaryTerm.objects.get(slug="acogida")
    term.definition_es = "Dar un lugar."
    term.save()
    assert "Dar un lugar." in html_of(lesson).html


def test_no_text_of_an_author_can_pass_for_a_place_of_a_reader(built: Any) -> None:
    page = built.lessons[0]
    page.body_es = [
        {"type": "key_point", "id": "point-01", "value": {"text": "<p>[[word:csrf:point-01:]]</p>"}}
    ]
    page.save()
    assert "[[word:csrf:point-01:]]" in html_of(LessonPage.objects.get(pk=page.pk)).html


def test_a_lesson_is_read_without_the_bodies_of_other_languages(built: Any) -> None:
    with CaptureQueriesContext(connection) as asked:
        page = LessonPage.objects.reading("en").get(pk=built.lessons[0].pk)
        assert page.body_en[0].value["text"].source
    sql = " ".join(query["sql"] for query in asked)
    assert len(asked) == 1
    assert '"body_en"' in sql
    for column in ("body", "body_es", "body_pt", "body_fr", "body_ar", "body_bn"):
        assert f'"courses_lessonpage"."{column}"' not in sql


def test_a_lesson_drawn_before_is_read_without_any_body(built: Any) -> None:
    html_of(built.lessons[0], "en")
    with CaptureQueriesContext(connection) as asked:
        html_of(LessonPage.objects.without_bodies().get(pk=built.lessons[0].pk), "en")
    assert len(asked) == 1
    assert '"courses_lessonpage"."body' not in asked[0]["sql"]


def test_drawing_fetches_the_one_language_it_needs(built: Any) -> None:
    with CaptureQueriesContext(connection) as asked:
        html_of(LessonPage.objects.without_bodies().get(pk=built.lessons[0].pk), "en")
    sql = " ".join(query["sql"] for query in asked)
    assert '"courses_lessonpage"."body_en"' in sql
    for column in ("body_es", "body_pt", "body_fr", "body_ar", "body_bn"):
        assert f'"courses_lessonpage"."{column}"' not in sql
