"""The demo's outbox."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.csp import CSP
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from .. import outbox as letters
from ..access import outbox_for

# A letter's own page is shut in: no script, no form, nothing fetched; only its inline styles count.
LETTER_CSP: dict[str, list[str]] = {
    "sandbox": ["allow-top-navigation-by-user-activation"],
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}


@never_cache
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """List the letters of the demo."""
    found = letters.letters(outbox_for(request.user))
    return render(request, "account/outbox.html", {"letters": found})


@never_cache
@require_safe
def letter(request: HttpRequest, key: str) -> HttpResponse:
    """Show the text of a letter."""
    return render(request, "account/outbox_letter.html", {"letter": _letter(request, key)})


@never_cache
@require_safe
@csp_override(LETTER_CSP)
def letter_html(request: HttpRequest, key: str) -> HttpResponse:
    """Show a letter as a mail program would."""
    return HttpResponse(_letter(request, key).html)


def _letter(request: HttpRequest, key: str) -> letters.Letter:
    found = letters.letter(outbox_for(request.user), key)
    if found is None:
        raise Http404
    return found
