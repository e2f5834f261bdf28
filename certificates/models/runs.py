"""Print runs: the certificates of a group made into one PDF, a zip or mails, with how far that has come.

A run is work, not a record of the register: it may be removed, and its file is after thirty days.
"""

from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.choices import LineState, RunKind, RunProblem, RunState
from certificates.models.register import Certificate

DAYS_KEPT = 30
# A worker writes that it is alive far more often; one that does not has died.
SILENT = datetime.timedelta(minutes=2)
LARGEST_ATTACHED = 2 * 1024 * 1024  # larger files are not attached to a mail, whatever was asked for
UNDER_WAY = (RunState.WAITING, RunState.RUNNING)


def run_storage() -> Storage:
    """Where the files of runs are kept: never under an address of the site."""
    return storages["private"]


class RunQuerySet(models.QuerySet["Run"]):
    def counted(self) -> RunQuerySet:
        """Add `total`, `drawn`, `sent` and `failed`, numbers of people."""
        return self.annotate(
            total=Count("lines"),
            drawn=Count("lines", filter=Q(lines__state__in=[LineState.DRAWN, *AFTER_DRAWN])),
            sent=Count("lines", filter=Q(lines__state=LineState.SENT)),
            failed=Count("lines", filter=Q(lines__state=LineState.FAILED)),
        )

    def silent(self) -> RunQuerySet:
        """Runs whose worker has died, or that no worker has taken."""
        return self.filter(state__in=UNDER_WAY, touched_at__lt=timezone.now() - SILENT)


AFTER_DRAWN = (LineState.SENDING, LineState.SENT)


class Run(models.Model):
    """What staff asked for, for whom it was asked, and what became of it.

    `group_key` and `label` name the group as it was then; this app knows no cohorts. `language` is a
    code, two ("ar+es"), or empty: to each in their own. `worker` is who has it in hand.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=8, choices=RunKind, editable=False)
    group_key = models.UUIDField(db_index=True, editable=False)
    label = models.CharField(max_length=200, editable=False)
    language = models.CharField(max_length=10, blank=True, editable=False)
    attach = models.BooleanField(default=True, editable=False)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.WAITING, editable=False)
    worker = models.UUIDField(null=True, editable=False)
    touched_at = models.DateTimeField(default=timezone.now, editable=False)
    bound = models.PositiveIntegerField(default=0, editable=False)
    file = models.FileField(storage=run_storage, max_length=160, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    size = models.PositiveBigIntegerField(default=0, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)

    # what `counted` adds
    total: int
    drawn: int
    sent: int
    failed: int

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("print run")
        verbose_name_plural = _("print runs")
        ordering = ("-made_at", "-pk")
        default_permissions = ()
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=RunKind.values), name="run_kind_known"),
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="run_state_known"),
            models.CheckConstraint(
                condition=Q(file="") | (~Q(sha256="") & Q(state="done")), name="run_file_is_whole"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(finished_at__isnull=False), name="run_done_has_a_date"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def is_silent(self) -> bool:
        """Whether nobody works on it, although it is under way."""
        return self.is_under_way and self.touched_at < timezone.now() - SILENT

    @property
    def codes(self) -> list[str]:
        """The languages that were chosen for everybody."""
        return self.language.split("+") if self.language else []

    @property
    def all_drawn(self) -> bool:
        """Whether only the file is left to be made; for rows of `counted`."""
        return self.drawn + self.failed == self.total

    @property
    def may_go_on(self) -> bool:
        """Whether there is something left to do; for rows of `counted`."""
        if self.state == RunState.DONE:
            return self.failed > 0
        return not self.is_under_way or self.is_silent

    @property
    def removed_on(self) -> datetime.date | None:
        """The day from which its file is gone."""
        return (self.finished_at + datetime.timedelta(days=DAYS_KEPT)).date() if self.finished_at else None


class RunLine(models.Model):
    """One person of a run, in the order of the ceremony; `language` is settled when it is drawn."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="lines", editable=False)
    place = models.PositiveIntegerField(editable=False)
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="+", editable=False)
    language = models.CharField(max_length=10, blank=True, editable=False)
    state = models.CharField(max_length=10, choices=LineState, default=LineState.WAITING, editable=False)
    problem = models.CharField(max_length=16, choices=RunProblem, blank=True, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("person of a print run")
        verbose_name_plural = _("people of a print run")
        ordering = ("run", "place")
        default_permissions = ()
        indexes = (models.Index(fields=["run", "state"], name="run_line_state"),)
        constraints = (
            models.UniqueConstraint(fields=["run", "place"], name="run_place_once"),
            models.UniqueConstraint(fields=["run", "certificate"], name="run_certificate_once"),
            models.CheckConstraint(
                condition=(Q(state="failed") & ~Q(problem="")) | (~Q(state="failed") & Q(problem="")),
                name="run_line_failed_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | ~Q(state__in=["waiting", "drawn"]),
                name="run_line_sent_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.run_id} {self.place}"
