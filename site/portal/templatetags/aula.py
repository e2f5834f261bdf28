"""Tags and filters of every page: icons, chips, progress, formats, and the head of the page."""

import datetime
from fractions import Fraction
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from courses import reading_mode
from portal import formats, icons, languages
from translation.reading import direction
from translation.templatetags import reading as reading_tags

register = template.Library()

# one implementation, at hand wherever this library is loaded
register.simple_tag(reading_tags.langattrs)
register.filter(reading_tags.language_name)

THEME_COOKIE = "aula_theme"

_CHIP_ICONS = {
    "ok": "check",
    "bad": "cross",
    "warn": "warning",
    "info": "clock",
    "part": "part",
    "none": "todo",
}


# --- parts of a page ---------------------------------------------------------------------------
@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon of `portal.icons`; raises KeyError for an unknown name."""
    return icons.DRAWN[name]


@register.simple_tag
def chip(kind: str, text: str, shape: str = "") -> SafeString:
    """Draw a status chip: `kind` is ok, bad, warn, info, part or none; always icon and word."""
    drawn = icons.DRAWN[shape or _CHIP_ICONS[kind]]
    css = "chip" if kind == "part" else f"chip chip--{kind}"
    return format_html('<span class="{}">{}{}</span>', css, drawn, text)


@register.simple_tag
def progress(done: formats.Number, total: formats.Number, label: str, sentence: str = "") -> str:
    """Draw a progress line called `label`, and under it the sentence that says the same."""
    bar = format_html(
        '<progress value="{}" max="{}" aria-label="{}">{}</progress>',
        str(min(done, total)),
        str(total or 1),  # a maximum of 0 is not allowed
        label,
        _("%(done)s of %(total)s") % {"done": formats.number(done), "total": formats.number(total)},
    )
    if not sentence:
        return bar
    return format_html('{}<p class="small muted">{}</p>', bar, sentence)


# --- the head of the page ----------------------------------------------------------------------
def _theme(request: HttpRequest | None) -> str:
    if request is None:
        return ""
    person = getattr(request, "user", None)
    if person is not None and person.is_authenticated:
        chosen = person.theme
    else:
        chosen = request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in ("light", "dark") else ""


@register.simple_tag(takes_context=True)
def page_attributes(context: template.Context) -> SafeString:
    """Write the attributes of the html element: language, direction and the chosen colours."""
    code = languages.current()
    pairs = [("lang", code), ("dir", direction(code))]
    theme = "" if context.get("without_person") else _theme(context.get("request"))
    if theme:
        pairs.append(("data-theme", theme))
    return format_html_join(" ", '{}="{}"', pairs)


@register.simple_tag(takes_context=True)
def saves_data(context: template.Context) -> bool:
    """Return whether the reader or the browser asks for less data; the heading font is then left out."""
    request = context.get("request")
    return request is not None and (reading_mode.saves_data(request) or reading_mode.wants_text(request))


@register.simple_tag(takes_context=True)
def signed_in(context: template.Context) -> Any:
    """Return the person signed in, or None; never asks the database on an error page."""
    request = context.get("request")
    if request is None or context.get("without_person"):
        return None
    person = getattr(request, "user", None)
    return person if person is not None and person.is_authenticated else None


@register.simple_tag(takes_context=True)
def language_links(context: template.Context) -> list[languages.LanguageLink]:
    """Return the links of the language menu; each keeps the place and the query."""
    request = context.get("request")
    return languages.links(request.get_full_path() if request is not None else "/")


# --- forms -------------------------------------------------------------------------------------
@register.filter
def anchor(field: BoundField) -> str:
    """Return the id of the field's first control, where the error summary leads."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def problems(form: BaseForm) -> list[tuple[str, str]]:
    """Return (address on the page, sentence) for each error of a bound form, in reading order.

    A sentence names its field, as it is read away from it. Errors that belong to no field on the
    page lead to the summary itself.
    """
    found = [("#problems", str(message)) for message in form.non_field_errors()]
    for field in form:
        target = "#problems" if field.is_hidden else f"#{anchor(field)}"
        for message in field.errors:
            words = {"field": field.label, "problem": message}
            found.append((target, _("%(field)s: %(problem)s") % words))
    return found


@register.simple_tag
def problem_prefix(*forms: BaseForm | None) -> str:
    """Return "Problem: " for the title of a page whose form was refused, so it is heard first."""
    refused = any(form is not None and form.is_bound and form.errors for form in forms)
    return _("Problem: ") if refused else ""


# --- numbers, dates, sizes -----------------------------------------------------------------------
@register.filter
def number(value: formats.Number | None, places: int | None = None) -> str:
    """1234.5 → 1,234.5 or 1.234,5; nothing for None."""
    return "" if value is None else formats.number(value, places)


@register.filter
def percent(fraction: formats.Number | None) -> str:
    """A fraction 0..1 as a whole percentage; nothing for None."""
    return "" if fraction is None else formats.percent(fraction)


@register.filter
def duration(minutes: int | datetime.timedelta | None) -> str:
    """Minutes (or a timedelta) in words: 1 hour 35 minutes; nothing for None."""
    if minutes is None:
        return ""
    if isinstance(minutes, datetime.timedelta):
        minutes = round(minutes.total_seconds() / 60)
    return formats.duration(minutes)


@register.filter
def percentage(hundredths: formats.Number | None) -> str:
    """A number of hundredths (0..100) as a whole percentage; nothing for None."""
    return "" if hundredths is None else formats.percent(Fraction(hundredths) / 100)


@register.filter
def file_size(size: int | None) -> str:
    """Bytes as 84 KB; nothing for None."""
    return "" if size is None else formats.file_size(size)


def _date_filter(name: str) -> None:
    write = getattr(formats, name)
    register.filter(name, lambda value: "" if value is None else write(value))


for _name in ("day", "short_day", "month", "clock", "moment", "deadline", "time_zone"):
    _date_filter(_name)


@register.filter
def page_numbers(page: Page) -> list[int]:
    """Return the page numbers to show: the ends and the neighbours of this one; 0 is a gap."""
    last = page.paginator.num_pages
    shown = sorted({1, last, *range(max(1, page.number - 1), min(last, page.number + 1) + 1)})
    numbers: list[int] = []
    for number in shown:
        if numbers and number - numbers[-1] > 1:
            numbers.append(0)
        numbers.append(number)
    return numbers
