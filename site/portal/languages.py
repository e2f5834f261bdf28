"""The language menu: the address of the page being read in every language of the interface."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language

from translation.reading import direction


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """One line of the language menu."""

    code: str
    name: str
    direction: str
    url: str
    is_current: bool


def current() -> str:
    """Return the code of the language being answered in, never an empty one."""
    return get_language() or settings.LANGUAGE_CODE


def in_language(full_path: str, code: str) -> str:
    """Return the same path and query in another language.

    Works on the text of the address, so that it also holds where no view answers (error pages).
    """
    path, mark, query = full_path.partition("?")
    first, _slash, rest = path.lstrip("/").partition("/")
    if first not in dict(settings.LANGUAGES):
        rest = path.lstrip("/")
    return f"/{code}/{rest}{mark}{query}"


def links(full_path: str) -> list[LanguageLink]:
    """Return every language of the interface with the address of this page in it."""
    return [
        LanguageLink(code, name, direction(code), in_language(full_path, code), code == current())
        for code, name in settings.LANGUAGES
    ]
