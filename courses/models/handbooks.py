"""The handbooks that have been drawn, or are being drawn: one for each edition, part, language and law."""

import uuid
from typing import ClassVar

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.choices import HandbookState

from .catalogue import Course


def handbook_storage() -> Storage:
    """Where handbooks are kept: never under an address of the site."""
    return storages["private"]


class HandbookQuerySet(models.QuerySet["Handbook"]):
    def of_part(self, handbook: "Handbook") -> "HandbookQuerySet":
        """Return those of the same part, language and law, of whatever edition."""
        return self.filter(
            course_id=handbook.course_id,
            module_key=handbook.module_key,
            language=handbook.language,
            jurisdiction=handbook.jurisdiction,
        )


class Handbook(models.Model):
    """The printed text of a course, or of one module, in a language and with the law of a country.

    `contents` tells what is printed: where it is the same, the file is too. `outdated` says that law,
    glossary or pictures have changed since, which an edition does not show.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="handbooks", editable=False)
    edition = models.UUIDField(editable=False)
    module_key = models.UUIDField(null=True, editable=False)
    language = models.CharField(max_length=10, editable=False)
    jurisdiction = models.CharField(max_length=2, blank=True, editable=False)
    state = models.CharField(
        max_length=10, choices=HandbookState, default=HandbookState.ASKED, editable=False
    )
    outdated = models.BooleanField(default=False, editable=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    drawn_at = models.DateTimeField(null=True, editable=False)
    contents = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    file = models.FileField(storage=handbook_storage, max_length=160, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    size = models.PositiveIntegerField(default=0, editable=False)
    pages = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[models.Manager["Handbook"]] = HandbookQuerySet.as_manager()

    class Meta:
        verbose_name = _("handbook")
        verbose_name_plural = _("handbooks")
        default_permissions = ()
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["course", "edition", "module_key", "language", "jurisdiction"],
                condition=Q(module_key__isnull=False),
                name="handbook_of_module_once",
            ),
            models.UniqueConstraint(
                fields=["course", "edition", "language", "jurisdiction"],
                condition=Q(module_key__isnull=True),
                name="handbook_of_course_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | (~Q(file="") & ~Q(sha256="") & Q(pages__gt=0)),
                name="handbook_ready_has_a_file",
            ),
        )

    def __str__(self) -> str:
        return f"{self.course_id} {self.module_key or ''} {self.language} {self.jurisdiction}"

    @property
    def is_ready(self) -> bool:
        """Tell whether it may be handed out."""
        return self.state == HandbookState.READY and not self.outdated
