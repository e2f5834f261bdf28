"""The window in which an author chooses a glossary term for words of a lesson."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.chooser import ChosenView, CreateView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from .models import GlossaryTerm


class WithSlug:
    """The editor stores the term's slug, which is the same in every installation."""

    def get_chosen_response_data(self, item: GlossaryTerm) -> dict[str, Any]:
        data: dict[str, Any] = super().get_chosen_response_data(item)  # type: ignore[misc]
        return data | {"slug": item.slug}


class TermChosenView(WithSlug, ChosenView):
    pass


class TermCreateView(WithSlug, CreateView):
    pass


class TermChooserViewSet(ChooserViewSet):
    model = GlossaryTerm
    icon = "help"
    choose_one_text = _("Choose a term")
    choose_another_text = _("Choose another term")
    edit_item_text = _("Edit this term")
    chosen_view_class = TermChosenView
    create_view_class = TermCreateView


term_chooser = TermChooserViewSet("term_chooser", url_prefix="glossary/choose")
