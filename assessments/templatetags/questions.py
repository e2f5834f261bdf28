"""Writing the words of questions: marked up, and in their own language when it is not the page's."""

from collections.abc import Iterable
from fractions import Fraction

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from assessments import markup, presentation
from assessments.interchange.markup import plain as words_of_html
from translation.reading import Reading, base_language, direction

register = template.Library()


@register.filter
def words(reading: Reading) -> SafeString:
    """A reading within a line; a ``span lang dir`` when it is in another language."""
    html = markup.within_a_line(str(reading)) if is_html(reading) else markup.inline(str(reading))
    return _marked(reading, html, "span")


@register.filter
def prose(reading: Reading) -> SafeString:
    """A reading of several paragraphs; a ``div lang dir`` when it is in another language."""
    html = mark_safe(str(reading)) if is_html(reading) else markup.block_html(str(reading))  # noqa: S308
    return _marked(reading, html, "div")


@register.filter
def piece(reading: Reading) -> SafeString:
    """A stretch of a passage with its line ends; one of HTML may begin or end within a paragraph."""
    if is_html(reading):
        return mark_safe(str(reading))  # noqa: S308 - cleaned where it was read
    html = markup.inline(str(reading)).replace("\n\n", "<br><br>").replace("\n", "<br>")
    return _marked(reading, mark_safe(html), "span")  # noqa: S308 - escaped by inline


@register.filter
def plain(reading: Reading) -> str:
    """The words alone, for where no element can stand: the lines of a list, names read aloud."""
    if is_html(reading):
        return words_of_html(str(reading))
    return markup.words_alone(str(reading))


@register.filter
def in_a_row(codes: Iterable[str]) -> SafeString:
    """Codes such as ".pdf", which go from left to right wherever they stand."""
    return format_html('<bdi dir="ltr">{}</bdi>', ", ".join(codes))


@register.filter
def is_html(reading: Reading | None) -> bool:
    """Whether a text was written in HTML."""
    return reading is not None and isinstance(reading.value, SafeString)


@register.filter
def plural_number(points: Fraction) -> int:
    """What ``blocktranslate count`` counts for so many points."""
    return presentation.plural_number(points)


def _marked(reading: Reading, html: SafeString, tag: str) -> SafeString:
    if not reading or reading.language == base_language(get_language()):
        return html
    return format_html(
        '<{0} lang="{1}" dir="{2}">{3}</{0}>',
        tag,
        reading.language,
        direction(reading.language),
        html,
    )
