"""What the templates of lesson blocks need: clean rich text, file types, and the reader's own places."""

import re
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.rich_text import RichText

from courses import media, richtext
from courses.personal import Slots
from translation import reading

register = template.Library()


@register.filter
def rich(value: RichText | str | None, anchor: str = "") -> SafeString:
    """Write stored rich text, cleaned; with an anchor, its headings get addresses of their own."""
    source = getattr(value, "source", value) or ""
    html = richtext.clean(source)
    # nh3 has just removed everything that is not on the short list of tags
    return mark_safe(richtext.with_heading_ids(html, anchor) if anchor else html)  # noqa: S308


_TIMED = re.compile(r"<p>(\d{1,2}(?::\d{2}){1,2})\s+")


@register.filter
def transcript(value: RichText | str | None) -> SafeString:
    """Write a transcript; where its lines begin with a time, the times stand in a column of their own."""
    html = str(rich(value))
    timed, found = _TIMED.subn(r'<p><span class="muted num">\1</span><span>', html)
    if not found or found != html.count("<p>"):
        return mark_safe(html)  # noqa: S308
    timed = timed.replace("</p>", "</span></p>")
    return mark_safe(f'<div class="timed">{timed}</div>')  # noqa: S308


@register.simple_tag(takes_context=True)
def own(context: template.Context, kind: str, choice: int | str = "") -> SafeString:
    """Write a place that is filled for each reader: note, csrf, chosen or shown; empty in previews."""
    slots: Slots | None = context.get("slots")
    if slots is None:
        return mark_safe("")
    return slots.place(kind, context["block_id"], str(choice))


@register.simple_tag(takes_context=True)
def inline_text(context: template.Context, record: Any, field: str) -> str | SafeString:
    """Write a record's text in the reader's language, else in the lesson's, saying which it is.

    A lesson that stands in another language than the page's still shows law in the reader's own.
    """
    found = reading.read(record, field, context.get("reader_language"), get_language())
    if not found:
        return ""
    if found.language == reading.base_language(get_language()):
        return str(found)
    return format_html(
        '<span lang="{}" dir="{}">{}</span>', found.language, reading.direction(found.language), str(found)
    )


@register.filter
def media_type(document: Any) -> str:
    """Return video/mp4 and the like."""
    return media.media_type(document)


@register.filter
def file_kind(document: Any) -> str:
    """Return the ending as people write it: PDF."""
    return media.ending(document).upper()
