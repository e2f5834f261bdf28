"""What trainers, legal reviewers and administrators keep beside the pages, with search and filters."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, MultipleChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, DateColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from . import law
from .choices import Certainty, LawTopic
from .models import Course, GlossaryTerm, Instrument, InstrumentArticle, LegalProvision, Topic


class ProvisionFilters(WagtailFilterSet):
    """By country, topic, whether it is shown, how certain it is, and whether a review is due."""

    jurisdiction = MultipleChoiceFilter(
        label=_("Jurisdiction"), choices=lambda: law.every_jurisdiction(), widget=forms.CheckboxSelectMultiple
    )
    topic = MultipleChoiceFilter(
        label=_("Topic"), choices=LawTopic.choices, widget=forms.CheckboxSelectMultiple
    )
    certainty = MultipleChoiceFilter(
        label=_("Certainty"), choices=Certainty.choices, widget=forms.CheckboxSelectMultiple
    )
    published = BooleanFilter(label=_("Shown to learners"))
    due = BooleanFilter(label=_("Review is due"), method="filter_due")

    class Meta:
        model = LegalProvision
        fields = ("jurisdiction", "topic", "certainty", "published")

    def filter_due(self, queryset: object, _name: str, value: bool) -> object:
        """Keep those whose next review is past (or, for no, those whose review is not)."""
        return queryset.due(timezone.localdate()) if value else queryset.not_due(timezone.localdate())  # type: ignore[attr-defined]


class ProvisionViewSet(SnippetViewSet):
    model = LegalProvision
    icon = "globe"
    menu_label = _("Legal provisions")
    list_display = (
        "jurisdiction",
        "topic",
        "article",
        BooleanColumn("published", label=_("Shown"), sort_key="published"),
        "certainty",
        DateColumn("law_as_at", label=_("Law as at"), sort_key="law_as_at"),
        DateColumn("next_review", label=_("Next review"), sort_key="next_review"),
        "reviewer",
    )
    filterset_class = ProvisionFilters
    list_per_page = 50
    list_export = (
        "key",
        "jurisdiction",
        "topic",
        "law_name_original",
        "article",
        "law_as_at",
        "certainty",
        "published",
        "unpublished_reason",
        "reviewer",
        "next_review",
    )
    inspect_view_enabled = True


class InstrumentViewSet(SnippetViewSet):
    model = Instrument
    icon = "doc-full"
    menu_label = _("Treaties")
    list_display = ("title", "slug", "in_force")
    inspect_view_enabled = True


class ArticleViewSet(SnippetViewSet):
    model = InstrumentArticle
    icon = "list-ul"
    menu_label = _("Articles of treaties")
    list_display = ("label", "instrument", "slug")
    list_filter = ("instrument",)
    search_fields = ("slug", "label", "summary")
    inspect_view_enabled = True


class LawGroup(SnippetViewSetGroup):
    menu_label = _("Law")
    menu_icon = "globe"
    menu_order = 210
    items = (ProvisionViewSet, InstrumentViewSet, ArticleViewSet)


class CourseViewSet(SnippetViewSet):
    model = Course
    icon = "clipboard-list"
    menu_label = _("Courses")
    menu_order = 200
    add_to_admin_menu = True
    list_display = ("code", "title", "source_language", "hours", "enrolment_policy", "topic")
    list_filter = ("topic", "source_language", "enrolment_policy")
    search_fields = ("code", "title")
    copy_view_enabled = False  # a course is copied with its pages, from the page explorer
    inspect_view_enabled = True


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    add_to_settings_menu = True
    list_display = ("name", "slug")


class TermViewSet(SnippetViewSet):
    model = GlossaryTerm
    icon = "help"
    menu_label = _("Glossary")
    menu_order = 220
    add_to_admin_menu = True
    list_display = ("term", "slug", "course_code")
    list_filter = ("course_code",)
    list_per_page = 50
    inspect_view_enabled = True


for viewset in (LawGroup, CourseViewSet, TopicViewSet, TermViewSet):
    register_snippet(viewset)
