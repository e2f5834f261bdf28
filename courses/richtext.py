"""Rich text of lessons: what it may hold, how a glossary term is stored, and the clean HTML shown.

A term stands in the database as `<a linktype="term" slug="harbouring">words</a>`, so that it follows
the glossary by name from one installation to the next; in the page it links to the list of terms.
"""

import re
from typing import Any

import nh3
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import LinkElementHandler
from wagtail.rich_text import LinkHandler, expand_db_html

TERM = "TERM"
TERM_LINK = re.compile(r'<a class="term" href="#term-([a-z0-9_-]+)">(.*?)</a>', re.DOTALL)
_HEADING = re.compile(r"<h([23])>")
_TAGS = {"p", "h2", "h3", "b", "strong", "i", "em", "a", "ol", "ul", "li", "br"}


class TermLinkHandler(LinkHandler):
    """Writes a stored term as a link to its entry in the list at the foot of the lesson."""

    identifier = "term"

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:
        slug = re.sub(r"[^a-z0-9_-]", "", attrs.get("slug", ""))
        return f'<a class="term" href="#term-{slug}">'


class TermElementHandler(LinkElementHandler):
    """Reads a stored term into the editor."""

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        return {"slug": attrs.get("slug", "")}


def term_entity(props: dict[str, Any]) -> Any:
    """Write a term of the editor as it is stored."""
    return DOM.create_element("a", {"linktype": "term", "slug": props.get("slug", "")}, props["children"])


TERM_CONVERSION = {
    "from_database_format": {'a[linktype="term"]': TermElementHandler(TERM)},
    "to_database_format": {"entity_decorators": {TERM: term_entity}},
}


def clean(source: str) -> str:
    """Return the HTML to show for stored rich text: links made whole, everything unlisted removed."""
    return nh3.clean(
        expand_db_html(source),
        tags=_TAGS,
        attributes={"a": {"href"}},
        allowed_classes={"a": {"term"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )


def with_heading_ids(html: str, prefix: str) -> str:
    """Give each heading an address; the same one in every language, since it counts, not names."""
    numbers = iter(range(1, html.count("<h") + 1))
    return _HEADING.sub(lambda found: f'<h{found[1]} id="h-{prefix}-{next(numbers)}">', html)


def term_slugs(html: str) -> set[str]:
    """Return the slugs of the terms that shown HTML links to."""
    return {slug for slug, _words in TERM_LINK.findall(html)}


def without_terms(html: str, unknown: set[str]) -> str:
    """Leave the words but take away the link of terms that the glossary does not hold."""
    return TERM_LINK.sub(lambda found: found[2] if found[1] in unknown else found[0], html)
