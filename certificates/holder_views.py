"""What the holder asks for beside the page: a transcript, two languages on one sheet, the pictures."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from certificates import access, drawings, pictures, transcripts


@require_POST
@login_required
def request_transcript(request: HttpRequest) -> HttpResponse:
    """Issue a transcript of one's own training, and lead to it; without a change, to the last one."""
    person = cast(User, request.user)
    try:
        return redirect(transcripts.request(person=person, actor=person))
    except transcripts.NothingToList:
        messages.info(request, _("You have no certificate yet that a transcript could list."))
        return redirect("home")


@require_safe
@login_required
def two_languages(request: HttpRequest, number: str) -> HttpResponse:
    """Lead from the two languages that were chosen to the file with both. For the holder."""
    found = access.own_certificate(request.user, number)
    pair = drawings.BETWEEN.join(request.GET.get(name, "") for name in ("first", "second"))
    if not drawings.languages_of(found, pair):
        messages.warning(request, _("Choose two different languages of the certificate."))
        return redirect(found)
    return redirect("certificates:pdf", number=found.number, language=pair)


@require_safe
@login_required
@cache_control(private=True, max_age=3600)
def picture(request: HttpRequest, number: str, slot: str) -> HttpResponse:
    """A logo, seal or signature of a certificate. For the holder and programme staff."""
    found = access.downloadable(request.user, number)
    held: dict[str, Any] = found.printed(found.nearest_language()).by_slot
    if slot not in held:
        raise Http404
    try:
        return HttpResponse(pictures.read(held[slot].sha256), content_type="image/png")
    except pictures.PictureLost:
        raise Http404 from None
