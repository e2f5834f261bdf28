"""Figures of tests: what pages show is what the pure functions say, and it is never about a person."""

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from assessments import regrading
from assessments.choices import Figures
from assessments.models import Option, Question, QuestionVersion, StatisticsReport
from assessments.reports import marked
from assessments.reports_data import plain
from assessments.reports_reading import Reader
from assessments.statistics.reports import report as report_of
from assessments.statistics.sittings import Which
from courses import rights, statistics
from courses.models import Cohort, QuizPage, QuizSlot
from portal.formats import number, percent
from tests.courses.conftest import Built, make_question
from tests.courses.figures import NAME, TYPED, knows, people, sit

SINGLES = 5


@pytest.fixture
def page(built: Built) -> QuizPage:
    """A test of five single choices and one question whose answer is typed."""
    quiz = built.quizzes[0]
    for place in range(1, SINGLES):
        QuizSlot.objects.create(page=quiz, question=make_question(), sort_order=place)
    typed = Question.objects.create(category=make_question().category, status="ready")
    QuestionVersion.objects.create(
        question=typed,
        kind="short",
        source_language="es",
        stem_es="¿Qué falta?",
        marking={"accepted": {"es": ["medio"]}},
    )
    QuizSlot.objects.create(page=quiz, question=typed, sort_order=SINGLES)
    return quiz


@pytest.fixture
def cohort(built: Built) -> Cohort:
    return Cohort.objects.create(course=built.course, name="Judges 2026 B")


@pytest.fixture
def as_trainer(built: Built, make_person: Callable[..., User], client: Client) -> Client:
    trainer = make_person("trainer@example.org", Role.TRAINER)
    rights.give_course(trainer=trainer, course=built.course)
    client.force_login(trainer)
    return client


def address(page: QuizPage, name: str = "figures_test", *more: Any, group: Any = "") -> str:
    """The address of a page of figures."""
    return reverse(f"courses:{name}", args=[page.key, *more]) + (f"?group={group}" if group else "")


def kept(page: QuizPage, group: str = "", which: str = "first") -> StatisticsReport:
    return StatisticsReport.objects.get(quiz_key=page.key, subject=Figures.TEST, group=group, which=which)


def test_the_figures_are_those_of_the_pure_functions(
    built: Built, page: QuizPage, as_trainer: Client
) -> None:
    sit(page, people(built, 40), knows, language=lambda n: "es" if n % 2 else "en")
    text = as_trainer.get(address(page)).text
    expected = plain(report_of(Reader(marked(page.key)).sittings(), Which.FIRST, "es"))
    data = kept(page).data
    assert {name: data[name] for name in expected if name != "questions"} == {
        name: value for name, value in expected.items() if name != "questions"
    }
    for found, wanted in zip(data["questions"], expected["questions"], strict=True):
        assert wanted.items() <= found.items()
    assert number(data["whole"]["alpha"] / 100, 2) in text
    for question in expected["questions"]:
        assert number(question["details"]["discrimination"] / 100, 2) in text


def test_a_question_shows_curve_answers_and_advice(built: Built, page: QuizPage, as_trainer: Client) -> None:
    # whoever does well elsewhere misses the first question
    sit(page, people(built, 40), lambda n, slot: (n < 20) if slot == 1 else (n >= 20) or slot == n % 6 + 1)
    first = page.slots.first().question
    text = as_trainer.get(address(page, "figures_question", first.key)).text
    assert "Check the key" in text
    assert "Opción 0" in text
    assert "Opción 1" in text
    assert text.count('<svg class="chart') == 1
    data = kept(page).data["questions"][0]
    assert data["details"]["discrimination"] < 0
    for share in data["details"]["quarters"]:
        assert percent(share) in text


def test_a_likely_mistranslation_is_flagged(built: Built, page: QuizPage, as_trainer: Client) -> None:
    sit(
        page,
        people(built, 200),
        lambda n, slot: knows(n, slot) and not (slot == 2 and n % 2 and n % 8 != 1),
        language=lambda n: "ar" if n % 2 else "es",
    )
    second = page.slots.all()[1].question
    assert "Check a translation" in as_trainer.get(address(page)).text
    text = as_trainer.get(address(page, "figures_question", second.key)).text
    assert "Likely mistranslated" in text
    assert "العربية" in text


