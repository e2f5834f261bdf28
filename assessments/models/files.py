"""Bytes: the media that questions show, and the files that learners hand in."""

import uuid

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.attempts import Attempt
from assessments.models.bank import Question


def exam_storage() -> Storage:
    """Where they are kept: never under an address of the site."""
    return storages["private"]


class QuestionMedia(models.Model):
    """A picture, recording or film that texts of a question show as ``media:NAME``.

    The bytes behind a name never change, so what stood on a paper stays as it was.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="media")
    name = models.CharField(_("name"), max_length=140)
    content_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64, editable=False)
    size = models.PositiveBigIntegerField(editable=False)
    file = models.FileField(storage=exam_storage, upload_to="questions", max_length=200, editable=False)

    class Meta:
        verbose_name = _("picture or recording of a question")
        verbose_name_plural = _("pictures and recordings of questions")
        ordering = ("question", "name")
        constraints = (models.UniqueConstraint(fields=["question", "name"], name="question_media_name_once"),)

    def __str__(self) -> str:
        return self.name


class AnswerFile(models.Model):
    """One file handed in for a question; the answer's step names it by its SHA-256."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="files")
    slot = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, editable=False)
    size = models.PositiveBigIntegerField(editable=False)
    file = models.FileField(storage=exam_storage, upload_to="answers", max_length=200, editable=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("file handed in")
        verbose_name_plural = _("files handed in")
        ordering = ("attempt", "slot", "pk")
        constraints = (
            models.UniqueConstraint(fields=["attempt", "slot", "sha256"], name="answer_file_once_in_slot"),
            models.CheckConstraint(
                condition=models.Q(slot__gte=1, size__gte=1), name="answer_file_has_bytes"
            ),
        )

    def __str__(self) -> str:
        return self.name
