"""The editor shows a record in its source language alone; other languages are made elsewhere.

Each translated field has a panel for every language, and the form keeps the fields of one: the fields
of the others are not in it at all, so that saving a form can never empty a translation.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modeltranslation.translator import translator
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, Panel, TitleFieldPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


def source_panels(
    field: str, heading: Any, *, panel: type[FieldPanel] = FieldPanel, **options: Any
) -> list[Panel]:
    """Return the panels of a translated field, of which the form will show one."""
    return [panel(f"{field}_{code}", heading=heading, **options) for code in LANGUAGES]


def title_panels(help_text: Any = "") -> list[Panel]:
    """Return the panels of a page's title; the address follows the title until the page is live."""
    return source_panels("title", _("Title"), panel=TitleFieldPanel, help_text=help_text)


def promote_panels() -> list[Panel]:
    """Return the panels about a page's address and its line in search results."""
    return [
        FieldPanel("slug"),
        *source_panels("search_description", _("Description for search results")),
    ]


class SourceLanguageForm(WagtailAdminModelForm):
    """A form of one language: the record's source, and for a new record the language chosen in it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.written_in = self.starting_language()
        self.translated = tuple(translator.get_options_for_model(self._meta.model).all_fields)
        for name in self.translated:
            self._keep_source_field(name)
        if self.instance.pk:
            self.fields.pop("source_language", None)

    def starting_language(self) -> str:
        """Return the language of the text fields."""
        return str(self.instance.source_language)

    def _keep_source_field(self, name: str) -> None:
        for code in LANGUAGES:
            if code != self.written_in:
                self.fields.pop(f"{name}_{code}", None)
        kept = self.fields.get(f"{name}_{self.written_in}")
        if kept is not None:
            kept.required = not self._meta.model._meta.get_field(name).blank
            if type(kept.widget) is forms.Textarea:
                kept.widget = AdminAutoHeightTextInput()  # Wagtail knows plain text fields alone

    def _post_clean(self) -> None:
        # validation and unique checks see the plain columns, which hold the source language
        with override(self.written_in):
            super()._post_clean()
        self._move_to(self.instance.source_language)

    def _move_to(self, language: str) -> None:
        """Take what was typed as written in `language`, when the author chose it in this very form."""
        if language == self.written_in or self.instance.pk:
            return
        for name in self.translated:
            if f"{name}_{self.written_in}" in self.fields:
                typed = getattr(self.instance, f"{name}_{self.written_in}")
                setattr(self.instance, f"{name}_{language}", typed)
                setattr(self.instance, f"{name}_{self.written_in}", None)


class PageForm(SourceLanguageForm, WagtailAdminPageForm):
    """The form of a page; a new page is written in the language of the page above it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        parent = kwargs.get("parent_page")
        instance = kwargs.get("instance")
        if parent is not None and instance is not None and instance.pk is None:
            instance.source_language = parent.source_language
        super().__init__(*args, **kwargs)
