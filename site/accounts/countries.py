"""The names of countries, from CLDR: django-countries has them in some of our languages only.

Named in settings as COUNTRIES_OVERRIDE; imports nothing that needs settings.
"""

from functools import cache

from babel import Locale
from django.utils.functional import lazy
from django.utils.translation import get_language

# Not in ISO 3166, but a jurisdiction whose judges learn here.
KOSOVO = "XK"


@cache
def _territories(language: str) -> dict[str, str]:
    return dict(Locale.parse(language, sep="-").territories)


def country_name(code: str) -> str:
    """Return the country's name in the active language."""
    return _territories(get_language() or "en")[code]


def translated_names(codes: set[str]) -> dict[str, str]:
    """Return for each code a name that is translated when it is shown."""
    named = lazy(country_name, str)
    return {code: named(code) for code in sorted(codes | {KOSOVO})}
