"""Quizzes of a course: the spec handed to assessments, starting, and what a result completes."""

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction
from typing import Any

from accounts.models import User
from assessments import attempts
from assessments.models import Attempt
from assessments.papers import QuizSpec, SlotSpec
from courses import progress, renewals, rights, rules, tree
from courses.outline import Outline, OutlineItem

from .models import Enrolment, QuizPage


def spec_of(page: QuizPage) -> QuizSpec:
    """Return what assessments needs to know of a quiz page."""
    titles = {code: getattr(page, f"title_{code}") for code in tree.LANGUAGES}
    limit = page.time_limit_minutes
    return QuizSpec(
        key=page.key,
        title={code: title for code, title in titles.items() if title},
        slots=tuple(_slots(page)),
        pass_mark=Fraction(page.pass_mark) / 100,
        attempts_allowed=page.attempts_allowed,
        time_limit=timedelta(minutes=limit) if limit else None,
        shuffle_questions=page.shuffle_questions,
        shuffle_options=page.shuffle_options,
        feedback_when=page.feedback_when,
        show_answers=page.show_answers,
    )


def _slots(page: QuizPage) -> Iterator[SlotSpec]:
    for slot in page.slots.select_related("question", "category"):
        yield SlotSpec(
            question_key=slot.question.key if slot.question else None,
            category_key=slot.category.key if slot.category else None,
            count=slot.count,
            weight=Fraction(slot.weight),
            difficulty=slot.difficulty,
            objective=slot.objective,
        )


def start(
    *, page: QuizPage, person: User, enrolment: Enrolment, item: OutlineItem, found: Outline
) -> Attempt:
    """Begin an attempt of an enrolled person, or return the open one.

    Raises attempts.AttemptsExhausted, or papers.NothingToAsk.
    """
    after = found.after(item)
    return attempts.start(
        person=person,
        quiz=spec_of(page),
        language=found.language,
        jurisdiction=str(person.country or ""),
        context={
            "enrolment": str(enrolment.key),
            "item": str(page.key),
            "marker_group": rights.course_group(enrolment.course).name,
            "back_url": item.url,
            "next_url": after.url if after else found.url,
            "course_url": found.url,
            "course_title": {code: getattr(enrolment.course, f"title_{code}") for code in tree.LANGUAGES},
        },
    )


def record_result(*, attempt: Any, passed: bool, fraction: Fraction) -> None:
    """Complete the quiz for the enrolment under which the attempt was begun.

    It counts when the paper was passed, or when the score is enough under the person's own syllabus.
    An attempt that was not begun from a course, or of somebody who has left, completes nothing.
    """
    enrolment = (
        Enrolment.objects.current()
        .filter(key=attempt.context.get("enrolment"), person_id=attempt.person_id)
        .select_related("syllabus")
        .first()
        if attempt.context.get("enrolment")
        else None
    )
    if enrolment is None:
        return
    asked = rules.from_json(enrolment.syllabus.requirements).requirement(attempt.quiz_key)
    if passed or (asked is not None and asked.rule.met(fraction)):
        progress.complete_item(
            enrolment=enrolment,
            item_key=attempt.quiz_key,
            how="passed",
            language=attempt.language,
            at=attempt.submitted_at,
        )
    renewals.quiz_taken(enrolment=enrolment, attempt=attempt, passed=passed, fraction=fraction)
