"""The register as staff see it: its filters, one page of it, and all that is said about one certificate."""

import datetime
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from certificates import numbers
from certificates.choices import Kind, State
from certificates.models import Certificate
from certificates.models.register import ENDS_SOON, CertificateQuerySet
from courses import renewals
from courses.choices import RenewalReason
from courses.models import Course, Enrolment, Renewal
from programmes.forms import CourseChoice
from programmes.requirements import title_in
from translation.reading import Reading

ON_A_PAGE = 25
ENDING = "ending"

STATES = (
    ("", _("Any state")),
    (State.VALID.value, State.VALID.label),
    (ENDING, _("Expires within 90 days")),
    *((state.value, state.label) for state in State if state is not State.VALID),
)


class RegisterForm(forms.Form):
    """The filters of the register."""

    q = forms.CharField(label=_("Number or name"), required=False, max_length=100, widget=forms.SearchInput)
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("Any kind")), *Kind.choices])
    course = CourseChoice(
        label=_("Course"),
        queryset=Course.objects.order_by("code"),
        to_field_name="code",
        required=False,
        empty_label=_("Any course"),
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="f_%s")

    def apply(self, today: datetime.date | None = None) -> QuerySet[Certificate]:
        """Return the certificates that the filters leave, the newest first."""
        self.is_valid()
        chosen = self.cleaned_data
        found: CertificateQuerySet = Certificate.objects.order_by("-issued_at", "-id")
        if state := chosen.get("state"):
            soon = state == ENDING
            found = found.ending_within(ENDS_SOON, today) if soon else found.in_state(State(state), today)
        if kind := chosen.get("kind"):
            found = found.filter(kind=kind)
        if course := chosen.get("course"):
            found = found.filter(course_code=course.code)
        return found.filter(_named(chosen.get("q") or ""))


def _named(typed: str) -> Q:
    """The condition for a number, however it is written, or for the words of a name."""
    if number := numbers.canonical(typed):
        return Q(number=number)
    found = Q()
    for word in typed.split():
        found &= Q(name__icontains=word) | Q(person__name_latin__icontains=word) | Q(number__icontains=word)
    return found


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list."""

    certificate: Certificate
    course: Course | None


def page_of(form: RegisterForm, number: Any) -> tuple[Page[Any], list[Row]]:
    """Return a page of the register and its lines; what the certificates say is not read."""
    page = Paginator(form.apply().defer("statement"), ON_A_PAGE).get_page(number)
    shown = list(page)
    titles = {one.code: one for one in Course.objects.filter(code__in={one.course_code for one in shown})}
    return page, [Row(one, titles.get(one.course_code)) for one in shown]


@dataclass(frozen=True, slots=True)
class Step:
    """A certificate in the history of an achievement, with what came of it."""

    certificate: Certificate
    renews: Certificate | None
    replaces: Certificate | None


def steps_of(certificate: Certificate) -> list[Step]:
    """Return all that was replaced, renewed or issued again before and after it, the oldest first."""
    found = list(Certificate.objects.lineage(certificate).defer("statement"))
    by_pk = {one.pk: one for one in found}
    replaced = {one.superseded_by_id: one for one in found if one.superseded_by_id}
    return [Step(one, by_pk.get(one.renews_id or 0), replaced.get(one.pk)) for one in found]


def enrolment_behind(certificate: Certificate) -> Enrolment | None:
    """Return the enrolment that is certified; None for a transcript, or where the person was erased."""
    return Enrolment.objects.filter(key=certificate.award_key).first()


def renewal_behind(certificate: Certificate) -> Renewal | None:
    """Return the completed renewal that is certified; None for anything else."""
    found = Renewal.objects.filter(key=certificate.award_key, completed_at__isnull=False)
    return found.select_related("enrolment__person", "enrolment__course", "syllabus").first()


def steps_to_renew(enrolment: Enrolment) -> list[tuple[Reading, str]]:
    """Return what a renewal would ask of somebody today, each by its title, and why.

    Nothing, where the course is no longer offered.
    """
    if not renewals.is_offered(enrolment.course):
        return []
    plan = renewals.plan_of(enrolment)
    source = enrolment.course.source_language
    return [(title_in(one.titles, source), str(RenewalReason(why.value).label)) for one, why in plan.asked]
