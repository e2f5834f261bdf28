"""Who asks for an account, and who asks for a course: staff decide, each decision on a page of its own."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import applications
from accounts.models import Application
from accounts.privacy import Kind
from courses.choices import EnrolmentStatus
from courses.models import Enrolment
from programmes import access, joining
from programmes.access import StaffRequest, done_by_staff, seen_by_staff
from programmes.forms import ApproveForm, DeclineForm, posted

SHOWN = 50  # of each kind; the oldest first, so that nobody waits for ever


@seen_by_staff
@require_safe
def application_list(request: StaffRequest) -> HttpResponse:
    """Show who waits for a decision. For programme staff, administrators and auditors."""
    accounts = Application.objects.waiting()
    requests = Enrolment.objects.filter(status=EnrolmentStatus.APPLIED).order_by("enrolled_at", "pk")
    shown = requests.select_related("person__institution", "course", "cohort")
    context = {
        "applications": joining.courses_asked_for(list(accounts[:SHOWN])),
        "applications_count": accounts.count(),
        "requests": shown.defer("person__sex", "person__password")[:SHOWN],
        "requests_count": requests.count(),
        "shown": SHOWN,
        "sees_account": access.may_see(request.user, Kind.ACCOUNT),
        "may_act": access.may_act(request.user),
    }
    return render(request, "programmes/applications.html", context)


@done_by_staff
@require_safe
def application(request: StaffRequest, key: UUID) -> HttpResponse:
    """Show all that an applicant wrote. For programme staff and administrators."""
    found = access.application_of(key)
    context = {"application": found, "course": joining.course_asked_for(found)}
    return render(request, "programmes/application.html", context)


@done_by_staff
def approve(request: StaffRequest, key: UUID) -> HttpResponse:
    """Open the applicant's account. For programme staff and administrators."""
    found = access.application_of(key)
    course = joining.course_asked_for(found)
    form = ApproveForm(posted(request), course=course, must_be_course=False)
    if request.method == "POST" and form.is_valid():
        try:
            person = joining.approve_application(
                application=found, actor=request.user, cohort=form.cleaned_data["cohort"]
            )
        except applications.NotWaiting:
            return _decided_before(request)
        words = _("%(name)s was approved and has been written to.")
        messages.success(request, words % {"name": person})
        return redirect("programmes:applications")
    context = {"form": form, "application": found, "course": course}
    return render(request, "programmes/approve.html", context)


@done_by_staff
def decline(request: StaffRequest, key: UUID) -> HttpResponse:
    """Decline an application for an account. For programme staff and administrators."""
    found = access.application_of(key)
    form = DeclineForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            applications.decline(application=found, actor=request.user, **form.cleaned_data)
        except applications.NotWaiting:
            return _decided_before(request)
        words = _("The application of %(name)s was declined. A letter tells them.")
        messages.success(request, words % {"name": found.name})
        return redirect("programmes:applications")
    return render(request, "programmes/decline.html", {"form": form, "application": found})


def _decided_before(request: StaffRequest) -> HttpResponse:
    messages.warning(request, _("A colleague has decided on this application meanwhile."))
    return redirect("programmes:applications")


@done_by_staff
def approve_request(request: StaffRequest, key: UUID) -> HttpResponse:
    """Let somebody take the course they asked for. For programme staff and administrators."""
    found = access.request_of(key)
    initial = {"cohort": found.cohort_id}
    form = ApproveForm(posted(request), course=found.course, must_be_course=True, initial=initial)
    if request.method == "POST" and form.is_valid():
        joining.approve_request(enrolment=found, actor=request.user, cohort=form.cleaned_data["cohort"])
        messages.success(request, _("%(name)s may take the course now.") % {"name": found.person})
        return redirect("programmes:applications")
    context = {"form": form, "enrolment": found, "course": found.course}
    return render(request, "programmes/approve.html", context)


@done_by_staff
def decline_request(request: StaffRequest, key: UUID) -> HttpResponse:
    """Turn down somebody who asked for a course. For programme staff and administrators."""
    found = access.request_of(key)
    if request.method == "POST":
        joining.decline_request(enrolment=found, actor=request.user)
        messages.success(request, _("The request of %(name)s was declined.") % {"name": found.person})
        return redirect("programmes:applications")
    return render(request, "programmes/decline.html", {"enrolment": found, "form": None})
