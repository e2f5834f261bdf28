"""What must hold before the site starts: each language of the site can be drawn on a certificate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from certificates.pdf import coverage

SHOWN = 12  # letters that a message names before it breaks off


@register(Tags.translation)
def languages_can_be_drawn(
    app_configs: Sequence[AppConfig] | None = None, **options: Any
) -> list[CheckMessage]:
    """Refuse a language whose letters no font of the certificates has."""
    return [problem for code, _name in settings.LANGUAGES if (problem := _problem(code)) is not None]


def _problem(code: str) -> CheckMessage | None:
    missing = coverage.missing_letters(code)
    if missing is None:
        return Warning(
            f"Nothing is known of the letters of the language “{code}”, so nobody can say whether its "
            "certificates come out right.",
            hint="Draw a certificate in it and look at it, then silence this warning.",
            id="certificates.W001",
        )
    if missing:
        letters = " ".join(sorted(missing)[:SHOWN]) + (" …" if len(missing) > SHOWN else "")
        return Error(
            f"No font of the certificates draws these letters of the language “{code}”: {letters}",
            hint="Add a font to certificates/pdf/fonts, as CONTRIBUTING.md says under “Adding a language”, "
            "or leave the language out of LANGUAGES.",
            id="certificates.E001",
        )
    return None
