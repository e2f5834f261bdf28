"""Blocks that are read: text, key point, the three elements, steps, table, quotation."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from .base import GROUP_LAW, GROUP_TEXT, TEXT_FEATURES, LessonBlock, line, passage, prose


class RichText(LessonBlock):
    """Paragraphs, numbered as in a judgment."""

    text = blocks.RichTextBlock(
        label=_("Text"),
        features=TEXT_FEATURES,
        help_text=_(
            "Paragraphs are numbered by themselves, as in a judgment, with the same numbers in every"
            " language. Keep one thought to a paragraph. To explain a word, select it and choose “Term”."
        ),
    )

    class Meta:
        icon = "pilcrow"
        group = GROUP_TEXT
        label = _("Text")
        description = _("Numbered paragraphs with headings, lists, links and glossary terms.")
        template = "courses/blocks/rich_text.html"
        preview_value = {
            "text": "<h2>What has to be proved</h2><p>The definition is a test of <b>conduct</b> and"
            " <b>intention</b>. It does not ask whether a border was crossed.</p><p>Someone who"
            ' <a linktype="term" slug="harbouring">harbours</a> a person for exploitation commits the'
            " act as surely as the recruiter.</p>"
        }


class KeyPoint(LessonBlock):
    """The sentence to remember."""

    text = prose(
        _("Sentence"),
        help_text=_("One sentence that the reader should remember. At most two key points a lesson."),
    )

    class Meta:
        icon = "pick"
        group = GROUP_TEXT
        label = _("Key point")
        description = _("One sentence to remember, between two ochre rules.")
        template = "courses/blocks/key_point.html"
        preview_value = {
            "text": "<p>The consent of the victim is irrelevant where any of the means has been used.</p>"
        }


class ElementCard(blocks.StructBlock):
    heading = line(_("Element"), most=80)
    note = line(_("In other words"), required=False, most=120, help_text=_("For example “what was done”."))
    items = blocks.ListBlock(line(_("Item")), label=_("Items"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Element")


class Elements(LessonBlock):
    """Elements of an offence side by side."""

    cards = blocks.ListBlock(
        ElementCard(),
        label=_("Elements"),
        min_num=2,
        max_num=4,
        help_text=_("Normally three, for example act, means and purpose."),
    )
    summary = passage(
        _("Sentence below"),
        required=False,
        help_text=_("What joins the elements, or when one of them is not needed."),
    )

    class Meta:
        icon = "grip"
        group = GROUP_LAW
        label = _("Elements side by side")
        description = _("The elements of an offence as cards: act, means and purpose.")
        template = "courses/blocks/elements.html"
        preview_value = {
            "cards": [
                {"heading": "Act", "note": "what was done", "items": ["Recruitment", "Harbouring"]},
                {"heading": "Means", "note": "how it was done", "items": ["Coercion", "Deception"]},
                {"heading": "Purpose", "note": "why it was done", "items": ["Exploitation"]},
            ],
            "summary": "Where the victim is under 18, the means need not be proved.",
        }


class Step(blocks.StructBlock):
    heading = line(_("Step or date"), most=160)
    text = passage(_("Text"), required=False)

    class Meta:
        icon = "order-down"
        label = _("Step")


class Steps(LessonBlock):
    """Steps of reasoning, or dates, in order."""

    heading = line(_("Heading"), required=False)
    items = blocks.ListBlock(Step(), label=_("Steps"), min_num=2)

    class Meta:
        icon = "list-ol"
        group = GROUP_TEXT
        label = _("Steps or timeline")
        description = _("Questions to ask in order, or events by date.")
        template = "courses/blocks/steps.html"
        preview_value = {
            "heading": "Three questions, in this order",
            "items": [
                {"heading": "What was done?", "text": "Look for one of the listed acts."},
                {"heading": "How was it done?", "text": "Look for a means, if the victim is an adult."},
                {"heading": "What for?", "text": "Look for signs of the purpose."},
            ],
        }


class Table(LessonBlock):
    """A plain table with a caption and headed columns; the first cell of a row names the row."""

    caption = line(
        _("Caption"), help_text=_("What the table shows. It is read out before the table."), most=200
    )
    header = blocks.ListBlock(line(_("Column"), most=120), label=_("Columns"), min_num=2, max_num=6)
    rows = blocks.ListBlock(
        blocks.ListBlock(passage(_("Cell"), rows=1, required=False), label=_("Row")),
        label=_("Rows"),
        min_num=1,
        help_text=_("Each row needs as many cells as there are columns. The first cell names the row."),
    )

    class Meta:
        icon = "table"
        group = GROUP_TEXT
        label = _("Table")
        description = _("A small table with named columns and rows.")
        template = "courses/blocks/table.html"
        preview_value = {
            "caption": "Trafficking and smuggling",
            "header": ["Point", "Trafficking", "Smuggling"],
            "rows": [["Border", "Not needed", "Always"], ["Profit", "From exploitation", "From the journey"]],
        }

    def clean(self, value: Any) -> Any:
        """Raise an error on each row whose number of cells is not the number of columns."""
        cleaned = super().clean(value)
        columns = len(cleaned["header"])
        wrong = {
            number: ValidationError(
                ngettext("This row needs %(columns)s cell.", "This row needs %(columns)s cells.", columns)
                % {"columns": columns}
            )
            for number, row in enumerate(cleaned["rows"])
            if len(row) != columns
        }
        if wrong:
            raise StructBlockValidationError({"rows": ListBlockValidationError(block_errors=wrong)})
        return cleaned


class Quotation(LessonBlock):
    """Words of a judgment with their citation."""

    text = passage(_("Words quoted"), rows=3)
    court = line(_("Court"))
    case = line(_("Case"))
    citation = line(
        _("Citation"),
        required=False,
        help_text=_("Number, date and paragraph, so that the reader can find it."),
    )
    original_language = line(
        _("Language of the judgment"),
        required=False,
        most=10,
        help_text=_(
            "Its code, for example en. Where it differs, the reader is told that this is a translation."
        ),
    )

    class Meta:
        icon = "openquote"
        group = GROUP_LAW
        label = _("Quotation from a judgment")
        description = _("A few words of a court, with court, case and citation.")
        template = "courses/blocks/quotation.html"
        preview_value = {
            "text": "The prior consent of the victim is not sufficient to exclude forced labour.",
            "court": "European Court of Human Rights",
            "case": "Chowdury and Others v. Greece",
            "citation": "No. 21884/15, judgment of 30 March 2017",
            "original_language": "en",
        }
