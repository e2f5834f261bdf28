"""A lesson: read, and marked as done by the reader."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from courses import access, law, progress, reading_mode, rendering, renewals, tree
from courses.access import Place
from courses.models import LessonPage
from courses.notes import NotesOf
from courses.outline import OutlineItem
from courses.standing import Standing
from courses.views import rows
from translation.reading import language_columns


def show(
    request: HttpRequest, at: Place, standing: Standing, item: OutlineItem, context: dict[str, Any]
) -> HttpResponse:
    """Show the lesson in the language of the address, with the reader's law beside the treaty."""
    lesson = lesson_page(item.page_id, at.edition, standing.outline.language)
    token = get_token(request)  # once for all forms of the page: masking it anew costs time
    updated = lesson.last_published_at and timezone.localdate(lesson.last_published_at)
    mode = reading_mode.mode_of(request)
    context |= {
        "lesson": lesson,
        "mode": mode,
        "head": rows.fragment(
            standing.outline,
            "courses/includes/lesson_head.html",
            (item.key, context["is_done"], updated),
            context | {"updated": updated},
        ),
        "may_finish": at.takes_part,
        "body": rendering.lesson_html(
            lesson,
            language=standing.outline.language,
            jurisdiction=country_for(request),
            notes=NotesOf(access.signed_in(request.user).pk, item.key),
            checks=checks_in(request),
            csrf_token=token,
            in_words=mode.in_words,
        ),
        "csrf_token": token,
    }
    response = render(request, "courses/lesson.html", context)
    patch_vary_headers(response, ["Save-Data"])
    return response


def post(request: HttpRequest, at: Place, standing: Standing, item: OutlineItem) -> HttpResponse:
    """Mark the lesson as done and go on to the next thing that is open."""
    enrolment = at.enrolment
    if enrolment is None or not at.takes_part:
        return redirect(item.url)
    was_complete = enrolment.completed_at is not None
    progress.complete_item(
        enrolment=enrolment, item_key=item.key, how="read", language=standing.outline.language
    )
    if item.key in at.again and renewals.item_done(
        enrolment=enrolment, item_key=item.key, how="read", language=standing.outline.language
    ):
        messages.success(request, _("You have renewed your certificate. The new one is ready."))
        return redirect("courses:course", at.slug)
    if enrolment.completed_at is not None and not was_complete:
        messages.success(request, _("You have completed this course. Your certificate is ready."))
        return redirect("courses:course", at.slug)
    after = standing.outline.after(item)
    return redirect(after.url) if after else redirect("courses:course", at.slug)


@lru_cache(maxsize=600)
def lesson_page(page_id: int, edition: UUID, language: str) -> LessonPage:
    """Return the lesson without its bodies, which are read only when they are drawn anew."""
    bodies = language_columns("body", set(), tree.LANGUAGES)
    lesson: LessonPage = LessonPage.objects.rewrite(False).defer("body", *bodies).get(pk=page_id)
    return lesson


def country_for(request: HttpRequest) -> str:
    """Return whose law is shown: the country asked for in the address, else the reader's own."""
    asked = request.GET.get("country", "").upper()
    if asked and law.is_country(asked):
        return asked
    return str(getattr(request.user, "country", "") or "")


def checks_in(request: HttpRequest) -> dict[str, str]:
    """Return the answer to a knowledge check that was sent without script: block and choice."""
    block, choice = request.GET.get("kc"), request.GET.get("choice")
    return {block: choice} if block and choice else {}
