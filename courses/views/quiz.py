"""The start page of a quiz: what it asks, by which rules, and the attempts made so far."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments import attempts, papers
from assessments.standing import standing_of
from courses import access, quizzes
from courses.access import Place
from courses.deadlines import end_of
from courses.models import QuizPage
from courses.outline import OutlineItem
from courses.standing import Standing


def show(
    request: HttpRequest, at: Place, standing: Standing, item: OutlineItem, context: dict[str, Any]
) -> HttpResponse:
    """Show the facts before starting: questions, time with the person's extra time, attempts."""
    page = QuizPage.objects.get(pk=item.page_id)
    context |= {
        "page": page,
        "standing": standing_of(
            person=access.signed_in(request.user),
            quiz=quizzes.spec_of(page),
            language=standing.outline.language,
        ),
        "may_take": at.takes_part,
        "hand_in_by": end_of(at.enrolment.due_on) if at.enrolment else None,
    }
    return render(request, "courses/quiz.html", context)


def post(request: HttpRequest, at: Place, standing: Standing, item: OutlineItem) -> HttpResponse:
    """Start an attempt, or go on with the open one."""
    if at.enrolment is None or not at.takes_part:
        return redirect(item.url)
    try:
        attempt = quizzes.start(
            page=QuizPage.objects.get(pk=item.page_id),
            person=access.signed_in(request.user),
            enrolment=at.enrolment,
            item=item,
            found=standing.outline,
        )
    except attempts.AttemptsExhausted:
        messages.error(request, _("You have used all attempts at this quiz."))
        return redirect(item.url)
    except papers.NothingToAsk:
        messages.error(request, _("This quiz has no questions yet. Please tell the course team."))
        return redirect(item.url)
    return redirect(reverse("assessments:attempt", args=[attempt.key, 1]))
