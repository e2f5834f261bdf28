"""How certificates look and who signs them: a fixed layout with a few slots.

A design may change at any time. What an issued certificate shows was copied into its statement, and
its pictures are kept under their SHA-256, so no certificate changes with its design.
"""

import uuid
from typing import ClassVar

from django.core.files.storage import Storage
from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certificates.choices import Background
from certificates.pdf.document import SIGNATURES
from translation.models import SourceLanguageModel

PICTURES = FileExtensionValidator(["png", "jpg", "jpeg"])


def picture_storage() -> Storage:
    """Where the pictures of designs are kept: not under a public address."""
    from certificates.models.register import document_storage

    return document_storage()


class Design(SourceLanguageModel):
    """The slots of a certificate: logos, seal, signatories, accreditation and background.

    Without a course it serves all courses that have none of their own; one such design is the usual one.
    """

    TRANSLATED: ClassVar[tuple[str, ...]] = ("place", "accreditation")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120, help_text=_("For yourselves; it is not printed."))
    course_code = models.CharField(
        _("course code"), max_length=40, blank=True, help_text=_("Leave empty for all other courses.")
    )
    logo = models.ImageField(
        _("logo"), storage=picture_storage, upload_to="designs", blank=True, validators=[PICTURES]
    )
    second_logo = models.ImageField(
        _("logo of a partner"),
        storage=picture_storage,
        upload_to="designs",
        blank=True,
        validators=[PICTURES],
    )
    seal = models.ImageField(
        _("seal"),
        storage=picture_storage,
        upload_to="designs",
        blank=True,
        validators=[PICTURES],
        help_text=_("Takes the place of the drawn seal."),
    )
    background = models.CharField(
        _("background"), max_length=12, choices=Background, default=Background.GUILLOCHE
    )
    place = models.CharField(_("place of issue"), max_length=120, blank=True)
    accreditation = models.CharField(
        _("accreditation"), max_length=240, blank=True, help_text=_("Who accredits the training, and how.")
    )

    class Meta:
        verbose_name = _("certificate design")
        verbose_name_plural = _("certificate designs")
        ordering = ("course_code", "name")
        constraints = (models.UniqueConstraint(fields=["course_code"], name="design_once_per_course"),)

    def __str__(self) -> str:
        return self.name


class DesignSignatory(SourceLanguageModel):
    """One of at most two people who sign, with the office per language and a picture of the signature."""

    TRANSLATED: ClassVar[tuple[str, ...]] = ("office",)

    design = models.ForeignKey(Design, on_delete=models.CASCADE, related_name="signatories")
    place = models.PositiveSmallIntegerField(_("place"), default=1)
    name = models.CharField(_("name"), max_length=120)
    office = models.CharField(_("office"), max_length=160, blank=True)
    signature = models.ImageField(
        _("picture of the signature"),
        storage=picture_storage,
        upload_to="designs",
        blank=True,
        validators=[PICTURES],
    )

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ("design", "place")
        constraints = (
            models.UniqueConstraint(fields=["design", "place"], name="signatory_place_once"),
            models.CheckConstraint(condition=Q(place__in=[1, 2]), name="signatory_first_or_second"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def slot(self) -> str:
        """The slot of the picture of the signature."""
        return SIGNATURES[self.place - 1]
