"""The two steps of a course review: the law is checked by a legal reviewer, then a trainer approves."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

from accounts.roles import Role, has_role
from courses import tree
from pages.models import BasePage

from .catalogue import Course


def course_of(page: BasePage) -> Course | None:
    """Return the course that a page belongs to, if any."""
    found = tree.course_page_of(page.path)
    return found.course if found else None


def trains(person: Any, page: BasePage) -> bool:
    """Tell whether the person is a trainer of the page's course, or an administrator."""
    if has_role(person, Role.ADMINISTRATOR):
        return True
    course = course_of(page)
    return course is not None and course.trainers.filter(pk=person.pk).exists()


class ReviewTask(Task):
    """A step that some people may decide; for the others the page is locked meanwhile."""

    class Meta:
        abstract = True

    def may_decide(self, obj: Any, user: Any) -> bool:
        """Tell whether the person may approve or send back."""
        raise NotImplementedError

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return self.may_decide(obj, user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return not self.may_decide(obj, user)

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        return self.may_decide(obj, user)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Return Wagtail's (name, words, asks for a comment) of what the person may do now."""
        if not self.may_decide(obj, user):
            return []
        return [
            ("reject", _("Send back with a comment"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with a comment"), True),
        ]

    def get_task_states_user_can_moderate(self, user: Any, **_kwargs: Any) -> models.QuerySet[TaskState]:
        """Return the open steps that wait for this person."""
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        pages = {
            state.pk: state.workflow_state.content_object
            for state in waiting.select_related("workflow_state")
        }
        mine = [pk for pk, page in pages.items() if page is not None and self.may_decide(page, user)]
        return waiting.filter(pk__in=mine)


class LegalReviewTask(ReviewTask):
    """Only legal reviewers (and administrators) may say that the law is right."""

    class Meta:
        verbose_name = _("legal review")
        verbose_name_plural = _("legal reviews")

    def may_decide(self, obj: Any, user: Any) -> bool:
        return has_role(user, Role.LEGAL_REVIEWER, Role.ADMINISTRATOR)

    @classmethod
    def get_description(cls) -> Any:
        return _("A legal reviewer checks the statements of law.")


class TrainerApprovalTask(ReviewTask):
    """A trainer of this very course approves; the page is then published."""

    class Meta:
        verbose_name = _("approval by a trainer")
        verbose_name_plural = _("approvals by trainers")

    def may_decide(self, obj: Any, user: Any) -> bool:
        return trains(user, obj)

    @classmethod
    def get_description(cls) -> Any:
        return _("A trainer of the course approves; the page is then published.")
