"""The law block: the treaty beside the law of the reader's own jurisdiction."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses import law
from courses.choices import LawTopic

from .base import GROUP_LAW, LessonBlock, line


def article_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the articles held, grouped by treaty."""
    return law.article_choices()


class ArticleBlock(blocks.ChoiceBlock):
    """An article by its slug. Its name is looked up for the editor's form alone: not to read or index
    a lesson, where Wagtail would ask for all articles each time."""

    def normalize_choice(self, value: Any) -> Any:
        return value

    def get_searchable_content(self, value: Any) -> list[str]:
        return []


class LawComparison(LessonBlock):
    """Names topics; what the law says is looked up when the lesson is read."""

    heading = line(_("Heading"), required=False)
    topics = blocks.MultipleChoiceBlock(
        label=_("Topics"),
        choices=LawTopic.choices,
        help_text=_(
            "One row for each. The reader sees the provision of their own country, taken from the"
            " legal provisions, with its date and reviewer. National law is never typed into a lesson."
        ),
    )
    article = ArticleBlock(
        label=_("Treaty article"),
        choices=article_choices,
        help_text=_("Where a paragraph of it deals with the topic, that paragraph is shown."),
    )

    class Meta:
        icon = "globe"
        group = GROUP_LAW
        label = _("Treaty and national law")
        description = _("The treaty beside the law of the reader's own country.")
        template = "courses/blocks/law_comparison.html"
        preview_value = {
            "heading": "The Protocol and your law",
            "topics": ["definition", "consent"],
            "article": "palermo-tip:3",
        }

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        context["law"] = law.compare(
            article=value.get("article") or "",
            topics=value.get("topics") or [],
            jurisdiction=context.get("jurisdiction", ""),
        )
        context["across"] = _across(context["law"], context.get("reader_language"))
        return context


def _across(shown: law.LawTable, language: str | None) -> str:
    """Return the address of the same topics and country in the page that compares many."""
    query = QueryDict(mutable=True)
    query.setlist("topic", [row.topic for row in shown.rows])
    if shown.country:
        query["country"] = shown.country
    # a lesson may be drawn in another language than the one it is read in
    with translation.override(language or translation.get_language()):
        return f"{reverse('courses:compare_law')}?{query.urlencode()}"
