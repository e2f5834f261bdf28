"""Terms whose meaning opens under the paragraph that uses them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.search import index

from translation.editing import LANGUAGES, SourceLanguageForm, source_panels
from translation.models import SourceLanguageModel


class GlossaryTerm(index.Indexed, SourceLanguageModel):
    """A term with its definition in every language."""

    slug = models.SlugField(_("short name"), max_length=80, unique=True)
    course_code = models.CharField(
        _("course code"),
        max_length=30,
        blank=True,
        help_text=_("The course whose package brings the term; other courses may use it as well."),
    )
    term = models.CharField(_("term"), max_length=160)
    definition = models.TextField(_("definition"))
    source = models.CharField(_("source"), max_length=250, blank=True)

    base_form_class = SourceLanguageForm
    panels: ClassVar[list[Panel]] = [
        FieldPanel("source_language"),
        *source_panels("term", _("Term")),
        *source_panels(
            "definition",
            _("Definition"),
            help_text=_("One or two plain sentences. It opens under the paragraph that uses the term."),
        ),
        *source_panels(
            "source", _("Source"), help_text=_("Where the definition comes from, for example an article.")
        ),
        FieldPanel("slug", help_text=_("Lessons refer to the term by this name; do not change it.")),
        FieldPanel("course_code"),
    ]
    search_fields: ClassVar[list[index.BaseField]] = [
        *(index.SearchField(f"{name}_{code}") for name in ("term", "definition") for code in LANGUAGES),
        *(index.AutocompleteField(f"term_{code}") for code in LANGUAGES),
    ]

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.term or self.slug
