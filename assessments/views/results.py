"""The result: how the attempt went, and why each answer is right or wrong."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments import access, attempts, presentation, reviewing, showing
from assessments.addresses import given_url, leave_url, question_url
from assessments.behaviours import BEHAVIOURS
from assessments.counting import counted
from assessments.visibility import Facet


@require_safe
@login_required
@never_cache
def result(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show the result as far as the quiz allows; an open attempt is gone on with."""
    person = access.person_of(request)
    taken, given = access.attempts_beside(person, key)
    attempt = attempts.close_if_overdue(attempt=next(one for one in taken if one.key == key))
    state = attempts.state_of(attempt)
    if attempt.is_open:
        return redirect(question_url(attempt, state.last_slot))
    paper, now = attempt.paper, timezone.now()
    allowed = attempts.with_given(paper.attempts_allowed, given)
    facets = showing.facets_of(attempt, allowed=allowed, now=now)
    reviews, versions = [], {}
    if facets - {Facet.MARKS}:
        versions = presentation.versions_of(paper.slots, with_category=True)
        reviews = [
            reviewing.review_of(paper, slot, versions[slot.version], state, facets)
            for slot in presentation.asked(paper.slots)
        ]
    # whether points were lost is a mark, or says how an answer stands
    tells = bool(facets & {Facet.MARKS, Facet.CORRECTNESS})
    lost = [review for review in reviews if review.lost_marks] if tells else []
    only_lost = tells and request.GET.get("show") == "lost"
    # the one that was looked at may have been handed in just now
    taken = [attempt if one.key == key else one for one in taken]
    shows_marks = attempt.is_graded and Facet.MARKS in facets
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
            "shows_marks": shows_marks,
            "mark": attempt.mark,
            "weight": paper.weight,
            "pass_mark": paper.pass_mark,
            "counted": counted(taken, paper.counts),
            "counts": paper.counts,
            "attempts_left": None if allowed is None else max(0, allowed - len(taken)),
            "reviews": lost if only_lost else reviews,
            "only_lost": only_lost,
            "total": len(reviews),
            "lost": len(lost),
            "topics": reviewing.by_topic(paper, state, versions.values()) if shows_marks else [],
            "sections": reviewing.by_section(paper, state) if shows_marks else [],
            "promises": showing.promises(attempt, allowed=allowed, now=now),
            "waits_for_pass": showing.waits_for_pass(attempt, allowed) and not attempt.passed,
            "closes_at": paper.closes_at,
            "asks_certainty": BEHAVIOURS[paper.behaviour].asks_certainty,
        },
    )
