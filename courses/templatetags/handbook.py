"""What the templates of the printed handbook need."""

import math
import re
from collections.abc import Sized
from itertools import zip_longest
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import RichText

from courses.templatetags.lesson import rich

register = template.Library()

_TIMED = re.compile(r"<p>(\d{1,2}(?::\d{2}){1,2})\s+")


@register.filter
def share(columns: Sized) -> str:
    """Return the width of one of so many columns, in per cent."""
    return f"{100 / max(len(columns), 1):.2f}"


@register.simple_tag
def widths(table: Any) -> list[tuple[str, str]]:
    """Return each column's name and width in per cent: wider where its cells hold more, within reason."""
    columns = list(zip_longest(table["header"], *table["rows"], fillvalue=""))
    # the root: a column with nine times the words gets three times the width
    weights = [min(max(math.sqrt(max(map(len, column))), 3.2), 11.0) for column in columns]
    shares = [f"{100 * weight / sum(weights):.2f}" for weight in weights]
    return [(column[0], width) for column, width in zip(columns, shares, strict=True)]


@register.filter
def without_scheme(address: str) -> str:
    """Return an address as it is printed."""
    return address.removeprefix("https://").removeprefix("http://").rstrip("/")


@register.filter
def printed_transcript(value: RichText | str | None) -> SafeString:
    """Write a transcript; where a line begins with its time, the time stands in the margin."""
    # cleaned by `rich`, and nothing is added but the attribute
    return mark_safe(_TIMED.sub(r'<p class="timed" data-number="\1">', str(rich(value))))  # noqa: S308
