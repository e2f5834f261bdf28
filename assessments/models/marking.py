"""Marking by several people: who is to mark an answer, and what each of them gave."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.choices import MarkerRole
from assessments.fields import FractionField
from assessments.models.attempts import Attempt


class MarkingTask(models.Model):
    """One answer to be marked in one turn; without a marker, whoever may mark can take it."""

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="marking_tasks")
    slot = models.PositiveIntegerField()
    role = models.CharField(max_length=10, choices=MarkerRole.choices, default=MarkerRole.FIRST)
    marker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="marking_tasks",
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    assigned_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("answer to mark")
        verbose_name_plural = _("answers to mark")
        ordering = ("assigned_at", "pk")
        indexes = (models.Index(fields=["marker", "done_at"], name="marking_task_of"),)
        constraints = (
            models.UniqueConstraint(fields=["attempt", "slot", "role"], name="marking_task_role_once"),
            # nobody is first and second marker of one answer
            models.UniqueConstraint(
                fields=["attempt", "slot", "marker"],
                condition=Q(marker__isnull=False),
                name="marking_task_marker_once",
            ),
            models.CheckConstraint(
                condition=Q(role__in=MarkerRole.values), name="marking_task_role_is_known"
            ),
            models.CheckConstraint(condition=Q(slot__gte=1), name="marking_task_slot_from_1"),
        )

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.slot} {self.role}"


class Marking(models.Model):
    """What one marker gave one answer. Never changed: who corrects gives another, the newest holds.

    It counts for the learner only once a MARK step of the attempt says so. ``points`` are exact,
    one for each criterion in the order of the marking guide; ``annotations`` are remarks on
    stretches of the answer: ``[{"start": 0, "end": 12, "text": "…"}]``.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="markings")
    slot = models.PositiveIntegerField()
    role = models.CharField(max_length=10, choices=MarkerRole.choices)
    marker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    fraction = FractionField()
    points = models.JSONField(default=list, blank=True)
    comment = models.TextField(blank=True)
    annotations = models.JSONField(default=list, blank=True)
    # how long the answer was open, for the statistics of markers
    seconds = models.PositiveIntegerField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("marks given")
        verbose_name_plural = _("marks given")
        ordering = ("attempt", "slot", "at", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(role__in=MarkerRole.values), name="marking_role_is_known"),
            models.CheckConstraint(condition=Q(slot__gte=1), name="marking_slot_from_1"),
        )

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.slot} {self.role}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("Marks that were given are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("Marks that were given are never deleted.")
