"""Marking again by another key: what it would change, and what it did."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.choices import RegradePolicy
from assessments.fields import FractionField
from assessments.models.attempts import Attempt
from assessments.models.bank import Question


class Regrade(models.Model):
    """One regrade of a quiz, or of one question in all quizzes: first tried, then committed.

    ``quiz_key`` or ``question`` or both narrow it. A completion that was granted stays, unless
    ``may_lower`` is set, with its own reason.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    quiz_key = models.UUIDField(null=True, blank=True, db_index=True)
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, null=True, blank=True, related_name="regrades"
    )
    policy = models.CharField(_("which key counts"), max_length=10, choices=RegradePolicy.choices)
    reason = models.TextField(_("reason"))
    may_lower = models.BooleanField(_("may take back what was passed"), default=False)
    lower_reason = models.TextField(_("reason for taking back"), blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    tried_at = models.DateTimeField(default=timezone.now)
    # counts of the dry run: {"attempts": 40, "changed": 7, "higher": 6, "lower": 1, …}
    summary = models.JSONField(default=dict, blank=True)
    committed_at = models.DateTimeField(null=True, blank=True)
    committed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("regrade")
        verbose_name_plural = _("regrades")
        ordering = ("-tried_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(quiz_key__isnull=False) | Q(question__isnull=False), name="regrade_of_something"
            ),
            models.CheckConstraint(
                condition=Q(policy__in=RegradePolicy.values), name="regrade_policy_is_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="regrade_has_reason"),
            models.CheckConstraint(
                condition=Q(may_lower=False, lower_reason="") | Q(may_lower=True) & ~Q(lower_reason=""),
                name="regrade_lowers_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(committed_at__isnull=True, committed_by__isnull=True)
                | Q(committed_at__isnull=False, committed_by__isnull=False),
                name="regrade_committed_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return str(self.key)


class RegradeChange(models.Model):
    """What a regrade changes in one attempt, found by the dry run; attempts without change have no row.

    ``questions`` says from what to what: ``{"3": ["0", "1/2"]}``.
    """

    regrade = models.ForeignKey(Regrade, on_delete=models.CASCADE, related_name="changes")
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="regrade_changes")
    questions = models.JSONField(default=dict)
    fraction_before = FractionField(null=True, blank=True)
    fraction_after = FractionField(null=True, blank=True)
    passed_before = models.BooleanField(null=True, blank=True)
    passed_after = models.BooleanField(null=True, blank=True)
    # set once the learner was told, after the commit
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("change by a regrade")
        verbose_name_plural = _("changes by regrades")
        ordering = ("regrade", "attempt")
        constraints = (models.UniqueConstraint(fields=["regrade", "attempt"], name="regrade_change_once"),)

    def __str__(self) -> str:
        return f"{self.regrade_id} {self.attempt_id}"
