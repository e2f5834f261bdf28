"""What every block of a lesson shares: the rich text it may hold, and its groups in the menu."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

# Nothing else is offered, so that authors cannot break the look (and no upload is ever inlined).
TEXT_FEATURES = ["h2", "h3", "bold", "italic", "link", "ol", "ul", "term"]
NESTED_FEATURES = ["bold", "italic", "link", "ol", "ul", "term"]

GROUP_TEXT = _("Text")
GROUP_LAW = _("Law and cases")
GROUP_MEDIA = _("Pictures, sound and files")
GROUP_WORK = _("Think and decide")


class LessonBlock(blocks.StructBlock):
    """A block of a lesson; its template has its own name, under courses/blocks/.

    A block that makes the browser load something has another template in `in_words`, for readers who
    want lessons as text only.
    """

    def get_template(self, value: Any = None, context: dict[str, Any] | None = None) -> str:
        """Return the template that fits the way of reading."""
        in_words = getattr(self.meta, "in_words", "")
        if in_words and context and context.get("in_words"):
            return str(in_words)
        return str(super().get_template(value, context))


def line(
    label: object, *, required: bool = True, help_text: object = "", most: int = 250
) -> blocks.CharBlock:
    """Return a field for one line of plain text."""
    return blocks.CharBlock(label=label, required=required, help_text=help_text, max_length=most)


def passage(
    label: object, *, required: bool = True, help_text: object = "", rows: int = 2
) -> blocks.TextBlock:
    """Return a field for a few lines of plain text."""
    return blocks.TextBlock(label=label, required=required, help_text=help_text, rows=rows)


def prose(label: object, *, required: bool = True, help_text: object = "") -> blocks.RichTextBlock:
    """Return a field for text inside a block: no headings, since the block has its own."""
    return blocks.RichTextBlock(label=label, required=required, help_text=help_text, features=NESTED_FEATURES)
