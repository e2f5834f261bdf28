"""Attempts given to one person beyond what a quiz allows to everybody."""

import uuid
from typing import Any, NoReturn, Self

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ExtraAttemptsQuerySet(models.QuerySet["ExtraAttempts"]):
    def of(self, person: Any, quiz_key: uuid.UUID) -> Self:
        """What one person was given at one quiz."""
        return self.filter(person=person, quiz_key=quiz_key)

    def total(self) -> int:
        """How many attempts these are together."""
        return self.aggregate(total=Sum("count"))["total"] or 0

    def update(self, **values: Any) -> NoReturn:
        raise TypeError("Attempts that were given are never changed.")

    def delete(self) -> NoReturn:
        raise TypeError("Attempts that were given are never taken back.")


class ExtraAttempts(models.Model):
    """So many more attempts for one person at one quiz. Never changed, never deleted; they add up."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="extra_attempts"
    )
    quiz_key = models.UUIDField()
    count = models.PositiveSmallIntegerField()
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    objects = ExtraAttemptsQuerySet.as_manager()

    class Meta:
        verbose_name = _("extra attempts")
        verbose_name_plural = _("extra attempts")
        ordering = ("-at",)
        indexes = (models.Index(fields=["person", "quiz_key"], name="extra_attempts_of"),)
        constraints = (models.CheckConstraint(condition=Q(count__gte=1), name="extra_attempts_from_1"),)

    def __str__(self) -> str:
        return f"{self.quiz_key} +{self.count}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("Attempts that were given are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("Attempts that were given are never taken back.")
