"""Whose part of the bank it is: a category is shared, or of the group that edits a course.

Trainers have the shared categories and those of their groups; administrators have all. Who only
reads the bank, to review or to translate it, reads all of it.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.models import User
from accounts.roles import Role, has_role
from assessments.models import Category

READS_ALL = (Role.ADMINISTRATOR, Role.LEGAL_REVIEWER, Role.TRANSLATOR)
READING = {"view"}


def categories_for(person: User, *, to_edit: bool) -> QuerySet[Category]:
    """The categories whose questions the person may edit, or else read."""
    if has_role(person, *((Role.ADMINISTRATOR,) if to_edit else READS_ALL)):
        return Category.objects.all()
    mine = Q(editors__in=person.groups.all())
    return Category.objects.filter(Q(editors=None) | mine)


class BankPolicy(ModelPermissionPolicy):
    """The permissions of the role, within the categories that are the person's.

    ``path`` leads from the model to its category; empty for the category itself.
    """

    def __init__(self, model: Any, path: str = "") -> None:
        super().__init__(model)
        self.path = path

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action) and self._of(user, [action], instance.pk)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        allowed = [action for action in actions if self.user_has_permission(user, action)]
        if not allowed:
            found: QuerySet[Any] = self.model._default_manager.none()
            return found
        return self._within(user, allowed)

    def _of(self, user: Any, actions: Iterable[str], pk: Any) -> bool:
        # nothing stored yet belongs to nobody
        return pk is None or self._within(user, actions).filter(pk=pk).exists()

    def _within(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        categories = categories_for(user, to_edit=READING.isdisjoint(actions))
        name = f"{self.path}__in" if self.path else "pk__in"
        found: QuerySet[Any] = self.model._default_manager.filter(**{name: categories})
        return found
