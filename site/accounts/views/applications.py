"""Ask for an account, and confirm the address."""

import re
from typing import Any

from allauth.core.ratelimit import consume_or_429
from allauth.decorators import rate_limit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .. import applications
from ..access import application_of
from ..forms.joining import ApplicationForm

_COURSE_CODE = re.compile(r"[A-Za-z0-9-]{1,40}")


@never_cache
def apply(request: HttpRequest) -> HttpResponse:
    """Take an application; `?course=` says for which course, and is kept for the staff."""
    form = ApplicationForm(request.POST or None, initial={"language": get_language()})
    if request.method != "POST" or not form.is_valid():
        return render(request, "account/apply.html", {"form": form})
    answers = form.cleaned_data
    refused = consume_or_429(request, action="apply", key=answers["email"])
    if refused:
        return refused
    applications.submit(**answers, context=_context(request))
    return redirect("accounts:applied")


@require_safe
def applied(request: HttpRequest) -> HttpResponse:
    """Say that a letter is on its way: the same words whoever applied."""
    return render(request, "account/applied.html")


@never_cache
@rate_limit(action="confirm_application")
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm the address of an application, by a button: programmes that read mail follow links."""
    application = application_of(token)
    if request.method != "POST":
        return render(request, "account/application_confirm.html", {"application": application})
    applications.confirm(application=application)
    return render(request, "account/application_confirmed.html")


def _context(request: HttpRequest) -> dict[str, Any]:
    course = request.GET.get("course", "")
    return {"course": course} if _COURSE_CODE.fullmatch(course) else {}