@pytest.mark.parametrize(
    ("number", "shows_score", "shows_all"),
    [(9, False, False), (10, True, False), (29, True, False), (30, True, True)],
)
def test_what_is_shown_depends_on_how_many_people_there_are(
    built: Built, page: QuizPage, as_trainer: Client, number: int, shows_score: bool, shows_all: bool
) -> None:
    sit(page, people(built, number), knows)
    text = as_trainer.get(address(page)).text
    question = as_trainer.get(address(page, "figures_question", page.slots.first().question.key)).text
    assert ("Mean result" in text) == shows_score
    assert ("Too few people for figures" in text) == (not shows_score)
    assert ("Cronbach" in text) == shows_all
    assert ("Which answers were chosen" in question) == shows_all
    if not shows_score:
        assert "9 people have been marked so far" in text
        assert not StatisticsReport.objects.filter(subject=Figures.TEST).exists()


def test_a_figure_stays_until_ten_people_more_have_come(
    built: Built, page: QuizPage, as_trainer: Client
) -> None:
    sit(page, people(built, 30), knows)
    as_trainer.get(address(page))
    before = kept(page)
    sit(page, people(built, 9, start=30), knows, at=timezone.now())
    assert as_trainer.get(address(page)).status_code == 200
    assert kept(page).counted_at == before.counted_at
    # what was not asked for before is counted up to the same moment
    as_trainer.get(address(page) + "?which=last")
    assert kept(page, which="last").people == 30
    sit(page, people(built, 1, start=39), knows, at=timezone.now())
    as_trainer.get(address(page))
    assert kept(page).people == 40


def test_a_regrade_drops_nobody_out_of_the_figures_and_is_counted_once_it_is_written(
    built: Built, page: QuizPage, as_trainer: Client, registrar: User
) -> None:
    sit(page, people(built, 30), knows)
    as_trainer.get(address(page))
    before = kept(page)
    asked = {"policy": "full", "reason": "Unfair.", "quiz_key": page.key}
    regrade = regrading.look(key=regrading.try_out(**asked, actor=registrar).key)
    regrading.commit(regrade=regrade, actor=registrar)
    as_trainer.get(address(page))
    assert kept(page).data["score"] == before.data["score"]
    regrading.write(key=regrade.key)
    as_trainer.get(address(page))
    after = kept(page)
    assert (after.people, after.data["score"]["value"]) == (30, 1)


def test_everybody_are_the_groups_that_can_be_shown(
    built: Built, page: QuizPage, as_trainer: Client, cohort: Cohort
) -> None:
    small = Cohort.objects.create(course=built.course, name="Prosecutors")
    sit(page, people(built, 30, cohort), knows)
    sit(page, people(built, 3, small, start=30), knows)
    text = as_trainer.get(address(page)).text
    assert kept(page).people == 30
    assert "3 people are not counted here" in text
    assert "Too few people for figures" in as_trainer.get(address(page, group=small.key)).text
    as_trainer.get(address(page, group=cohort.key))
    of_cohort = kept(page, str(cohort.key))
    assert of_cohort.people == 30
    # within one cohort neither languages nor other attempts: they would be subtracted from everybody's
    assert all(not one["languages"] for one in of_cohort.data["questions"])
    assert "f-which" not in as_trainer.get(address(page, group=cohort.key)).text


def test_attempts_can_be_chosen_where_many_sat_twice(
    built: Built, page: QuizPage, as_trainer: Client
) -> None:
    takers = people(built, 30)
    sit(page, takers, lambda n, slot: slot % 2 == 0, at=timezone.now() - timedelta(hours=1))
    sit(page, takers[:12], lambda n, slot: True, number=2)
    text = as_trainer.get(address(page) + "?which=highest").text
    assert "Best attempts" in text
    assert kept(page, which="highest").data["score"]["value"] > kept(page).data["score"]["value"]
    as_trainer.get(address(page) + "?which=all")
    assert kept(page, which="all").data["sittings"] == 42
    first = page.slots.first().question
    assert f"{address(page, 'figures_question', first.key)}?which=highest" in text
    values = [
        percent(kept(page, which=which).data["questions"][0]["facility"]["value"])
        for which in ("first", "highest")
    ]
    assert values[0] != values[1]
    for which, value in zip(("first", "highest"), values, strict=True):
        question = as_trainer.get(address(page, "figures_question", first.key) + f"?which={which}").text
        assert value in question
        assert "Best attempts" in question


