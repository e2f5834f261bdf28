"""Reading a course: who sees what, in which language, what is locked, and what a reader is told."""

import datetime
import re
from collections.abc import Callable

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts.models import User
from certificates.models import Certificate
from courses import enrolment
from courses.choices import EnrolmentStatus
from courses.models import Cohort, Enrolment, ItemCompletion
from courses.views.lesson import country_for

from .conftest import Built, add_lesson
from .shown import words_of

pytestmark = pytest.mark.django_db
Browse = Callable[[User | None], Client]


# --- who may read ------------------------------------------------------------------------------------
def test_everybody_may_read_the_catalogue_and_the_overview(built: Built, browse: Browse) -> None:
    assert "Trata de personas" in words_of(browse(None).get("/es/courses/"))
    overview = browse(None).get(built.url)
    assert "Distinguir la trata." in words_of(overview)
    assert built.url_of(built.lessons[0]) not in overview.content.decode()


@pytest.mark.parametrize("person", ["outsider", None])
def test_a_lesson_leads_who_takes_no_part_to_the_overview(
    built: Built, browse: Browse, person: str | None, request: pytest.FixtureRequest
) -> None:
    client = browse(request.getfixturevalue(person) if person else None)
    for item in (built.lessons[0], built.quizzes[0]):
        response = client.get(built.url_of(item))
        assert (response.status_code, response.headers["Location"]) == (302, built.url)
        assert client.post(built.url_of(item)).status_code == 302
    assert not ItemCompletion.objects.exists()


def test_an_applicant_reads_no_lesson_before_approval(built: Built, browse: Browse, judge: User) -> None:
    enrolment.apply(person=judge, course=built.course)
    client = browse(judge)
    assert client.get(built.url_of(built.lessons[0])).status_code == 302
    assert "Your application is with the course team." in words_of(
        client.get(built.url.replace("/es/", "/en/"))
    )
    assert client.post(built.url_of(built.lessons[0])).status_code == 302
    assert not ItemCompletion.objects.exists()


def test_who_withdrew_reads_no_lesson(built: Built, browse: Browse, enrolled: Enrolment) -> None:
    enrolment.withdraw(enrolment=enrolled, actor=None)
    assert browse(enrolled.person).get(built.url_of(built.lessons[0])).status_code == 302


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("translator", 200),
        ("legal_reviewer", 200),
        ("registrar", 200),
        ("administrator", 200),
        ("auditor", 200),
        ("trainer", 302),
        ("outsider", 302),
    ],
)
def test_who_works_on_courses_reads_without_a_record(
    built: Built, browse: Browse, person: str, status: int, request: pytest.FixtureRequest
) -> None:
    client = browse(request.getfixturevalue(person))
    for item in (built.lessons[0], built.quizzes[0]):
        assert client.get(built.url_of(item)).status_code == status
        assert client.post(built.url_of(item)).status_code == 302
    assert not Enrolment.objects.exists()
    assert not ItemCompletion.objects.exists()


def test_a_trainer_reads_the_courses_they_teach(built: Built, browse: Browse, trainer: User) -> None:
    built.course.trainers.add(trainer)
    assert browse(trainer).get(built.url_of(built.lessons[0])).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["nothing/", "tip-101/nothing/", "tip-101/module-1/nothing/", "tip-101/module-2/lesson-1/"],
)
def test_what_is_not_there_is_not_found(built: Built, browse: Browse, enrolled: Enrolment, path: str) -> None:
    assert browse(enrolled.person).get(f"/es/courses/{path}").status_code == 404


def test_an_unpublished_course_or_lesson_is_not_found(
    built: Built, browse: Browse, enrolled: Enrolment
) -> None:
    url = built.url_of(built.lessons[0])
    built.lessons[0].unpublish()
    assert browse(enrolled.person).get(url).status_code == 404
    assert browse(enrolled.person).get(built.url_of(built.lessons[1])).status_code == 200
    built.page.unpublish()
    assert browse(enrolled.person).get(built.url).status_code == 404


def test_a_draft_is_not_in_the_outline(built: Built, browse: Browse, enrolled: Enrolment) -> None:
    add_lesson(built, built.modules[0], live=False)
    assert "Lección 4" not in words_of(browse(enrolled.person).get(built.url))


