"""Saving what a page sends by itself, as JSON: while one types, and what had waited for a connection."""

import re
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from assessments import access, attempts
from assessments.addresses import result_url
from assessments.answer_files import FileRefused
from assessments.attempts import AttemptClosed
from assessments.models import Attempt, LateAnswer, Step
from assessments.paper import PaperSlot
from assessments.scoring import ResponseError
from assessments.views import sending

_NUMBER = re.compile(r"[0-9]{1,4}")


@require_POST
@never_cache
def autosave(request: HttpRequest, key: UUID) -> JsonResponse:
    """Save one answer sent by script; say when the server saved it, by its own clock."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": "signed_out"}, status=401)
    attempt = access.attempt_of(access.person_of(request), key)
    number = request.POST.get("slot", "")
    asked = attempt.paper.slot(int(number)) if _NUMBER.fullmatch(number) else None
    if asked is None:
        return JsonResponse({"error": "refused"}, status=422)
    state = attempts.state_of(attempt) if sending.needs_state(attempt, asked) else None
    try:
        step = sending.save(request, attempt, asked, state)
    except AttemptClosed:
        if not sending.waited(request):
            return JsonResponse({"error": "closed", "url": result_url(attempt)}, status=409)
        return _too_late(request, attempt, asked)
    except (ResponseError, FileRefused):
        return JsonResponse({"error": "refused"}, status=422)
    if sending.waited(request) and not Attempt.objects.open().filter(pk=attempt.pk).exists():
        # handed in before it, or by its coming
        return _said_late(attempt, step)
    return JsonResponse(_saved_now() | {"answered": bool(step and step.data["response"])})


def _saved_now() -> dict[str, str]:
    saved_at = timezone.localtime()
    return {"saved_at": saved_at.isoformat(timespec="seconds"), "time": saved_at.strftime("%H:%M")}


def _too_late(request: HttpRequest, attempt: Attempt, asked: PaperSlot) -> JsonResponse:
    """Take an answer that waited for a connection until the attempt was handed in; it is never dropped."""
    try:
        return _said_late(attempt, sending.save_late(request, attempt, asked))
    except ResponseError:
        return JsonResponse({"error": "refused"}, status=422)


def _said_late(attempt: Attempt, taken: Step | LateAnswer | None) -> JsonResponse:
    late = "kept" if isinstance(taken, LateAnswer) else "counts"
    return JsonResponse(_saved_now() | {"late": late, "url": result_url(attempt)})
