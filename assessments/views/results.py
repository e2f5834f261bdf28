"""The result: how the attempt went, and why each answer is right or wrong."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments import access, attempts, presentation, reviewing
from assessments.addresses import given_url, leave_url, question_url
from assessments.models import Attempt


@require_safe
@login_required
@never_cache
def result(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show the result as far as the quiz allows; an open attempt is gone on with."""
    attempt = attempts.close_if_overdue(attempt=access.attempt_of(access.person_of(request), key))
    state = attempts.state_of(attempt)
    if attempt.is_open:
        return redirect(question_url(attempt, state.last_slot))
    paper = attempt.paper
    reviews = []
    allowed = attempts.allowed_to(access.person_of(request), attempt.quiz_key, paper.attempts_allowed)
    if reviewing.shows_feedback(attempt, allowed):
        versions = presentation.versions_of(paper.slots)
        reviews = [
            reviewing.review_of(slot, versions[slot.version], state, show_answers=paper.show_answers)
            for slot in paper.slots
        ]
    lost = [review for review in reviews if review.lost_marks]
    only_lost = request.GET.get("show") == "lost"
    others = Attempt.objects.of(attempt.person_id, attempt.quiz_key)
    fractions = list(others.values_list("fraction", flat=True))
    return render(
        request,
        "assessments/result.html",
        {
            "attempt": attempt,
            "title": presentation.in_language(paper.title),
            "course_title": presentation.in_language(attempt.context.get("course_title") or ""),
            "course_url": given_url(attempt, "course_url"),
            "back_url": leave_url(attempt),
            "next_url": given_url(attempt, "next_url"),
            "mark": attempt.mark,
            "weight": paper.weight,
            "pass_mark": paper.pass_mark,
            "best": max((f for f in fractions if f is not None), default=None),
            "attempts_left": None if allowed is None else max(0, allowed - len(fractions)),
            "reviews": lost if only_lost else reviews,
            "only_lost": only_lost,
            "total": len(paper.slots),
            "lost": len(lost),
            "topics": reviewing.by_topic(paper, state) if attempt.is_graded else [],
        },
    )
