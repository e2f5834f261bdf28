"""People in the content editor: who is listed, found and changed there, by administrators alone."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.users.views import users
from wagtail.users.views.users import UserViewSet

from .forms.editor import ChangePersonForm, NewPersonForm
from .models import User


class PeopleIndex(users.IndexView):
    search_fields = ("name", "name_latin", "email")
    add_item_label = _("Add a person")
    page_title = _("People")


class AddPerson(users.CreateView):
    page_title = _("Add a person")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"actor": self.request.user}


class ChangePerson(users.EditView):
    def get_object(self, queryset: QuerySet[User] | None = None) -> User:
        """Return the person; an operator is changed by operators, lest an administrator become one."""
        person: User = super().get_object(queryset)
        if person.is_superuser and not self.request.user.is_superuser:
            raise PermissionDenied
        return person

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"actor": self.request.user}


class PeopleViewSet(UserViewSet):
    """Wagtail's own screens with our forms; its templates name fields that our people do not have."""

    menu_label = _("People")
    ordering = ("name", "email")
    index_view_class = PeopleIndex
    add_view_class = AddPerson
    edit_view_class = ChangePerson
    create_template_name = "wagtailadmin/generic/create.html"
    edit_template_name = "wagtailadmin/generic/edit.html"

    def get_form_class(self, for_update: bool = False) -> type:
        return ChangePersonForm if for_update else NewPersonForm
