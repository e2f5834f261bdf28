"""Rules for some people only: overrides of a quiz, and tickets for a room."""

import uuid
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OverrideQuerySet(models.QuerySet["Override"]):
    def in_force(self, quiz_key: uuid.UUID, now: datetime) -> Self:
        """Those of a quiz that are neither expired nor withdrawn."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=now), quiz_key=quiz_key, withdrawn_at=None)

    def reaching(self, person: Any, groups: Any) -> Self:
        """Those of one person, and of the groups that the caller says the person is in."""
        return self.filter(Q(person=person) | Q(group_key__in=list(groups)))


class Override(models.Model):
    """Other rules of one quiz for one person, or for a group known by its key alone.

    What is empty stays as the quiz states it. Never changed: a new one replaces it, or it is
    withdrawn. ``rules.rules_for`` says which one holds.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    quiz_key = models.UUIDField(db_index=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="overrides"
    )
    group_key = models.UUIDField(null=True, blank=True)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    time_limit = models.DurationField(_("time limit"), null=True, blank=True)
    extra_time = models.DecimalField(
        _("extra time"),
        max_digits=4,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("The time limit is multiplied by this number; 1.25 is a quarter more."),
    )
    attempts_allowed = models.PositiveSmallIntegerField(_("attempts"), null=True, blank=True)
    expires_at = models.DateTimeField(_("valid until"), null=True, blank=True)
    reason = models.TextField(_("reason"))
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OverrideQuerySet.as_manager()

    class Meta:
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(person__isnull=False, group_key__isnull=True)
                | Q(person__isnull=True, group_key__isnull=False),
                name="override_person_or_group",
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=False)
                | Q(closes_at__isnull=False)
                | Q(time_limit__isnull=False)
                | Q(extra_time__isnull=False)
                | Q(attempts_allowed__isnull=False),
                name="override_changes_something",
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(closes_at__gt=F("opens_at")),
                name="override_opens_before_it_closes",
            ),
            models.CheckConstraint(
                condition=Q(extra_time__isnull=True) | Q(extra_time__gte=1, extra_time__lte=5),
                name="override_extra_time_between_1_and_5",
            ),
            models.CheckConstraint(
                condition=Q(attempts_allowed__isnull=True) | Q(attempts_allowed__gte=1),
                name="override_attempts_from_1",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="override_has_reason"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="override_withdrawn_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return str(self.key)


class RoomTicketQuerySet(models.QuerySet["RoomTicket"]):
    def in_force(self, quiz_key: uuid.UUID, now: datetime) -> Self:
        """Those of a quiz by which somebody may begin now."""
        return self.filter(quiz_key=quiz_key, valid_from__lte=now, valid_until__gt=now)


class RoomTicket(models.Model):
    """A code, read out in a room, by which a supervised test can be begun for a while.

    Attempts name their ticket, so that it is known who sat where, and places can be counted.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    quiz_key = models.UUIDField(db_index=True)
    room = models.CharField(_("room"), max_length=120)
    code = models.CharField(_("code"), max_length=40)
    valid_from = models.DateTimeField(_("valid from"), default=timezone.now)
    valid_until = models.DateTimeField(_("valid until"))
    places = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = RoomTicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("room ticket")
        verbose_name_plural = _("room tickets")
        ordering = ("-valid_from", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["quiz_key", "code"], name="room_ticket_code_once_in_quiz"),
            models.CheckConstraint(condition=~Q(code=""), name="room_ticket_has_code"),
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("valid_from")), name="room_ticket_times_in_order"
            ),
            models.CheckConstraint(
                condition=Q(places__isnull=True) | Q(places__gte=1), name="room_ticket_places_from_1"
            ),
        )

    def __str__(self) -> str:
        return self.room
