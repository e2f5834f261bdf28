"""Answering: one question a page, saved by every post."""

import math
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from assessments import access, attempts, presentation, showing, telling
from assessments.addresses import leave_url, question_url, result_url, review_url
from assessments.answer_files import FileRefused, limits_of
from assessments.attempts import AttemptClosed, NotNow
from assessments.choices import StepKind
from assessments.folding import Answer, State
from assessments.models import Attempt, QuestionVersion, Step
from assessments.paper import PaperSlot
from assessments.practice import NoneLeft
from assessments.responses import NEEDS_SERVER
from assessments.reviewing import section_name
from assessments.scoring import UNSCORED, ResponseError
from assessments.texts import known_by
from assessments.turns import is_reachable
from assessments.views import sending

_NUMBER = re.compile(r"[0-9]{1,4}")
_LOW_SECONDS = 300
# no clock ticks for a quiz that closes in a few days
_FAR_SECONDS = 6 * 60 * 60


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
    state = attempts.state_of(attempt)
    if not is_reachable(attempt.paper, state, slot):
        messages.info(request, _("This question opens when those before it are answered."))
        return redirect(question_url(attempt, _first_open(attempt, state)))
    return _question_page(request, attempt, asked, state)


@require_safe
@login_required
@never_cache
def review(request: HttpRequest, key: UUID) -> HttpResponse:
    """Look over all questions before handing in."""
    person = access.person_of(request)
    attempt = attempts.close_if_overdue(attempt=access.attempt_of(person, key))
    if not attempt.is_open:
        return redirect(result_url(attempt))
    paper, state = attempt.paper, attempts.state_of(attempt)
    by_pk = presentation.versions_of(paper.slots, with_options=False)
    items = [
        (item, known_by(by_pk[slot.version]), question_url(attempt, slot.number))
        for item, slot in zip(presentation.navigator(paper, state, 0), paper.slots, strict=True)
    ]
    allowed = attempts.allowed_to(person, attempt.quiz_key, paper.attempts_allowed)
    scored = {slot.number for slot in paper.slots if slot.kind not in UNSCORED}
    return render(
        request,
        "assessments/review.html",
        _frame(attempt, state)
        | {
            "parts": presentation.in_parts(paper, items),
            "missing": sum(not item.answered and item.number in scored for item, _stem, _url in items),
            "promises": showing.promises(attempt, allowed=allowed),
            "waits_for_pass": showing.waits_for_pass(attempt, allowed),
            "closes_at": paper.closes_at,
        },
    )


@require_safe
@login_required
@never_cache
def sheets(request: HttpRequest, key: UUID) -> HttpResponse:
    """The questions that can be answered without a connection, for the script of an open question page.

    Files and decisions on the bench need the server, and what is not open yet stays closed.
    """
    attempt = access.attempt_of(access.person_of(request), key)
    if not attempt.is_open or attempt.is_overdue(timezone.now()):
        raise Http404
    paper, state = attempt.paper, attempts.state_of(attempt)
    slots = [
        slot
        for slot in paper.slots
        if slot.kind not in NEEDS_SERVER and is_reachable(paper, state, slot.number)
    ]
    by_pk = presentation.versions_of(slots)
    pages = [_sheet(attempt, slot, by_pk[slot.version], state) for slot in slots]
    context = {"attempt": attempt, "total": len(paper.slots), "pages": pages}
    return render(request, "assessments/sheets.html", context)


