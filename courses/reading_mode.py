"""How a reader takes lessons: whole, or in words alone.

The choice of text only is kept in a cookie and not with the account: it is the line of a device that is
weak, it costs no query, and nothing more has to be known about a person.
"""

from enum import StrEnum

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "aula_text_only"
ONE_YEAR = 60 * 60 * 24 * 365


class Mode(StrEnum):
    """`SPARING` is what the browser asks for: no medium is loaded until the reader wants it."""

    WHOLE = "whole"
    SPARING = "sparing"
    TEXT = "text"

    @property
    def in_words(self) -> bool:
        """Tell whether pictures, sound and video are given in words."""
        return self is not Mode.WHOLE


def mode_of(request: HttpRequest) -> Mode:
    """Return how this page is to be read; `?media=all` loads the media of one page for who saves data."""
    if wants_text(request):
        return Mode.TEXT
    if saves_data(request) and request.GET.get("media") != "all":
        return Mode.SPARING
    return Mode.WHOLE


def wants_text(request: HttpRequest) -> bool:
    """Tell whether the reader has chosen text only on this device."""
    return request.COOKIES.get(COOKIE) == "on"


def saves_data(request: HttpRequest) -> bool:
    """Tell whether the browser asks for less data."""
    return request.headers.get("Save-Data", "").lower() == "on"


def remember[Answer: HttpResponse](response: Answer, *, text_only: bool) -> Answer:
    """Keep the choice on the device for a year, or forget it."""
    if not text_only:
        response.delete_cookie(COOKIE, samesite="Lax")
        return response
    response.set_cookie(
        COOKIE,
        "on",
        max_age=ONE_YEAR,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response
