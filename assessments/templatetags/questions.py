"""Writing the words of questions: marked up, and in their own language when it is not the page's."""

from fractions import Fraction

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from assessments import markup, presentation
from translation.reading import Reading, base_language, direction

register = template.Library()


@register.filter
def words(reading: Reading) -> SafeString:
    """A reading within a line; a ``span lang dir`` when it is in another language."""
    return _marked(reading, markup.inline(str(reading)), "span")


@register.filter
def prose(reading: Reading) -> SafeString:
    """A reading of several paragraphs; a ``div lang dir`` when it is in another language."""
    return _marked(reading, markup.block_html(str(reading)), "div")


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
