"""The log of what was done to the records."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """Who changed which record, how and when. Written by `accounts.audit.record` alone."""

    at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    verb = models.CharField(max_length=60)
    target_type = models.CharField(max_length=60)
    target_key = models.CharField(max_length=64)
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=["target_type", "target_key"], name="audit_target"),)

    def __str__(self) -> str:
        return f"{self.verb} {self.target_type} {self.target_key}"
