"""The head and foot of every page, drawn once for each kind of reader and kept.

What differs from page to page (addresses in other languages, the person's name, the form token) is put
into marked places; drawing the whole head anew cost a third of a lesson page.
"""

from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import get_template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from portal import languages, navigation

from .aula import signed_in

register = template.Library()

# private-use characters: no name or address can hold them
NAME, TOKEN = "\ue000name\ue001", "\ue000token\ue001"
ADDRESS = "\ue000to-{}\ue001"


@register.simple_tag(takes_context=True)
def masthead(context: template.Context, area: str = "main", extra_class: str = "") -> SafeString:
    """Write the head of the page; `area` "staff" shows the staff navigation."""
    request: HttpRequest | None = context.get("request")
    person = signed_in(context)
    path = request.get_full_path() if request else "/"
    items = _items(request, person, area)
    drawn = _head(
        languages.current(), items, extra_class, person is not None, bool(context.get("without_person"))
    )
    for code, _name in settings.LANGUAGES:
        drawn = drawn.replace(ADDRESS.format(code), escape(languages.in_language(path, code)))
    if person is not None:
        drawn = drawn.replace(NAME, escape(person.get_full_name())).replace(
            TOKEN, str(context.get("csrf_token") or "")
        )
    return mark_safe(drawn)  # noqa: S308 - drawn by a template; the places are filled with escaped text


@register.simple_tag
def footer() -> SafeString:
    """Write the foot of the page."""
    return mark_safe(_foot(languages.current()))  # noqa: S308 - drawn by a template


def _items(request: HttpRequest | None, person: Any, area: str) -> tuple[tuple[str, str, str], ...]:
    if request is None:
        return ()
    listed = navigation.staff if area == "staff" else navigation.main
    return tuple((str(item.label), item.url, item.current) for item in listed(request, person))


@lru_cache(maxsize=512)
def _head(
    language: str,
    items: tuple[tuple[str, str, str], ...],
    extra_class: str,
    signed_in: bool,
    without_person: bool,
) -> str:
    links = [
        languages.LanguageLink(
            link.code, link.name, link.direction, ADDRESS.format(link.code), link.is_current
        )
        for link in languages.links("/")
    ]
    return get_template("components/masthead.html").render(
        {
            "items": [{"label": label, "url": url, "current": current} for label, url, current in items],
            "links": links,
            "masthead_class": extra_class,
            "signed_in": signed_in,
            "without_person": without_person,
            "name": NAME,
            "csrf_token": TOKEN,
            "site_name": settings.WAGTAIL_SITE_NAME,
        }
    )


@lru_cache(maxsize=64)
def _foot(language: str) -> str:
    return get_template("components/footer.html").render({})
