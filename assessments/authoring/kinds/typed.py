"""Typing: a number, a short answer."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from assessments.authoring.fields import NumberField, ShareField, line
from assessments.authoring.kinds.base import HINTS, REPLIES, KindForm
from assessments.authoring.rows import Part, RowForm, Rows
from assessments.models import QuestionVersion
from translation.reading import language_name

LANGUAGES = [(code, language_name(code)) for code, _name in settings.LANGUAGES]
TOLERANCES = [
    ("absolute", _("in the same unit: 5 means up to 5 more or less")),
    ("relative", _("as a share: 0.05 means up to 5 % more or less")),
    ("significant", _("as figures: 3 means that the first three figures count")),
]


class AlsoRow(RowForm):
    """Another number that is worth part of the mark."""

    TEXTS = ("value",)

    value = NumberField(label=_("Value"))
    tolerance = NumberField(label=_("Tolerance"))
    tolerance_kind = forms.ChoiceField(label=_("Tolerance is meant"), choices=TOLERANCES, initial="absolute")
    fraction = ShareField(label=_("Share of the mark"), required=True, initial="1/2")


class UnitRow(RowForm):
    """Another unit in which the answer may be given."""

    TEXTS = ("name",)

    name = forms.CharField(label=_("Unit"), required=False, max_length=40, widget=line())
    factor = NumberField(
        label=_("One of it is so many of the unit above"), required=True, help_text=_("1 lakh: 100000.")
    )


class AcceptedRow(RowForm):
    """A form of the answer that is accepted."""

    FOLDED = ("fraction",)

    text = forms.CharField(label=_("Accepted answer"), required=False, max_length=1000, widget=line())
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    fraction = ShareField(label=_("Share of the mark"), help_text=_("Empty: all of it."))


class NumericForm(KindForm):
    """Number."""

    ANSWERS_FIRST = True
    PARTS = (
        Part(
            "also",
            None,
            AlsoRow,
            legend=_("Numbers that are partly right"),
            one=_("Number"),
            add=_("Add a number"),
            moves=False,
            folds=True,
        ),
        Part(
            "units",
            None,
            UnitRow,
            legend=_("Other units"),
            one=_("Unit"),
            add=_("Add a unit"),
            hint=_("Learners may answer in any of them."),
            moves=False,
            folds=True,
        ),
        REPLIES,
        HINTS,
    )
    SHOWS = ("value", "tolerance", "tolerance_kind", "also", "unit")
    ADVICE = _("Give the value as a number, and a tolerance that is not below zero.")
    SENTENCES = {
        "a tolerance cannot be below zero": ("tolerance", _("A tolerance cannot be below zero.")),
        "significant figures are a whole number from 1 to 15": (
            "tolerance",
            _("Enter how many figures count, from 1 to 15."),
        ),
        "a unit's factor has to be above zero": ("units", _("What a unit is worth has to be above zero.")),
        "the penalty for a unit goes from 0 to 1": ("penalty", _("Enter a share from 0 to 1.")),
        "an accepted number is worth more than 0 and at most 1": (
            "also",
            _("A number is worth more than 0 and at most 1."),
        ),
    }

    value = NumberField(
        label=_("Right value"), required=True, error_messages={"required": _("Enter the right number.")}
    )
    tolerance = NumberField(
        label=_("Tolerance"), help_text=_("How far off an answer may be. Empty: not at all.")
    )
    tolerance_kind = forms.ChoiceField(label=_("Tolerance is meant"), choices=TOLERANCES, initial="absolute")
    label = forms.CharField(
        label=_("Unit"),
        max_length=40,
        required=False,
        widget=line(),
        help_text=_("Shown beside the field, in the language of the question."),
    )
    required = forms.BooleanField(label=_("The unit has to be written"), required=False)
    penalty = ShareField(
        label=_("What a missing or unknown unit costs"),
        help_text=_("A share of the mark. Empty: all of it."),
    )

    @classmethod
    def initial_of(cls, version: QuestionVersion, language: str) -> dict[str, Any]:
        found = super().initial_of(version, language)
        unit = found.pop("unit", None) or {}
        found.pop("also", None)
        return found | {
            "label": (unit.get("label") or {}).get(language, ""),
            "required": unit.get("required", False),
            "penalty": unit.get("penalty"),
        }

    def values(self, part: Part) -> list[dict[str, Any]]:
        if part.name == "also":
            return [dict(one) for one in self.before.get("also", ())]
        if part.name == "units":
            factors = (self.before.get("unit") or {}).get("factors") or {}
            return [{"name": name, "factor": factor} for name, factor in factors.items()]
        return super().values(part)

    def stored(self, rows: Mapping[str, Rows]) -> dict[str, Any]:
        given = self.cleaned_data
        found = {name: given[name] for name in ("value", "tolerance") if given[name]}
        if given["tolerance"] and given["tolerance_kind"] != "absolute":
            found["tolerance_kind"] = given["tolerance_kind"]
        also = [_number(form.cleaned_data) for form in rows["also"].written]
        unit = self._unit(rows["units"])
        return found | ({"also": also} if also else {}) | ({"unit": unit} if unit else {})

    def _unit(self, rows: Rows) -> dict[str, Any]:
        label = {
            **((self.before.get("unit") or {}).get("label") or {}),
            self.language: self.cleaned_data["label"],
        }
        label = {code: text for code, text in label.items() if text}
        factors = {form.cleaned_data["name"]: form.cleaned_data["factor"] for form in rows.written}
        found: dict[str, Any] = {"label": label} if label else {}
        if factors:
            found["factors"] = factors
        if found and self.cleaned_data["required"]:
            found["required"] = True
        if found and self.cleaned_data["penalty"] is not None:
            found["penalty"] = str(self.cleaned_data["penalty"])
        return found


class ShortForm(KindForm):
    """Short answer."""

    PARTS = (
        Part(
            "accepted",
            None,
            AcceptedRow,
            legend=_("Accepted answers"),
            one=_("Accepted answer"),
            add=_("Add an accepted answer"),
            hint=_(
                "* stands for any text. An answer counts whatever language the page was in. The digits of"
                " other scripts make no difference."
            ),
            start=2,
            moves=False,
        ),
        REPLIES,
        HINTS,
    )
    SHOWS = ("accepted", "case", "accents")
    ADVICE = _("Write at least one accepted answer that is worth the whole mark.")
    SENTENCES = {
        "'accepted' has to be a mapping with at least one entry": ("accepted", ADVICE),
        "at least one accepted form has to be worth everything": ("accepted", ADVICE),
        "an accepted form has to say something": (
            "accepted",
            _("An accepted answer has to hold more than * and full stops."),
        ),
        "an accepted form is worth more than 0 and at most 1": (
            "accepted",
            _("An accepted answer is worth more than 0 and at most 1."),
        ),
    }

    case = forms.MultipleChoiceField(
        label=_("Capitals make a difference in"),
        choices=LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    accents = forms.MultipleChoiceField(
        label=_("Accents and vowel points make a difference in"),
        choices=LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    @classmethod
    def initial_of(cls, version: QuestionVersion, language: str) -> dict[str, Any]:
        marking = version.marking or {}
        return {name: _languages_where(marking.get(name)) for name in ("case", "accents")}

    def values(self, part: Part) -> list[dict[str, Any]]:
        if part.name != "accepted":
            return super().values(part)
        return [
            {"language": code, **(form if isinstance(form, Mapping) else {"text": form})}
            for code, forms_in in self.before.get("accepted", {}).items()
            for form in forms_in
        ]

    def blank(self, part: Part) -> dict[str, Any]:
        return {"language": self.language} if part.name == "accepted" else {}

    def stored(self, rows: Mapping[str, Rows]) -> dict[str, Any]:
        accepted: dict[str, list[Any]] = {}
        for form in rows["accepted"].written:
            given = form.cleaned_data
            share = given["fraction"]
            entry = given["text"] if share in (None, 1) else {"text": given["text"], "fraction": str(share)}
            accepted.setdefault(given["language"], []).append(entry)
        chosen = {name: self.cleaned_data[name] for name in ("case", "accents")}
        return {"accepted": accepted} | {
            name: dict.fromkeys(codes, True) for name, codes in chosen.items() if codes
        }


def _languages_where(stored: Any) -> list[str]:
    if isinstance(stored, Mapping):
        return [code for code, matters in stored.items() if matters]
    return [code for code, _name in LANGUAGES] if stored else []


def _number(given: Mapping[str, Any]) -> dict[str, Any]:
    found = {"value": given["value"], "fraction": str(given["fraction"])}
    if given["tolerance"]:
        found |= {"tolerance": given["tolerance"], "tolerance_kind": given["tolerance_kind"]}
    return found
