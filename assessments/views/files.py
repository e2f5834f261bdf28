"""Handing out the files of an answer to the person who handed them in."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments import access
from assessments.models import AnswerFile


@require_safe
@login_required
@never_cache
def own_file(request: HttpRequest, key: UUID, slot: int, sha256: str) -> HttpResponseBase:
    """One's own file, to be saved: for the learner alone. The marker's address is ``answer_file``."""
    attempt = access.attempt_of(access.person_of(request), key)
    found = AnswerFile.objects.filter(attempt=attempt, slot=slot, sha256=sha256).first()
    if found is None:
        raise Http404(_("There is no such file."))
    # never shown as a page of this site, whatever it holds
    return FileResponse(
        found.file.open("rb"),
        as_attachment=True,
        filename=found.name,
        content_type="application/octet-stream",
        headers={"Content-Security-Policy": "default-src 'none'; sandbox"},
    )
