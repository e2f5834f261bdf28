"""What a trainer has handed in to be imported: read, looked over, and not in the bank before they say so.

An import is work, not a record of the bank: it goes after a week, with its file and its questions.
"""

import datetime
import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.choices import ImportState, Kind
from assessments.models.bank import Category, Question
from assessments.models.files import exam_storage

DAYS_KEPT = 7
# a worker says that it is alive far more often; one that does not has died
SILENT = datetime.timedelta(minutes=2)
UNDER_WAY = (ImportState.WAITING, ImportState.READING, ImportState.TAKING)


def _in_a_week() -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=DAYS_KEPT)


class ImportQuerySet(models.QuerySet["QuestionImport"]):
    def kept(self) -> Self:
        """Those whose week is not over."""
        return self.filter(expires_at__gt=timezone.now())


class QuestionImport(models.Model):
    """A file of questions of one trainer, how far it has been read, and what became of it.

    ``problem`` is why it was refused: code, values, file and line of an ``InterchangeError``.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", editable=False
    )
    language = models.CharField(max_length=10, editable=False)
    name = models.CharField(max_length=200, editable=False)
    form = models.CharField(max_length=20, blank=True, editable=False)
    file = models.FileField(storage=exam_storage, max_length=200, blank=True, editable=False)
    size = models.PositiveBigIntegerField(editable=False)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.WAITING, editable=False)
    # how much of the file has been read, in bytes and questions
    position = models.PositiveBigIntegerField(default=0, editable=False)
    done = models.PositiveIntegerField(default=0, editable=False)
    touched_at = models.DateTimeField(default=timezone.now, editable=False)
    problem = models.JSONField(default=dict, editable=False)
    category = models.ForeignKey(Category, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(default=_in_a_week, db_index=True, editable=False)

    objects: ClassVar[ImportQuerySet] = ImportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("import of questions")
        verbose_name_plural = _("imports of questions")
        ordering = ("-made_at", "-pk")
        default_permissions = ()
        constraints = (
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_state_known"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_under_way(self) -> bool:
        """Whether a task has it in hand, or will."""
        return self.state in UNDER_WAY

    @property
    def is_silent(self) -> bool:
        """Whether nobody works on it, although it is under way."""
        return self.is_under_way and self.touched_at < timezone.now() - SILENT


class ImportedQuestion(models.Model):
    """One question of the file: as it was read, or, without a kind, why it was left out.

    ``media`` is the SHA-256 of each picture by its name; the bytes wait with the import.
    """

    batch = models.ForeignKey(QuestionImport, on_delete=models.CASCADE, related_name="lines")
    place = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=250, blank=True)
    item = models.JSONField(default=dict)
    media = models.JSONField(default=dict)
    notices = models.JSONField(default=list)
    chosen = models.BooleanField(default=True)
    digest = models.CharField(max_length=64, blank=True)
    # the question of the bank, and the place in this file, that ask the same
    same_as = models.ForeignKey(Question, on_delete=models.SET_NULL, null=True, related_name="+")
    repeats = models.PositiveIntegerField(null=True)
    # what it became
    question = models.ForeignKey(Question, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("question to be imported")
        verbose_name_plural = _("questions to be imported")
        ordering = ("batch", "place")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=["batch", "place"], name="imported_question_place_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["", *Kind.values]), name="imported_question_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind="") | Q(chosen=False), name="imported_question_left_out_unchosen"
            ),
        )

    def __str__(self) -> str:
        return self.name or str(self.place)
