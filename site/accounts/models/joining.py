"""The two ways to join: an invitation that somebody sent, or an application that staff approve.

Both carry a `context` that this app keeps and never reads: the caller's own reference to a course or
a cohort, handed back through `accounts.signals` when the person has joined.

The secret in a mailed link is never stored: only its hash, so that a copy of the database opens no
account.
"""

import datetime
import hashlib
import secrets
import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from ..choices import NONE_CHOSEN, ProfessionalRole

INVITATION_LIFE = datetime.timedelta(days=30)
CONFIRMATION_LIFE = datetime.timedelta(days=7)


def new_token() -> str:
    """Return a secret for a link, of 256 random bits."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """Return what is stored of a secret; it needs no salt, being random itself."""
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, now: datetime.datetime | None = None) -> Self:
        """Return the invitations that can still be accepted."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now or timezone.now())

    def of_token(self, token: str) -> Self:
        """Return the one invitation, if any, to which the link with this secret belongs."""
        return self.filter(token_hash=hash_token(token))


class Invitation(models.Model):
    """A link by which one named address may open an account, once, before a date."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(
        _("language of the invitation"), max_length=10, choices=settings.LANGUAGES, default="en"
    )
    context = models.JSONField(default=dict, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    created_at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("accepted by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="accepted_invitations",
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects: ClassVar[models.Manager["Invitation"]] = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ("-created_at", "-pk")
        indexes = (models.Index(fields=["email"], name="invitation_email"),)

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        """Return whether it can still be accepted."""
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > timezone.now()


class ApplicationStatus(models.TextChoices):
    SUBMITTED = "submitted", _("Waiting for a decision")
    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Declined")


class ApplicationQuerySet(models.QuerySet["Application"]):
    def waiting(self) -> Self:
        """Return those whose address is confirmed and on which nobody has decided."""
        return self.filter(status=ApplicationStatus.SUBMITTED, confirmed_at__isnull=False)

    def to_confirm(self, token: str, now: datetime.datetime | None = None) -> Self:
        """Return the one application, if any, whose address the link with this secret confirms."""
        oldest = (now or timezone.now()) - CONFIRMATION_LIFE
        return self.filter(token_hash=hash_token(token), confirmed_at=None, created_at__gt=oldest)


class Application(models.Model):
    """A request for an account by somebody who was not invited; staff decide on it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(
        _("name"), max_length=200, help_text=_("As it will be printed on certificates, in your own script.")
    )
    country = CountryField(
        _("jurisdiction"), blank_label=NONE_CHOSEN, help_text=_("The country whose law you apply.")
    )
    role = models.CharField(_("professional role"), max_length=20, choices=ProfessionalRole.choices)
    institution = models.CharField(_("court, office or institution"), max_length=200)
    motivation = models.TextField(
        _("why you would like to take part"),
        max_length=2000,
        blank=True,
        help_text=_("Two or three sentences are enough. Do not describe cases."),
    )
    language = models.CharField(
        _("preferred language"), max_length=10, choices=settings.LANGUAGES, default="en"
    )
    context = models.JSONField(default=dict, blank=True)
    status = models.CharField(
        _("status"),
        max_length=12,
        choices=ApplicationStatus.choices,
        default=ApplicationStatus.SUBMITTED,
    )
    created_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(_("address confirmed"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="applications",
    )

    objects: ClassVar[models.Manager["Application"]] = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ("created_at", "pk")
        indexes = (models.Index(fields=["status", "confirmed_at"], name="application_waiting"),)

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"
