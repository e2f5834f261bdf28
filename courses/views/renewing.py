"""Renewing a certificate: what is to be done again and why, what counts already, and beginning."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses import access, renewals, syllabus
from courses.choices import RenewalReason
from courses.models import Enrolment, Renewal
from courses.outline import Outline, OutlineItem
from courses.renewals import Plan
from courses.rules import Requirement
from translation.reading import Reading, base_language


@dataclass(frozen=True, slots=True)
class Step:
    """Something to be done, or done: `item` is None where the course no longer offers it."""

    title: Reading
    item: OutlineItem | None
    why: str
    is_done: bool


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def renew(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show what a renewal asks for; POST begins it, or brings it in line. For who completed the course."""
    enrolment, certificate = access.renewable_by(request.user, key)
    if request.method == "POST":
        try:
            renewals.start(enrolment=enrolment, actor=access.signed_in(request.user))
        except renewals.NotYet:
            messages.info(request, _("This certificate cannot be renewed yet."))
        return redirect("courses:renew", enrolment.key)
    renewal = renewals.under_way(enrolment)
    found = access.outline_for(enrolment.course, base_language(get_language()))
    plan = renewals.plan_of(enrolment)
    steps = _steps_of(renewal, found, enrolment) if renewal else _steps_in(plan, found, enrolment)
    context = {
        "outline": found,
        "enrolment": enrolment,
        "certificate": certificate,
        "renewal": renewal,
        "may_begin": renewals.may_renew(certificate),
        "steps": steps,
        "done": sum(step.is_done for step in steps),
        "next": next((step.item for step in steps if step.item and not step.is_done), None),
        "minutes": sum(step.item.minutes for step in steps if step.item),
        "gone": any(step.item is None and not step.is_done for step in steps),
        "counted": [_title(one, found, enrolment) for one in plan.counted if not _asked(one, steps)],
    }
    return render(request, "courses/renewal.html", context)


def _steps_in(plan: Plan, found: Outline, enrolment: Enrolment) -> list[Step]:
    return [
        Step(
            _title(one, found, enrolment),
            found.by_key.get(one.key),
            str(RenewalReason(why.value).label),
            is_done=False,
        )
        for one, why in plan.asked
    ]


def _steps_of(renewal: Renewal, found: Outline, enrolment: Enrolment) -> list[Step]:
    asked = {one.key: one for one in renewals.requirements_of(renewal)}
    return [
        Step(
            _title(asked.get(one.item_key), found, enrolment),
            found.by_key.get(one.item_key),
            one.get_reason_display(),
            is_done=one.done_at is not None,
        )
        for one in renewal.items.all()
    ]


def _title(one: Requirement | None, found: Outline, enrolment: Enrolment) -> Reading:
    """Return the title as the course has it now, else as it was frozen."""
    if one is not None and one.key in found.by_key:
        return found.by_key[one.key].title
    titles = one.titles if one is not None else {}
    return syllabus.title_in(titles, found.language, enrolment.course.source_language)


def _asked(one: Requirement, steps: list[Step]) -> bool:
    return any(step.item is not None and step.item.key == one.key for step in steps)
