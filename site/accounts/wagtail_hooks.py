"""Roles and flags kept in step with what is done to many people or to a role at once in the editor.

The forms call the verb `roles.set_groups`; these hooks cover the two screens that do not use them.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from . import audit, people, roles
from .models import Institution, User


@hooks.register("before_bulk_action")
def operators_stay(request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any) -> None:
    """Let nobody but an operator close an operator's account, or give it a role."""
    operators = any(isinstance(one, User) and one.is_superuser for one in objects)
    if operators and not getattr(request.user, "is_superuser", False):
        raise PermissionDenied


@hooks.register("after_bulk_action")
def after_many(request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any) -> None:
    """Bring the flags up to date after roles were assigned, and write down what was done."""
    actor = request.user
    if not isinstance(actor, User):
        return
    for person in (one for one in objects if isinstance(one, User)):
        if action_type == "assign_role":
            role = action.cleaned_form.cleaned_data["role"].name
            audit.record(actor=actor, verb="role_granted", target=person, data={"role": role})
            roles.refresh_flags(person)
        elif action_type == "set_active_state":
            person.refresh_from_db(fields=["is_active"])
            people.note_active(person=person, actor=actor)


@hooks.register("after_edit_group")
def after_group_changed(request: HttpRequest, group: Group) -> None:
    """Bring the flags of a group's members up to date when its permissions have changed."""
    for person in User.objects.filter(groups=group):
        roles.refresh_flags(person)


class InstitutionViewSet(SnippetViewSet):
    """Institutions, which administrators keep."""

    model = Institution
    icon = "home"
    list_display = ("name", "country")
    list_filter = ("country",)
    search_fields = ("name",)
    add_to_settings_menu = True


register_snippet(InstitutionViewSet)
