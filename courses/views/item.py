"""A lesson or a quiz by its address: found in the outline, allowed, open, then drawn."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses import access, progress
from courses.access import Place
from courses.outline import OutlineItem
from courses.standing import Standing
from courses.views import lesson, quiz, rows
from translation.reading import base_language


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, course: str, module: str, item: str) -> HttpResponse:
    """Show a lesson or a quiz's start page; POST marks the lesson done, or starts the quiz."""
    return _at(request, course, f"{module}/{item}")


@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, course: str, part: str) -> HttpResponse:
    """Show a quiz that stands beside the modules, or lead to a module in the outline."""
    at = access.place(request.user, course)
    module = at.outline(base_language(get_language())).module_at(part)
    if module is not None:
        return redirect(module.anchor)
    return _at(request, course, part)


def _at(request: HttpRequest, course: str, path: str) -> HttpResponse:
    at = access.place(request.user, course)
    found = at.outline(base_language(get_language()))
    chosen = access.item_in(found, path)
    if not access.may_read(request.user, at):
        messages.info(request, _("Lessons are open to those who take part in the course."))
        return redirect("courses:course", course)
    standing = at.standing(found)
    if (lock := standing.lock(chosen)) and at.takes_part:
        context = _context(at, standing, chosen) | {"lock": lock, **rows.lock_words(found, lock)}
        return render(request, "courses/locked.html", context, status=403)
    shown = quiz if chosen.is_quiz else lesson
    if request.method == "POST":
        return shown.post(request, at, standing, chosen)
    if at.takes_part and at.enrolment is not None:
        progress.visit(enrolment=at.enrolment, item_key=chosen.key, language=found.language)
    return shown.show(request, at, standing, chosen, _context(at, standing, chosen))


def _context(at: Place, standing: Standing, chosen: OutlineItem) -> dict[str, Any]:
    return rows.around(at, standing, chosen)
