"""Terms whose meaning opens under the paragraph that uses them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from translation.models import SourceLanguageModel


class GlossaryTerm(SourceLanguageModel):
    """A term with its definition in every language."""

    slug = models.SlugField(_("short name"), max_length=80, unique=True)
    term = models.CharField(_("term"), max_length=160)
    definition = models.TextField(_("definition"))
    source = models.CharField(_("source"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.term or self.slug
