"""Paired vignettes: one case in variants that differ in one attribute, and who was given which."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.bank import Category, Question
from translation.models import SourceLanguageModel
from translation.reading import text


class Vignette(SourceLanguageModel):
    """A case whose variants are questions of the bank; each person is put one of them, for ever."""

    TRANSLATED = ("name", "attribute")

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    category = models.ForeignKey(
        Category, verbose_name=_("category"), on_delete=models.PROTECT, related_name="vignettes"
    )
    name = models.CharField(_("name"), max_length=200)
    attribute = models.CharField(
        _("what differs"),
        max_length=300,
        help_text=_("Shown when the cohort talks it over, for example: the sex of the applicant."),
    )

    class Meta:
        verbose_name = _("vignette")
        verbose_name_plural = _("vignettes")
        ordering = ("category", "pk")

    def __str__(self) -> str:
        return text(self, "name") or str(self.key)


class VignetteAssignment(models.Model):
    """The variant that one person was given. Later attempts put the same one again.

    Sex and jurisdiction, within which variants are balanced, are read from the person and the
    attempt; no copy of them is kept here.
    """

    vignette = models.ForeignKey(Vignette, on_delete=models.PROTECT, related_name="assignments")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="vignette_assignments"
    )
    variant = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    attempt = models.ForeignKey("assessments.Attempt", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("assignment of a variant")
        verbose_name_plural = _("assignments of variants")
        constraints = (
            models.UniqueConstraint(fields=["vignette", "person"], name="vignette_variant_once_per_person"),
        )

    def __str__(self) -> str:
        return f"{self.vignette_id} {self.variant_id}"
