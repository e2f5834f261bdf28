"""Putting together: matching and ordering."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.authoring.fields import lines_of
from assessments.authoring.kinds.base import HINTS, KindForm
from assessments.authoring.rows import Part, RowForm
from assessments.choices import OptionRole


class PairRow(RowForm):
    """A prompt and its answer, or an answer alone, which misleads."""

    TEXTS = ("text", "match_text")

    text = forms.CharField(label=_("Prompt"), required=False, widget=lines_of(2))
    match_text = forms.CharField(
        label=_("Answer that belongs to it"),
        required=True,
        widget=lines_of(2),
        error_messages={"required": _("Write the answer that belongs to this prompt.")},
    )


class ItemRow(RowForm):
    """An item of an order."""

    text = forms.CharField(label=_("Item"), required=False, widget=lines_of(2))


class MatchingForm(KindForm):
    """Matching."""

    PARTS = (
        Part(
            "options",
            OptionRole.OPTION,
            PairRow,
            legend=_("Prompts and answers"),
            one=_("Pair"),
            add=_("Add a pair"),
            hint=_(
                "Two prompts may have the same answer. An answer without a prompt belongs to none, and"
                " misleads."
            ),
            start=4,
        ),
        HINTS,
    )
    ADVICE = _("Write at least one prompt with the answer that belongs to it.")
    SENTENCES = {"'pairs' has to be a mapping with at least one entry": ("options", ADVICE)}


class OrderingForm(KindForm):
    """Ordering."""

    PARTS = (
        Part(
            "options",
            OptionRole.OPTION,
            ItemRow,
            legend=_("Items in the right order"),
            one=_("Item"),
            add=_("Add an item"),
            hint=_("Learners see them shuffled."),
            start=4,
        ),
        HINTS,
    )
    SHOWS = ("rule",)
    ADVICE = _("Write at least two items, in the right order.")
    SENTENCES = {
        "an order needs at least two items": ("options", ADVICE),
        "'order' has to be a list with at least one entry": ("options", ADVICE),
    }

    rule = forms.ChoiceField(
        label=_("How a partly right order counts"),
        choices=[
            ("exact", _("All or nothing")),
            ("adjacent", _("The share of neighbours that follow each other rightly")),
            ("longest_run", _("The longest right stretch")),
        ],
        widget=forms.RadioSelect,
        initial="exact",
    )
