"""Answering: one question a page, saved by every post and by autosave."""

import math
import re
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from assessments import access, attempts, presentation
from assessments.addresses import leave_url, question_url, result_url, review_url
from assessments.attempts import AttemptClosed
from assessments.folding import Answer, State
from assessments.models import Attempt, Step
from assessments.paper import PaperSlot
from assessments.responses import response_in
from assessments.scoring import ResponseError

# a page's own name and a count, made by quiz.js
_CLIENT_ID = re.compile(r"[0-9A-Za-z]{8,40}-[0-9]{1,9}")
_NUMBER = re.compile(r"[0-9]{1,4}")
_LOW_SECONDS = 300


@require_safe
@login_required
@never_cache
def resume(request: HttpRequest, key: UUID) -> HttpResponse:
    """Go to where the attempt stands: the question last touched, or the result."""
    attempt = attempts.close_if_overdue(attempt=access.attempt_of(access.person_of(request), key))
    if not attempt.is_open:
        return redirect(result_url(attempt))
    return redirect(question_url(attempt, attempts.state_of(attempt).last_slot))


@login_required
@never_cache
def question(request: HttpRequest, key: UUID, slot: int) -> HttpResponse:
    """Show one question, or save what was posted and go where the button says."""
    attempt = attempts.close_if_overdue(attempt=access.attempt_of(access.person_of(request), key))
    if not attempt.is_open:
        return redirect(result_url(attempt))
    asked = attempt.paper.slot(slot)
    if asked is None:
        raise Http404(_("There is no such question."))
    if request.method == "POST":
        return _save_and_go(request, attempt, asked)
    return _question_page(request, attempt, asked)


@require_safe
@login_required
@never_cache
def review(request: HttpRequest, key: UUID) -> HttpResponse:
    """Look over all questions before handing in."""
    attempt = attempts.close_if_overdue(attempt=access.attempt_of(access.person_of(request), key))
    if not attempt.is_open:
        return redirect(result_url(attempt))
    state = attempts.state_of(attempt)
    by_pk = presentation.versions_of(attempt.paper.slots, with_options=False)
    items = [
        (item, presentation.stem_of(by_pk[slot.version])[1], question_url(attempt, slot.number))
        for item, slot in zip(
            presentation.navigator(attempt.paper, state, 0), attempt.paper.slots, strict=True
        )
    ]
    missing = sum(not item.answered for item, _stem, _url in items)
    flagged = sum(item.flagged for item, _stem, _url in items)
    return render(
        request,
        "assessments/review.html",
        _frame(attempt, state) | {"items": items, "missing": missing, "flagged": flagged},
    )


@login_required
@require_POST
def submit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Hand in; a second time changes nothing."""
    attempt = attempts.submit(attempt=access.attempt_of(access.person_of(request), key))
    return redirect(result_url(attempt))


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
    try:
        step = _save(request, attempt, asked, touched=True)
    except AttemptClosed:
        return JsonResponse({"error": "closed", "url": result_url(attempt)}, status=409)
    except ResponseError:
        return JsonResponse({"error": "refused"}, status=422)
    saved_at = timezone.localtime()
    answered = bool(step and step.data["response"])
    return JsonResponse(
        {
            "saved_at": saved_at.isoformat(timespec="seconds"),
            "time": saved_at.strftime("%H:%M"),
            "answered": answered,
        }
    )


def _save(request: HttpRequest, attempt: Attempt, asked: PaperSlot, *, touched: bool) -> Step | None:
    sent = request.POST.get("client_id", "")
    return attempts.save_answer(
        attempt=attempt,
        slot=asked.number,
        response=response_in(asked, request.POST, touched=touched),
        language=get_language() or attempt.language,
        client_id=sent if _CLIENT_ID.fullmatch(sent) else "",
        flagged="flag" in request.POST,
    )


def _save_and_go(request: HttpRequest, attempt: Attempt, asked: PaperSlot) -> HttpResponse:
    go = request.POST.get("go", "next")
    try:
        step = _save(request, attempt, asked, touched=go == "next")
    except AttemptClosed:
        messages.warning(
            request, _("The quiz was already handed in. What you sent after that does not count.")
        )
        return redirect(result_url(attempt))
    except ResponseError:
        messages.error(request, _("Your answer did not fit the question and was not saved."))
        return redirect(question_url(attempt, asked.number))
    if go == "timeup" and attempt.deadline and timezone.now() >= attempt.deadline:
        return redirect(result_url(attempts.submit(attempt=attempt)))
    # what cannot be read is said once; every other button leads on
    answer = Answer(step.data["response"], step.language, step.at) if step else None
    unreadable = go == "next" and presentation.problem_of(asked, answer)
    return redirect(_destination(attempt, asked.number, "stay" if unreadable else go))


def _destination(attempt: Attempt, here: int, go: str) -> str:
    last = len(attempt.paper.slots)
    if go == "leave":
        return leave_url(attempt)
    if go == "submit" or (go == "next" and here == last):
        return review_url(attempt)
    if _NUMBER.fullmatch(go) and attempt.paper.slot(int(go)):
        return question_url(attempt, int(go))
    step = {"next": 1, "prev": -1}.get(go, 0)
    return question_url(attempt, max(1, here + step))


def _question_page(request: HttpRequest, attempt: Attempt, asked: PaperSlot) -> HttpResponse:
    state = attempts.state_of(attempt)
    version = presentation.versions_of([asked])[asked.version]
    return render(
        request,
        "assessments/question.html",
        _frame(attempt, state)
        | {
            "view": presentation.question_view(asked, version, state),
            "navigator": presentation.navigator(attempt.paper, state, asked.number),
            "number": asked.number,
            "flagged": asked.number in state.flags,
        },
    )


def _frame(attempt: Attempt, state: State) -> dict[str, object]:
    """What the head of every page of an open attempt shows."""
    left = None
    if attempt.deadline:
        left = max(0, math.ceil((attempt.deadline - timezone.now()).total_seconds()))
    slots = attempt.paper.slots
    return {
        "attempt": attempt,
        "title": presentation.in_language(attempt.paper.title),
        "total": len(slots),
        "answered": sum(state.is_answered(slot.number) for slot in slots),
        "saved_at": state.saved_at,
        "seconds_left": left,
        "clock": None if left is None else f"{left // 60}:{left % 60:02}",
        "is_low": left is not None and left <= _LOW_SECONDS,
    }
