"""Hand out the pictures and recordings of questions, with types that are safe, to those who may see them."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from assessments import access, media

_PLAYED = ("image/", "audio/", "video/")


@login_required
@require_safe
def of_version(request: HttpRequest, version: int, name: str) -> FileResponse:
    """A file that a version shows: for who has it on a paper, its markers, and who reads its category."""
    found = media.shown_to(access.person_of(request), version, name)
    if found is None or not found.content_type:
        raise Http404
    return sent(found.file.open("rb"), name, found.content_type)


def sent(file: Any, name: str, content_type: str) -> FileResponse:
    """A file of a question as it is sent: shown within a page, else saved, and never a page of its own."""
    shown = content_type.startswith(_PLAYED)
    response = FileResponse(file, as_attachment=not shown, filename=name, content_type=content_type)
    # the bytes behind a name never change
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    if content_type == "image/svg+xml":
        response["Content-Security-Policy"] = settings.DRAWING_POLICY
    return response
