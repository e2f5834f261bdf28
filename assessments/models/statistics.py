"""Figures about groups as they were last counted. Nothing here is about one person."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.choices import Figures


class StatisticsReport(models.Model):
    """What was counted of a quiz for one group, kept until enough people more have come.

    ``group`` is a name that the owner of the quiz gives; empty for everybody. ``basis`` names what
    the count rests on: another basis means counting anew. ``people`` and ``until`` say how many
    had been marked by when; figures go no further than that. ``done`` of ``total`` attempts are
    read while it is being counted.
    """

    quiz_key = models.UUIDField()
    subject = models.CharField(max_length=10, choices=Figures.choices)
    group = models.CharField(max_length=40, blank=True)
    which = models.CharField(max_length=10, blank=True)
    basis = models.CharField(max_length=64, blank=True)
    people = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    counted_at = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    data = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("figures of a quiz")
        verbose_name_plural = _("figures of quizzes")
        ordering = ("quiz_key", "subject", "group", "which")
        constraints = (
            models.UniqueConstraint(
                fields=["quiz_key", "subject", "group", "which"], name="statistics_once_for_a_group"
            ),
            models.CheckConstraint(condition=Q(subject__in=Figures.values), name="statistics_of_known_kind"),
        )

    def __str__(self) -> str:
        return f"{self.quiz_key} {self.subject} {self.group} {self.which}".strip()
