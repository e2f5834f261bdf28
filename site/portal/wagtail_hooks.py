"""Deleting in the editor: what records point at is kept, and whoever tries is told so in words.

The database refuses it anyway; without these hooks the answer would be an error page.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, ProtectedError, RestrictedError
from django.db.models.deletion import Collector
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks

from accounts.models import User
from courses.models import Course


def is_kept(objects: Iterable[Model]) -> bool:
    """Tell whether records that are kept point at one of the objects, or at what would go with it."""
    try:
        for one in objects:
            Collector(using=DEFAULT_DB_ALIAS, origin=one).collect([one])
    except (ProtectedError, RestrictedError):
        return True
    return False


def _refusal(objects: Sequence[Model]) -> str:
    if isinstance(objects[0], User):
        return _(
            "Tests that this person took are kept, and so is the account. Close the account instead:"
            " then nobody can sign in with it."
        )
    if isinstance(objects[0], Course):
        return _(
            "The course is kept: it has a page or a syllabus, or people have taken it. Unpublish its page"
            " instead: then nobody new can find it."
        )
    return _("It is kept, because other records need it.")


@hooks.register("before_delete_user")
def user_is_kept(request: HttpRequest, user: User) -> HttpResponse | None:
    """Keep an account whose papers are kept."""
    return _refused(request, [user], redirect("wagtailusers_users:edit", user.pk))


@hooks.register("before_delete_snippet")
def snippet_is_kept(request: HttpRequest, instances: Sequence[Any]) -> HttpResponse | None:
    """Keep a course, or whatever else of the editor's lists records point at."""
    instances = list(instances)
    address = instances[0].snippet_viewset.get_url_name("list")
    return _refused(request, instances, redirect(address))


@hooks.register("before_bulk_action")
def many_are_kept(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Keep all of those that were chosen where one of them is kept."""
    chosen = list(objects)
    if action_type != "delete" or not chosen:
        return None
    return _refused(request, chosen, redirect(action.next_url))


def _refused(request: HttpRequest, objects: Sequence[Model], answer: HttpResponse) -> HttpResponse | None:
    if not is_kept(objects):
        return None
    messages.error(request, _refusal(objects))
    return answer
