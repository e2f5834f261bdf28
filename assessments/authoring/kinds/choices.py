"""Choosing: one, several, true or false, a point of a scale."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from assessments.authoring.fields import ShareField, lines_of
from assessments.authoring.kinds.base import HINTS, KindForm
from assessments.authoring.rows import Part, RowForm, Rows
from assessments.choices import OptionRole
from assessments.models import Option, QuestionVersion


class OptionRow(RowForm):
    """An option, whether it is right, and what is said to those who chose it."""

    FOLDED = ("feedback", "fraction")

    text = forms.CharField(label=_("Option"), required=False, widget=lines_of(2))
    correct = forms.BooleanField(label=_("This is right"), required=False)
    feedback = forms.CharField(label=_("Feedback to those who choose it"), required=False, widget=lines_of(2))
    fraction = ShareField(
        label=_("Share of the mark"),
        help_text=_(
            "Only to depart from the usual, for example 1/2 or -1/4. Left empty, right options share"
            " the mark and wrong ones take it away."
        ),
    )


class PointRow(RowForm):
    """A point of a scale."""

    text = forms.CharField(label=_("Point of the scale"), required=False, widget=lines_of(1))


def _options(hint: Any) -> Part:
    return Part(
        "options",
        OptionRole.OPTION,
        OptionRow,
        legend=_("Options"),
        one=_("Option"),
        add=_("Add an option"),
        hint=hint,
        start=4,
    )


def _keeps_order() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("Always show the options in this order"),
        required=False,
        help_text=_("For options such as years or “all of these”. Otherwise a quiz may shuffle them."),
    )


class _Shuffled(KindForm):
    keeps_order: forms.BooleanField

    @classmethod
    def initial_of(cls, version: QuestionVersion, language: str) -> dict[str, Any]:
        stays = (version.marking or {}).get("shuffle") is False
        return super().initial_of(version, language) | {"keeps_order": stays}

    def stored(self, rows: Mapping[str, Rows]) -> dict[str, Any]:
        found = {name: value for name, value in super().stored(rows).items() if name != "shuffle"}
        return found | ({"shuffle": False} if self.cleaned_data["keeps_order"] else {})


class SingleForm(_Shuffled):
    """Single choice."""

    PARTS = (_options(_("Tick the one that is right.")), HINTS)
    SHOWS = ("shuffle",)
    ADVICE = _("Tick exactly one option as right.")
    SENTENCES = {
        "a single choice needs exactly one correct option": ("options", ADVICE),
        "an option of a single choice is worth from 0 to 1": (
            "options",
            _("A share of the mark goes from 0 to 1."),
        ),
        "'options' has to be a mapping with at least one entry": (
            "options",
            _("Write at least two options."),
        ),
    }

    keeps_order = _keeps_order()


class MultipleForm(_Shuffled):
    """Multiple choice."""

    PARTS = (_options(_("Tick every one that is right.")), HINTS)
    SHOWS = ("rule", "most", "shuffle")
    ADVICE = _("Tick at least one option as right.")
    SENTENCES = {
        "at least one option has to be correct": ("options", ADVICE),
        "the right options have to add up to 1": (
            "options",
            _("The shares of the right options have to add up to 1. Leave them empty to share evenly."),
        ),
        "with part marks every wrong option has to cost something": (
            "options",
            _("With part marks every wrong option needs a share below 0. Leave the shares empty to do that."),
        ),
        "where no wrong option costs anything, no more than the right ones can be chosen": (
            "most",
            _("If wrong options cost nothing, allow only as many choices as there are right options."),
        ),
        "at least as many options as are right have to be choosable": (
            "most",
            _("Allow at least as many choices as there are right options."),
        ),
    }

    rule = forms.ChoiceField(
        label=_("How a partly right answer counts"),
        choices=[
            ("partial", _("Part marks: a wrong choice takes marks away")),
            ("all_or_nothing", _("All or nothing")),
            ("weights", _("By the share that each option states")),
        ],
        widget=forms.RadioSelect,
        initial="partial",
    )
    most = forms.IntegerField(
        label=_("Choices, at most"), min_value=0, required=False, help_text=_("Empty: as many as one likes.")
    )
    keeps_order = _keeps_order()


class TrueFalseForm(KindForm):
    """True or false."""

    ANSWERS_FIRST = True
    PARTS = (HINTS,)
    ADVICE = _("Say whether the statement is true or false.")
    SENTENCES = {"'answer' has to be true or false": ("truth", ADVICE)}

    truth = forms.ChoiceField(
        label=_("The statement is"),
        choices=[("true", _("true")), ("false", _("false"))],
        widget=forms.RadioSelect,
        error_messages={"required": ADVICE},
    )
    said_true = forms.CharField(
        label=_("Feedback to those who say “true”"), required=False, widget=lines_of(2)
    )
    said_false = forms.CharField(
        label=_("Feedback to those who say “false”"), required=False, widget=lines_of(2)
    )
    SHOWS = ("answer",)
    ROLES = (OptionRole.OPTION,)

    @classmethod
    def initial_of(cls, version: QuestionVersion, language: str) -> dict[str, Any]:
        options = version.of_role(OptionRole.OPTION)
        answer: bool | None = (version.marking or {}).get("answer")
        if len(options) != 2:
            return {"truth": "" if answer is None else str(answer).lower()}
        said = [getattr(option, f"feedback_{language}") or "" for option in options]
        return {
            "truth": str(options[0].correct).lower(),
            "said_true": said[0],
            "said_false": said[1],
        }

    def stored(self, rows: Mapping[str, Rows]) -> dict[str, Any]:
        return {"answer": self.cleaned_data["truth"] == "true"}

    def pieces(self, rows: Mapping[str, Rows]) -> list[Option]:
        """The two options, where something is said to those who choose them; else none."""
        truth = self.cleaned_data["truth"] == "true"
        said = [self.cleaned_data["said_true"], self.cleaned_data["said_false"]]
        known = self.version.of_role(OptionRole.OPTION)
        if len(known) != 2:
            if not any(said):
                return []
            known = [self._option(word) for word in (gettext_noop("True"), gettext_noop("False"))]
        for option, is_right, words in zip(known, (truth, not truth), said, strict=True):
            option.correct = is_right
            setattr(option, f"feedback_{self.language}", words)
        return known

    def _option(self, word: str) -> Option:
        option = Option(key=uuid.uuid4(), role=OptionRole.OPTION, source_language=self.language)
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                setattr(option, f"text_{code}", translation.gettext(word))
        return option


class SurveyForm(KindForm):
    """An item of a survey."""

    PARTS = (
        Part(
            "options",
            OptionRole.OPTION,
            PointRow,
            legend=_("Scale"),
            one=_("Point"),
            add=_("Add a point"),
            hint=_("From the lowest point to the highest. None of them is right; nothing is marked."),
            start=5,
        ),
    )
    ADVICE = _("Write at least two points of the scale.")
    SENTENCES = {
        "a scale needs at least two points": ("options", ADVICE),
        "'scale' has to be a list with at least one entry": ("options", ADVICE),
    }
