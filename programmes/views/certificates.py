"""Issuing a certificate that is missing, and withdrawing one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from certificates import issuing
from courses import awards
from programmes import access, figures
from programmes.access import StaffRequest, done_by_staff
from programmes.forms import RevokeForm, posted


@done_by_staff
def issue(request: StaffRequest, key: UUID) -> HttpResponse:
    """Issue the certificate of a completed course. For programme staff and administrators."""
    enrolment = access.enrolment_of(key)
    if enrolment.completed_at is None:
        raise Http404
    if request.method != "POST":
        return render(request, "programmes/issue.html", {"enrolment": enrolment})
    certificate = issuing.issue(
        statement=awards.statement_of(enrolment),
        person=enrolment.person,
        actor=request.user,
        after_revocation=True,
    )
    figures.forget(enrolment.cohort_id)
    words = _("The certificate %(number)s was issued.")
    messages.success(request, words % {"number": certificate.number})
    return redirect("programmes:learner", enrolment.person.key)


@done_by_staff
def revoke(request: StaffRequest, number: str) -> HttpResponse:
    """Withdraw a certificate, for a stated reason. For programme staff and administrators."""
    certificate, holder = access.certificate_of(number)
    form = RevokeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            issuing.revoke(certificate=certificate, actor=request.user, **form.cleaned_data)
        except issuing.NotStanding:
            words = _("The certificate %(number)s was withdrawn or replaced before.")
            messages.warning(request, words % {"number": certificate.number})
        else:
            words = _("The certificate %(number)s was withdrawn.")
            messages.success(request, words % {"number": certificate.number})
        return redirect("programmes:learner", holder.key)
    return render(request, "programmes/revoke.html", {"form": form, "certificate": certificate})
