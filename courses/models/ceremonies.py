"""What a cohort is handed its certificates with: the order of the ceremony, and the proof of the names."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.choices import CeremonyOrder

from .records import Cohort


class Ceremony(models.Model):
    """In which order people are called up; `places` are the numbers that staff gave, by enrolment key."""

    cohort = models.OneToOneField(Cohort, on_delete=models.CASCADE, related_name="ceremony", editable=False)
    order = models.CharField(
        _("order"), max_length=12, choices=CeremonyOrder, default=CeremonyOrder.NAME, editable=False
    )
    places = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("ceremony")
        verbose_name_plural = _("ceremonies")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.cohort)


class NameProof(models.Model):
    """The list of names of a cohort, which people are asked to confirm by a day."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cohort = models.OneToOneField(Cohort, on_delete=models.CASCADE, related_name="name_proof", editable=False)
    due_on = models.DateField(_("to be confirmed by"))
    opened_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("proof of names")
        verbose_name_plural = _("proofs of names")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.cohort)

    @property
    def is_open(self) -> bool:
        """Tell whether the day has not passed."""
        return timezone.localdate() <= self.due_on


class NameCheckQuerySet(models.QuerySet["NameCheck"]):
    def open_for(self, person: Any) -> "NameCheckQuerySet":
        """Return what the person is still to confirm: not yet, or not as the name is now."""
        confirmed = models.Q(name=person.name, name_latin=person.name_latin, confirmed_at__isnull=False)
        return self.filter(person=person).exclude(confirmed)


class NameCheck(models.Model):
    """One person of a proof: the name as it was confirmed, and as it was before a correction.

    `letter_due` is taken back before the letter leaves, so that nobody gets it twice.
    """

    proof = models.ForeignKey(NameProof, on_delete=models.CASCADE, related_name="checks", editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="name_checks", editable=False
    )
    letter_due = models.BooleanField(default=True, editable=False)
    asked_at = models.DateTimeField(null=True, editable=False)
    name = models.CharField(max_length=200, blank=True, editable=False)
    name_latin = models.CharField(max_length=200, blank=True, editable=False)
    name_before = models.CharField(max_length=200, blank=True, editable=False)
    latin_before = models.CharField(max_length=200, blank=True, editable=False)
    was_corrected = models.BooleanField(default=False, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)

    objects = NameCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("confirmed name")
        verbose_name_plural = _("confirmed names")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=["proof", "person"], name="name_checked_once"),
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True) | ~models.Q(name=""),
                name="name_check_confirms_a_name",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    def holds_for(self, person: Any) -> bool:
        """Tell whether the name is confirmed as it is now."""
        same = (self.name, self.name_latin) == (person.name, person.name_latin)
        return self.confirmed_at is not None and same
