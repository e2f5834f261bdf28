"""The windows in which an author chooses a glossary term for words of a lesson, and a question for a quiz."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import (
    ChooseResultsView,
    ChooseView,
    ChosenMultipleView,
    ChosenView,
    CreateView,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets import BaseChooser

from assessments.models import Question
from translation.reading import text

from .models import GlossaryTerm


class WithSlug:
    """The editor stores the term's slug, which is the same in every installation."""

    def get_chosen_response_data(self, item: GlossaryTerm) -> dict[str, Any]:
        data: dict[str, Any] = super().get_chosen_response_data(item)  # type: ignore[misc]
        return data | {"slug": item.slug}

    def get_display_title(self, item: GlossaryTerm) -> str:
        """Return the term in the language in which it was written, whatever the editor's own is."""
        return text(item, "term", item.source_language)


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


def question_words(question: Question) -> str:
    """Return the words of the newest version, by which an author knows a question."""
    newest = question.versions.order_by("-number").first()
    return str(newest) if newest else str(question)


class ByWords:
    """Lists questions by their words; their keys tell an author nothing."""

    @property
    def title_column(self) -> Column:
        column: Column = super().title_column  # type: ignore[misc]
        column.accessor = question_words
        return column

    @property
    def columns(self) -> list[Column]:
        return [
            *super().columns,  # type: ignore[misc]
            Column("category", label=_("Category"), accessor="category"),
            Column("status", label=_("Status"), accessor="get_status_display"),
        ]

    def get_display_title(self, item: Question) -> str:
        return question_words(item)


class QuestionChooseView(ByWords, ChooseView):
    pass


class QuestionResultsView(ByWords, ChooseResultsView):
    pass


class QuestionChosenView(ByWords, ChosenView):
    pass


class QuestionChosenMultipleView(ByWords, ChosenMultipleView):
    pass


class QuestionWidget(BaseChooser):
    """Names the chosen question by its words."""

    def get_display_title(self, instance: Question) -> str:
        return question_words(instance)


class QuestionChooserViewSet(ChooserViewSet):
    model = Question
    icon = "help"
    choose_one_text = _("Choose a question")
    choose_another_text = _("Choose another question")
    choose_view_class = QuestionChooseView
    choose_results_view_class = QuestionResultsView
    chosen_view_class = QuestionChosenView
    chosen_multiple_view_class = QuestionChosenMultipleView
    base_widget_class = QuestionWidget


question_chooser = QuestionChooserViewSet("question_chooser", url_prefix="questions/choose")
