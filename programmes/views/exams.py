"""Running quizzes: rules and codes, exceptions, who marks, and late answers. Never an answer or a mark."""

from fractions import Fraction
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.models import User
from assessments import exceptions, late, marker_figures, marking_desk, rooms
from assessments.choices import LateDecision
from assessments.models import LateAnswer, Override, RoomTicket
from courses.models import Enrolment
from programmes import exams
from programmes.access import StaffRequest, done_by_staff
from programmes.exam_forms import ExceptionForm, LateForm, RoomForm, ShareForm
from programmes.forms import posted

LATE_ON_A_PAGE = 25


@done_by_staff
@require_safe
def index(request: StaffRequest) -> HttpResponse:
    """Show the quizzes of each course with what waits there. For programme staff and administrators."""
    return render(request, "programmes/exams.html", {"courses": exams.by_course()})


@done_by_staff
@require_safe
def desk(request: StaffRequest, quiz: UUID) -> HttpResponse:
    """Show a quiz: rules, password, codes, exceptions. For programme staff and administrators."""
    page, course = exams.quiz_of(quiz)
    context = {
        "page": page,
        "course": course,
        "exceptions": exams.exceptions_of(page),
        "tickets": exams.tickets_of(page),
        "waiting": marking_desk.waiting_by_quiz([page.key]).get(page.key),
        "late": exams.late_waiting().filter(attempt__quiz_key=page.key).count(),
        "now": timezone.now(),
    }
    return render(request, "programmes/exam.html", context)


@done_by_staff
def exception_new(request: StaffRequest, quiz: UUID) -> HttpResponse:
    """Grant an exception, to a cohort or one learner. For programme staff and administrators.

    The address may name an enrolment (`who`), whose learner is then filled in.
    """
    page, course = exams.quiz_of(quiz)
    form = ExceptionForm(
        posted(request), course=course, cohorts=exams.cohorts_of(course), initial=_for_whom(request)
    )
    if request.method == "POST" and form.is_valid():
        cohort = form.cleaned_data["cohort"]
        exceptions.grant(
            quiz_key=page.key,
            person=form.person,
            group_key=cohort.key if cohort else None,
            reason=form.cleaned_data["reason"],
            expires_at=form.cleaned_data["expires_at"],
            actor=request.user,
            **form.rules,
        )
        messages.success(request, _("The exception holds for attempts that are begun from now on."))
        return redirect("programmes:exam", page.key)
    context = {"form": form, "page": page, "zone": timezone.get_current_timezone_name()}
    return render(request, "programmes/exam_exception.html", context)


@done_by_staff
def exception_withdraw(request: StaffRequest, key: UUID) -> HttpResponse:
    """Withdraw an exception, after a confirmation. For programme staff and administrators."""
    found = get_object_or_404(Override.objects.select_related("person"), key=key)
    page, _course = exams.quiz_of(found.quiz_key)
    if found.withdrawn_at is not None:
        messages.info(request, _("This was withdrawn before."))
        return redirect("programmes:exam", page.key)
    if request.method == "POST":
        exceptions.withdraw(override=found, actor=request.user)
        messages.success(request, _("The exception was withdrawn."))
        return redirect("programmes:exam", page.key)
    return render(request, "programmes/exam_withdraw.html", {"exception": found, "page": page})


@done_by_staff
def room_new(request: StaffRequest, quiz: UUID) -> HttpResponse:
    """Issue a code for a room. For programme staff and administrators."""
    page, _course = exams.quiz_of(quiz)
    form = RoomForm(posted(request))
    if request.method == "POST" and form.is_valid():
        ticket = rooms.issue(quiz_key=page.key, actor=request.user, **form.cleaned_data)
        return redirect("programmes:room_sheet", ticket.key)
    context = {"form": form, "page": page, "zone": timezone.get_current_timezone_name()}
    return render(request, "programmes/room_new.html", context)


@done_by_staff
@require_safe
def room_sheet(request: StaffRequest, key: UUID) -> HttpResponse:
    """Show a code as a sheet to print for the room. For programme staff and administrators."""
    ticket = get_object_or_404(RoomTicket, key=key)
    page, course = exams.quiz_of(ticket.quiz_key)
    ends = ticket.valid_until <= timezone.now()
    context = {"ticket": ticket, "page": page, "course": course, "is_over": ends}
    return render(request, "programmes/room_sheet.html", context)


