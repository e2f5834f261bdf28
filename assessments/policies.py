"""Whose part of the bank it is: a category is shared, or of the group that edits a course.

Trainers have the shared categories and those of their groups; administrators have all. Who only
reads the bank, to review or to translate it, reads all of it. Legal reviewers comment.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.guards import SignedInRequest, View, open_to
from accounts.models import User
from accounts.roles import Role, has_role
from assessments.models import Category, Question

READS_ALL = (Role.ADMINISTRATOR, Role.LEGAL_REVIEWER, Role.TRANSLATOR)
WRITERS = (Role.TRAINER, Role.ADMINISTRATOR)
READERS = (*WRITERS, Role.LEGAL_REVIEWER, Role.TRANSLATOR)
TRANSLATING = (*WRITERS, Role.TRANSLATOR)
READING = {"view"}

BankRequest = SignedInRequest


def read_in_bank(view: View) -> View:
    """Open a view to trainers, administrators, legal reviewers and translators; 404 for everyone else."""
    return open_to(view, READERS)


def written_in_bank(view: View) -> View:
    """Open a view to trainers and administrators; 404 for everyone else."""
    return open_to(view, WRITERS)


def translated_in_bank(view: View) -> View:
    """Open a view to trainers, administrators and translators; 404 for everyone else."""
    return open_to(view, TRANSLATING)


def questions_for(person: User, *, to_edit: bool) -> QuerySet[Question]:
    """The questions that the person may edit, or else read."""
    if not has_role(person, *(WRITERS if to_edit else READERS)):
        return Question.objects.none()
    return Question.objects.filter(category__in=categories_for(person, to_edit=to_edit))


def question_of(person: User, key: UUID, *, to_edit: bool, locked: bool = False) -> Question:
    """A question that the person may edit, or else read; raises Http404.

    With ``locked`` whoever else would store it waits until the transaction ends.
    """
    found = questions_for(person, to_edit=to_edit).select_related("category", "vignette")
    if locked:
        found = found.select_for_update(of=("self",))
    return get_object_or_404(found, key=key)


def questions_to_translate(person: User) -> QuerySet[Question]:
    """The questions that the person translates: translators all, writers theirs."""
    if not has_role(person, *TRANSLATING):
        return Question.objects.none()
    return questions_for(person, to_edit=not has_role(person, Role.TRANSLATOR))


def question_to_translate(person: User, key: UUID) -> Question:
    """A question that the person translates; raises Http404."""
    return get_object_or_404(questions_to_translate(person).select_related("category"), key=key)


def may_translate(person: User) -> bool:
    """Tell whether the person translates questions at all."""
    return has_role(person, *TRANSLATING)


def may_write(person: User) -> bool:
    """Tell whether the person writes questions at all."""
    return has_role(person, *WRITERS)


def may_edit(person: User, question: Question) -> bool:
    """Tell whether the person changes this question."""
    return questions_for(person, to_edit=True).filter(pk=question.pk).exists()


def may_comment(person: User, question: Question) -> bool:
    """Tell whether the person comments on it: legal reviewers on all, writers on theirs."""
    return has_role(person, Role.LEGAL_REVIEWER) or may_edit(person, question)


def categories_for(person: User, *, to_edit: bool) -> QuerySet[Category]:
    """The categories whose questions the person may edit, or else read."""
    if has_role(person, *((Role.ADMINISTRATOR,) if to_edit else READS_ALL)):
        return Category.objects.all()
    mine = Q(editors__in=person.groups.all())
    return Category.objects.filter(Q(editors=None) | mine)


class CategoryPolicy(ModelPermissionPolicy):
    """The permissions of the role, within the categories that are the person's."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        if not self.user_has_permission(user, action):
            return False
        # nothing stored yet belongs to nobody
        return instance.pk is None or _within(user, [action]).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        allowed = [action for action in actions if self.user_has_permission(user, action)]
        return _within(user, allowed) if allowed else Category.objects.none()


def _within(user: User, actions: Iterable[str]) -> QuerySet[Category]:
    return categories_for(user, to_edit=READING.isdisjoint(actions))
