"""Hand out the pictures and recordings of questions, with types that are safe, to those who may see them."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from assessments import access, media
from pages.ranges import asks_for_part, part_of

_PLAYED = ("audio/", "video/")
_SHOWN = ("image/", *_PLAYED)


@login_required
@require_safe
def of_version(request: HttpRequest, version: int, name: str) -> HttpResponse | FileResponse:
    """A file that a version shows: for who has it on a paper, its markers, and who reads its category."""
    found = media.shown_to(access.person_of(request), version, name)
    if found is None or not found.content_type:
        raise Http404
    return sent(request, found.file.open("rb"), name, size=found.size, content_type=found.content_type)


def sent(
    request: HttpRequest, file: Any, name: str, *, size: int, content_type: str
) -> HttpResponse | FileResponse:
    """A file of a question as it is sent: shown within a page, else saved, and never a page of its own.

    A recording or film is sent in parts to a player that asks for them.
    """
    is_played = content_type.startswith(_PLAYED)
    response: HttpResponse | FileResponse
    if is_played and asks_for_part(request):
        with file:
            response = part_of(request, file, size=size, content_type=content_type)
    else:
        is_shown = content_type.startswith(_SHOWN)
        response = FileResponse(file, as_attachment=not is_shown, filename=name, content_type=content_type)
        if is_played:
            response["Accept-Ranges"] = "bytes"
    if response.status_code < 400:
        # the bytes behind a name never change
        response["Cache-Control"] = "private, max-age=31536000, immutable"
    if content_type == "image/svg+xml":
        response["Content-Security-Policy"] = settings.DRAWING_POLICY
    return response
