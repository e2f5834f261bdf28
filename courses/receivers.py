"""Who calls courses when something happens elsewhere. Each receiver calls one verb and decides nothing."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_unpublished, post_page_move

from accounts.signals import application_approved, invitation_accepted
from assessments.signals import attempt_graded, attempt_lowered
from courses import enrolment, minutes, quizzes, syllabus

from .models import Course, CoursePage, LessonPage, ModulePage, QuizPage

PAGES = (CoursePage, ModulePage, LessonPage, QuizPage)


def connect() -> None:
    """Connect all receivers; called once, when the app is ready."""
    # before the edition is renewed, by which outlines are made anew
    page_published.connect(_lesson_live, sender=LessonPage)
    for page in PAGES:
        post_save.connect(_page_saved, sender=page)
        post_delete.connect(_page_deleted, sender=page)
        page_published.connect(_page_live, sender=page)
        page_unpublished.connect(_page_live, sender=page)
        post_page_move.connect(_page_moved, sender=page)
    post_save.connect(_course_saved, sender=Course)
    invitation_accepted.connect(_joined)
    application_approved.connect(_joined)
    attempt_graded.connect(_attempt_graded)
    attempt_lowered.connect(_attempt_lowered)


def _lesson_live(instance: LessonPage, **_kwargs: Any) -> None:
    minutes.count(page=instance)


def _page_saved(instance: Any, raw: bool = False, **_kwargs: Any) -> None:
    if not raw:
        syllabus.page_changed(path=instance.path)


def _page_deleted(instance: Any, **_kwargs: Any) -> None:
    syllabus.page_went_live(path=instance.path)


def _page_live(instance: Any, **_kwargs: Any) -> None:
    syllabus.page_went_live(path=instance.path)


def _page_moved(instance: Any, parent_page_before: Any, **_kwargs: Any) -> None:
    for page in (instance, parent_page_before):
        syllabus.page_went_live(path=page.path)


def _course_saved(instance: Course, raw: bool = False, **_kwargs: Any) -> None:
    if not raw:
        syllabus.renew_edition(course=instance)


def _joined(person: Any, context: Any, **_kwargs: Any) -> None:
    enrolment.accept_invitation(person=person, context=context or {})


def _attempt_graded(attempt: Any, passed: bool, fraction: Any, **_kwargs: Any) -> None:
    quizzes.record_result(attempt=attempt, passed=passed, fraction=fraction)


def _attempt_lowered(attempt: Any, passed: bool, fraction: Any, actor: Any, **_kwargs: Any) -> None:
    quizzes.take_back(attempt=attempt, passed=passed, fraction=fraction, actor=actor)
