"""The register of certificates: its list, the page of one, and what staff may do with it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.privacy import Kind as DataKind
from certificates import corrections, issuing
from certificates.choices import Kind, Status
from certificates.models import Certificate
from courses import awards, renewals
from programmes import access, figures, records, register
from programmes.access import StaffRequest, done_by_staff, seen_by_staff
from programmes.certificate_forms import KindForm, NameForm
from programmes.forms import RevokeForm, posted


@seen_by_staff
@require_safe
def certificate_list(request: StaffRequest) -> HttpResponse:
    """Show the register. For programme staff, administrators and auditors."""
    form = register.RegisterForm(request.GET)
    page, rows = register.page_of(form, request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": rows,
        "exports": reverse("programmes:certificates_export", args=["csv"]).removesuffix("csv"),
    }
    return render(request, "programmes/certificates.html", context)


@seen_by_staff
@require_safe
def certificate(request: StaffRequest, number: str) -> HttpResponse:
    """Show what became of a certificate. For programme staff, administrators and auditors."""
    found = access.certificate_of(number)
    steps = register.steps_of(found)
    sees_audit = access.may_see(request.user, DataKind.AUDIT)
    context = {
        "certificate": found,
        "stated": found.stated,
        "state": found.state(),
        "steps": steps if len(steps) > 1 else [],
        "enrolment": register.enrolment_behind(found),
        "may_come_again": found.status == Status.REVOKED and steps[-1].certificate == found,
        "renewal": register.renewal_behind(found),
        "stands": found.status == Status.ISSUED,
        "may_act": access.may_act(request.user),
        "records": records.of_certificates(step.certificate for step in steps) if sees_audit else None,
    }
    return render(request, "programmes/certificate.html", context)


@done_by_staff
def correct_name(request: StaffRequest, number: str) -> HttpResponse:
    """Replace a certificate by one with the right name, after a look at both. For staff who act."""
    found = access.certificate_of(number)
    if found.status != Status.ISSUED:
        return _came_too_late(request, found)
    form = NameForm(posted(request), certificate=found)
    context = {"form": form, "certificate": found, "stated": found.stated}
    if request.method != "POST" or "change" in request.POST or not form.is_valid():
        return render(request, "programmes/certificate_name.html", context)
    if "confirmed" not in request.POST:
        return render(request, "programmes/certificate_name_confirm.html", context)
    try:
        new = corrections.correct_name(
            certificate=found,
            name=form.cleaned_data["name"],
            latin_name=form.cleaned_data["latin_name"],
            with_profile=form.cleaned_data.get("with_profile", False),
            actor=request.user,
        )
    except issuing.NotStanding:
        return _came_too_late(request, found)
    words = _("The corrected certificate has the number %(number)s. The holder was told by e-mail.")
    if new.person is None:
        words = _("The corrected certificate has the number %(number)s.")
    messages.success(request, words % {"number": new.number})
    return redirect("programmes:certificate", new.number)


@done_by_staff
def revoke(request: StaffRequest, number: str) -> HttpResponse:
    """Withdraw a certificate, for a stated reason. For programme staff and administrators."""
    found = access.certificate_of(number)
    form = RevokeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            issuing.revoke(certificate=found, actor=request.user, **form.cleaned_data)
        except issuing.NotStanding:
            return _came_too_late(request, found)
        words = _("The certificate %(number)s was withdrawn.")
        messages.success(request, words % {"number": found.number})
        return redirect("programmes:certificate", found.number)
    return render(request, "programmes/revoke.html", {"form": form, "certificate": found})


@done_by_staff
def issue(request: StaffRequest, key: UUID) -> HttpResponse:
    """Certify an enrolment, in the kind that staff choose. For programme staff and administrators."""
    enrolment = access.enrolment_of(key)
    kinds = awards.kinds_for(enrolment)
    if not kinds:
        raise Http404
    form = KindForm(posted(request), kinds=kinds)
    standing = Certificate.objects.for_award(enrolment.key).filter(status=Status.ISSUED).first()
    if request.method == "POST" and form.is_valid():
        kind = Kind(form.cleaned_data["kind"])
        try:
            issued = awards.award_as(enrolment=enrolment, kind=kind, actor=request.user)
        except issuing.NotStanding:
            # replaced in the same moment: the page says by what
            return redirect("programmes:issue", enrolment.key)
        if issued == standing:
            form.add_error("kind", _("A certificate of this kind stands already. Choose another kind."))
        else:
            figures.forget(enrolment.cohort_id)
            words = _("The certificate %(number)s was issued.")
            messages.success(request, words % {"number": issued.number})
            return redirect("programmes:certificate", issued.number)
    context = {"enrolment": enrolment, "form": form, "standing": standing}
    return render(request, "programmes/issue.html", context)


@done_by_staff
def renew(request: StaffRequest, key: UUID) -> HttpResponse:
    """Begin the renewal of a learner's certificate. For programme staff and administrators."""
    enrolment = access.enrolment_of(key)
    certificate = renewals.standing_of(enrolment)
    if certificate is None or not renewals.may_renew(certificate):
        raise Http404
    if renewals.under_way(enrolment):
        return redirect("programmes:learner", enrolment.person.key)
    if request.method == "POST":
        try:
            renewals.start(enrolment=enrolment, actor=request.user)
        except renewals.NotYet:
            messages.warning(request, _("This certificate cannot be renewed."))
        else:
            messages.success(request, _("The renewal has begun. The learner was told by e-mail."))
        return redirect("programmes:learner", enrolment.person.key)
    context = {
        "enrolment": enrolment,
        "certificate": certificate,
        "steps": register.steps_to_renew(enrolment),
    }
    return render(request, "programmes/certificate_renew.html", context)


@done_by_staff
def renew_again(request: StaffRequest, number: str) -> HttpResponse:
    """Issue the withdrawn certificate of a renewal again. For programme staff and administrators."""
    found = access.certificate_of(number)
    renewal = register.renewal_behind(found)
    newest = Certificate.objects.for_award(found.award_key).first()
    if renewal is None or found.status != Status.REVOKED:
        raise Http404
    if newest != found:
        return _came_too_late(request, found)
    if request.method != "POST":
        return render(request, "programmes/certificate_again.html", {"certificate": found})
    issued = awards.renew(renewal=renewal, actor=request.user)
    words = _("The certificate %(number)s was issued.")
    messages.success(request, words % {"number": issued.number})
    return redirect("programmes:certificate", issued.number)


def _came_too_late(request: StaffRequest, found: Certificate) -> HttpResponse:
    words = _("The certificate %(number)s was withdrawn or replaced before.")
    messages.warning(request, words % {"number": found.number})
    return redirect("programmes:certificate", found.number)