@done_by_staff
def room_withdraw(request: StaffRequest, key: UUID) -> HttpResponse:
    """Withdraw a code, after a confirmation. For programme staff and administrators."""
    ticket = get_object_or_404(RoomTicket, key=key)
    page, _course = exams.quiz_of(ticket.quiz_key)
    if ticket.valid_until <= timezone.now():
        messages.info(request, _("This code is not valid any more."))
        return redirect("programmes:exam", page.key)
    if request.method == "POST":
        rooms.withdraw(ticket=ticket, actor=request.user)
        messages.success(request, _("The code was withdrawn. Attempts that were begun by it go on."))
        return redirect("programmes:exam", page.key)
    return render(request, "programmes/exam_withdraw.html", {"ticket": ticket, "page": page})


@done_by_staff
def marking(request: StaffRequest, quiz: UUID) -> HttpResponse:
    """Share out the answers of a quiz among markers, and see how they mark. For staff and administrators."""
    page, _course = exams.quiz_of(quiz)
    markers = marking_desk.markers_of(page.key)
    act = request.POST.get("act")
    form = ShareForm(request.POST if act == "share" else None, markers=markers)
    if act == "share" and form.is_valid():
        chosen = list(form.cleaned_data["markers"])
        given = marking_desk.share_out(quiz_key=page.key, markers=chosen, actor=request.user)
        messages.success(
            request,
            ngettext("%(n)s answer was given to a marker.", "%(n)s answers were given to markers.", given)
            % {"n": given},
        )
        return redirect("programmes:exam_marking", page.key)
    if act == "take_back":
        _take_back(request, page.key)
        return redirect("programmes:exam_marking", page.key)
    context = {
        "page": page,
        "form": form,
        "waiting": marking_desk.waiting_by_quiz([page.key]).get(page.key),
        "loads": marking_desk.loads(page.key),
        "figures": marker_figures.figures(page.key, allowed=Fraction(page.moderation_over) / 100),
    }
    return render(request, "programmes/exam_marking.html", context)


@done_by_staff
@require_safe
def late_answers(request: StaffRequest) -> HttpResponse:
    """List the answers that came too late, without what they say. For programme staff and administrators."""
    found = Paginator(exams.late_waiting(), LATE_ON_A_PAGE).get_page(request.GET.get("page"))
    titles = exams.titles_of({one.attempt.quiz_key for one in found})
    rows = [(one, titles.get(one.attempt.quiz_key)) for one in found]
    return render(request, "programmes/late_answers.html", {"rows": rows, "page": found})


@done_by_staff
def late_answer(request: StaffRequest, pk: int) -> HttpResponse:
    """Decide about a late answer by its times alone. For programme staff and administrators."""
    found = exams.late_of(pk)
    if found.decision != LateDecision.WAITING:
        messages.info(request, _("This was decided before."))
        return redirect("programmes:late_answers")
    form = LateForm(posted(request))
    if request.method == "POST" and form.is_valid():
        _decide(request, found, form.cleaned_data)
        return redirect("programmes:late_answers")
    titles = exams.titles_of({found.attempt.quiz_key})
    context = {"form": form, "late": found, "title": titles.get(found.attempt.quiz_key)}
    return render(request, "programmes/late_answer.html", context)


def _decide(request: StaffRequest, found: LateAnswer, asked: dict[str, Any]) -> None:
    verb = late.accept if asked["decision"] == "accept" else late.refuse
    try:
        # the verb reads the whole row for itself; the page never does
        verb(late=found, actor=request.user, reason=asked["reason"])
    except late.NotAcceptable:
        messages.warning(request, _("This answer cannot be taken any more, or was decided about before."))
    else:
        messages.success(request, _("Your decision is kept."))


def _take_back(request: StaffRequest, quiz_key: UUID) -> None:
    marker = get_object_or_404(User, key=_key(request.POST.get("marker", "")))
    taken = marking_desk.take_back(quiz_key=quiz_key, marker=marker, actor=request.user)
    words = ngettext(
        "%(n)s answer waits for a marker again.", "%(n)s answers wait for a marker again.", taken
    )
    messages.success(request, words % {"n": taken})


def _for_whom(request: StaffRequest) -> dict[str, str]:
    key = _key(request.GET.get("who", ""))
    taken = Enrolment.objects.select_related("person").filter(key=key).first() if key else None
    return {"email": taken.person.email} if taken else {}


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
