"""A course as the records know it: identity, hours and rules. Its words for readers are on its page."""

import uuid
from decimal import Decimal
from typing import ClassVar

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel

from courses.choices import CompletionRule, EnrolmentPolicy
from courses.fields import CodesField
from translation.editing import SourceLanguageForm, source_panels
from translation.models import SourceLanguageModel


class Topic(SourceLanguageModel):
    """A subject by which the catalogue is filtered."""

    slug = models.SlugField(_("short name"), unique=True)
    name = models.CharField(_("name"), max_length=120)

    base_form_class = SourceLanguageForm
    panels: ClassVar[list[Panel]] = [
        FieldPanel("source_language"),
        *source_panels("name", _("Name")),
        FieldPanel("slug"),
    ]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name or self.slug


def _no_languages() -> list[str]:
    return []


class Course(SourceLanguageModel):
    """One course, in however many languages: the identity that enrolments and certificates keep."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(
        _("code"),
        max_length=30,
        unique=True,
        help_text=_("For example TIP-101. Printed on certificates."),
    )
    title = models.CharField(_("title"), max_length=200)
    hours = models.DecimalField(
        _("hours"),
        max_digits=5,
        decimal_places=1,
        validators=[MinValueValidator(Decimal("0.5"))],
        help_text=_("Hours of study stated on the certificate."),
    )
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), on_delete=models.SET_NULL, null=True, blank=True
    )
    ready_languages = CodesField(
        _("languages ready"),
        codes=settings.LANGUAGES,
        default=_no_languages,
        blank=True,
        help_text=_("Languages offered to learners beside the source language, once declared ready."),
    )
    enrolment_policy = models.CharField(
        _("who may enrol"),
        max_length=12,
        choices=EnrolmentPolicy.choices,
        default=EnrolmentPolicy.OPEN,
    )
    completion_rule = models.CharField(
        _("completion rule"),
        max_length=14,
        choices=CompletionRule.choices,
        default=CompletionRule.ALL_REQUIRED,
    )
    validity_months = models.PositiveSmallIntegerField(
        _("certificate is valid for (months)"),
        null=True,
        blank=True,
        help_text=_("Leave empty if it does not expire."),
    )
    certificate_wording = models.TextField(
        _("certificate wording"),
        blank=True,
        help_text=_("One sentence after the course title, for example the accreditation. Optional."),
    )
    merit_from = models.PositiveSmallIntegerField(
        _("merit from (per cent)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_(
            "With both, the certificate names the grade reached in the final test, and whoever sees the"
            " certificate sees the grade. Leave them empty to keep results to the learner."
        ),
    )
    distinction_from = models.PositiveSmallIntegerField(
        _("distinction from (per cent)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    trainers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("trainers"),
        blank=True,
        related_name="courses_taught",
        limit_choices_to={"groups__name": "trainer"},
        help_text=_("Only these trainers may edit the course."),
    )

    # A new one whenever the course or a page of it changes: it names what is cached about them.
    edition = models.UUIDField(default=uuid.uuid4, editable=False)

    base_form_class = SourceLanguageForm
    panels: ClassVar[list[Panel]] = [
        FieldPanel("code"),
        FieldPanel("source_language"),
        *source_panels("title", _("Title"), help_text=_("As printed on certificates.")),
        FieldRowPanel([FieldPanel("hours"), FieldPanel("validity_months")]),
        FieldPanel("topic"),
        FieldPanel("ready_languages"),
        MultiFieldPanel(
            [FieldPanel("enrolment_policy"), FieldPanel("completion_rule")],
            heading=_("Taking part and completing"),
        ),
        *source_panels("certificate_wording", _("Certificate wording")),
        FieldRowPanel(
            [FieldPanel("merit_from"), FieldPanel("distinction_from")], heading=_("Grades on the certificate")
        ),
        FieldPanel("trainers", widget=forms.CheckboxSelectMultiple),
    ]

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(condition=models.Q(hours__gt=0), name="course_hours_above_zero"),
            models.CheckConstraint(
                condition=models.Q(merit_from__isnull=True, distinction_from__isnull=True)
                | models.Q(
                    merit_from__isnull=False,
                    distinction_from__isnull=False,
                    distinction_from__gt=models.F("merit_from"),
                    distinction_from__lte=100,
                ),
                name="course_grades_both_and_in_order",
                violation_error_message=_("Enter both grades, distinction above merit, or neither."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def languages(self) -> list[str]:
        """Return the languages offered to learners, the source first."""
        return [
            self.source_language,
            *(c for c in self.ready_languages if c != self.source_language),
        ]
