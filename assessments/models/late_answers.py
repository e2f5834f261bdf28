"""Answers that came when nothing more was taken: kept, for staff to decide."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.choices import LateDecision
from assessments.models.attempts import Attempt, Step


class LateAnswer(models.Model):
    """One answer of a learner whose connection failed. Never dropped.

    ``sequence`` is the learner's own count and ``answered_at`` the learner's own clock: claims,
    not proofs. Once accepted, a LATE step of the attempt holds it.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="late_answers")
    slot = models.PositiveIntegerField()
    client_id = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField()
    data = models.JSONField(default=dict)
    language = models.CharField(max_length=10, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(default=timezone.now)
    decision = models.CharField(max_length=10, choices=LateDecision.choices, default=LateDecision.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    step = models.OneToOneField(Step, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("late answer")
        verbose_name_plural = _("late answers")
        ordering = ("attempt", "sequence", "pk")
        indexes = (models.Index(fields=["decision", "received_at"], name="late_answer_waiting"),)
        constraints = (
            models.UniqueConstraint(fields=["attempt", "client_id"], name="late_answer_once"),
            models.CheckConstraint(condition=Q(slot__gte=1), name="late_answer_slot_from_1"),
            models.CheckConstraint(
                condition=Q(
                    decision=LateDecision.WAITING,
                    decided_by__isnull=True,
                    decided_at__isnull=True,
                    step__isnull=True,
                )
                | Q(
                    decision=LateDecision.ACCEPTED,
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                    step__isnull=False,
                )
                | Q(
                    decision=LateDecision.REFUSED,
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                    step__isnull=True,
                )
                & ~Q(reason=""),
                name="late_answer_decided_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.slot} {self.sequence}"