def test_few_who_sat_twice_cannot_be_told_by_their_progress(
    built: Built, page: QuizPage, as_trainer: Client
) -> None:
    takers = people(built, 30)
    sit(page, takers, knows, at=timezone.now() - timedelta(hours=1))
    sit(page, takers[:9], lambda n, slot: True, number=2)
    text = as_trainer.get(address(page) + "?which=last").text
    assert "f-which" not in text
    assert not StatisticsReport.objects.filter(which="last").exists()


def test_no_page_and_no_file_names_anybody_or_what_they_wrote(
    built: Built, page: QuizPage, as_trainer: Client, cohort: Cohort
) -> None:
    takers = people(built, 40, cohort)
    sit(page, takers, knows)
    pages = [
        reverse("courses:figures", args=[built.course.key]),
        address(page),
        address(page, group=cohort.key),
        address(page, "figures_questions_file", "csv"),
        *(address(page, "figures_question", slot.question.key) for slot in page.slots.all()),
    ]
    for one in pages:
        answer = as_trainer.get(one)
        words = answer.getvalue().decode()
        assert answer.status_code == 200, one
        assert NAME not in words
        assert TYPED not in words
        assert "confidential" not in words
        assert not any(str(taker.key) in words for taker in takers)
    written = str(StatisticsReport.objects.get(subject=Figures.TEST, group="").data)
    assert TYPED not in written


def test_a_page_costs_the_same_for_many_questions_and_people(
    built: Built, page: QuizPage, as_trainer: Client
) -> None:
    sit(page, people(built, 40), knows)
    as_trainer.get(address(page))
    with CaptureQueriesContext(connection) as few:
        as_trainer.get(address(page))
    assert len(few) <= 14
    for place in range(6, 12):
        QuizSlot.objects.create(page=page, question=make_question(), sort_order=place)
    for place in range(3):
        other = Cohort.objects.create(course=built.course, name=f"Cohort {place}")
        sit(page, people(built, 20, other, start=100 + 20 * place), knows)
    as_trainer.get(address(page))
    with CaptureQueriesContext(connection) as many:
        as_trainer.get(address(page))
    assert len(many) == len(few)


def test_only_those_who_work_with_the_course_see_figures(
    built: Built, page: QuizPage, client: Client, make_person: Callable[..., User]
) -> None:
    other = make_person("other@example.org", Role.TRAINER)
    learner = make_person("learner@example.org", Role.LEARNER)
    for person, wanted in ((other, 404), (learner, 404)):
        client.force_login(person)
        assert client.get(address(page)).status_code == wanted
        assert client.get(reverse("courses:figures", args=[built.course.key])).status_code == wanted
    for role in (Role.PROGRAMME_STAFF, Role.AUDITOR, Role.ADMINISTRATOR):
        client.force_login(make_person(f"{role}@example.org", role))
        assert client.get(address(page)).status_code == 200


def test_a_large_test_is_counted_by_a_task_and_its_page_says_how_far(
    built: Built, page: QuizPage, as_trainer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr("assessments.reports.AT_ONCE", 20)
    task = SimpleNamespace(count_figures=SimpleNamespace(enqueue=asked.append))
    monkeypatch.setattr("courses.statistics.tasks", task)
    sit(page, people(built, 30), knows)
    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = as_trainer.get(address(page))
    assert "The figures are being counted" in answer.text
    assert answer["Refresh"]
    with TestCase.captureOnCommitCallbacks(execute=True):
        as_trainer.get(address(page))
    assert len(asked) == 1, "what is being counted is not asked for twice"
    statistics.count(asked[0])
    assert "Cronbach" in as_trainer.get(address(page)).text


def test_the_table_can_be_had_as_a_file(built: Built, page: QuizPage, as_trainer: Client) -> None:
    sit(page, people(built, 40), knows)
    words = as_trainer.get(address(page, "figures_questions_file", "csv")).getvalue().decode()
    rows = words.strip().splitlines()
    assert len(rows) == 1 + SINGLES + 1 + 1
    index = kept(page).data["questions"][0]["details"]["discrimination"] / 100
    assert str(round(index, 4)) in rows[1]
    book = as_trainer.get(address(page, "figures_questions_file", "xlsx"))
    assert book.getvalue().startswith(b"PK")


def test_options_are_named_by_words_not_by_ids(built: Built, page: QuizPage, as_trainer: Client) -> None:
    sit(page, people(built, 40), knows)
    text = as_trainer.get(address(page, "figures_question", page.slots.first().question.key)).text
    body = re.sub(r"<[^>]+>", " ", text)
    assert not any(str(option.key) in body for option in Option.objects.all())
