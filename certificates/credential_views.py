"""The holder's digital credential, and what others check it with: the issuer's keys, the lists of status."""

import json
import logging

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from certificates import access, credential, did, status_list
from certificates.keys import NoKeys

log = logging.getLogger(__name__)

TOKEN = "application/vc+jwt"


@require_safe
@login_required
@cache_control(private=True, no_cache=True)
def download(request: HttpRequest, number: str, language: str, form: str) -> HttpResponse:
    """The credential in a language, as JSON or as a token, for the holder and programme staff."""
    found = access.downloadable(request.user, number)
    if language not in found.languages:
        raise Http404
    make = credential.as_jwt if form == "jwt" else credential.with_proof
    try:
        data = make(found, language)
    except NoKeys:
        log.exception("The credential of %s cannot be signed", found.number)
        messages.error(request, _("The file cannot be made at the moment. Please try again later."))
        return redirect(found if found.person == request.user else "home")
    response = HttpResponse(data, content_type=TOKEN if form == "jwt" else "application/vc")
    response["Content-Disposition"] = f'attachment; filename="{found.number}-{language}.{form}"'
    return response


@require_safe
@cache_control(public=True, max_age=300)
def did_document(request: HttpRequest) -> HttpResponse:
    """The keys that vouch for credentials, for anyone, at the address that did:web prescribes."""
    return _for_anyone(json.dumps(did.document(), indent=2).encode(), "application/did+json")


@require_safe
@cache_control(public=True, max_age=status_list.FRESH)
def status(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """A list of which credentials no longer count, for anyone."""
    try:
        data = status_list.published(number, form)
    except NoKeys:
        log.exception("The list of status %s cannot be signed", number)
        return HttpResponse(status=503)
    if data is None:
        raise Http404
    return _for_anyone(data, TOKEN if form == "jwt" else "application/vc")


def _for_anyone(data: bytes, content_type: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    response["Access-Control-Allow-Origin"] = "*"  # wallets in a browser read it from other sites
    return response
