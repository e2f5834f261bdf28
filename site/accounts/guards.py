"""Views that are open to people of some roles, and to nobody else."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

from .models import User
from .roles import Role, has_role

View = Callable[..., HttpResponseBase]


class SignedInRequest(HttpRequest):
    """A request that `open_to` has let through: somebody is signed in."""

    user: User


def open_to(view: View, roles: Iterable[Role]) -> View:
    """Open a view to people with one of the roles: others are asked to sign in, or told 404."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # asked before anything is looked up: the answer says nothing about what exists
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not has_role(request.user, *roles):
            raise Http404
        return view(request, *args, **kwargs)

    return never_cache(guarded)
