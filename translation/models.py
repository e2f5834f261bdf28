"""What a translated record is: it has a source language, and remembers what each language was made from."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _


class SourceLanguageModel(models.Model):
    """A record written in one language and translated into others.

    modeltranslation fills the plain column (`title`) with the value of whichever language is active
    while saving. Saving under the source language is the one place that keeps the plain column equal
    to the source text, whatever language the trainer's own screen is in.
    """

    source_language = models.CharField(
        _("source language"),
        max_length=10,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
        help_text=_("The language in which this was written. Other languages follow it."),
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        with translation.override(self.source_language):
            super().save(*args, **kwargs)


class FieldTranslation(models.Model):
    """Of which source text a translated field was made: tells current from stale."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("content_type", "object_id")
    field = models.CharField(max_length=60)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    source_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("translation of a field")
        verbose_name_plural = _("translations of fields")
        constraints = (
            models.UniqueConstraint(
                fields=["content_type", "object_id", "field", "language"],
                name="field_translation_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.content_type_id}/{self.object_id} {self.field} {self.language}"
