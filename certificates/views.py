"""The holder's page and downloads."""

import logging

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from certificates import access, documents, drawings, seal
from certificates.choices import Kind, State
from certificates.forms import PairForm
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
    address = drawings.verify_address(found, language)
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
            "pictures": drawings.pictures_of(found, language),
            "pair": _pair(found, language),
        },
    )


def _pair(found: Certificate, language: str) -> PairForm | None:
    """Which two languages may stand on one sheet: none on a transcript, nor where there is one alone."""
    others = [code for code in found.languages if code != language]
    if found.kind == Kind.TRANSCRIPT or not others:
        return None
    return PairForm(None, codes=found.languages, initial={"first": language, "second": others[0]})


@require_safe
@login_required
@cache_control(private=True, no_cache=True)
def pdf(request: HttpRequest, number: str, language: str) -> HttpResponse:
    """The PDF as it is kept, for the holder and programme staff."""
    found = access.downloadable(request.user, number)
    if not drawings.languages_of(found, language):
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
