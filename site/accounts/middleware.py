"""What holds for every answer to a person who is signed in."""

import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone


class PersonMiddleware:
    """Show times in the person's time zone, and let no shared cache keep a page.

    Costs no query of its own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # without a session cookie nobody is signed in, and asking would cost a query
        if request.session.session_key and request.user.is_authenticated:
            with timezone.override(zoneinfo.ZoneInfo(request.user.time_zone)):
                response = self.get_response(request)
            response.headers.setdefault("Cache-Control", "private")
            return response
        return self.get_response(request)
