"""Texts that people type to break pages, files and logs: they are shown as what they are, or refused."""

import logging
import re
from collections.abc import Callable

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from assessments import attempts, markup
from assessments.models import Attempt
from assessments.papers import QuizSpec, SlotSpec
from courses import enrolment, richtext
from courses.csv_file import csv_lines
from courses.models import Cohort, CoursePage, LessonPage
from portal import errors
from tests.courses.conftest import Built, built, catalogue_page, make_question

__all__ = ["built", "catalogue_page"]

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>"


# --- writing markup ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "stored",
    [
        '<p><a href="javascript:alert(1)">x</a></p>',
        '<p><a href="JaVaScRiPt:alert(1)">x</a></p>',
        '<p><a href="java&#10;script:alert(1)">x</a></p>',
        '<p><a href="data:text/html,x">x</a></p>',
        '<p><a linktype="term" slug="&quot; onclick=alert(1)">x</a></p>',
        '<p onclick="alert(1)"><a href="/x" onmouseover="alert(1)" style="x">x</a></p>',
        "<p>x</p><script>alert(1)</script>",
        '<p>x<img src="x" onerror="alert(1)"></p>',
        "<svg><script>alert(1)</script></svg>",
        '<p>x</p><iframe src="https://evil.example"></iframe><form action="https://evil.example"></form>',
    ],
)
def test_stored_rich_text_runs_nothing(db: None, stored: str) -> None:
    shown = richtext.clean(stored).lower()
    assert not re.search(r"script:|data:|<(?!/?(?:p|a)\b)|<[^>]* on\w+\s*=|style=", shown)


@pytest.mark.parametrize(
    "written",
    [
        "[x](javascript:alert(1))",
        "[x](data:text/html,x)",
        "<script>alert(1)</script>",
        '[x](https://a.example/"onclick="alert(1))',
        "[[x|<img src=x onerror=alert(1)>]]",
        '**"><script>alert(1)</script>**',
    ],
)
def test_the_marks_of_questions_run_nothing(written: str) -> None:
    for html in (markup.inline(written), markup.block_html(written)):
        for word in ("<script", "<img", 'href="javascript', 'href="data', '"onclick'):
            assert word not in html


def test_names_and_titles_are_shown_as_text(
    browse: Callable[[User | None], Client], judge: User, registrar: User, built: Built
) -> None:
    cohort = Cohort.objects.create(course=built.course, name=SCRIPT, place=SCRIPT)
    taken = enrolment.enrol(person=judge, course=built.course, cohort=cohort, actor=None, language="es")
    User.objects.filter(pk__in=[judge.pk, registrar.pk]).update(name=SCRIPT, name_latin=SCRIPT, court=SCRIPT)
    for code in ("es", "en"):
        CoursePage.objects.update(**{f"title_{code}": SCRIPT, f"summary_{code}": SCRIPT})
        LessonPage.objects.update(**{f"title_{code}": SCRIPT, f"lede_{code}": SCRIPT})
    with translation.override("es"):
        places = (
            (None, "/es/"),
            (None, built.url),
            (judge, built.url),
            (judge, built.url_of(built.lessons[0])),
            (judge, "/es/my-learning/"),
            (judge, "/es/people/profile/"),
            (registrar, f"/es/staff/cohorts/?q={SCRIPT}"),
            (registrar, reverse("programmes:cohort", args=[cohort.key]) + f"?q={SCRIPT}&sort={SCRIPT}"),
            (registrar, reverse("programmes:learner", args=[judge.key])),
            (registrar, reverse("programmes:change") + f"?act=withdraw&who={taken.key}&next=/{SCRIPT}"),
        )
    for person, path in places:
        page = browse(person).get(path)
        assert page.status_code == 200, path
        assert SCRIPT not in page.text, path


def test_what_somebody_typed_is_no_formula_in_a_file() -> None:
    for start in ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋"):
        line = "".join(csv_lines(["Name"], [[f"{start}cmd|x"]])).splitlines()
        assert not any(cell.startswith((start, f'"{start}')) for cell in line[1:2])


# --- too much, and what is no text -----------------------------------------------------------------
@pytest.fixture
def attempt(judge: User, db: None) -> Attempt:
    question = make_question()
    version = question.versions.get()
    version.kind, version.marking = "short", {"accepted": {"en": ["means"]}}
    version.save()
    quiz = QuizSpec(key=question.key, title={"en": "Quiz"}, slots=(SlotSpec(question_key=question.key),))
    return attempts.start(person=judge, quiz=quiz, language="en", jurisdiction="MX")


@pytest.mark.parametrize(
    "sent",
    [
        {"slot": "9" * 5000, "text": "x"},
        {"slot": "²", "text": "x"},
        {"slot": "-1", "text": "x"},
        {"slot": "1", "text": "a\0b"},
        {"slot": "1", "text": "x" * 1_001},
        {"slot": "2", "text": "x"},
    ],
)
def test_an_answer_that_is_none_is_refused_and_breaks_nothing(
    browse: Callable[[User], Client], judge: User, attempt: Attempt, sent: dict[str, str]
) -> None:
    answer = browse(judge).post(reverse("assessments:autosave", args=[attempt.key]), sent)
    assert answer.status_code == 422
    assert not attempts.state_of(attempt).answers


def test_a_button_that_is_none_leads_nowhere_else(
    browse: Callable[[User], Client], judge: User, attempt: Attempt
) -> None:
    path = reverse("assessments:attempt", args=[attempt.key, 1])
    for go in ("9" * 5000, "²", "https://evil.example", ""):
        assert browse(judge).post(path, {"text": "x", "go": go})["Location"] == path


def test_an_address_cannot_forge_a_line_of_the_log(
    rf: RequestFactory, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "portal.errors"):
        errors.server_error(rf.get("/en/%0AE-FORGED server error"))
    assert "E-FORGED" in caplog.text
    assert not any(line.startswith("E-FORGED") for line in caplog.text.splitlines())