@login_required
@require_POST
def submit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Hand in; a second time changes nothing."""
    attempt = attempts.submit(attempt=access.attempt_of(access.person_of(request), key))
    return redirect(result_url(attempt))


def _save_and_go(request: HttpRequest, attempt: Attempt, asked: PaperSlot) -> HttpResponse:
    go = request.POST.get("go", "next")
    state = attempts.state_of(attempt) if sending.needs_state(attempt, asked) else None
    here = question_url(attempt, asked.number)
    try:
        step = sending.save(request, attempt, asked, state, go=go)
    except AttemptClosed:
        messages.warning(
            request, _("The quiz was already handed in. What you sent after that does not count.")
        )
        return redirect(result_url(attempt))
    except FileRefused as error:
        return _question_page(
            request, attempt, asked, attempts.state_of(attempt), problem=sending.refusal(error)
        )
    except NotNow:
        if go == "check":
            messages.error(request, sending.nothing_to_check())
        return redirect(here)
    except ResponseError:
        messages.error(request, _("Your answer did not fit the question and was not saved."))
        return redirect(here)
    if go == "timeup" and attempt.deadline and timezone.now() >= attempt.deadline:
        return redirect(result_url(attempts.submit(attempt=attempt)))
    if go == "check" and isinstance(step, Step) and step.kind == StepKind.ANSWER:
        # it cannot be read, and was not judged
        return redirect(f"{here}#problem")
    if go in ("check", "again", "decide") or (go == "next" and step and asked.kind == "scenario"):
        # where the verdict stands, or the next decision
        return redirect(f"{here}#said")
    if go == "another":
        return _another(request, attempt, asked)
    # what cannot be read is said once; every other button leads on
    answer = Answer(step.data["response"], step.language, step.at) if isinstance(step, Step) else None
    unreadable = go == "next" and presentation.problem_of(asked, answer)
    return redirect(_destination(request, attempt, asked.number, "stay" if unreadable else go))


def _another(request: HttpRequest, attempt: Attempt, asked: PaperSlot) -> HttpResponse:
    try:
        added = attempts.another_like(attempt=attempt, slot=asked.like or asked.number)
    except NoneLeft:
        messages.info(request, _("There is no other question like this one at present."))
        return redirect(question_url(attempt, asked.number))
    return redirect(question_url(attempt, added.number))


def _destination(request: HttpRequest, attempt: Attempt, here: int, go: str) -> str:
    last = len(attempt.paper.slots)
    if go == "leave":
        return leave_url(attempt)
    if go == "submit" or (go == "next" and here == last):
        return review_url(attempt)
    step = {"next": 1, "prev": -1}.get(go, 0)
    wanted = max(1, here + step)
    if _NUMBER.fullmatch(go) and attempt.paper.slot(int(go)):
        wanted = int(go)
    if not _is_open(attempt, wanted):
        messages.warning(request, _("Answer this question first. The next one opens then."))
        wanted = here
    return question_url(attempt, wanted)


def _is_open(attempt: Attempt, number: int) -> bool:
    paper = attempt.paper
    slot = paper.slot(number)
    if slot is None or not paper.goes_in_order(slot):
        return slot is not None
    return is_reachable(paper, attempts.state_of(attempt), number)


def _first_open(attempt: Attempt, state: State) -> int:
    """The question that has to be answered next."""
    open_ones = (
        slot.number
        for slot in attempt.paper.slots
        if is_reachable(attempt.paper, state, slot.number) and not state.is_answered(slot.number)
    )
    return next(open_ones, 1)


def _question_page(
    request: HttpRequest, attempt: Attempt, asked: PaperSlot, state: State, problem: str = ""
) -> HttpResponse:
    version = presentation.versions_of([asked])[asked.version]
    items = presentation.navigator(attempt.paper, state, asked.number)
    return render(
        request,
        "assessments/question.html",
        _frame(attempt, state)
        | _sheet(attempt, asked, version, state, problem)
        | {"parts": presentation.in_parts(attempt.paper, items)},
    )


def _sheet(
    attempt: Attempt, asked: PaperSlot, version: QuestionVersion, state: State, problem: str = ""
) -> dict[str, object]:
    """One question with all that is said about it."""
    paper = attempt.paper
    return {
        "view": presentation.question_view(asked, version, _as_shown(asked, version, state), problem),
        "told": telling.telling_of(paper, asked, version, state),
        "part": section_name(paper, asked.section) if paper.sections else None,
        "number": asked.number,
        "flagged": asked.number in state.flags,
        "limits": limits_of(asked) if asked.kind == "file" else None,
    }


def _as_shown(asked: PaperSlot, version: QuestionVersion, state: State) -> State:
    """The attempt with the response that the form begins with: in a new try, not always the last one."""
    answer = state.answers.get(asked.number)
    if answer is None or not answer.response:
        return state
    if asked.kind == "scenario":
        kept: Mapping[str, Any] = {"path": sending.path_so_far(state, asked)}
    else:
        kept = telling.kept_of(asked, version, state.questions[asked.number], answer.response)
    return replace(state, answers={**state.answers, asked.number: replace(answer, response=kept)})


def _frame(attempt: Attempt, state: State) -> dict[str, object]:
    """What the head of every page of an open attempt shows."""
    left = None
    if attempt.deadline:
        left = max(0, math.ceil((attempt.deadline - timezone.now()).total_seconds()))
    is_far = left is not None and left > _FAR_SECONDS
    slots = presentation.asked(attempt.paper.slots)
    return {
        "attempt": attempt,
        "title": presentation.in_language(attempt.paper.title),
        "total": len(attempt.paper.slots),
        "asked": len(slots),
        "answered": sum(state.is_answered(slot.number) for slot in slots),
        "saved_at": state.saved_at,
        "seconds_left": left,
        "clock": None if left is None or is_far else f"{left // 60}:{left % 60:02}",
        "is_far": is_far,
        "is_low": left is not None and left <= _LOW_SECONDS,
    }
