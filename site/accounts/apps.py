from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    default = True

    def ready(self) -> None:
        from . import receivers  # noqa: F401


class EditorUsersConfig(WagtailUsersAppConfig):
    """The editor's list of people, with our names and fields in its forms."""

    user_viewset = "accounts.editor.PeopleViewSet"
