"""The register in the editor: everybody with the permission to view it reads, nobody writes."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from certificates.models import Certificate


class ReadOnlyPolicy(ModelPermissionPolicy):
    """The register changes through its verbs alone, whoever asks, operators included."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and bool(super().user_has_permission(user, action))


class RegisterViewSet(ModelViewSet):
    """The list of all certificates, with what became of each."""

    model = Certificate
    icon = "doc-full"
    name = "certificate-register"
    menu_label = _("Certificates")
    add_to_admin_menu = True
    menu_order = 600
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = (
        "number",
        "name",
        "course_code",
        "kind",
        "issued_at",
        "valid_until",
        "status",
        "superseded_by",
        "revoked_at",
        "revoke_reason",
    )
    form_fields = ()
    list_display = (
        "number",
        "name",
        "course_code",
        "issued_at",
        Column("get_status_display", label=_("Status"), sort_key="status"),
    )
    list_filter = ("status", "course_code", "issued_at")
    list_export = ("number", "name", "course_code", "issued_at", "valid_until", "status")
    search_fields = ("number", "name", "course_code")
    search_backend_name = None


@hooks.register("register_admin_viewset")
def register_viewset() -> RegisterViewSet:
    return RegisterViewSet()


register_permission_policy(Certificate, ReadOnlyPolicy(Certificate))
