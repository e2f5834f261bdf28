"""The project's own app: settings, addresses, home page, health, security headers."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self) -> None:
        from portal import admin_scripts

        admin_scripts.let_choosers_start()
