"""The project's own app: settings, addresses, home page, health, security headers."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
