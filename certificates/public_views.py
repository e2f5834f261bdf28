"""The public pages where anyone checks a number, a photograph of the QR code, or a file."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from certificates import checking, numbers, throttle
from certificates.checking import Evidence, Finding, Verdict
from certificates.uploads import LARGEST, BoundedInMemory


@require_safe
@never_cache
def verify(request: HttpRequest) -> HttpResponse:
    """The forms: a number, typed as it may be, leads to its page; a file is looked at."""
    if "number" not in request.GET:
        return _form(request)
    typed = request.GET["number"]
    wanted = numbers.canonical(typed) or numbers.shown(typed)
    if not wanted:
        return _form(request, status=400, problem=_("Enter the number of the certificate."))
    return _unindexed(redirect("certificates:verify_number", number=wanted))


@require_safe
@never_cache
def verify_number(request: HttpRequest, number: str) -> HttpResponse:
    """What a certificate is worth: valid, expired, replaced, withdrawn or unknown."""
    if throttle.exceeded(request):
        return _wait(request)
    meant = numbers.canonical(number)
    if meant is not None and meant != number:
        return _unindexed(redirect("certificates:verify_number", number=meant))
    finding = checking.Register().numbered(meant) if meant else Finding(verdict=Verdict.UNKNOWN)
    if finding.certificate is None:
        context = _context(request, finding) | {"typed": numbers.shown(number)}
        return _unindexed(render(request, "certificates/verify_unknown.html", context, status=404))
    return _result(request, finding)


@csrf_exempt  # only until the handler is set: reading the form's word reads the whole form
def verify_file(request: HttpRequest) -> HttpResponse:
    """What a file or the text of a QR code is worth; it is held in memory for this answer alone."""
    handler = BoundedInMemory(request)
    request.upload_handlers = [handler]
    return _verify_file(request, handler)


@csrf_protect
@require_POST
@never_cache
def _verify_file(request: HttpRequest, handler: BoundedInMemory) -> HttpResponse:
    if throttle.exceeded(request, of="files"):
        return _wait(request)
    given, text = request.FILES.get("file"), request.POST.get("text", "").strip()
    if handler.too_large:
        return _form(request, status=413, file_problem=_("The file is too large."))
    if not given and not text:
        return _form(request, status=400, file_problem=_("Choose a file, or paste the text of the QR code."))
    register = checking.Register()
    finding = checking.check_file(given.read(), register) if given else checking.check_text(text, register)
    if finding.evidence == Evidence.NUMBER:
        # an older paper, whose code is the address alone: its page says all there is to say
        return _unindexed(redirect("certificates:verify_number", number=finding.number))
    return _result(request, finding)


def _form(request: HttpRequest, *, status: int = 200, **problems: str) -> HttpResponse:
    context = {"example": numbers.EXAMPLE, "largest": LARGEST, **problems}
    return _unindexed(render(request, "certificates/verify.html", context, status=status))


def _result(request: HttpRequest, finding: Finding) -> HttpResponse:
    context = _context(request, finding)
    found = finding.certificate
    if found is None:
        return _unindexed(render(request, "certificates/verify_refused.html", context))
    language = found.nearest_language()
    context |= {"certificate": found, "language": language, "words": found.printed(language)}
    return _unindexed(render(request, "certificates/verify_result.html", context))


def _wait(request: HttpRequest) -> HttpResponse:
    response = render(request, "certificates/verify_wait.html", status=429)
    response["Retry-After"] = str(throttle.SECONDS)
    return _unindexed(response)


def _context(request: HttpRequest, finding: Finding) -> dict[str, Any]:
    return {
        "state": finding.verdict.value,
        "heading": finding.verdict.label,
        "evidence": finding.evidence.value if finding.evidence else "",
        "checked_at": timezone.now(),
        "example": numbers.EXAMPLE,
        "largest": LARGEST,
        "help_email": settings.HELP_EMAIL,
    }


def _unindexed(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
