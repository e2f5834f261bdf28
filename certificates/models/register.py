"""The register of certificates. What one says is frozen at issue; rows are never deleted."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable
from typing import Any, ClassVar, NoReturn, Self, cast

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from certificates.choices import Kind, RevokeReason, State, Status
from certificates.clock import day_of
from certificates.statements import Printed, Statement, in_language

TEMPLATE_VERSION = "1"
ENDS_SOON = 90  # days before its end from which a certificate may be renewed


def _today() -> datetime.date:
    """The day that decides whether a certificate has expired, the same for every reader."""
    return timezone.now().date()


class Frozen(TypeError):
    """Somebody tried to change or delete what the register keeps for ever."""


class RegisterQuerySet(models.QuerySet):
    """Refuses what would change or lose a record of the register."""

    def update(self, **values: Any) -> int:
        rows = cast("type[RegisterRow]", self.model)
        if frozen := set(values) - rows.MAY_CHANGE:
            raise Frozen(f"{self.model.__name__}: {', '.join(sorted(frozen))} may not change.")
        return super().update(**values)

    def delete(self) -> NoReturn:
        raise Frozen(f"{self.model.__name__} rows are never deleted.")


class CertificateQuerySet(RegisterQuerySet):
    def of(self, person: Any) -> Self:
        """The certificates of a person that stand, newest first."""
        return self.filter(person=person, status=Status.ISSUED).order_by("-issued_at")

    def for_award(self, award_key: uuid.UUID) -> Self:
        """All that was ever issued for one achievement, the newest first."""
        return self.filter(award_key=award_key).order_by("-issued_at", "-pk")

    def in_state(self, state: State, today: datetime.date | None = None) -> Self:
        """Those that are worth this on a day, as `Certificate.state` says of one."""
        ended = Q(valid_until__isnull=False, valid_until__lt=today or _today())
        match state:
            case State.VALID:
                return self.filter(status=Status.ISSUED).exclude(ended)
            case State.EXPIRED:
                return self.filter(ended, status=Status.ISSUED)
        return self.filter(status=state.value)

    def ending_within(self, days: int, today: datetime.date | None = None) -> Self:
        """Those that are valid on a day, and for at most so many days more."""
        today = today or _today()
        last = today + datetime.timedelta(days=days)
        return self.filter(status=Status.ISSUED, valid_until__gte=today, valid_until__lte=last)

    def lineage(self, certificate: Certificate) -> Self:
        """All that replaced, renewed or came again after one another, the oldest first."""
        awards, wider = set[uuid.UUID](), {certificate.award_key}
        while wider != awards:
            awards = wider
            linked = Q(renews__award_key__in=awards) | Q(renewals__award_key__in=awards)
            wider = awards | set(self.filter(linked).values_list("award_key", flat=True))
        return self.filter(award_key__in=awards).order_by("issued_at", "pk")


class RegisterRow(models.Model):
    """A row that is written once; only the fields of MAY_CHANGE may be set later, each by name."""

    MAY_CHANGE: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        if not self._state.adding:
            changed = set(update_fields or ())
            if not changed or changed - self.MAY_CHANGE:
                raise Frozen(f"{type(self).__name__}: what was issued may not change.")
        super().save(*args, update_fields=update_fields, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Frozen(f"{type(self).__name__} rows are never deleted.")


class Certificate(RegisterRow):
    """One certificate: its number, what it states in every language, and what became of it."""

    MAY_CHANGE = frozenset({"status", "superseded_by", "revoked_at", "revoke_reason", "person"})

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("number"), max_length=14, unique=True, editable=False)
    award_key = models.UUIDField(db_index=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("holder"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="certificates",
        editable=False,
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, editable=False)
    name = models.CharField(_("name"), max_length=200, editable=False)
    course_code = models.CharField(_("course"), max_length=40, editable=False)
    statement = models.JSONField(editable=False)
    template_version = models.CharField(max_length=10, editable=False)
    issued_at = models.DateTimeField(_("issued"), default=timezone.now, editable=False)
    # its place in the published list of credentials that no longer count: random, by `status_list`
    status_index = models.PositiveIntegerField(unique=True, editable=False)
    # the certificate that this one renews, after a shorter path; both stay as they were issued
    renews = models.ForeignKey(
        "self",
        verbose_name=_("renews"),
        on_delete=models.PROTECT,
        null=True,
        related_name="renewals",
        editable=False,
    )
    valid_until = models.DateField(_("valid until"), null=True, editable=False)
    status = models.CharField(
        _("status"), max_length=12, choices=Status, default=Status.ISSUED, editable=False
    )
    superseded_by = models.OneToOneField(
        "self",
        verbose_name=_("replaced by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="supersedes",
        editable=False,
    )
    revoked_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    revoke_reason = models.CharField(
        _("reason"), max_length=24, choices=RevokeReason, blank=True, editable=False
    )

    objects: ClassVar[models.Manager[Certificate]] = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ("-issued_at", "-pk")
        default_permissions = ("view",)
        indexes = (
            models.Index(fields=["person", "status"], name="certificate_of_person"),
            models.Index(fields=["-issued_at", "-id"], name="certificate_newest_first"),
            models.Index(fields=["valid_until"], condition=Q(status="issued"), name="certificate_ends"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["award_key"],
                condition=Q(status="issued"),
                name="certificate_once_per_award",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[value for value, _label in Status.choices]),
                name="certificate_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status="superseded", superseded_by__isnull=False)
                | (~Q(status="superseded") & Q(superseded_by__isnull=True)),
                name="certificate_superseded_by_another",
            ),
            models.CheckConstraint(
                condition=(Q(status="revoked", revoked_at__isnull=False) & ~Q(revoke_reason=""))
                | (~Q(status="revoked") & Q(revoked_at__isnull=True, revoke_reason="")),
                name="certificate_revoked_with_date_and_reason",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="certificate_has_a_name"),
        )

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """The holder's page, in the active language."""
        return reverse("certificates:certificate", args=[self.number])

    def get_verify_url(self) -> str:
        """The public page, in the active language."""
        return reverse("certificates:verify_number", args=[self.number])

    @cached_property
    def stated(self) -> Statement:
        """What is certified."""
        return Statement.from_json(self.statement)

    @property
    def issued_on(self) -> datetime.date:
        """The day that the paper names: by the institute's clock, wherever the page is read."""
        return day_of(self.issued_at)

    @property
    def revoked_on(self) -> datetime.date | None:
        """The day on which it was withdrawn, by the same clock."""
        return day_of(self.revoked_at) if self.revoked_at else None

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it can be drawn."""
        return tuple(self.statement["printed"])

    def printed(self, language: str) -> Printed:
        """Its words in one of `languages`; raises KeyError for another."""
        return Printed.from_json(self.statement["printed"][language])

    def nearest_language(self, wanted: str | None = None) -> str:
        """`wanted` (or the active language) if it can be drawn in that, else its first one."""
        wanted = wanted or get_language() or settings.LANGUAGE_CODE
        return wanted if wanted in self.languages else self.languages[0]

    @property
    def course_title(self) -> str:
        """The course's title in the active language, else in any."""
        return in_language(self.stated.course_titles, get_language() or settings.LANGUAGE_CODE)

    def state(self, today: datetime.date | None = None) -> State:
        """What it is worth on a day (today, by the server's clock)."""
        if self.status != Status.ISSUED:
            return State(self.status)
        expired = self.valid_until is not None and self.valid_until < (today or _today())
        return State.EXPIRED if expired else State.VALID

    @property
    def ends_soon(self) -> bool:
        """Whether it is valid today, and its holder should think of renewing it."""
        left = self.days_left()
        return self.status == Status.ISSUED and left is not None and 0 <= left <= ENDS_SOON

    @property
    def renewed_by(self) -> Certificate | None:
        """The certificate that renews it and stands, if there is one."""
        return self.renewals.filter(status=Status.ISSUED).first()

    def days_left(self, today: datetime.date | None = None) -> int | None:
        """For how many days more it is valid, 0 on its last one; None without an end."""
        return None if self.valid_until is None else (self.valid_until - (today or _today())).days


def document_storage() -> Storage:
    """Where drawn certificates are kept: never under an address of the site."""
    return storages["private"]


class StoredDocument(RegisterRow):
    """The PDF of a certificate in one language, as it was first drawn; it is never drawn again."""

    certificate = models.ForeignKey(
        Certificate, on_delete=models.PROTECT, related_name="documents", editable=False
    )
    language = models.CharField(max_length=10, editable=False)
    file = models.FileField(storage=document_storage, max_length=160, editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    # which key signed the file; empty for one drawn before certificates were signed
    signed_with = models.CharField(max_length=32, blank=True, editable=False)
    size = models.PositiveIntegerField(editable=False)
    drawn_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[models.Manager[StoredDocument]] = RegisterQuerySet.as_manager()

    class Meta:
        verbose_name = _("stored document")
        verbose_name_plural = _("stored documents")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=["certificate", "language"], name="document_once_per_language"),
        )

    def __str__(self) -> str:
        return f"{self.certificate} ({self.language})"
