"""Renewing a certificate by a shorter path: what had to be done again, why, and when it was done."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.choices import RenewalReason

from .records import Enrolment, SyllabusVersion


class Renewal(models.Model):
    """One person renewing the certificate of a course they completed; the enrolment stays as it is.

    Its key is the achievement that the new certificate vouches for. `renewed_award` is the
    achievement whose certificate it renews: the enrolment, or an earlier renewal.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="renewals")
    renewed_award = models.UUIDField(editable=False)
    syllabus = models.ForeignKey(SyllabusVersion, on_delete=models.PROTECT, related_name="renewals")
    started_at = models.DateTimeField(default=timezone.now)
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("renewal")
        verbose_name_plural = _("renewals")
        ordering = ("-started_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(completed_at=None), name="renewal_one_under_way"
            ),
            models.CheckConstraint(
                condition=Q(completed_at=None) | Q(completed_at__gte=models.F("started_at")),
                name="renewal_completed_after_it_began",
            ),
        )

    def __str__(self) -> str:
        return str(self.key)


class RenewalItem(models.Model):
    """Something that has to be done for a renewal. Written by `courses.renewals` alone."""

    renewal = models.ForeignKey(Renewal, on_delete=models.CASCADE, related_name="items")
    item_key = models.UUIDField()
    place = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=10, choices=RenewalReason.choices)
    done_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=10, blank=True)

    class Meta:
        verbose_name = _("part of a renewal")
        verbose_name_plural = _("parts of renewals")
        ordering = ("renewal", "place")
        constraints = (
            models.UniqueConstraint(fields=["renewal", "item_key"], name="renewal_item_once"),
            models.CheckConstraint(
                condition=Q(reason__in=[value for value, _label in RenewalReason.choices]),
                name="renewal_reason_known",
            ),
        )

    def __str__(self) -> str:
        return str(self.item_key)


class ExpiryReminder(models.Model):
    """That a holder was told, so many days before, that a certificate ends: once and not again."""

    certificate = models.ForeignKey(
        "certificates.Certificate", on_delete=models.PROTECT, related_name="expiry_reminders"
    )
    days = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("reminder of an expiry")
        verbose_name_plural = _("reminders of expiries")
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=["certificate", "days"], name="expiry_reminder_once"),)

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.days}"
