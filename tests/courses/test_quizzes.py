"""Quizzes of a course: started from their page, completed by passing."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from assessments import access, attempts
from assessments.models import Attempt, Category
from courses import enrolment, outline, quizzes, rights
from courses.models import Enrolment, ItemCompletion

from .conftest import Built, add_quiz

pytestmark = pytest.mark.django_db
Browse = Callable[[User | None], Client]


def _answer(attempt: Attempt, *, right: bool) -> None:
    slot = attempt.paper.slots[0]
    choice = next(key for key, fraction in slot.spec["options"].items() if (fraction == "1") is right)
    attempts.save_answer(attempt=attempt, slot=1, response={"choice": choice}, language="es")
    attempts.submit(attempt=attempt)


def _start(built: Built, enrolled: Enrolment) -> Attempt:
    built.course.refresh_from_db()
    found = outline.of(page_id=built.page.pk, edition=built.course.edition, language="es")
    return quizzes.start(
        page=built.quizzes[0],
        person=enrolled.person,
        enrolment=enrolled,
        item=found.by_key[built.quizzes[0].key],
        found=found,
    )


def test_a_quiz_page_becomes_a_spec(built: Built) -> None:
    quiz = add_quiz(
        built,
        built.page,
        pass_mark="66.67",
        attempts_allowed=3,
        time_limit_minutes=30,
        shuffle_questions=True,
    )
    spec = quizzes.spec_of(quiz)
    assert spec.key == quiz.key
    assert spec.title == {"es": "Cuestionario 2", "en": "Quiz 2"}
    assert spec.pass_mark == Fraction(6667, 10000)
    assert (spec.attempts_allowed, spec.time_limit.total_seconds()) == (3, 1800)
    assert [slot.question_key for slot in spec.slots] == [quiz.slots.get().question.key]


def test_passing_completes_the_quiz(built: Built, enrolled: Enrolment) -> None:
    _answer(_start(built, enrolled), right=True)
    done = ItemCompletion.objects.get()
    assert (done.item_key, done.how, done.enrolment_id) == (built.quizzes[0].key, "passed", enrolled.pk)


def test_failing_completes_nothing(built: Built, enrolled: Enrolment) -> None:
    _answer(_start(built, enrolled), right=False)
    assert not ItemCompletion.objects.exists()
    _answer(_start(built, enrolled), right=True)
    assert ItemCompletion.objects.count() == 1


def test_the_syllabus_of_the_person_decides_where_the_pass_mark_was_raised(
    built: Built, enrolled: Enrolment
) -> None:
    attempt = _start(built, enrolled)
    quizzes.record_result(attempt=attempt, passed=False, fraction=Fraction(7, 10))
    assert ItemCompletion.objects.count() == 1


def test_who_left_the_course_completes_nothing(built: Built, enrolled: Enrolment) -> None:
    attempt = _start(built, enrolled)
    enrolment.withdraw(enrolment=enrolled, actor=None)
    _answer(attempt, right=True)
    assert not ItemCompletion.objects.exists()


def test_an_attempt_from_elsewhere_completes_nothing(built: Built, enrolled: Enrolment) -> None:
    attempt = attempts.start(
        person=enrolled.person, quiz=quizzes.spec_of(built.quizzes[0]), language="es", jurisdiction="MX"
    )
    _answer(attempt, right=True)
    assert not ItemCompletion.objects.exists()


def test_the_start_page_states_the_facts_and_starts(
    built: Built, browse: Browse, enrolled: Enrolment
) -> None:
    quiz = built.quizzes[0]
    quiz.refresh_from_db()
    quiz.attempts_allowed, quiz.time_limit_minutes = 2, 30
    quiz.save()
    enrolled.person.extra_time = "1.50"
    enrolled.person.save()
    client = browse(enrolled.person)
    url = built.url_of(quiz, "en")
    html = client.get(url).content.decode()
    assert "45 minutes" in html
    assert "Start the quiz" in html
    response = client.post(url)
    attempt = Attempt.objects.get()
    assert response.headers["Location"] == f"/en/quiz/{attempt.key}/1/"
    assert attempt.context["back_url"] == url
    assert attempt.context["next_url"] == built.url_of(built.lessons[2], "en")
    assert attempt.context["course_title"]["en"] == "Trafficking in persons"
    assert (attempt.jurisdiction, attempt.language) == ("MX", "en")
    assert "Go on with the quiz" in client.get(url).content.decode()
    client.post(url)
    assert Attempt.objects.count() == 1


def test_when_the_attempts_are_used_up_the_page_says_so(
    built: Built, browse: Browse, enrolled: Enrolment
) -> None:
    quiz = built.quizzes[0]
    quiz.refresh_from_db()
    quiz.attempts_allowed = 1
    quiz.save()
    _answer(_start(built, enrolled), right=False)
    client = browse(enrolled.person)
    url = built.url_of(quiz, "en")
    assert "You have used all attempts at this quiz." in client.get(url).content.decode()
    client.post(url)
    assert Attempt.objects.count() == 1


def test_a_quiz_without_questions_says_so(built: Built, browse: Browse, enrolled: Enrolment) -> None:
    built.quizzes[0].slots.all().delete()
    response = browse(enrolled.person).post(built.url_of(built.quizzes[0], "en"), follow=True)
    assert "This quiz has no questions yet." in response.content.decode()


def test_a_test_beside_the_modules_has_its_own_address(
    built: Built, browse: Browse, enrolled: Enrolment
) -> None:
    final = add_quiz(built, built.page, purpose="final")
    url = built.url_of(final)
    assert url == f"{built.url}quiz-2/"
    assert browse(enrolled.person).get(url).status_code == 200


def test_the_trainers_of_the_course_alone_mark_its_essays(
    built: Built, enrolled: Enrolment, make_person: Callable[..., User]
) -> None:
    attempt = _start(built, enrolled)
    teaches, other = (make_person(f"{name}@example.org", Role.TRAINER) for name in ("teaches", "other"))
    rights.give_course(trainer=teaches, course=built.course)
    assert attempt.context["marker_group"] == rights.course_group(built.course).name
    may = [access.may_mark(User.objects.get(pk=one.pk), attempt) for one in (teaches, other)]
    assert may == [True, False]


def test_one_more_attempt_leads_on_from_the_start_page(
    built: Built, browse: Browse, enrolled: Enrolment, registrar: User
) -> None:
    quiz = built.quizzes[0]
    quiz.refresh_from_db()
    quiz.attempts_allowed = 1
    quiz.save()
    _answer(_start(built, enrolled), right=False)
    attempts.allow_more(person=enrolled.person, quiz_key=quiz.key, count=1, actor=registrar, reason="x")
    client, url = browse(enrolled.person), built.url_of(quiz, "en")
    page = client.get(url).content.decode()
    assert "Allowed: 2. Used: 1. Left: 1." in page
    assert "of 1 point<" in page
    assert client.post(url).url.startswith("/en/quiz/")
    assert Attempt.objects.count() == 2


def test_giving_a_course_gives_its_questions(built: Built, trainer: User) -> None:
    own = Category.objects.create(slug="own", course_code=built.course.code)
    other = Category.objects.create(slug="own", course_code="JWB-101")
    rights.give_course(trainer=trainer, course=built.course)
    own.refresh_from_db()
    other.refresh_from_db()
    assert own.editors == rights.course_group(built.course)
    assert other.editors is None
