"""What people have done. Records outlive pages: they point at courses and stable item keys."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.choices import EnrolmentStatus

from .catalogue import Course


class SyllabusVersion(models.Model):
    """The frozen list of what a course asked for; never changed once written.

    `requirements` is the JSON of `courses.rules.Syllabus`.
    """

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="syllabuses")
    number = models.PositiveIntegerField(_("version"))
    requirements = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("syllabus version")
        verbose_name_plural = _("syllabus versions")
        ordering = ("course", "-number")
        constraints = (models.UniqueConstraint(fields=["course", "number"], name="syllabus_number_once"),)

    def __str__(self) -> str:
        return f"{self.course.code} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("A syllabus version is frozen; make a new one.")
        super().save(*args, **kwargs)


class Cohort(models.Model):
    """A run of a course: dates, place, languages and staff."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(
        Course, verbose_name=_("course"), on_delete=models.PROTECT, related_name="cohorts"
    )
    name = models.CharField(_("name"), max_length=160)
    starts_on = models.DateField(_("begins"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=160, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    staff = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("staff"), blank=True, related_name="cohorts_run"
    )

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        ordering = ("-starts_on", "name")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on=None)
                | models.Q(starts_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="cohort_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return self.name


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def current(self) -> "EnrolmentQuerySet":
        """Enrolments that count: neither withdrawn nor still waiting."""
        return self.filter(status__in=[EnrolmentStatus.ACTIVE, EnrolmentStatus.COMPLETED])

    def of(self, person: Any) -> "EnrolmentQuerySet":
        return self.filter(person=person)


class Enrolment(models.Model):
    """One person taking one course, under the syllabus version they started with.

    Holds the running summary that reports read, so that no report aggregates completions.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrolments")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="enrolments")
    cohort = models.ForeignKey(
        Cohort, on_delete=models.PROTECT, related_name="enrolments", null=True, blank=True
    )
    syllabus = models.ForeignKey(SyllabusVersion, on_delete=models.PROTECT, related_name="enrolments")
    status = models.CharField(max_length=12, choices=EnrolmentStatus.choices, default=EnrolmentStatus.ACTIVE)
    enrolled_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(_("to be finished by"), null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_language = models.CharField(max_length=10, blank=True)
    # the running summary
    language = models.CharField(max_length=10, blank=True, help_text=_("Language last used."))
    done_count = models.PositiveSmallIntegerField(default=0)
    required_count = models.PositiveSmallIntegerField(default=0)
    percent = models.PositiveSmallIntegerField(default=0)
    last_item_key = models.UUIDField(null=True, blank=True)
    last_active_at = models.DateTimeField(null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ("-enrolled_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["person", "course"],
                condition=~models.Q(status="withdrawn"),
                name="enrolment_once_per_course",
            ),
            models.CheckConstraint(
                condition=models.Q(percent__lte=100), name="enrolment_percent_at_most_100"
            ),
            models.CheckConstraint(
                condition=~models.Q(status="completed") | models.Q(completed_at__isnull=False),
                name="enrolment_completed_has_a_date",
            ),
        )
        indexes = (
            models.Index(fields=["cohort", "status"], name="enrolment_cohort_status"),
            models.Index(fields=["cohort", "last_active_at"], name="enrolment_cohort_active"),
            models.Index(fields=["course", "status"], name="enrolment_course_status"),
        )

    def __str__(self) -> str:
        return f"{self.course.code} {self.key}"


class ItemCompletion(models.Model):
    """A finished leaf of the syllabus. Written by `courses.progress` alone, once.

    Deleted only where staff decide, with a reason, that a quiz was not passed after all.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="completions")
    item_key = models.UUIDField()
    how = models.CharField(max_length=20)
    language = models.CharField(max_length=10, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("completed item")
        verbose_name_plural = _("completed items")
        constraints = (models.UniqueConstraint(fields=["enrolment", "item_key"], name="item_completed_once"),)

    def __str__(self) -> str:
        return str(self.item_key)


class ReflectionNote(models.Model):
    """A learner's private note. Nobody else can read it: no view, export or admin lists it."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reflection_notes"
    )
    item_key = models.UUIDField()
    block_id = models.CharField(max_length=60)
    text = models.TextField()
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("private note")
        verbose_name_plural = _("private notes")
        constraints = (
            models.UniqueConstraint(fields=["person", "item_key", "block_id"], name="reflection_note_once"),
        )

    def __str__(self) -> str:
        return str(self.item_key)
