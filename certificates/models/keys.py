"""The public half of each key that signed certificates. Private keys are never in the database."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certificates.choices import KeyUse
from certificates.models.register import RegisterQuerySet, RegisterRow


class IssuerKey(RegisterRow):
    """A public key under its id, kept for ever, so that what it signed can always be checked."""

    MAY_CHANGE = frozenset({"retired_at", "compromised_at"})

    key_id = models.CharField(pgettext_lazy("signing", "key"), max_length=32, unique=True, editable=False)
    use = models.CharField(_("signs"), max_length=10, choices=KeyUse, editable=False)
    # the raw public key of Ed25519, or the SubjectPublicKeyInfo (DER) of P-256, as base64url
    public = models.CharField(max_length=400, editable=False)
    # PEM of the certificate and of its issuer, for keys that sign PDF files
    chain = models.TextField(blank=True, editable=False)
    active_from = models.DateTimeField(default=timezone.now, editable=False)
    retired_at = models.DateTimeField(null=True, editable=False)
    compromised_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[models.Manager[IssuerKey]] = RegisterQuerySet.as_manager()

    class Meta:
        verbose_name = _("issuer key")
        verbose_name_plural = _("issuer keys")
        ordering = ("-active_from", "-pk")
        default_permissions = ("view",)
        constraints = (
            models.CheckConstraint(
                condition=Q(use__in=[value for value, _label in KeyUse.choices]), name="issuer_key_use_known"
            ),
        )

    def __str__(self) -> str:
        return self.key_id
