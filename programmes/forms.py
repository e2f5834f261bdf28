"""What staff fill in."""

import datetime
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import STAFF, Role
from certificates.choices import RevokeReason
from courses.models import Cohort, Course
from translation.reading import base_language, language_name, text


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was filled in, even if it is nothing; None when the page is only asked for."""
    return request.POST if request.method == "POST" else None


def _day_field(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs
    )


def _languages() -> list[tuple[str, str]]:
    return [(code, language_name(code)) for code, _name in settings.LANGUAGES]


class CourseChoice(forms.ModelChoiceField):
    """A course, by its code and its title in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} · {text(obj, 'title')}"


class CohortChoice(forms.ModelChoiceField):
    """A cohort, with the code of its course."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} · {obj.course.code}"


class CohortForm(forms.ModelForm):
    """A run of a course."""

    course = CourseChoice(label=_("Course"), queryset=Course.objects.order_by("code"))
    starts_on = _day_field(_("Begins"), required=False, help_text=_("Lessons open on this day."))
    ends_on = _day_field(
        _("Ends"),
        required=False,
        help_text=_("Everybody is to finish by this day, unless you give somebody more time."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        required=False,
        choices=_languages,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("In which the cohort is run. Learners may still read in any language of the course."),
    )
    staff = forms.ModelMultipleChoiceField(
        label=_("Staff"),
        required=False,
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Cohort
        fields = ("course", "name", "starts_on", "ends_on", "place", "languages", "staff")
        help_texts = {"name": _("For example Judges 2026 B.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [*STAFF - {Role.AUDITOR}, Role.TRAINER]
        who = Q(groups__name__in=roles, is_active=True)
        if self.instance.pk:
            who |= Q(cohorts_run=self.instance)
            if self.instance.enrolments.exists():
                self.fields["course"].disabled = True
        found = User.objects.filter(who).distinct().order_by("name", "email")
        cast(forms.ModelMultipleChoiceField, self.fields["staff"]).queryset = found

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first."""
        found = super().clean() or self.cleaned_data
        starts, ends = found.get("starts_on"), found.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("Enter a day after the first day, or the same day."))
        return found


class CohortListForm(forms.Form):
    """The filters of the list of cohorts."""

    WHEN = (
        ("", _("At any time")),
        ("running", _("Running now")),
        ("coming", _("Not yet begun")),
        ("ended", _("Ended")),
    )

    q = forms.CharField(label=_("Name or place"), required=False, max_length=100, widget=forms.SearchInput)
    course = CourseChoice(
        label=_("Course"),
        queryset=Course.objects.order_by("code"),
        to_field_name="code",
        required=False,
        empty_label=_("Any course"),
    )
    when = forms.ChoiceField(label=_("Dates"), required=False, choices=WHEN)

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="f_%s")

    def condition(self, today: datetime.date | None = None) -> Q:
        """Return what the filters leave."""
        self.is_valid()
        found, today = Q(), today or timezone.localdate()
        if q := self.cleaned_data.get("q"):
            found &= Q(name__icontains=q) | Q(place__icontains=q)
        if course := self.cleaned_data.get("course"):
            found &= Q(course=course)
        match self.cleaned_data.get("when"):
            case "running":
                begun = Q(starts_on=None) | Q(starts_on__lte=today)
                found &= begun & (Q(ends_on=None) | Q(ends_on__gte=today))
            case "coming":
                found &= Q(starts_on__gt=today)
            case "ended":
                found &= Q(ends_on__lt=today)
        return found


class AddForm(forms.Form):
    """Enrol somebody in a cohort by their address."""

    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("Who has an account is enrolled at once. Anybody else receives an invitation."),
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        required=False,
        help_text=_("For the invitation. People write their own name when they join."),
    )
    language = forms.ChoiceField(
        label=_("Language of the invitation"),
        choices=_languages,
        initial=lambda: base_language(get_language()),
    )


class DeadlineForm(forms.Form):
    """A new day by which to finish."""

    due_on = _day_field(
        _("To be finished by"), help_text=_("The day ends at 23:59 in the time zone of each learner.")
    )

    def clean_due_on(self) -> datetime.date:
        """Refuse a day that is over."""
        day: datetime.date = self.cleaned_data["due_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("Choose today or a later day."))
        return day


class MoveForm(forms.Form):
    """Another cohort of the same course."""

    cohort = CohortChoice(label=_("New cohort"), queryset=Cohort.objects.none())

    def __init__(self, *args: Any, cohorts: QuerySet[Cohort], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(CohortChoice, self.fields["cohort"]).queryset = cohorts


class ExtraTimeForm(forms.ModelForm):
    """How much longer somebody may take in timed quizzes."""

    class Meta:
        model = User
        fields = ("extra_time",)
        help_texts = {
            "extra_time": _(
                "1.25 gives a quarter more time in every timed quiz that is begun from now on."
                " No reason is kept."
            )
        }

    @property
    def multiplier(self) -> Decimal:
        """Return the multiplier that was entered."""
        found: Decimal = self.cleaned_data["extra_time"]
        return found


class AttemptForm(forms.Form):
    """Why somebody is given another attempt at a quiz."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The learner reads it in the letter, and it is kept. Write nothing about health."),
    )


class ApproveForm(forms.Form):
    """Approve, and if wished into a cohort."""

    cohort = CohortChoice(
        label=_("Cohort"),
        queryset=Cohort.objects.none(),
        required=False,
        empty_label=_("No cohort"),
    )

    def __init__(self, *args: Any, course: Course | None, must_be_course: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        open_now = Cohort.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today)).select_related("course")
        if course is not None:
            mine = open_now.filter(course=course)
            open_now = mine if must_be_course or mine.exists() else open_now
        cast(CohortChoice, self.fields["cohort"]).queryset = open_now


class DeclineForm(forms.Form):
    """Decline, with a reason for the letter."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It is written in the letter to the applicant and kept nowhere."),
    )


class RevokeForm(forms.Form):
    """Why a certificate is withdrawn."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=RevokeReason.choices,
        widget=forms.RadioSelect,
        help_text=_("Whoever checks the certificate reads that it was withdrawn."),
    )
