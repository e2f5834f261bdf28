"""The proof of names of a cohort: who has confirmed the spelling of theirs, and the list to lay out."""

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import User
from certificates.pdf import lettering, uncovered
from courses import names
from courses.models import Cohort, NameCheck, NameProof
from programmes import access, ceremony
from programmes.access import StaffRequest, done_by_staff
from programmes.forms import posted

USUAL_TIME = datetime.timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Named:
    """One person of the list, with the answer to the proof, if there is one."""

    person: User
    check: NameCheck | None

    @property
    def state(self) -> str:
        """Return confirmed, corrected, changed (after confirming), asked or not_asked."""
        one = self.check
        if one is None:
            return "not_asked"
        if one.confirmed_at is None:
            return "asked"
        if not one.holds_for(self.person):
            return "changed"
        return "corrected" if one.was_corrected else "confirmed"

    @property
    def lettering(self) -> SafeString:
        """The name in the face of the certificate; as plain text where no font of ours has its letters."""
        name = self.person.name or self.person.email
        if uncovered(name):
            return conditional_escape(name)
        return mark_safe(lettering.svg(name, language=self.person.language))  # noqa: S308 - quoted there


class ProofForm(forms.Form):
    """By when names are to be confirmed."""

    due_on = forms.DateField(
        label=gettext_lazy("To be confirmed by"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_due_on(self) -> datetime.date:
        """Refuse a day that has passed."""
        day: datetime.date = self.cleaned_data["due_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("Enter today or a later day."))
        return day


@done_by_staff
def proof(request: StaffRequest, key: UUID) -> HttpResponse:
    """Show who has confirmed the name; POST asks, or reminds. For programme staff and administrators."""
    cohort = access.cohort_of(key)
    found = NameProof.objects.filter(cohort=cohort).first()
    usual = found.due_on if found and found.is_open else timezone.localdate() + USUAL_TIME
    form = ProofForm(posted(request), initial={"due_on": usual})
    if request.method == "POST" and form.is_valid():
        names.ask(cohort=cohort, due_on=form.cleaned_data["due_on"], actor=request.user)
        messages.success(request, _("Whoever has not confirmed the name receives a mail."))
        return redirect("programmes:names", cohort.key)
    return render(request, "programmes/names.html", _context(cohort, found) | {"form": form})


@done_by_staff
@require_safe
def name_list(request: StaffRequest, key: UUID) -> HttpResponse:
    """The list alone, to print and lay out in a room. For programme staff and administrators."""
    cohort = access.cohort_of(key)
    found = NameProof.objects.filter(cohort=cohort).first()
    return render(request, "programmes/names_list.html", _context(cohort, found))


def _context(cohort: Cohort, found: NameProof | None) -> dict[str, Any]:
    checks = {one.person_id: one for one in found.checks.all()} if found else {}
    rows = [Named(one.person, checks.get(one.person.pk)) for one in ceremony.guests(cohort)]
    return {
        "cohort": cohort,
        "proof": found,
        "rows": rows,
        "confirmed": sum(one.state in ("confirmed", "corrected") for one in rows),
        "corrected": sum(one.state == "corrected" for one in rows),
    }
