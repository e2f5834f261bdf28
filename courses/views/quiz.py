"""The start page of a quiz: what it asks, by which rules, and the attempts made so far."""

from typing import Any

from allauth.core.ratelimit import consume_or_429
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments import attempts, papers
from assessments.rules import Obstacle
from assessments.standing import standing_of
from courses import access, quizzes, statistics
from courses.access import Place
from courses.deadlines import end_of
from courses.models import Course, QuizPage
from courses.outline import OutlineItem
from courses.standing import Standing


def why_not(obstacle: Obstacle) -> str:
    """Return the sentence for what keeps somebody from beginning."""
    return {
        Obstacle.NOT_YET: _("This quiz is not open yet."),
        Obstacle.CLOSED: _("This quiz is closed."),
        Obstacle.EXHAUSTED: _("You have used all attempts at this quiz."),
        Obstacle.TOO_SOON: _("There has to be some time between two attempts. Please come back later."),
        Obstacle.PASSWORD: _("This password or code is not right. Please ask the person in the room."),
        Obstacle.ROOM_FULL: _("All places of this room are taken. Please tell the person in the room."),
    }[obstacle]


def show(
    request: HttpRequest, at: Place, standing: Standing, item: OutlineItem, context: dict[str, Any]
) -> HttpResponse:
    """Show the facts before starting: questions, time with the person's extra time, attempts."""
    page = QuizPage.objects.get(pk=item.page_id)
    person, spec = access.signed_in(request.user), quizzes.spec_of(page)
    standing_now = standing_of(
        person=person,
        quiz=spec,
        language=standing.outline.language,
        groups=quizzes.groups_of(at.enrolment),
    )
    context |= {
        "page": page,
        "standing": standing_now,
        "may_take": at.takes_part,
        "why_not": why_not(standing_now.why_not) if standing_now.why_not else "",
        "sees_figures": not at.takes_part and statistics.works_with(person, Course(pk=at.course_id)),
        "sees_vignettes": at.takes_part
        and any(slot.vignette_key for slot in spec.slots)
        and any(attempt.is_graded for attempt in standing_now.attempts)
        and bool(at.enrolment and at.enrolment.cohort_id),
        "hand_in_by": end_of(at.enrolment.due_on) if at.enrolment else None,
    }
    return render(request, "courses/quiz.html", context)


def post(request: HttpRequest, at: Place, standing: Standing, item: OutlineItem) -> HttpResponse:
    """Start an attempt, or go on with the open one; a password is not guessed by trying."""
    if at.enrolment is None or not at.takes_part:
        return redirect(item.url)
    if "password" in request.POST and (refused := consume_or_429(request, action="room_password")):
        return refused
    try:
        attempt = quizzes.start(
            page=QuizPage.objects.get(pk=item.page_id),
            person=access.signed_in(request.user),
            enrolment=at.enrolment,
            item=item,
            found=standing.outline,
            password=request.POST.get("password", ""),
            ticket_code=request.POST.get("password", ""),
        )
    except attempts.CannotStart as refused:
        messages.error(request, why_not(refused.obstacle))
        return redirect(item.url)
    except papers.NothingToAsk:
        messages.error(request, _("This quiz has no questions yet. Please tell the course team."))
        return redirect(item.url)
    return redirect(reverse("assessments:attempt", args=[attempt.key, 1]))
