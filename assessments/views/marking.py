"""Marking essays: what waits, and one answer at a time without the name of its author."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessments import access, attempts, marking, presentation
from assessments.forms import MarkForm
from assessments.grading import waiting_slots
from assessments.marking import NotMarkable


@require_safe
@login_required
def queue(request: HttpRequest) -> HttpResponse:
    """The attempts that wait: mine first, then those that anybody may take."""
    waiting = list(access.attempts_to_mark(access.person_of(request)))
    rows = [(attempt, presentation.in_language(attempt.paper.title)) for attempt in waiting]
    return render(
        request,
        "assessments/marking_queue.html",
        {
            "mine": [row for row in rows if row[0].marker_id == request.user.pk],
            "free": [row for row in rows if row[0].marker_id is None],
        },
    )


@login_required
@require_POST
def take(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take an attempt and begin with its first answer that waits."""
    attempt = access.attempt_to_take(access.person_of(request), key)
    try:
        attempt = marking.take(attempt=attempt, marker=access.person_of(request))
    except NotMarkable:
        messages.info(request, _("A colleague has just taken this one."))
        return redirect("assessments:marking")
    return _next(attempt)


@login_required
def mark(request: HttpRequest, key: UUID, slot: int) -> HttpResponse:
    """Mark one answer."""
    attempt = access.attempt_to_mark(access.person_of(request), key)
    state = attempts.state_of(attempt)
    asked = attempt.paper.slot(slot)
    if asked is None or slot not in waiting_slots(attempt.paper, state):
        raise Http404
    version = presentation.versions_of([asked])[asked.version]
    rubric = presentation.rubric_of(version)
    form = MarkForm(request.POST or None, rubric=rubric, weight=asked.weight)
    if form.is_valid():
        marking.give_mark(
            attempt=attempt,
            slot=slot,
            fraction=form.fraction,
            points=form.points,
            comment=form.cleaned_data["comment"],
            marker=access.person_of(request),
        )
        attempt.refresh_from_db()
        messages.success(request, _("Your mark is saved."))
        return redirect("assessments:marking") if attempt.is_graded else _next(attempt)
    view = presentation.question_view(asked, version, state)
    answer = state.answers[slot]
    return render(request, "assessments/mark.html", {"form": form, "view": view, "answer": answer})


def _next(attempt: marking.Attempt) -> HttpResponse:
    first, *_others = waiting_slots(attempt.paper, attempts.state_of(attempt))
    return redirect("assessments:mark", attempt.key, first)
