"""Write a translated text with its own `lang` and `dir` where it differs from the page's."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from translation import reading

register = template.Library()


@register.simple_tag
def t(record: Any, field: str) -> str | SafeString:
    """Write the field in the page's language, or the source in a `span` that says its language."""
    found = reading.read(record, field)
    if not found:
        return ""
    return marked(found)


@register.filter
def marked(found: reading.Reading) -> str | SafeString:
    """Write a Reading; a `span lang dir` only when it is not in the page's language."""
    if found.language == reading.base_language(get_language()):
        return str(found)
    return format_html(
        '<span lang="{}" dir="{}">{}</span>',
        found.language,
        reading.direction(found.language),
        str(found),
    )


@register.simple_tag
def langattrs(language: str) -> str | SafeString:
    """Write `lang="ar" dir="rtl"` when `language` is not the page's; else nothing."""
    if reading.base_language(language) == reading.base_language(get_language()):
        return ""
    return format_html('lang="{}" dir="{}"', language, reading.direction(language))


@register.filter
def ltr(mark: str) -> str:
    """Hold a number or code together in a text without markup that runs from right to left."""
    rtl = reading.direction(get_language() or "") == "rtl"
    return f"\u2066{mark}\u2069" if rtl else mark


@register.filter
def language_name(language: str) -> str:
    """Return the language's own name."""
    return reading.language_name(language)
