"""What may be stated for one country: by kind, fields that begin with what holds there, and the change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.authoring.fields import LinesField, NumberField, clear_number
from assessments.authoring.kinds.typed import TOLERANCES
from assessments.choices import Kind, OptionRole
from assessments.models import QuestionVersion
from assessments.parts import pieces_of
from assessments.scoring.jurisdictions import options_where
from assessments.texts import piece
from translation.reading import language_name

WORTHS = [("1", _("Right")), ("1/2", _("Partly right")), ("0", _("Wrong"))]


@dataclass(frozen=True)
class Keys:
    """A version with its key as it is everywhere, and in the country."""

    version: QuestionVersion
    usual: Mapping[str, Any]
    there: Mapping[str, Any]

    def rows(self, role: OptionRole = OptionRole.OPTION) -> list[tuple[str, str]]:
        """The pieces of a role: key and words, in the language of the page."""
        return [
            (str(row.key), str(piece(self.version, row, "text")) or "–") for row in self.version.of_role(role)
        ]


def _choice_fields(keys: Keys) -> dict[str, forms.Field]:
    right = [name for name, worth in keys.there["options"].items() if Fraction(str(worth)) > 0]
    if keys.version.kind == Kind.SINGLE:
        right = [name for name in right if Fraction(str(keys.there["options"][name])) == 1]
        return {
            "a-right": forms.ChoiceField(
                label=_("Right there"), choices=keys.rows(), widget=forms.RadioSelect, initial=right[0]
            )
        }
    return {
        "a-right": forms.MultipleChoiceField(
            label=_("Right there"),
            choices=keys.rows(),
            widget=forms.CheckboxSelectMultiple,
            initial=right,
        )
    }


def _choice_change(keys: Keys, given: Mapping[str, Any]) -> dict[str, Any]:
    options = keys.usual["options"]
    right = given["a-right"]
    if keys.version.kind == Kind.SINGLE:
        return {"options": options_where("single", options, {right: True})}
    return {"options": options_where("multiple", options, {name: name in right for name in options})}


def _truth_fields(keys: Keys) -> dict[str, forms.Field]:
    return {
        "a-truth": forms.ChoiceField(
            label=_("There the statement is"),
            choices=[("true", _("true")), ("false", _("false"))],
            widget=forms.RadioSelect,
            initial=str(keys.there["answer"]).lower(),
        )
    }


def _number_fields(keys: Keys) -> dict[str, forms.Field]:
    said = keys.there
    return {
        "a-value": NumberField(
            label=_("Right value there"), required=True, initial=clear_number(said["value"])
        ),
        "a-tolerance": NumberField(label=_("Tolerance"), initial=clear_number(said.get("tolerance", ""))),
        "a-tolerance_kind": forms.ChoiceField(
            label=_("Tolerance is meant"),
            choices=TOLERANCES,
            initial=said.get("tolerance_kind", "absolute"),
        ),
    }


def _number_change(keys: Keys, given: Mapping[str, Any]) -> dict[str, Any]:
    said = {"value": given["a-value"], "tolerance": given["a-tolerance"] or "0"}
    return said | ({"tolerance_kind": given["a-tolerance_kind"]} if given["a-tolerance"] else {})


def _words_of(entries: Any) -> list[str]:
    return [one["text"] if isinstance(one, Mapping) else str(one) for one in entries]


def _short_fields(keys: Keys) -> dict[str, forms.Field]:
    languages = dict.fromkeys([keys.version.source_language, *keys.usual["accepted"]])
    return {
        f"a-accepted-{code}": LinesField(
            label=_("Accepted there, in %(language)s") % {"language": language_name(code)},
            help_text=_("One a line."),
            initial=_words_of(keys.there["accepted"].get(code, ())),
        )
        for code in languages
    }


def _short_change(keys: Keys, given: Mapping[str, Any]) -> dict[str, Any]:
    said = {name.removeprefix("a-accepted-"): given[name] for name in given if name.startswith("a-accepted-")}
    return {"accepted": {code: lines for code, lines in said.items() if lines}}


def _gap_fields(keys: Keys) -> dict[str, forms.Field]:
    entries: dict[str, list[tuple[str, str]]] = {}
    for row in keys.version.of_role(OptionRole.GAP_ENTRY):
        entries.setdefault(row.belongs_to, []).append((str(row.key), str(piece(keys.version, row, "text"))))
    found: dict[str, forms.Field] = {}
    for name, gap in keys.there["gaps"].items():
        label = _("Gap %(name)s there") % {"name": name}
        if "options" in gap:
            right = next((key for key, worth in gap["options"].items() if Fraction(str(worth)) == 1), "")
            listed = entries.get(name) or [(key, key) for key in gap["options"]]
            found[f"a-gap-{name}"] = forms.ChoiceField(label=label, choices=listed, initial=right)
        elif "value" in gap:
            found[f"a-gap-{name}"] = NumberField(
                label=label, required=True, initial=clear_number(gap["value"])
            )
        else:
            said = gap["accepted"].get(keys.version.source_language, ())
            found[f"a-gap-{name}"] = LinesField(
                label=label, required=True, help_text=_("One a line."), initial=_words_of(said)
            )
    return found


def _gap_change(keys: Keys, given: Mapping[str, Any]) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for name, gap in keys.usual["gaps"].items():
        said = given[f"a-gap-{name}"]
        if "options" in gap:
            there: dict[str, Any] = {"options": {key: "1" if key == said else "0" for key in gap["options"]}}
            same = Fraction(str(gap["options"].get(said, 0))) == 1
        elif "value" in gap:
            there, same = {"value": said}, said == gap["value"]
        else:
            source = keys.version.source_language
            # words in other languages are those of everywhere, and do not hold there
            there = {"accepted": {source: said}}
            same = said == _words_of(gap["accepted"].get(source, ()))
        if not same:
            changed[name] = there
    return {"gaps": changed}


def _word_fields(keys: Keys) -> dict[str, forms.Field]:
    passage = piece(keys.version, keys.version, "passage")
    words = [(name, str(word)) for name, word in pieces_of(passage) if name in keys.usual["words"]]
    meant = [name for name, is_meant in keys.there["words"].items() if is_meant]
    return {
        "a-words": forms.MultipleChoiceField(
            label=_("Meant there"), choices=words, widget=forms.CheckboxSelectMultiple, initial=meant
        )
    }


def _word_change(keys: Keys, given: Mapping[str, Any]) -> dict[str, Any]:
    meant = given["a-words"]
    usual = keys.usual["words"]
    return {"words": {name: name in meant for name in usual if (name in meant) is not usual[name]}}


def _pair_fields(keys: Keys) -> dict[str, forms.Field]:
    rows = keys.version.of_role(OptionRole.OPTION)
    answers = {
        str(row.match_key): str(piece(keys.version, row, "match_text")) for row in rows if row.match_key
    }
    return {
        f"a-pair-{key}": forms.ChoiceField(
            label=words, choices=list(answers.items()), initial=keys.there["pairs"][key]
        )
        for key, words in keys.rows()
        if key in keys.there["pairs"]
    }


def _pair_change(keys: Keys, given: Mapping[str, Any]) -> dict[str, Any]:
    usual = keys.usual["pairs"]
    said = {key: given[f"a-pair-{key}"] for key in usual}
    return {"pairs": {key: answer for key, answer in said.items() if answer != usual[key]}}


def _order_fields(keys: Keys) -> dict[str, forms.Field]:
    order, words = keys.there["order"], dict(keys.rows())
    places = [(str(place), str(place)) for place in range(1, len(order) + 1)]
    return {
        f"a-place-{key}": forms.ChoiceField(label=words.get(key, key), choices=places, initial=str(place))
        for place, key in enumerate(order, start=1)
    }


def _order_change(keys: Keys, given: Mapping[str, Any]) -> dict[str, Any]:
    items = [name.removeprefix("a-place-") for name in given if name.startswith("a-place-")]
    return {"order": sorted(items, key=lambda item: int(given[f"a-place-{item}"]))}


def _worth_fields(keys: Keys) -> dict[str, forms.Field]:
    words = dict(keys.rows(OptionRole.DECISION))
    found: dict[str, forms.Field] = {}
    for situation in keys.there["situations"].values():
        for key, decision in situation["decisions"].items():
            worth = str(Fraction(str(decision["worth"])))
            more = [] if worth in dict(WORTHS) else [(worth, worth)]
            found[f"a-worth-{key}"] = forms.ChoiceField(
                label=words.get(key, key), choices=[*WORTHS, *more], initial=worth
            )
    return found


def _worth_change(keys: Keys, given: Mapping[str, Any]) -> dict[str, Any]:
    changed: dict[str, dict[str, str]] = {}
    for name, situation in keys.usual["situations"].items():
        for key, decision in situation["decisions"].items():
            said = given[f"a-worth-{key}"]
            if Fraction(said) != Fraction(str(decision["worth"])):
                changed.setdefault(name, {})[key] = said
    return {"worth": changed}


FIELDS: Mapping[str, Callable[[Keys], dict[str, forms.Field]]] = {
    Kind.SINGLE: _choice_fields,
    Kind.MULTIPLE: _choice_fields,
    Kind.TRUE_FALSE: _truth_fields,
    Kind.NUMERIC: _number_fields,
    Kind.SHORT: _short_fields,
    Kind.GAP: _gap_fields,
    Kind.WORDS: _word_fields,
    Kind.MATCHING: _pair_fields,
    Kind.ORDERING: _order_fields,
    Kind.SCENARIO: _worth_fields,
}
CHANGES: Mapping[str, Callable[[Keys, Mapping[str, Any]], dict[str, Any]]] = {
    Kind.SINGLE: _choice_change,
    Kind.MULTIPLE: _choice_change,
    Kind.TRUE_FALSE: lambda keys, given: {"answer": given["a-truth"] == "true"},
    Kind.NUMERIC: _number_change,
    Kind.SHORT: _short_change,
    Kind.GAP: _gap_change,
    Kind.WORDS: _word_change,
    Kind.MATCHING: _pair_change,
    Kind.ORDERING: _order_change,
    Kind.SCENARIO: _worth_change,
}
