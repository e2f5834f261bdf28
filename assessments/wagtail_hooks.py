"""What assessments add to the content editor: the categories of the bank, and ways to its pages."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.permissions import policy_registry, register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import DeleteView, EditView, HistoryView, SnippetViewSet, UsageView

from accounts.roles import has_role
from assessments.categories import CategoryForm
from assessments.models import Category
from assessments.policies import READERS, WRITERS, CategoryPolicy
from translation.editing import source_panels

register_permission_policy(Category, CategoryPolicy(Category))


class WithinOwn:
    """Refuses the categories of others, as the editor refuses a missing permission."""

    request: HttpRequest
    asks = "change"

    def get_object(self, *args: Any) -> Any:
        found = super().get_object(*args)  # type: ignore[misc]
        policy = policy_registry.get_by_type(Category)
        if not policy.user_has_permission_for_instance(self.request.user, self.asks, found):
            raise PermissionDenied
        return found


class CategoryEditView(WithinOwn, EditView):
    pass


class CategoryDeleteView(WithinOwn, DeleteView):
    asks = "delete"


class CategoryHistoryView(WithinOwn, HistoryView):
    pass


class CategoryUsageView(WithinOwn, UsageView):
    pass


class CategoryViewSet(SnippetViewSet):
    """Categories of the bank: lists and opens what is shared and what is the person's own."""

    model = Category
    icon = "folder-open-inverse"
    menu_label = _("Categories")
    menu_order = 251
    add_to_admin_menu = True
    list_display = ["__str__", "course_code", "source_language"]
    list_filter = ["course_code"]
    search_backend_name = None
    search_fields = ["slug", *(f"name_{code}" for code, _name in settings.LANGUAGES)]
    edit_view_class = CategoryEditView
    delete_view_class = CategoryDeleteView
    history_view_class = CategoryHistoryView
    usage_view_class = CategoryUsageView
    edit_handler = ObjectList(
        [
            *source_panels("name", _("Name")),
            FieldPanel("slug"),
            FieldPanel("course_code"),
            FieldPanel("source_language"),
        ],
        base_form_class=CategoryForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        policy = policy_registry.get_by_type(Category)
        return policy.instances_user_has_any_permission_for(request.user, ["view"])


register_snippet(CategoryViewSet)


class BankMenuItem(MenuItem):
    """Leads to the pages of the bank; shown to those who may open them."""

    def is_shown(self, request: HttpRequest) -> bool:
        return has_role(request.user, *READERS)


@hooks.register("register_admin_menu_item")
def bank_menu_item() -> MenuItem:
    """Lead authors from the editor to the pages on which questions are written."""
    # asked for with each page: the address holds the language of the screen
    address = lazy(lambda: reverse("bank:list"), str)()
    return BankMenuItem(_("Question bank"), address, name="question-bank", icon_name="help", order=250)


class MarkingMenuItem(MenuItem):
    """Leads to the written answers; shown to those who may mark."""

    def is_shown(self, request: HttpRequest) -> bool:
        return has_role(request.user, *WRITERS)


@hooks.register("register_admin_menu_item")
def marking_menu_item() -> MenuItem:
    """Lead markers from the editor to the answers that wait for them."""
    address = lazy(lambda: reverse("assessments:marking"), str)()
    return MarkingMenuItem(_("Answers to mark"), address, name="answers-to-mark", icon_name="edit", order=260)