# --- reading -----------------------------------------------------------------------------------------
def test_a_lesson_shows_its_text_its_place_and_its_neighbours(
    built: Built, browse: Browse, enrolled: Enrolment
) -> None:
    words = words_of(browse(enrolled.person).get(built.url_of(built.lessons[1])))
    assert "Texto de la lección 2." in words
    assert "1.2 Lección 2" in words
    assert "1.1 Lección 1" in words
    assert "Cuestionario 1" in words


def test_the_language_may_change_mid_course_and_the_place_is_kept(
    built: Built, browse: Browse, enrolled: Enrolment
) -> None:
    client = browse(enrolled.person)
    client.get(built.url_of(built.lessons[1]))
    english = client.get(built.url_of(built.lessons[1], "en"))
    assert "Text of lesson 2." in words_of(english)
    enrolled.refresh_from_db()
    assert (enrolled.language, enrolled.last_item_key) == ("en", built.lessons[1].key)


def test_what_is_not_translated_is_shown_in_the_source_language_and_marked(
    built: Built, browse: Browse, enrolled: Enrolment
) -> None:
    html = browse(enrolled.person).get(built.url_of(built.lessons[2], "en")).content.decode()
    assert re.search(r'<article[^>]* lang="es" dir="ltr"', html)
    assert '<h1 lang="es" dir="ltr">Lección 3</h1>' in html
    assert "It is shown in Español" in html


def test_marking_as_done_goes_on_to_the_next_lesson(
    built: Built, browse: Browse, enrolled: Enrolment
) -> None:
    client = browse(enrolled.person)
    response = client.post(built.url_of(built.lessons[0]))
    assert response.headers["Location"] == built.url_of(built.lessons[1])
    done = ItemCompletion.objects.get()
    assert (done.item_key, done.how, done.language) == (built.lessons[0].key, "read", "es")
    client.post(built.url_of(built.lessons[0]))
    assert ItemCompletion.objects.count() == 1


def test_the_last_lesson_leads_to_the_course_and_its_certificate(
    built: Built, browse: Browse, enrolled: Enrolment, finish: Callable[..., None]
) -> None:
    from courses import progress

    finish(enrolled, short=2)
    progress.complete_item(enrolment=enrolled, item_key=built.quizzes[0].key, how="passed", language="es")
    client = browse(enrolled.person)
    response = client.post(built.url_of(built.lessons[2], "en"), follow=True)
    number = Certificate.objects.get().number
    assert response.redirect_chain[-1][0] == built.url.replace("/es/", "/en/")
    assert f"/en/certificates/{number}/" in response.content.decode()
    assert "You have completed this course." in words_of(response)


def test_the_course_page_says_what_is_missing_and_by_which_rule(
    built: Built, browse: Browse, enrolled: Enrolment, finish: Callable[..., None]
) -> None:
    finish(enrolled, short=2)
    words = words_of(browse(enrolled.person).get(built.url.replace("/es/", "/en/")))
    assert "2 of 4 requirements met" in words
    missing = words.split("What is still missing")[1].split("At a glance")[0]
    assert "Quiz 1 : Score at least 70%" in missing
    assert "Lección 3 : Read to the end" in missing
    assert "Lesson 1" not in missing


def test_the_course_page_states_the_true_state_of_each_language(built: Built, browse: Browse) -> None:
    built.course.ready_languages = []
    built.course.save()
    words = words_of(browse(None).get(built.url.replace("/es/", "/en/")))
    languages = words.split("Languages", 2)[-1]
    assert "Español Ready" in languages
    assert "English 2 of 3 lessons" in languages
    assert "বাংলা" not in languages.split("Accessibility")[0]


@pytest.mark.parametrize(
    ("query", "country"),
    [("", "MX"), ("?country=bd", "BD"), ("?country=XX", "MX"), ("?country=<b>", "MX")],
)
def test_the_reader_may_look_at_the_law_of_another_country(
    judge: User, rf: RequestFactory, query: str, country: str
) -> None:
    request = rf.get(f"/es/{query}")
    request.user = judge
    assert country_for(request) == country


def test_a_knowledge_check_is_answered_without_script(
    built: Built, browse: Browse, enrolled: Enrolment
) -> None:
    lesson = built.lessons[0]
    lesson.refresh_from_db()
    options = [
        {"text": "El acto", "correct": False, "feedback": "Sin acto no hay trata."},
        {"text": "El medio", "correct": True, "feedback": "No hace falta."},
    ]
    lesson.body_es = [("knowledge_check", {"question": "¿Qué no se prueba?", "options": options})]
    lesson.save_revision().publish()
    lesson.refresh_from_db()
    block, client = lesson.body_es[0].id, browse(enrolled.person)
    assert "is-shown" not in client.get(built.url_of(lesson)).content.decode()
    html = client.get(f"{built.url_of(lesson)}?kc={block}&choice=2").content.decode()
    assert html.count("is-shown") == 1
    assert re.search(r'is-shown" data-for="2"', html)


