"""The translated pieces of a question: options, hints, situations, criteria and the rest."""

import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from assessments.choices import SINGLE_ROLES, OptionRole
from assessments.fields import FractionField
from translation.models import SourceLanguageModel
from translation.reading import text


class Option(SourceLanguageModel):
    """One translated piece of a version; its key is the same in every language and version.

    ``role`` says what it is. ``belongs_to`` names what it hangs under: the key of another row of
    the version (a decision under its situation), or a gap by its name.

    option      an option, an item to be put in order, a line of a scale; in a matching question a
                prompt with its answer (``match_text``), or an answer alone, which misleads
    gap_entry   one line of a gap's list; ``belongs_to`` the gap
    situation   of a scenario
    decision    ``belongs_to`` its situation; ``feedback`` is its consequence
    criterion   of a marking guide; ``fraction`` holds its points
    hint        shown after a try that was not right
    reply       ``feedback`` to one typed answer (``text``); ``belongs_to`` the gap, if any
    when_right, when_partly, when_wrong   feedback to everybody who did so
    marker_notes   for markers only
    """

    TRANSLATED = ("text", "feedback", "match_text")

    version = ParentalKey("assessments.QuestionVersion", on_delete=models.CASCADE, related_name="options")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    role = models.CharField(
        max_length=12, choices=OptionRole.choices, default=OptionRole.OPTION, editable=False
    )
    belongs_to = models.CharField(max_length=36, blank=True, editable=False)
    sort_order = models.PositiveIntegerField(default=0, editable=False)
    text = models.TextField(
        _("text"),
        blank=True,
        help_text=_("The option, the item to be put in order, or the prompt to be matched."),
    )
    correct = models.BooleanField(_("correct"), default=False)
    fraction = FractionField(
        _("fraction"),
        null=True,
        blank=True,
        help_text=_(
            "Only to depart from the usual: a share of the mark such as 1/2 or -1/4."
            " Left empty, right options share the mark and wrong ones take it away."
        ),
    )
    match_text = models.TextField(
        _("answer"),
        blank=True,
        help_text=_("Only for matching: what belongs to this prompt."),
    )
    match_key = models.UUIDField(null=True, blank=True, editable=False)
    feedback = models.TextField(
        _("feedback"), blank=True, help_text=_("Shown to those who chose this option.")
    )

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ("sort_order", "pk")
        constraints = (
            models.UniqueConstraint(fields=["version", "key"], name="option_key_once_in_version"),
            models.UniqueConstraint(
                fields=["version", "role"],
                condition=models.Q(role__in=SINGLE_ROLES),
                name="option_role_once_in_version",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=OptionRole.values), name="option_role_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(role__in=(OptionRole.GAP_ENTRY, OptionRole.DECISION))
                | ~models.Q(belongs_to=""),
                name="option_hangs_somewhere",
            ),
        )

    # modelcluster and Wagtail's inline panels look for this name
    sort_order_field = "sort_order"

    def __str__(self) -> str:
        return text(self, "text", self.source_language) or str(self.key)


def columns_of_others(fields: Iterable[str], shown: set[str]) -> list[str]:
    """The columns of all other languages; the plain ones stay, modeltranslation needs them."""
    hidden = [code for code, _name in settings.LANGUAGES if code not in shown]
    return [f"{field}_{code}" for field in fields for code in hidden]
