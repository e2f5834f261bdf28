"""What every template may name: read from settings alone, never from the database."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Return the site's name, languages and demo flag."""
    return {
        "site_name": settings.WAGTAIL_SITE_NAME,
        "institute_name": settings.INSTITUTE_NAME,
        "site_languages": settings.LANGUAGES,
        "help_email": settings.HELP_EMAIL,
        "demo": settings.DEMO,
    }