# --- locks -------------------------------------------------------------------------------------------
def test_a_day_that_has_not_come_locks_and_says_which(
    built: Built, browse: Browse, enrolled: Enrolment
) -> None:
    lesson = built.lessons[1]
    lesson.refresh_from_db()
    lesson.opens_on = datetime.date(2999, 1, 31)
    lesson.save()
    client = browse(enrolled.person)
    url = built.url_of(lesson, "en")
    response = client.get(url)
    assert response.status_code == 403
    assert "Opens on 31 January 2999." in words_of(response)
    assert client.post(url).status_code == 403
    assert not ItemCompletion.objects.exists()


def test_a_prerequisite_locks_until_it_is_done(built: Built, browse: Browse, enrolled: Enrolment) -> None:
    lesson = built.lessons[2]
    lesson.refresh_from_db()
    lesson.after_id = built.modules[0].pk
    lesson.save()
    client = browse(enrolled.person)
    url = built.url_of(lesson, "en")
    assert "Opens when module 1, Part 1, is done." in words_of(client.get(url))
    from courses import progress

    for item in (built.lessons[0], built.lessons[1], built.quizzes[0]):
        progress.complete_item(enrolment=enrolled, item_key=item.key, how="read", language="es")
    assert client.get(url).status_code == 200


def test_what_was_done_stays_open_though_its_gate_closes(
    built: Built, browse: Browse, enrolled: Enrolment
) -> None:
    client = browse(enrolled.person)
    client.post(built.url_of(built.lessons[0]))
    lesson = built.lessons[0]
    lesson.refresh_from_db()
    lesson.opens_on = datetime.date(2999, 1, 31)
    lesson.save()
    assert client.get(built.url_of(lesson)).status_code == 200


def test_nothing_opens_before_the_cohort_begins(built: Built, browse: Browse, judge: User) -> None:
    soon = timezone.localdate() + datetime.timedelta(days=10)
    cohort = Cohort.objects.create(course=built.course, name="2026 B", starts_on=soon)
    enrolment.enrol(person=judge, course=built.course, cohort=cohort, actor=None)
    response = browse(judge).get(built.url_of(built.lessons[0], "en"))
    assert response.status_code == 403
    assert "Your cohort begins on" in words_of(response)


# --- what is no longer offered -----------------------------------------------------------------------
STUCK = "You cannot complete the course until programme staff move you"


def test_who_needs_what_is_gone_is_told_which_and_who_can_help(
    built: Built, browse: Browse, enrolled: Enrolment, finish: Callable[..., None]
) -> None:
    finish(enrolled, short=2)
    gone = built.url_of(built.lessons[2])
    built.lessons[2].unpublish()
    for address in (built.url.replace("/es/", "/en/"), "/en/my-learning/"):
        page = browse(enrolled.person).get(address)
        # no English title: the source, marked as what it is
        assert '<li><span lang="es" dir="ltr">Lección 3</span></li>' in page.content.decode()
        assert f"A part that you need is no longer available Lección 3 {STUCK}" in words_of(page)
        assert gone.removeprefix("/es/") not in page.content.decode()


def test_what_was_done_before_it_went_troubles_nobody(
    built: Built, browse: Browse, enrolled: Enrolment, finish: Callable[..., None]
) -> None:
    finish(enrolled, short=1)
    built.lessons[0].unpublish()
    for address in (built.url.replace("/es/", "/en/"), "/en/my-learning/"):
        assert "no longer available" not in words_of(browse(enrolled.person).get(address))


def test_who_has_completed_is_not_told_of_what_is_gone(
    built: Built, browse: Browse, enrolled: Enrolment
) -> None:
    now = timezone.now()
    Enrolment.objects.filter(pk=enrolled.pk).update(status=EnrolmentStatus.COMPLETED, completed_at=now)
    built.lessons[2].unpublish()
    for address in (built.url.replace("/es/", "/en/"), "/en/my-learning/"):
        assert STUCK not in words_of(browse(enrolled.person).get(address))
