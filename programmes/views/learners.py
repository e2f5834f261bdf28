"""All learners, the page of one, and enrolling somebody."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.privacy import Kind
from certificates.choices import Kind as CertificateKind
from certificates.choices import Status
from certificates.models import Certificate
from courses import renewals
from courses.choices import EnrolmentStatus
from courses.models import Cohort, Enrolment, Renewal
from programmes import access, joining, lists, records
from programmes.access import StaffRequest, done_by_staff, seen_by_staff
from programmes.forms import AddForm, posted
from programmes.requirements import MetGroup, Requirements


@seen_by_staff
@require_safe
def learner_list(request: StaffRequest) -> HttpResponse:
    """Show all enrolments of all cohorts. For programme staff, administrators and auditors."""
    context = {
        "list": lists.page_of(request.user, request.GET),
        "sees_account": access.may_see(request.user, Kind.ACCOUNT),
        "may_act": access.may_act(request.user),
        "exports": reverse("programmes:export", args=["csv"]).removesuffix("csv"),
        "here": request.get_full_path(),
    }
    return render(request, "programmes/learners.html", context)


@dataclass(frozen=True, slots=True)
class Taken:
    """One enrolment of the person shown, with what it asks for and its certificates."""

    enrolment: Enrolment
    state: str
    groups: list[MetGroup]
    certificates: list[Certificate]
    renewal: Renewal | None = None

    @property
    def may_renew(self) -> bool:
        """Tell whether staff may begin a renewal: the newest certificate that stands ends soon, or ended."""
        stands = next((one for one in self.certificates if one.status == Status.ISSUED), None)
        return self.renewal is None and self.state == "completed" and renewals.may_renew(stands)

    @property
    def may_issue(self) -> bool:
        """Tell whether the course is completed and no certificate stands."""
        stands = any(one.status == Status.ISSUED for one in self.certificates)
        return self.enrolment.completed_at is not None and not stands

    @property
    def is_under_way(self) -> bool:
        """Tell whether dates and cohort still matter."""
        return self.enrolment.status == EnrolmentStatus.ACTIVE


@seen_by_staff
@require_safe
def learner(request: StaffRequest, key: UUID) -> HttpResponse:
    """Show a learner: never marks, answers or notes. For programme staff, administrators and auditors."""
    person = access.learner_of(key)
    taken = _taken_by(person)
    sees_audit = access.may_see(request.user, Kind.AUDIT)
    context = {
        "person": person,
        "taken": taken,
        "sees_account": access.may_see(request.user, Kind.ACCOUNT),
        "sees_extra_time": access.may_see(request.user, Kind.EXTRA_TIME),
        "transcripts": Certificate.objects.filter(person=person, kind=CertificateKind.TRANSCRIPT),
        "may_list": any(one.status == Status.ISSUED for each in taken for one in each.certificates),
        "records": records.about(person, [one.enrolment for one in taken]) if sees_audit else None,
        "may_act": access.may_act(request.user),
        "here": request.get_full_path(),
    }
    return render(request, "programmes/learner.html", context)


def _taken_by(person: User) -> list[Taken]:
    enrolments = list(
        Enrolment.objects.of(person).select_related("course", "cohort").order_by("-enrolled_at", "pk")
    )
    asked = Requirements(enrolments)
    awards = renewals.awards_of(enrolments)
    certificates: dict[int, list[Certificate]] = {}
    for one in Certificate.objects.filter(award_key__in=awards):
        certificates.setdefault(awards[one.award_key], []).append(one)
    under_way = {
        one.enrolment_id: one
        for one in Renewal.objects.filter(enrolment__in=enrolments, completed_at=None).annotate(
            asked=Count("items"), done=Count("items__done_at")
        )
    }
    return [
        Taken(
            one,
            lists.state_of(one),
            asked.groups(one),
            certificates.get(one.pk, []),
            under_way.get(one.pk),
        )
        for one in enrolments
    ]


@done_by_staff
def enrol(request: StaffRequest, key: UUID) -> HttpResponse:
    """Enrol or invite one person. For programme staff and administrators."""
    cohort = access.cohort_of(key)
    form = AddForm(posted(request))
    if request.method == "POST" and form.is_valid():
        joined = joining.add(cohort=cohort, actor=request.user, **form.cleaned_data)
        _say(request, joined, cohort)
        return redirect("programmes:cohort", cohort.key)
    return render(request, "programmes/enrol.html", {"form": form, "cohort": cohort})


def _say(request: StaffRequest, joined: joining.Joined, cohort: Cohort) -> None:
    if joined.invitation is not None:
        words = _("An invitation to this cohort was sent to %(email)s.")
        messages.success(request, words % {"email": joined.invitation.email})
        return
    taken = joined.enrolment
    assert taken is not None
    if taken.cohort_id != cohort.pk:
        words = _("%(name)s takes this course already, outside this cohort. Nothing was changed.")
        messages.warning(request, words % {"name": taken.person})
        return
    messages.success(request, _("%(name)s is enrolled in this cohort.") % {"name": taken.person})
