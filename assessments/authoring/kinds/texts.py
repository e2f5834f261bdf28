"""Texts to be filled in or searched: gaps, and words to be selected."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.authoring.fields import LinesField, NumberField, ShareField, line
from assessments.authoring.kinds.base import HINTS, KindForm
from assessments.authoring.kinds.typed import TOLERANCES
from assessments.authoring.rows import Part, RowForm, Rows
from assessments.choices import OptionRole

_GAP = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_STORED_WORD = re.compile(r"\{\{\s*(\w+)\s*\|([^{}]*)\}\}")
_WRITTEN_WORD = re.compile(r"\{(\+?)\s*([^{}|]+?)\s*\}")
_TYPED, _NUMBER, _LIST = "typed", "number", "list"


class GapRow(RowForm):
    """How one gap of the text is filled. The gaps follow from the text."""

    TEXTS = ("name",)
    FOLDED = ("weight",)

    name = forms.CharField(widget=forms.HiddenInput, max_length=36)
    filling = forms.ChoiceField(
        label=_("Learners"),
        choices=[
            (_TYPED, _("type words")),
            (_NUMBER, _("type a number")),
            (_LIST, _("choose from a list")),
        ],
    )
    accepted = LinesField(
        label=_("Accepted answers"),
        help_text=_(
            "If words are typed: one a line, in the language of the question; * stands for any text."
        ),
    )
    value = NumberField(label=_("Right number"), help_text=_("If a number is typed."))
    tolerance = NumberField(label=_("Tolerance"))
    tolerance_kind = forms.ChoiceField(label=_("Tolerance is meant"), choices=TOLERANCES, initial="absolute")
    weight = ShareField(label=_("Counts as much as"), help_text=_("2 counts twice as much as another gap."))

    def clean(self) -> dict[str, Any]:
        """Ask for what the way of filling it needs."""
        found = super().clean() or self.cleaned_data
        if found.get("filling") == _TYPED and not found.get("accepted"):
            self.add_error("accepted", _("Write at least one accepted answer."))
        if found.get("filling") == _NUMBER and not found.get("value") and "value" not in self.errors:
            self.add_error("value", _("Enter the right number."))
        return found

    @property
    def shown(self) -> list[forms.BoundField]:
        return [field for field in super().shown if field.name != "name"]

    @property
    def title(self) -> str:
        """The name of the gap as the text has it."""
        return str(self["name"].value() or "")


class EntryRow(RowForm):
    """An entry of the list of a gap."""

    FOLDED = ("fraction",)

    text = forms.CharField(label=_("Entry"), required=False, widget=line())
    correct = forms.BooleanField(label=_("This is right"), required=False)
    fraction = ShareField(label=_("Share of the gap"))


class GapForm(KindForm):
    """Text with gaps."""

    HAS_PASSAGE = True
    PARTS = (
        Part(
            "gaps",
            None,
            GapRow,
            legend=_("Gaps"),
            one=_("Gap"),
            add="",
            hint=_("They follow from the text: after a change press “Read the gaps”."),
            fixed=True,
        ),
        Part(
            "entries",
            OptionRole.GAP_ENTRY,
            EntryRow,
            legend=_("List"),
            one=_("Entry"),
            add=_("Add an entry to the list"),
            under="gaps",
        ),
        HINTS,
    )
    SHOWS = ("gaps",)
    ADVICE = _("Write {{1}}, {{2}} … in the text, and say for each gap what fills it.")
    SENTENCES = {
        "'gaps' has to be a mapping with at least one entry": ("passage", ADVICE),
        "'accepted' has to be a mapping with at least one entry": (
            "gaps",
            _("Write at least one accepted answer for each gap that is typed."),
        ),
        "an accepted form has to say something": (
            "gaps",
            _("An accepted answer has to hold more than * and full stops."),
        ),
        "a gap with a list needs exactly one correct entry": (
            "gaps",
            _("Tick exactly one entry of each list as right."),
        ),
        "'options' has to be a mapping with at least one entry": (
            "gaps",
            _("Write the entries of each list."),
        ),
        "an entry of a gap is worth from 0 to 1": ("gaps", _("A share of a gap goes from 0 to 1.")),
        "a tolerance cannot be below zero": ("gaps", _("A tolerance cannot be below zero.")),
        "a gap has to count": ("gaps", _("A gap has to count more than 0.")),
    }

    def values(self, part: Part) -> list[dict[str, Any]]:
        if part.name != "gaps":
            return super().values(part)
        listed = {piece.belongs_to for piece in self.version.of_role(OptionRole.GAP_ENTRY)}
        stored = self.before.get("gaps", {})
        return [
            self._shown(name, stored.get(name, {}), name in listed)
            for name in {**stored, **dict.fromkeys(listed)}
        ]

    def synchronised(self, part: Part, rows: Sequence[dict[str, Any]], passage: str) -> list[dict[str, Any]]:
        if part.name != "gaps":
            return list(rows)
        # a gap that was taken out comes back with its answers when it is written again
        known = {str(row.get("name")): row for row in (*self.values(part), *rows)}
        return [
            known.get(name) or {"name": name, "key": name} for name in dict.fromkeys(_GAP.findall(passage))
        ]

    def stored(self, rows: Mapping[str, Rows]) -> dict[str, Any]:
        return {"gaps": {form.title: self._gap(form.cleaned_data) for form in rows["gaps"].written}}

    def taken(self, part: Part, rows: Mapping[str, Rows]) -> list[RowForm]:
        """The lists of gaps that are chosen from a list."""
        if part.name != "entries":
            return super().taken(part, rows)
        lists = {form.title for form in rows["gaps"].written if form.cleaned_data["filling"] == _LIST}
        return [form for form in rows["entries"].written if form.cleaned_data["under"] in lists]

    def _shown(self, name: str, gap: Mapping[str, Any], listed: bool) -> dict[str, Any]:
        forms_here = (gap.get("accepted") or {}).get(self.language, [])
        return {
            "key": name,
            "name": name,
            "filling": _LIST if listed or "options" in gap else _NUMBER if "value" in gap else _TYPED,
            "accepted": [one["text"] if isinstance(one, Mapping) else one for one in forms_here],
            **{key: gap[key] for key in ("value", "tolerance", "tolerance_kind", "weight") if key in gap},
        }

    def _gap(self, given: Mapping[str, Any]) -> dict[str, Any]:
        before = self.before.get("gaps", {}).get(given["name"], {})
        found: dict[str, Any] = {}
        if given["filling"] == _TYPED:
            found["accepted"] = self._accepted(given["accepted"], before.get("accepted") or {})
            found |= {name: before[name] for name in ("case", "accents") if name in before}
        elif given["filling"] == _NUMBER:
            found |= {name: given[name] for name in ("value", "tolerance") if given[name]}
            if given["tolerance"]:
                found["tolerance_kind"] = given["tolerance_kind"]
            found |= {name: before[name] for name in ("also", "unit") if name in before}
        if given["weight"] not in (None, 1):
            found["weight"] = str(given["weight"])
        return found

    def _accepted(self, lines: Sequence[str], before: Mapping[str, Any]) -> dict[str, Any]:
        """The forms by language; one that is worth less keeps its share."""
        known = {one["text"]: one for one in before.get(self.language, ()) if isinstance(one, Mapping)}
        accepted = {**before, self.language: [known.get(one, one) for one in lines]}
        return {code: given for code, given in accepted.items() if given}


class WordsForm(KindForm):
    """Words in a text."""

    HAS_PASSAGE = True
    PARTS = (HINTS,)
    SHOWS = ("words", "rule")
    ADVICE = _("Mark words to be selected with {+word}, and others with {word}: at least one of each.")
    SENTENCES = {
        "'words' has to be a mapping with at least one entry": ("passage", ADVICE),
        "there have to be words that are meant and others that are not": ("passage", ADVICE),
    }

    rule = forms.ChoiceField(
        label=_("How a partly right answer counts"),
        choices=[
            ("partial", _("Part marks: a word selected in error takes marks away")),
            ("all_or_nothing", _("All or nothing")),
        ],
        widget=forms.RadioSelect,
        initial="partial",
    )

    def words_of_passage(self, passage: str) -> str:
        meant = self.before.get("words", {})
        return _STORED_WORD.sub(lambda at: f"{{{'+' if meant.get(at[1]) else ''}{at[2]}}}", passage)

    def stored_passage(self, passage: str) -> str:
        """The words with their names: those that were there keep theirs, so translations go on to fit."""
        stored = getattr(self.version, f"passage_{self.language}") or ""
        free = _STORED_WORD.findall(stored)
        taken = [int(name) for name, _word in free if name.isdecimal()]
        following = iter(range(max(taken, default=0) + 1, 10_000))
        self.meant: dict[str, bool] = {}

        def name(at: re.Match[str]) -> str:
            known = next((one for one in free if one[1] == at[2]), None)
            if known:
                free.remove(known)
            found = known[0] if known else str(next(following))
            self.meant[found] = bool(at[1])
            return f"{{{{{found}|{at[2]}}}}}"

        return _WRITTEN_WORD.sub(name, passage)

    def stored(self, rows: Mapping[str, Rows]) -> dict[str, Any]:
        return {"words": self.meant} | ({"rule": self.cleaned_data["rule"]} if self._is_said("rule") else {})
