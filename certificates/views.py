"""The holder's page and downloads, and the public page where anyone checks a number."""

import logging

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from certificates import access, documents, numbers, seal, throttle
from certificates.choices import State
from certificates.keys import NoKeys
from certificates.models import Certificate
from certificates.pdf import UncoveredCharacters, qr
from translation.reading import direction

log = logging.getLogger(__name__)


@require_safe
@login_required
@never_cache
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """The holder's certificate as a page, in any of its languages, with its downloads."""
    found = access.own_certificate(request.user, number)
    language = found.nearest_language(request.GET.get("language"))
    sizes: dict[str, int] = dict(found.documents.values_list("language", "size"))
    drawable = True
    if found.state() in (State.VALID, State.EXPIRED) and language not in sizes:
        try:
            sizes[language] = documents.obtain(certificate=found, language=language).size
        except UncoveredCharacters:
            drawable = False
        except NoKeys:
            log.exception("The PDF of %s cannot be signed", found.number)
    address = documents.verify_address(found, language)
    try:
        code = seal.seal(found, language=language)
    except NoKeys:
        code = address
    return render(
        request,
        "certificates/certificate.html",
        {
            "certificate": found,
            "state": found.state().value,
            "words": found.printed(language),
            "language": language,
            "direction": direction(language),
            "downloads": [(code, sizes.get(code)) for code in found.languages] if drawable else [],
            "address": address,
            "qr": qr.svg(code),
        },
    )


@require_safe
@login_required
@cache_control(private=True, no_cache=True)
def pdf(request: HttpRequest, number: str, language: str) -> HttpResponse:
    """The PDF as it is kept, for the holder and programme staff."""
    found = access.downloadable(request.user, number)
    if language not in found.languages:
        raise Http404
    try:
        document = documents.obtain(certificate=found, language=language)
    except UncoveredCharacters:
        messages.error(request, _("The name has letters that our fonts cannot draw yet. Please write to us."))
        return redirect(found if found.person == request.user else "home")
    except NoKeys:
        log.exception("The PDF of %s cannot be signed", found.number)
        messages.error(request, _("The file cannot be made at the moment. Please try again later."))
        return redirect(found if found.person == request.user else "home")
    response = HttpResponse(documents.read(document), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found.number}-{language}.pdf"'
    return response


@require_safe
@never_cache
def verify(request: HttpRequest) -> HttpResponse:
    """The form: a number, typed as it may be, leads to its page."""
    if "number" not in request.GET:
        return _unindexed(render(request, "certificates/verify.html", {"example": numbers.EXAMPLE}))
    typed = request.GET["number"]
    wanted = numbers.canonical(typed) or numbers.shown(typed)
    if not wanted:
        context = {"example": numbers.EXAMPLE, "problem": _("Enter the number of the certificate.")}
        return _unindexed(render(request, "certificates/verify.html", context, status=400))
    return _unindexed(redirect("certificates:verify_number", number=wanted))


@require_safe
@never_cache
def verify_number(request: HttpRequest, number: str) -> HttpResponse:
    """What a certificate is worth: valid, expired, replaced, withdrawn or unknown."""
    if throttle.exceeded(request):
        return _unindexed(render(request, "certificates/verify_wait.html", status=429))
    meant = numbers.canonical(number)
    if meant is not None and meant != number:
        return _unindexed(redirect("certificates:verify_number", number=meant))
    found = Certificate.objects.filter(number=meant).first() if meant else None
    context = {"checked_at": timezone.now(), "example": numbers.EXAMPLE, "help_email": settings.HELP_EMAIL}
    if found is None:
        context["typed"] = numbers.shown(number)
        return _unindexed(render(request, "certificates/verify_unknown.html", context, status=404))
    language = found.nearest_language()
    context |= {"certificate": found, "state": found.state().value}
    context |= {"language": language, "words": found.printed(language)}
    return _unindexed(render(request, "certificates/verify_result.html", context))


def _unindexed(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
