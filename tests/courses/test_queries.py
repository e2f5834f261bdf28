"""A page asks the database the same few questions, however much there is."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from courses import enrolment
from courses.models import Enrolment

from .conftest import Built, add_lesson, add_module, make_course

pytestmark = pytest.mark.django_db
Browse = Callable[[User | None], Client]


def _asked(client: Client, url: str) -> list[str]:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in asked]


def test_a_lesson_asks_at_most_six_times_and_grows_with_nothing(
    built: Built, browse: Browse, enrolled: Enrolment, make_person: Callable[..., User]
) -> None:
    client = browse(enrolled.person)
    url = built.url_of(built.lessons[0])
    before = _asked(client, url)
    assert len(before) <= 4, before
    for number in range(12):
        add_lesson(built, built.modules[number % 2])
        person = make_person(f"colleague{number}@example.org")
        enrolment.enrol(person=person, course=built.course, actor=None)
    assert len(_asked(client, url)) == len(before)


def test_going_from_lesson_to_lesson_stays_within_six(
    built: Built, browse: Browse, enrolled: Enrolment
) -> None:
    client = browse(enrolled.person)
    for lesson in built.lessons:
        client.get(built.url_of(lesson))
    with CaptureQueriesContext(connection) as asked:
        client.get(built.url_of(built.lessons[0]))
    assert len(asked) <= 6


def test_a_lesson_reads_no_body_of_another_language(
    built: Built, browse: Browse, enrolled: Enrolment
) -> None:
    with CaptureQueriesContext(connection) as asked:
        browse(enrolled.person).get(built.url_of(built.lessons[0]))
    read = " ".join(query["sql"] for query in asked if "length_" not in query["sql"])
    assert '"body_es"' in read
    for code in ("en", "pt", "fr", "ar", "bn"):
        assert f'"body_{code}"' not in read


def test_the_course_page_grows_with_neither_lessons_nor_people(
    built: Built, browse: Browse, enrolled: Enrolment, make_person: Callable[..., User]
) -> None:
    client = browse(enrolled.person)
    before = _asked(client, built.url)
    assert len(before) <= 8, before
    for number in range(6):
        add_lesson(built, add_module(built))
        person = make_person(f"colleague{number}@example.org")
        enrolment.enrol(person=person, course=built.course, actor=None)
    assert len(_asked(client, built.url)) == len(before)


def test_my_learning_and_the_catalogue_do_not_grow_with_courses(
    built: Built, browse: Browse, enrolled: Enrolment
) -> None:
    client = browse(enrolled.person)
    counts = {url: len(_asked(client, url)) for url in ("/es/my-learning/", "/es/courses/")}
    assert counts["/es/my-learning/"] <= 6
    assert counts["/es/courses/"] <= 3
    for number in range(4):
        other = make_course(built.page.get_parent().specific, f"X-{number}")
        add_lesson(built, add_module(other))
        enrolment.enrol(person=enrolled.person, course=other.course, actor=None)
    assert counts == {url: len(_asked(client, url)) for url in counts}


def test_a_lesson_is_light(built: Built, browse: Browse, enrolled: Enrolment) -> None:
    response = browse(enrolled.person).get(built.url_of(built.lessons[0]))
    assert len(response.content) < 20_000
