"""The base page of the site, swapped in for Wagtail's own so that titles are translated columns."""

from typing import Any

from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractPage

from translation.models import SourceLanguageModel

from .permissions import PagePermissions


class BasePage(SourceLanguageModel, AbstractPage):
    """What every page has: a title and a description in every language, in one table.

    The plain `title` always holds the source language's value; see SourceLanguageModel.
    """

    search_description = models.TextField(
        _("description for search engines"),
        blank=True,
        help_text=_("One or two sentences shown under the title in search results."),
    )
    show_in_menus = models.BooleanField(_("show in menus"), default=False)

    promote_panels = [*AbstractPage.promote_panels, "search_description"]

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Save a revision whose plain columns hold the source language, whoever is editing."""
        with translation.override(self.source_language):
            return super().save_revision(*args, **kwargs)

    def permissions_for_user(self, user: Any) -> PagePermissions:
        """Return what the person may do with this page."""
        return PagePermissions(user, self)
