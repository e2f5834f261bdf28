"""The way to a course and beside it: the catalogue, joining, notes, and one's own learning."""

import datetime
from collections.abc import Callable

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from accounts.models import User
from certificates.models import Certificate
from courses import enrolment
from courses.choices import EnrolmentPolicy, EnrolmentStatus
from courses.models import Cohort, Enrolment, ReflectionNote

from .conftest import Built, add_lesson, add_module, make_course
from .shown import words_of

pytestmark = pytest.mark.django_db
Browse = Callable[[User | None], Client]


# --- joining -----------------------------------------------------------------------------------------
def test_joining_enrols_and_opens_the_course_in_the_chosen_language(
    built: Built, browse: Browse, judge: User
) -> None:
    url = f"/es/my-learning/join/{built.course.key}/"
    response = browse(judge).post(url, {"language": "en"})
    assert response.headers["Location"] == built.url.replace("/es/", "/en/")
    made = Enrolment.objects.get(person=judge)
    assert (made.status, made.language) == (EnrolmentStatus.ACTIVE, "en")


@pytest.mark.parametrize("language", ["fr", "", "xx"])
def test_a_language_that_is_not_offered_is_refused(
    built: Built, browse: Browse, judge: User, language: str
) -> None:
    browse(judge).post(f"/es/my-learning/join/{built.course.key}/", {"language": language})
    assert not Enrolment.objects.exists()


def test_a_course_by_invitation_cannot_be_joined_by_its_address(
    built: Built, browse: Browse, judge: User
) -> None:
    built.course.enrolment_policy = EnrolmentPolicy.INVITATION
    built.course.save()
    client = browse(judge)
    assert "by invitation" in words_of(client.get(built.url.replace("/es/", "/en/")))
    client.post(f"/en/my-learning/join/{built.course.key}/", {"language": "es"})
    assert not Enrolment.objects.exists()


def test_who_is_not_signed_in_signs_in_first(built: Built, browse: Browse) -> None:
    response = browse(None).post(f"/es/my-learning/join/{built.course.key}/", {"language": "es"})
    assert response.status_code == 302
    assert "/account/login/" in response.headers["Location"]


# --- notes -------------------------------------------------------------------------------------------
def test_a_note_is_kept_for_its_writer_alone(
    built: Built, browse: Browse, enrolled: Enrolment, prosecutor: User
) -> None:
    enrolment.enrol(person=prosecutor, course=built.course, actor=None)
    lesson = built.lessons[0]
    lesson.refresh_from_db()
    lesson.body_es = [("reflection", {"prompt": "¿Qué haría usted?"})]
    lesson.save_revision().publish()
    lesson.refresh_from_db()
    block = lesson.body_es[0].id
    client = browse(enrolled.person)
    data = {"item": str(lesson.key), "block": block, "text": "Mirar <otra> vez."}
    response = client.post("/es/my-learning/note/", data)
    assert response.headers["Location"] == f"{built.url_of(lesson)}#note-{block}"
    assert "Mirar &lt;otra&gt; vez." in client.get(built.url_of(lesson)).content.decode()
    assert "Mirar" not in browse(prosecutor).get(built.url_of(lesson)).content.decode()
    client.post("/es/my-learning/note/", data | {"text": "  "})
    assert not ReflectionNote.objects.exists()


def test_no_note_is_kept_on_a_lesson_one_may_not_read(built: Built, browse: Browse, outsider: User) -> None:
    data = {"item": str(built.lessons[0].key), "block": "b", "text": "x"}
    assert browse(outsider).post("/es/my-learning/note/", data).status_code == 404
    assert browse(outsider).post("/es/my-learning/note/", {"item": "no key"}).status_code == 404
    assert not ReflectionNote.objects.exists()


# --- my learning -------------------------------------------------------------------------------------
def test_my_learning_shows_one_thing_to_go_on_with(built: Built, browse: Browse, enrolled: Enrolment) -> None:
    client = browse(enrolled.person)
    client.post(built.url_of(built.lessons[0], "en"))
    client.get(built.url_of(built.lessons[1], "en"))
    page = client.get("/en/my-learning/")
    words = words_of(page)
    assert "Go on where you stopped 1.2 Lesson 2" in words
    assert "1 of 4 requirements met. Next: 1.2 Lesson 2" in words
    assert "Hours in" in words
    assert "0.3" in words


def test_my_learning_lists_dates_with_the_time_zone(built: Built, browse: Browse, judge: User) -> None:
    judge.time_zone = "Asia/Dhaka"
    judge.save()
    soon = timezone.localdate() + datetime.timedelta(days=30)
    cohort = Cohort.objects.create(course=built.course, name="2026 B", ends_on=soon)
    enrolment.enrol(person=judge, course=built.course, cohort=cohort, actor=None)
    words = words_of(browse(judge).get("/en/my-learning/"))
    assert "23:59 (Dhaka time)" in words
    assert "Finish Trafficking in persons" in words
    assert "in your time zone, Dhaka." in words


def test_my_learning_lists_completed_courses_with_their_certificates(
    built: Built, browse: Browse, enrolled: Enrolment, finish: Callable[..., None]
) -> None:
    finish(enrolled)
    html = browse(enrolled.person).get("/en/my-learning/").content.decode()
    assert f"/en/certificates/{Certificate.objects.get().number}/" in html


def test_my_learning_is_empty_but_says_what_comes(browse: Browse, outsider: User) -> None:
    words = words_of(browse(outsider).get("/en/my-learning/"))
    assert "You are not taking a course" in words
    assert "You have no certificates yet" in words


def test_my_learning_asks_to_sign_in(browse: Browse, db: None) -> None:
    assert browse(None).get("/en/my-learning/").status_code == 302


# --- catalogue ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=trafico", 0),
        ("q=TRATA", 1),
        ("q=tip-101", 1),
        ("q=genero", 1),
        ("lang=en", 1),
        ("lang=es", 2),
        ("role=prosecutor", 2),
        ("role=defender", 2),
        ("lang=klingon", 2),
    ],
)
def test_the_catalogue_searches_without_accents_and_filters(
    built: Built, browse: Browse, query: str, found: int
) -> None:
    other = make_course(built.page.get_parent().specific, "JWB-101")
    other.course.ready_languages = []
    other.course.save()
    other.page.title_es = "Juzgar sin sesgos de género"
    other.page.save()
    html = browse(None).get(f"/es/courses/?{query}").content.decode()
    assert html.count('<article class="course">') == found


def test_a_module_address_leads_to_its_place_in_the_outline(built: Built, browse: Browse) -> None:
    response = browse(None).get(f"{built.url}module-2/")
    assert response.headers["Location"] == f"{built.url}#module-2"


def test_numbers_follow_the_tree(built: Built, browse: Browse, enrolled: Enrolment) -> None:
    add_lesson(built, add_module(built))
    built.modules[2].refresh_from_db()
    built.modules[0].refresh_from_db()
    built.modules[2].move(built.modules[0], pos="left")
    words = words_of(browse(enrolled.person).get(built.url_of(built.lessons[0])))
    assert "2.1 Lección 1" in words


def test_the_messages_of_a_refused_lesson_name_the_way_in(built: Built, browse: Browse) -> None:
    response = browse(None).get(built.url_of(built.lessons[0], "en"))
    assert [str(one) for one in get_messages(response.wsgi_request)] == [
        "Lessons are open to those who take part in the course."
    ]
