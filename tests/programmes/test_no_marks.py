"""Nobody who works in the staff area sees a mark or an answer of a named person."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from assessments import attempts
from assessments.models import Attempt, Category, Option, Question, QuestionVersion
from assessments.papers import QuizSpec, SlotSpec
from courses.models import Enrolment, ReflectionNote

SECRETS = ("Consent settles it", "Which element is missing", "My doubt about consent", "Female", "female")
# "3 of 4", "66 %" and their like beside a name would be a mark; progress counts requirements
MARKS = re.compile(r"(?i)\b(score|grade|mark(?!s and notes)|fraction|attempt)", re.ASCII)


@pytest.fixture
def attempt(run: Any, judge: User, enrolled: Callable[..., Enrolment]) -> Attempt:
    """An attempt of the judge that failed, at the quiz of the course; and a private note."""
    User.objects.filter(pk=judge.pk).update(sex="female")
    enrolled(judge, done=1)
    category = Category.objects.create(slug="x", name_en="Elements")
    question = Question.objects.create(category=category, status="ready")
    version = QuestionVersion.objects.create(
        question=question, kind="single", marking={}, stem_en="Which element is missing?"
    )
    wrong = Option.objects.create(version=version, sort_order=0, text_en="Consent settles it")
    Option.objects.create(version=version, sort_order=1, text_en="The means", correct=True)
    quiz = QuizSpec(key=run.keys[2], title={"en": "Quiz"}, slots=(SlotSpec(question_key=question.key),))
    begun = attempts.start(person=judge, quiz=quiz, language="en", jurisdiction="MX")
    attempts.save_answer(attempt=begun, slot=1, response={"choice": str(wrong.key)}, language="en")
    ReflectionNote.objects.create(
        person=judge, item_key=uuid.uuid4(), block_id="b", text="My doubt about consent"
    )
    return attempts.submit(attempt=begun)


@pytest.mark.parametrize("who", ["registrar", "administrator", "auditor"])
def test_no_staff_page_or_file_holds_a_mark_an_answer_a_note_or_the_sex(
    run: Any, attempt: Attempt, judge: User, request: Any, browse: Callable[..., Any], who: str
) -> None:
    client = browse(request.getfixturevalue(who))
    taken = Enrolment.objects.get(person=judge)
    assert attempt.fraction == 0
    addresses = [
        run.url,
        "/en/staff/cohorts/",
        "/en/staff/learners/",
        "/en/staff/applications/",
        reverse("programmes:learner", args=[judge.key]),
        f"{run.url}learners.csv",
    ]
    if who != "auditor":
        addresses += [
            reverse("programmes:change") + f"?act=extend&who={taken.key}",
            reverse("programmes:extra_time", args=[judge.key]),
            reverse("programmes:attempts", args=[taken.key, attempt.quiz_key]),
            f"{run.url}edit/",
        ]
    for address in addresses:
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
            body = answer.getvalue().decode() if answer.streaming else answer.content.decode()
        assert answer.status_code == 200, address
        words = re.sub(r"<[^>]+>", " ", body)
        for secret in SECRETS:
            assert secret not in words, (address, secret)
        for said in ("Answers, marks and notes", "Give another attempt"):
            words = words.replace(said, "")
        assert not MARKS.search(words), address
        tables = " ".join(one["sql"] for one in asked)
        for table in ("assessments_", "courses_reflectionnote"):
            assert table not in tables, (address, table)
