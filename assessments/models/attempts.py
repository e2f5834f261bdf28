"""Attempts: a frozen paper and the append-only steps of answering it."""

import uuid
from fractions import Fraction
from functools import cached_property
from typing import Any, NoReturn, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.behaviours import JUDGED_AT_THE_END
from assessments.choices import AttemptStatus, StepKind
from assessments.fields import FractionField
from assessments.models.bank import QuestionVersion
from assessments.paper import Paper


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def of(self, person: Any, quiz_key: uuid.UUID) -> Self:
        """The attempts of one person at one quiz, newest first."""
        return self.filter(person=person, quiz_key=quiz_key).order_by("-number")

    def open(self) -> Self:
        """Attempts that can still be answered, unless their time has run out."""
        return self.filter(status=AttemptStatus.OPEN)

    def overdue(self, now: Any) -> Self:
        """Open attempts whose time, with the grace for slow lines, has run out."""
        return self.open().filter(closes_at__lt=now)


class Attempt(models.Model):
    """One sitting of one person at one quiz. The paper is what was put, for ever.

    ``deadline`` is what the learner is told; ``closes_at`` is later, so that answers given in time
    still count when they come over a slow line, or after one that failed. The row exists from the
    start; status, fraction and passed are a summary of the steps.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attempts")
    quiz_key = models.UUIDField(db_index=True)
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=AttemptStatus.choices, default=AttemptStatus.OPEN)
    paper_data = models.JSONField(encoder=DjangoJSONEncoder)
    context = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    jurisdiction = models.CharField(max_length=2, blank=True)
    language = models.CharField(max_length=10)
    extra_time = models.DecimalField(max_digits=4, decimal_places=2, default=1)
    started_at = models.DateTimeField(default=timezone.now)
    deadline = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    # by which a supervised test was begun
    ticket = models.ForeignKey(
        "assessments.RoomTicket", on_delete=models.PROTECT, null=True, blank=True, related_name="attempts"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    graded_at = models.DateTimeField(null=True, blank=True)
    fraction = FractionField(null=True, blank=True)
    passed = models.BooleanField(null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ("-started_at",)
        indexes = (models.Index(fields=["status", "closes_at"], name="attempt_overdue"),)
        constraints = (
            models.UniqueConstraint(fields=["person", "quiz_key", "number"], name="attempt_number_once"),
            models.UniqueConstraint(
                fields=["person", "quiz_key"],
                condition=Q(status=AttemptStatus.OPEN),
                name="attempt_open_once",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="attempt_number_from_1"),
            models.CheckConstraint(
                condition=Q(status=AttemptStatus.OPEN) | Q(submitted_at__isnull=False),
                name="attempt_closed_has_time",
            ),
            models.CheckConstraint(
                condition=Q(
                    status=AttemptStatus.GRADED,
                    fraction__isnull=False,
                    passed__isnull=False,
                    graded_at__isnull=False,
                )
                | ~Q(status=AttemptStatus.GRADED)
                & Q(fraction__isnull=True, passed__isnull=True, graded_at__isnull=True),
                name="attempt_graded_has_result",
            ),
            models.CheckConstraint(
                condition=Q(deadline__isnull=True, closes_at__isnull=True)
                | Q(closes_at__gte=F("deadline"), deadline__gte=F("started_at")),
                name="attempt_times_in_order",
            ),
        )

    def __str__(self) -> str:
        return str(self.key)

    @cached_property
    def paper(self) -> Paper:
        """What was put, read from its frozen form."""
        return Paper.from_json(self.paper_data)

    @property
    def is_open(self) -> bool:
        """Whether it has not been handed in."""
        return self.status == AttemptStatus.OPEN

    @property
    def is_graded(self) -> bool:
        """Whether every question has its marks."""
        return self.status == AttemptStatus.GRADED

    def is_overdue(self, now: Any) -> bool:
        """Whether the time, with the grace for slow lines, has run out."""
        return self.is_open and self.closes_at is not None and now > self.closes_at

    @property
    def mark(self) -> Fraction | None:
        """The sum of the marks of its questions, once graded."""
        return None if self.fraction is None else self.fraction * self.paper.weight


class StepQuerySet(models.QuerySet["Step"]):
    def latest_of_each(self) -> Self:
        """The newest step of each kind and slot: all that counts where nothing is judged before the end.

        Only for the steps of one attempt.
        """
        newest = self.order_by().values("kind", "slot").annotate(newest=Max("sequence"))
        return self.filter(sequence__in=newest.values("newest")).order_by("sequence")

    def for_fold(self, paper: Paper) -> Self:
        """The steps of one attempt that its fold needs: all, where a question may be checked or retried."""
        return self.latest_of_each() if paper.behaviour in JUDGED_AT_THE_END else self.order_by("sequence")

    def update(self, **values: Any) -> NoReturn:
        raise TypeError("A step is never changed.")

    def delete(self) -> NoReturn:
        raise TypeError("A step is never deleted.")


class Step(models.Model):
    """One thing that happened in an attempt. Never changed, never deleted.

    ``client_id`` is the name that the sender gave to it: the same name twice is one step, so a
    sender who did not hear the acknowledgement may send again.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="steps")
    sequence = models.PositiveIntegerField()
    client_id = models.CharField(max_length=64)
    kind = models.CharField(max_length=10, choices=StepKind.choices)
    slot = models.PositiveIntegerField(default=0, help_text=_("0: the attempt as a whole"))
    data = models.JSONField(default=dict)
    language = models.CharField(max_length=10, blank=True)
    at = models.DateTimeField(default=timezone.now)
    # None: the person of the attempt, or the server acting for them
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ("attempt", "sequence")
        constraints = (
            models.UniqueConstraint(fields=["attempt", "sequence"], name="step_sequence_once"),
            models.UniqueConstraint(fields=["attempt", "client_id"], name="step_client_id_once"),
            models.UniqueConstraint(
                fields=["attempt"], condition=Q(kind=StepKind.SUBMIT), name="step_submit_once"
            ),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="step_sequence_from_1"),
            models.CheckConstraint(condition=Q(kind__in=StepKind.values), name="step_kind_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.sequence} {self.kind} {self.slot}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("A step is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("A step is never deleted.")


class PaperItem(models.Model):
    """Which version stood where on a paper; the index behind "was put", draws and statistics.

    ``fraction`` is a copy of what the steps say, filled when the attempt is graded.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="items")
    slot = models.PositiveIntegerField()
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="paper_items")
    fraction = FractionField(null=True, blank=True)

    class Meta:
        verbose_name = _("question on a paper")
        verbose_name_plural = _("questions on papers")
        ordering = ("attempt", "slot")
        constraints = (models.UniqueConstraint(fields=["attempt", "slot"], name="paper_item_slot_once"),)

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.slot}"
