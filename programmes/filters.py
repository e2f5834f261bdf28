"""Which enrolments a list shows, and in which order: the part of the address after the question mark."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.db.models import F, OrderBy, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from accounts.choices import ProfessionalRole
from accounts.models import Institution
from courses.choices import EnrolmentStatus
from courses.models import Cohort, Enrolment
from programmes.pace import Pace, behind_below
from translation.reading import language_name

STATES = (
    (Pace.ON_TIME.value, _("On time")),
    (Pace.BEHIND.value, _("Behind")),
    (Pace.NOT_STARTED.value, _("Not started")),
    *(pair for pair in EnrolmentStatus.choices if pair[0] != EnrolmentStatus.ACTIVE),
)
SORTS: dict[str, str] = {
    "name": "person__name",
    "progress": "percent",
    "seen": "last_active_at",
    "enrolled": "enrolled_at",
    "completed": "completed_at",
}
MAY_BE_EMPTY = {"last_active_at", "completed_at"}
USUAL_SORT = "-seen"
OFFERS_KEPT = 300  # seconds; a value that is chosen is always offered


class EnrolmentFilter(forms.Form):
    """The filters of a list of enrolments; they offer only what somebody in the list has."""

    q = forms.CharField(label=_("Name or court"), required=False, max_length=100, widget=forms.SearchInput)
    cohort = forms.ChoiceField(label=_("Cohort"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("Any status")), *STATES])
    country = forms.ChoiceField(label=_("Jurisdiction"), required=False)
    institution = forms.ChoiceField(label=_("Institution"), required=False)
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("Any role")), *ProfessionalRole.choices]
    )
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("Any language")), *((code, language_name(code)) for code, _n in settings.LANGUAGES)],
    )

    def __init__(self, data: Any, *, cohort: Cohort | None, sees_account: bool) -> None:
        super().__init__(data, auto_id="f_%s")
        self.of_cohort = cohort
        self.sees_account = sees_account
        if cohort is not None:
            del self.fields["cohort"]
        else:
            named = Cohort.objects.order_by("-starts_on", "name").values_list("key", "name")
            self._offer("cohort", _("Any cohort"), [(str(key), name) for key, name in named])
        if not sees_account:
            for name in ("country", "institution", "role"):
                del self.fields[name]
            self.fields["q"].label = _("Name")
            return
        codes, institutions = _held_in(cohort, self.data)
        self._offer("country", _("Any jurisdiction"), _named_countries(codes))
        self._offer("institution", _("Any institution"), institutions)

    def _offer(self, name: str, anything: Any, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", anything), *choices]

    @property
    def chosen(self) -> dict[str, str]:
        """Return the filters that are set and make sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def apply(self) -> QuerySet[Enrolment]:
        """Return the enrolments that the filters leave, in no order."""
        found = Enrolment.objects.order_by()
        if self.of_cohort is not None:
            found = found.filter(cohort=self.of_cohort)
        chosen = self.chosen
        if "cohort" in chosen:
            found = found.filter(cohort__key=chosen["cohort"])
        for name in ("country", "institution", "role"):
            if name in chosen:
                found = found.filter(**{f"person__{name}": chosen[name]})
        if "language" in chosen:
            found = found.filter(language=chosen["language"])
        if "status" in chosen:
            found = found.filter(in_state(chosen["status"], cohort=self.of_cohort))
        for word in chosen.get("q", "").split():
            found = found.filter(self._names(word))
        return found

    def _names(self, word: str) -> Q:
        found = Q(person__name__icontains=word) | Q(person__name_latin__icontains=word)
        if self.sees_account:
            for field in ("email", "court", "institution__name"):
                found |= Q(**{f"person__{field}__icontains": word})
        return found


def in_state(state: str, *, cohort: Cohort | None = None, today: datetime.date | None = None) -> Q:
    """Return the condition of one of STATES; with a cohort, of its enrolments alone."""
    today = today or timezone.localdate()
    if state not in list(Pace):
        return Q(status=state)
    active, behind = Q(status=EnrolmentStatus.ACTIVE), _behind(cohort, today)
    match Pace(state):
        case Pace.BEHIND:
            return active & behind
        case Pace.NOT_STARTED:
            return active & ~behind & Q(started_at=None)
    return active & ~behind & Q(started_at__isnull=False)


def _behind(cohort: Cohort | None, today: datetime.date) -> Q:
    late = Q(due_on__isnull=False, due_on__lt=today)
    if cohort is not None:
        cohorts: Iterable[Cohort] = [cohort]
    else:
        late |= Q(due_on=None, cohort__isnull=False, cohort__ends_on__lt=today, percent__lt=100)
        cohorts = Cohort.objects.filter(starts_on__lt=today, ends_on__gte=today)
    for run in cohorts:
        below = behind_below(run.starts_on, run.ends_on, today)
        if below:
            # not `~Q(due_on__gt=…)`: a day that is not set must stay comparable on every database
            usual = Q(due_on=None) | Q(due_on__isnull=False, due_on__lte=run.ends_on)
            late |= Q(cohort=run.pk, percent__lt=below) & usual
    return late


def sort_of(data: Any) -> str:
    """Return the order that the address asks for: a key of SORTS, with "-" before it when falling."""
    asked = str(data.get("sort", ""))
    return asked if asked.removeprefix("-") in SORTS else USUAL_SORT


def ordering(sort: str) -> list[OrderBy | str]:
    """Return the order for a query; who has no value comes last, both ways."""
    column = F(SORTS[sort.removeprefix("-")])
    falling = sort.startswith("-")
    order = column.desc(nulls_last=True) if falling else column.asc(nulls_last=True)
    return [order, "pk"]


def _held_in(cohort: Cohort | None, data: Any) -> tuple[list[str], list[tuple[str, str]]]:
    key = f"programmes:offers:{cohort.pk if cohort else 'all'}"
    found = cache.get(key)
    if found is None:
        enrolled = Enrolment.objects.filter(cohort=cohort) if cohort else Enrolment.objects.all()
        enrolled = enrolled.order_by()
        countries_held = enrolled.values_list("person__country", flat=True).distinct()
        ids = enrolled.filter(person__institution__isnull=False).values("person__institution")
        named = Institution.objects.filter(pk__in=ids).order_by("name").values_list("pk", "name")
        found = (
            sorted({str(code) for code in countries_held if code}),
            [(str(pk), name) for pk, name in named],
        )
        cache.set(key, found, OFFERS_KEPT)
    codes, institutions = found
    chosen = str(data.get("country", ""))
    if chosen in countries and chosen not in codes:
        codes = [*codes, chosen]
    return codes, institutions


def _named_countries(codes: Iterable[str]) -> list[tuple[str, str]]:
    return sorted(((code, str(countries.name(code))) for code in codes), key=lambda pair: pair[1])
