"""The question bank in the content editor."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.permissions import policy_registry, register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import (
    CreateView,
    DeleteView,
    EditView,
    HistoryView,
    SnippetViewSet,
    SnippetViewSetGroup,
    UsageView,
)

from accounts.roles import Role, has_role
from assessments import access
from assessments.bank import store_version
from assessments.editing import CategoryForm, QuestionForm
from assessments.filters import QuestionFilters
from assessments.models import Category, Question, QuestionVersion
from assessments.policies import BankPolicy

register_permission_policy(Category, BankPolicy(Category))
register_permission_policy(Question, BankPolicy(Question, "category"))
register_permission_policy(QuestionVersion, BankPolicy(QuestionVersion, "question__category"))

_OPTION_PANELS = ["text", "correct", "match_text", "feedback", "fraction"]
QUESTION_PANELS = [
    MultiFieldPanel(
        [FieldPanel("category"), FieldPanel("status"), FieldPanel("source_language")],
        heading=_("Place in the bank"),
    ),
    FieldPanel("kind"),
    FieldPanel("stem"),
    InlinePanel(
        "options",
        panels=_OPTION_PANELS,
        heading=_("Options"),
        label=_("Option"),
        help_text=_(
            "For choices, matching and ordering. Items of an order stand here in the right order;"
            " learners see them shuffled."
        ),
    ),
    MultiFieldPanel(
        [FieldPanel("rule"), FieldPanel("truth")],
        heading=_("Marking: several answers, order, true or false"),
    ),
    MultiFieldPanel(
        [FieldPanel("value"), FieldPanel("tolerance"), FieldPanel("unit")],
        heading=_("Marking: number"),
    ),
    MultiFieldPanel(
        [FieldPanel("accepted"), FieldPanel("passage"), FieldPanel("gaps")],
        heading=_("Marking: short answer, text with gaps"),
    ),
    MultiFieldPanel(
        [FieldPanel("minimum_words"), FieldPanel("maximum_words"), FieldPanel("rubric")],
        heading=_("Marking: essay"),
    ),
    MultiFieldPanel(
        [FieldPanel("feedback"), FieldPanel("reason"), FieldPanel("source")],
        heading=_("Shown with the result"),
    ),
    MultiFieldPanel([FieldPanel("difficulty"), FieldPanel("objective")], heading=_("For statistics")),
]


class WithinOwn:
    """Refuses what stands in a category of others, as the editor refuses a missing permission."""

    request: HttpRequest
    asks = "change"

    def get_object(self, *args: Any) -> Any:
        found = super().get_object(*args)  # type: ignore[misc]
        policy = policy_registry.get_by_type(type(found))
        if not policy.user_has_permission_for_instance(self.request.user, self.asks, found):
            raise PermissionDenied
        return found


class BankEditView(WithinOwn, EditView):
    pass


class BankDeleteView(WithinOwn, DeleteView):
    asks = "delete"


class BankHistoryView(WithinOwn, HistoryView):
    pass


class BankUsageView(WithinOwn, UsageView):
    pass


class BankViewSet(SnippetViewSet):
    """Lists and opens what is shared and what is the person's own."""

    edit_view_class = BankEditView
    delete_view_class = BankDeleteView
    history_view_class = BankHistoryView
    usage_view_class = BankUsageView

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        policy = policy_registry.get_by_type(self.model)
        return policy.instances_user_has_any_permission_for(request.user, ["view"])


class StoresVersion:
    """Saves through the bank's verb, which follows an answered version with a new one."""

    form: QuestionForm
    request: HttpRequest

    def save_instance(self) -> QuestionVersion:
        return store_version(
            version=self.form.instance,
            about=self.form.about,
            author=access.person_of(self.request),
        )


class QuestionCreateView(StoresVersion, CreateView):
    """Write a new question."""


class QuestionEditView(StoresVersion, BankEditView):
    """Edit the newest version of a question; older ones are history."""

    def get_object(self, queryset: QuerySet[Any] | None = None) -> QuestionVersion:
        version: QuestionVersion = super().get_object(queryset)
        if version.question.versions.filter(number__gt=version.number).exists():
            raise Http404
        return version


class QuestionViewSet(BankViewSet):
    """Questions, each by its newest version."""

    model = QuestionVersion
    icon = "help"
    menu_label = _("Questions")
    list_display = [
        "__str__",
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("category", label=_("Category"), accessor="question.category"),
        Column("status", label=_("Status"), accessor="question.get_status_display"),
        Column("number", label=_("Version"), accessor="number"),
    ]
    filterset_class = QuestionFilters
    search_backend_name = None
    search_fields = [f"stem_{code}" for code, _name in settings.LANGUAGES]
    add_view_class = QuestionCreateView
    edit_view_class = QuestionEditView
    copy_view_enabled = False
    edit_handler = ObjectList(QUESTION_PANELS, base_form_class=QuestionForm)

    def get_queryset(self, request: HttpRequest) -> QuerySet[QuestionVersion]:
        newest = QuestionVersion.objects.latest_of_each().select_related("question__category")
        return newest.filter(pk__in=super().get_queryset(request))


class CategoryViewSet(BankViewSet):
    """Categories of the bank."""

    model = Category
    icon = "folder-open-inverse"
    menu_label = _("Categories")
    list_display = ["__str__", "course_code", "source_language"]
    list_filter = ["course_code"]
    search_backend_name = None
    search_fields = ["slug", *(f"name_{code}" for code, _name in settings.LANGUAGES)]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("slug"),
            FieldPanel("course_code"),
            FieldPanel("source_language"),
        ],
        base_form_class=CategoryForm,
    )


class QuestionBank(SnippetViewSetGroup):
    """Both, under one entry of the menu."""

    items = (QuestionViewSet, CategoryViewSet)
    menu_label = _("Question bank")
    menu_icon = "help"
    menu_order = 250


register_snippet(QuestionBank)


class MarkingMenuItem(MenuItem):
    """Leads to the written answers; shown to those who may mark."""

    def is_shown(self, request: HttpRequest) -> bool:
        return has_role(request.user, Role.TRAINER, Role.ADMINISTRATOR)


@hooks.register("register_admin_menu_item")
def marking_menu_item() -> MenuItem:
    """Lead markers from the editor to the answers that wait for them."""
    return MarkingMenuItem(_("Answers to mark"), reverse("assessments:marking"), icon_name="edit", order=260)
