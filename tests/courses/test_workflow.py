"""The review of a page: the law first, then a trainer of the course, then it is published."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import TaskState, Workflow

from accounts.models import User
from accounts.roles import Role
from courses import rights, workflow
from courses.models import CatalogPage, LegalReviewTask, LessonPage, TrainerApprovalTask

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted(built: Any, trainer: User) -> LessonPage:
    """A lesson with a changed draft, handed in for review by its trainer."""
    rights.give_course(trainer=trainer, course=built.course)
    lesson = LessonPage.objects.get(pk=built.lessons[0].pk)
    lesson.title_es = "Título revisado"
    lesson.save_revision(user=trainer)
    lesson.get_workflow().start(lesson, trainer)
    return lesson


def test_the_catalogue_brings_its_review_with_it(catalogue_page: CatalogPage, built: Any) -> None:
    found = built.lessons[0].get_workflow()
    assert found.name == workflow.REVIEW
    assert [type(task.specific) for task in found.tasks] == [LegalReviewTask, TrainerApprovalTask]


def test_the_review_is_made_once(catalogue_page: CatalogPage) -> None:
    first = workflow.ensure_review(catalogue=catalogue_page)
    assert workflow.ensure_review(catalogue=catalogue_page) == first
    assert Workflow.objects.filter(name=workflow.REVIEW).count() == 1


def test_a_page_is_published_after_both_steps(
    submitted: LessonPage, trainer: User, legal_reviewer: User, browse: Any
) -> None:
    assert act(browse(legal_reviewer), submitted, "approve") == 302
    assert LessonPage.objects.get(pk=submitted.pk).title_es == "Lección 1"
    assert act(browse(trainer), submitted, "approve") == 302
    page = LessonPage.objects.get(pk=submitted.pk)
    assert page.title_es == "Título revisado"
    assert page.live


def test_a_page_sent_back_is_not_published(submitted: LessonPage, legal_reviewer: User, browse: Any) -> None:
    act(browse(legal_reviewer), submitted, "reject")
    page = LessonPage.objects.get(pk=submitted.pk)
    assert page.title_es == "Lección 1"
    assert page.current_workflow_state.status == "needs_changes"


def test_a_text_changed_after_the_legal_review_is_reviewed_again(
    submitted: LessonPage, trainer: User, legal_reviewer: User, browse: Any
) -> None:
    act(browse(legal_reviewer), submitted, "approve")
    page = LessonPage.objects.get(pk=submitted.pk).get_latest_revision_as_object()
    page.title_es = "Otro texto"
    page.save_revision(user=trainer)
    act(browse(trainer), submitted, "approve")
    page = LessonPage.objects.get(pk=submitted.pk)
    assert page.title_es == "Lección 1"
    assert isinstance(page.current_workflow_task, LegalReviewTask)


def test_only_a_legal_reviewer_says_that_the_law_is_right(
    submitted: LessonPage,
    trainer: User,
    legal_reviewer: User,
    translator: User,
    registrar: User,
    administrator: User,
) -> None:
    task = submitted.current_workflow_task
    assert isinstance(task, LegalReviewTask)
    may = {p: bool(task.get_actions(submitted, p)) for p in (trainer, legal_reviewer, translator, registrar)}
    assert may == {trainer: False, legal_reviewer: True, translator: False, registrar: False}
    assert task.get_actions(submitted, administrator)
    assert task.locked_for_user(submitted, trainer)


def test_only_a_trainer_of_this_course_approves_it(
    submitted: LessonPage, trainer: User, legal_reviewer: User, make_person: Any
) -> None:
    submitted.current_workflow_task_state.specific.approve(user=legal_reviewer)
    submitted = LessonPage.objects.get(pk=submitted.pk)
    stranger = make_person("other@example.org", Role.TRAINER)
    task = submitted.current_workflow_task
    assert isinstance(task, TrainerApprovalTask)
    assert task.get_actions(submitted, trainer)
    assert not task.get_actions(submitted, stranger)
    assert TaskState.objects.reviewable_by(trainer).count() == 1
    assert TaskState.objects.reviewable_by(stranger).count() == 0


def test_a_trainer_hands_in_from_the_editor_but_does_not_publish(
    built: Any, trainer: User, browse: Any
) -> None:
    rights.give_course(trainer=trainer, course=built.course)
    html = (
        browse(trainer).get(reverse("wagtailadmin_pages:edit", args=[built.lessons[0].pk])).content.decode()
    )
    assert "action-submit" in html
    assert "action-publish" not in html


def act(client: Any, page: LessonPage, action: str) -> int:
    """Press a button of the review in the editor."""
    state = LessonPage.objects.get(pk=page.pk).current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return int(client.post(address, {"comment": ""}).status_code)
