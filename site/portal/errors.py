"""The pages shown when something does not work: what happened, what is safe, what to do."""

import logging
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

log = logging.getLogger("portal.errors")

# no 0, 1, I or O: the number is read aloud and typed
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def new_reference() -> str:
    """Return a number a person can quote, such as E-7K4M92."""
    return "E-" + "".join(secrets.choice(_ALPHABET) for _place in range(6))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent could not be understood."""
    reference = new_reference()
    log.warning("%s bad request at %r", reference, request.path)
    return render(request, "400.html", {"reference": reference, "without_person": True}, status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the person may not do this."""
    reference = new_reference()
    log.warning("%s forbidden at %r", reference, request.path)
    return render(request, "403.html", {"reference": reference}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing at this address for this person."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. Never asks the database, which may be the cause."""
    reference = new_reference()
    # called while the exception is handled: its trace goes to the log beside the number
    log.error("%s server error at %r", reference, request.path, exc_info=True)
    context = {
        "request": request,
        "reference": reference,
        "without_person": True,
        "site_name": settings.WAGTAIL_SITE_NAME,
        "help_email": settings.HELP_EMAIL,
    }
    # rendered without the context processors: they read the session
    return HttpResponse(render_to_string("500.html", context), status=500)
