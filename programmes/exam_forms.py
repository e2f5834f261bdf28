"""What staff fill in about quizzes: exceptions, codes of rooms, who marks, late answers."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assessments.exceptions import RULES
from courses.choices import EnrolmentStatus
from courses.models import Cohort, Course, Enrolment
from programmes.forms import CohortChoice


def _moment(label: Any, **kwargs: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, **kwargs)


class ExceptionForm(forms.Form):
    """Other rules of a quiz, for a cohort or for one learner of the course."""

    cohort = CohortChoice(
        label=_("For a cohort"), queryset=Cohort.objects.none(), required=False, empty_label=_("No cohort")
    )
    email = forms.EmailField(
        label=_("Or for one learner: e-mail address"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    opens_at = _moment(_("Opens"), required=False)
    closes_at = _moment(_("Closes"), required=False)
    minutes = forms.IntegerField(label=_("Time limit (minutes)"), required=False, min_value=1, max_value=6000)
    extra_time = forms.DecimalField(
        label=_("Extra time"),
        required=False,
        min_value=Decimal(1),
        max_value=Decimal(5),
        max_digits=4,
        decimal_places=2,
        localize=True,
        help_text=_("The time limit is multiplied by this number; 1.25 is a quarter more."),
    )
    attempts_allowed = forms.IntegerField(label=_("Attempts"), required=False, min_value=1, max_value=1000)
    expires_at = _moment(
        _("Valid until"), required=False, help_text=_("Leave empty for as long as the quiz is run.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("It is kept, and staff read it. Write nothing about health."),
    )

    def __init__(self, *args: Any, course: Course, cohorts: QuerySet[Cohort], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.course = course
        self.person: User | None = None
        self.fields["cohort"].queryset = cohorts.select_related("course")  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        """Find the learner, who has to take part in the course."""
        email = str(self.cleaned_data["email"])
        if email:
            going = (EnrolmentStatus.ACTIVE, EnrolmentStatus.COMPLETED)
            found = Enrolment.objects.filter(
                course=self.course, status__in=going, person__email=User.objects.normalize_email(email)
            )
            taken = found.select_related("person").first()
            if taken is None:
                raise forms.ValidationError(_("Nobody with this address takes part in the course."))
            self.person = taken.person
        return email

    def clean(self) -> dict[str, Any]:
        """Refuse what is for nobody or for two, what changes nothing, and times in the wrong order."""
        found = super().clean() or self.cleaned_data
        if not self.errors and bool(found.get("cohort")) == bool(self.person):
            self.add_error("cohort", _("Choose a cohort or enter the address of one learner, not both."))
        if not self.errors and all(value is None for value in self.rules.values()):
            self.add_error("closes_at", _("Fill in at least one rule that is to be another."))
        opens, closes = found.get("opens_at"), found.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("It has to close after it opens."))
        expires = found.get("expires_at")
        if expires and expires <= timezone.now():
            self.add_error("expires_at", _("Enter a time that is still to come."))
        return found

    @property
    def rules(self) -> dict[str, Any]:
        """The rules as they were filled in; None where the quiz's own holds."""
        asked = {name: self.cleaned_data.get(name) for name in RULES}
        minutes = self.cleaned_data.get("minutes")
        return asked | {"time_limit": timedelta(minutes=minutes) if minutes else None}


class RoomForm(forms.Form):
    """A code for a room."""

    room = forms.CharField(label=_("Room"), max_length=120)
    valid_from = _moment(_("Valid from"), required=False, help_text=_("Leave empty for now."))
    valid_until = _moment(_("Valid until"), help_text=_("Until then the quiz can be begun by the code."))
    places = forms.IntegerField(
        label=_("Places"),
        required=False,
        min_value=1,
        max_value=10_000,
        help_text=_("Leave empty for as many as come."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a code that is never valid."""
        found = super().clean() or self.cleaned_data
        until, since = found.get("valid_until"), found.get("valid_from") or timezone.now()
        if until and until <= max(since, timezone.now()):
            self.add_error("valid_until", _("Enter a time after the code begins to be valid."))
        return found


class ShareForm(forms.Form):
    """The markers among whom the answers that nobody has are shared out."""

    markers = forms.ModelMultipleChoiceField(
        label=_("Markers"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each is given as many as the others. Nobody is given the same answer in two turns."),
    )

    def __init__(self, *args: Any, markers: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["markers"].queryset = markers.distinct().order_by("name", "email")  # type: ignore[attr-defined]


class LateForm(forms.Form):
    """What becomes of a late answer."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=[
            ("accept", _("Accept: it counts as if it had come in time")),
            ("refuse", _("Refuse: it is kept, and does not count")),
        ],
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Needed for refusing. It is kept."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of a refusal."""
        found = super().clean() or self.cleaned_data
        if found.get("decision") == "refuse" and not str(found.get("reason") or "").strip():
            self.add_error("reason", _("Write why it is refused."))
        return found
