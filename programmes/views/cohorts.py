"""The list of cohorts, the page of one, and its form."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Application
from accounts.privacy import Kind
from courses.choices import EnrolmentStatus
from courses.models import Cohort, CoursePage, Enrolment
from programmes import access, charts, figures, lists, syllabuses
from programmes.access import StaffRequest, done_by_staff, seen_by_staff
from programmes.cohorts import change_cohort, open_cohort, with_counts
from programmes.forms import CohortForm, CohortListForm, posted
from programmes.requirements import title_in

COHORTS_ON_A_PAGE = 25


@seen_by_staff
@require_safe
def index(request: StaffRequest) -> HttpResponse:
    """Lead to the cohorts, where the work begins. For programme staff, administrators and auditors."""
    return redirect("programmes:cohorts")


@seen_by_staff
@require_safe
def cohort_list(request: StaffRequest) -> HttpResponse:
    """Show all cohorts. For programme staff, administrators and auditors."""
    form = CohortListForm(request.GET)
    found = Cohort.objects.filter(form.condition()).order_by("-starts_on", "name", "pk")
    page = Paginator(found, COHORTS_ON_A_PAGE).get_page(request.GET.get("page"))
    shown = with_counts(Cohort.objects.filter(pk__in=[one.pk for one in page])).select_related("course")
    context = {
        "form": form,
        "page": page,
        "cohorts": shown.order_by("-starts_on", "name", "pk"),
        "may_act": access.may_act(request.user),
        "waiting": _waiting(),
    }
    return render(request, "programmes/cohorts.html", context)


def _waiting() -> int:
    requests = Enrolment.objects.filter(status=EnrolmentStatus.APPLIED).count()
    return Application.objects.waiting().count() + requests


@seen_by_staff
@require_safe
def cohort(request: StaffRequest, key: UUID) -> HttpResponse:
    """Show a cohort: its figures and its learners. For programme staff, administrators and auditors."""
    found = access.cohort_of(key)
    counted = figures.of(found)
    context = {
        "cohort": found,
        "figures": counted,
        "stages": _stages(counted, found.course.source_language),
        "chart": _chart(counted),
        "earlier": syllabuses.following_earlier(found, counted.followed),
        "list": lists.page_of(request.user, request.GET, found),
        "sees_account": access.may_see(request.user, Kind.ACCOUNT),
        "may_act": access.may_act(request.user),
        "editor_url": _editor_url(request, found),
        "exports": reverse("programmes:cohort_export", args=[found.key, "csv"]).removesuffix("csv"),
        "here": request.get_full_path(),
    }
    return render(request, "programmes/cohort.html", context)


def _stages(counted: figures.Figures, source_language: str) -> list[dict[str, Any]]:
    """Return the rows of "how far learners have come", each with its loss against the row before."""
    rows: list[tuple[str, Any, int]] = [
        ("enrolled", None, counted.enrolled),
        ("started", None, counted.started),
        *(("module", title_in(one.titles, source_language), one.people) for one in counted.stages or ()),
        ("completed", None, counted.completed),
    ]
    drawn, before = [], counted.enrolled
    for kind, title, people in rows:
        width = charts.width(people, counted.enrolled)
        drawn.append(
            {
                "kind": kind,
                "title": title,
                "people": people,
                "width": width,
                "lost": max(0, before - people),
            }
        )
        before = people
    return drawn


def _chart(counted: figures.Figures) -> dict[str, Any] | None:
    if not counted.weeks:
        return None
    values = [lessons for _week, lessons in counted.weeks]
    top = charts.top_of(values)
    most = max(counted.weeks, key=lambda pair: pair[1])
    return {
        "weeks": counted.weeks,
        "bars": list(zip(counted.weeks, charts.bars(values), strict=True)),
        "top": top,
        "half": top // 2,
        "first": counted.weeks[0],
        "last": counted.weeks[-1],
        "most": most,
    }


def _editor_url(request: StaffRequest, cohort: Cohort) -> str:
    if not getattr(request.user, "is_staff", False):
        return ""
    page = CoursePage.objects.filter(course=cohort.course_id).values_list("pk", flat=True).first()
    return reverse("wagtailadmin_explore", args=[page]) if page else ""


@done_by_staff
def new(request: StaffRequest) -> HttpResponse:
    """Open a cohort. For programme staff and administrators."""
    form = CohortForm(posted(request))
    if request.method == "POST" and form.is_valid():
        made = open_cohort(actor=request.user, **form.cleaned_data)
        messages.success(request, _("The cohort %(name)s was opened.") % {"name": made.name})
        return redirect("programmes:cohort", made.key)
    return render(request, "programmes/cohort_form.html", {"form": form, "cohort": None})


@done_by_staff
def edit(request: StaffRequest, key: UUID) -> HttpResponse:
    """Change a cohort. For programme staff and administrators."""
    found = access.cohort_of(key)
    form = CohortForm(posted(request), instance=access.cohort_of(key))
    if request.method == "POST" and form.is_valid():
        change_cohort(cohort=found, actor=request.user, **form.cleaned_data)
        messages.success(request, _("The changes were saved."))
        return redirect("programmes:cohort", found.key)
    return render(request, "programmes/cohort_form.html", {"form": form, "cohort": found})
