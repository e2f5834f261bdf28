"""The form in which trainers write a question: plain fields instead of the stored marking."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from assessments.bank import name_answers
from assessments.choices import Difficulty, Kind, QuestionStatus
from assessments.keys import spec_of
from assessments.models import Category
from assessments.policies import categories_for
from assessments.scoring import SpecError, read_key

ADVICE = {
    Kind.SINGLE: _("Mark exactly one option as correct."),
    Kind.MULTIPLE: _(
        "Mark at least one option as correct. Where you give fractions yourself, those of the"
        " right options add up to 1 and those of the wrong ones are below 0."
    ),
    Kind.TRUE_FALSE: _("Say whether the statement is true or false."),
    Kind.MATCHING: _("Give every line a prompt and the answer that belongs to it."),
    Kind.ORDERING: _("Give at least two items, in the right order."),
    Kind.NUMERIC: _("Give the value as a number, and a tolerance that is not below zero."),
    Kind.SHORT: _("Give at least one accepted answer."),
    Kind.GAP: _("Write {{1}}, {{2}} … in the text and accepted answers for each of these gaps."),
    Kind.ESSAY: _("Give numbers of words from 0, the smallest first."),
}
RULES = [
    ("", _("Usual for the kind")),
    ("partial", _("Several answers: part marks")),
    ("all_or_nothing", _("Several answers: all or nothing")),
    ("exact", _("Order: all or nothing")),
    ("adjacent", _("Order: neighbours that follow each other")),
    ("longest_run", _("Order: longest right stretch")),
]
_RULES_OF = {
    Kind.MULTIPLE: ("partial", "all_or_nothing"),
    Kind.ORDERING: ("exact", "adjacent", "longest_run"),
}
_GAP_LINE = re.compile(r"\s*(\w+)\s*[:=]\s*(.+)")
_RUBRIC_LINE = re.compile(r"\s*(\d+(?:[.,]\d+)?)\s*[:|]\s*(.+)")


class SourceLanguageForm(WagtailAdminModelForm):
    """A form that reads and writes the language in which the record was written.

    Without it the fields would hold the language of the trainer's own screen.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        data = kwargs.get("data") or (args[0] if args else None) or {}
        if instance is not None and instance.pk:
            self.source_language = instance.source_language
        else:
            written = data.get("source_language")
            known = written in dict(settings.LANGUAGES)
            self.source_language = written if known else settings.LANGUAGE_CODE
        with self._in_source():
            super().__init__(*args, **kwargs)
            # built now, because later the language is the screen's again
            for formset in self.formsets.values():
                list(formset.forms)
        if instance is not None and instance.pk:
            self.fields.pop("source_language", None)

    @contextmanager
    def _in_source(self) -> Iterator[None]:
        # only the language in which modeltranslation reads and writes; messages stay lazy
        with translation.override(self.source_language):
            yield

    def is_valid(self) -> bool:
        with self._in_source():
            return super().is_valid()

    def save(self, commit: bool = True) -> Any:
        with self._in_source():
            return super().save(commit)


class CategoryForm(SourceLanguageForm):
    """A category; in a course that has one already it is edited by the same group."""

    def clean_course_code(self) -> str:
        """Refuse the course of others."""
        code: str = self.cleaned_data["course_code"]
        taken = Category.objects.filter(course_code=code).exclude(pk=self.instance.pk) if code else None
        own = categories_for(self.for_user, to_edit=True)
        if taken is not None and taken.exclude(pk__in=own).exists():
            raise forms.ValidationError(_("The questions of this course are edited by its own trainers."))
        editors = taken.exclude(editors=None).first() if taken is not None else None
        if editors is not None:
            self.instance.editors = editors.editors
        return code


class QuestionForm(SourceLanguageForm):
    """A version of a question, what is said about the question, and how it is marked."""

    category = forms.ModelChoiceField(Category.objects.all(), label=_("Category"))
    status = forms.ChoiceField(
        label=_("Status"),
        choices=QuestionStatus.choices,
        initial=QuestionStatus.DRAFT,
        help_text=_("Only a question that is ready is drawn for a quiz."),
    )
    difficulty = forms.ChoiceField(
        label=_("Difficulty"), choices=[("", "–"), *Difficulty.choices], required=False
    )
    objective = forms.CharField(
        label=_("Learning outcome"),
        max_length=80,
        required=False,
        help_text=_("The code of the outcome that this question tests, for example A1.2."),
    )
    rule = forms.ChoiceField(
        label=_("Rule"),
        choices=RULES,
        required=False,
        help_text=_("How a partly right answer counts. Usual: part marks; for an order, all."),
    )
    truth = forms.ChoiceField(
        label=_("The statement is"),
        choices=[("", "–"), ("true", _("true")), ("false", _("false"))],
        required=False,
    )
    value = forms.CharField(label=_("Value"), max_length=40, required=False)
    tolerance = forms.CharField(
        label=_("Tolerance"),
        max_length=40,
        required=False,
        help_text=_("How far off an answer may be, in the same unit. Empty: not at all."),
    )
    unit = forms.CharField(
        label=_("Unit"),
        max_length=40,
        required=False,
        help_text=_("Shown beside the field. Learners may write it or leave it out."),
    )
    accepted = forms.CharField(
        label=_("Accepted answers"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "One a line, in the language of the question; * stands for any text. Capitals,"
            " accents and the digits of other scripts make no difference."
        ),
    )
    gaps = forms.CharField(
        label=_("Answers for the gaps"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One gap a line: its number, a colon, accepted answers with semicolons."),
    )
    minimum_words = forms.IntegerField(label=_("Words, at least"), min_value=0, required=False)
    maximum_words = forms.IntegerField(label=_("Words, at most"), min_value=0, required=False)
    rubric = forms.CharField(
        label=_("Marking guide"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One criterion a line: points, a colon, what earns them."),
    )

    ABOUT = ("category", "status", "difficulty", "objective")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = categories_for(self.for_user, to_edit=True)
        version = self.instance
        if version.pk:
            for name in self.ABOUT:
                self.initial[name] = getattr(version.question, name)
            self.initial |= shown_marking(version.marking or {}, self.source_language)

    @property
    def about(self) -> dict[str, Any]:
        """What the form says about the question as a whole."""
        return {name: self.cleaned_data[name] for name in self.ABOUT}

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        before = dict(self.instance.marking or {}) if self.instance.pk else {}
        kind = Kind(self.cleaned_data["kind"])
        self.instance.marking = stored_marking(kind, self.cleaned_data, before, self.source_language)
        # fills the instance and its options in memory, so that they can be tried as a whole
        version = self.save(commit=False)
        for option in version.options.all():
            option.source_language = self.source_language
        if not _can_be_marked(version):
            self.add_error(None, ADVICE[kind])
            return False
        return True


def _can_be_marked(version: Any) -> bool:
    name_answers(version.options.all())
    unmatched = any(option.match_key is None for option in version.options.all())
    if version.kind == Kind.MATCHING and unmatched:
        return False
    if version.kind == Kind.GAP:
        passage = getattr(version, f"passage_{version.source_language}") or ""
        if not all(f"{{{{{name}}}}}" in passage for name in version.marking.get("gaps", {})):
            return False
    try:
        read_key(version.kind, spec_of(version))
    except SpecError:
        return False
    return True


def shown_marking(marking: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The form's fields for a stored marking, in the language of the question."""
    accepted = marking.get("accepted", {}).get(language, [])
    gaps = {
        name: (gap.get("accepted") or {}).get(language, []) for name, gap in marking.get("gaps", {}).items()
    }
    return {
        "rule": marking.get("rule", ""),
        "truth": str(marking["answer"]).lower() if "answer" in marking else "",
        "value": marking.get("value", ""),
        "tolerance": marking.get("tolerance", ""),
        "unit": (marking.get("unit") or {}).get("label", {}).get(language, ""),
        "accepted": "\n".join(_form_text(form) for form in accepted),
        "gaps": "\n".join(
            f"{name}: {'; '.join(_form_text(form) for form in forms)}" for name, forms in gaps.items()
        ),
        "minimum_words": marking.get("minimum_words"),
        "maximum_words": marking.get("maximum_words"),
        "rubric": "\n".join(
            f"{line['points']}: {line['text'].get(language, '')}" for line in marking.get("rubric", ())
        ),
    }


def stored_marking(
    kind: Kind, fields: Mapping[str, Any], before: Mapping[str, Any], language: str
) -> dict[str, Any]:
    """The marking to be stored; what stands in other languages is kept."""
    match kind:
        case Kind.MULTIPLE | Kind.ORDERING:
            return {"rule": fields["rule"]} if fields["rule"] in _RULES_OF[kind] else {}
        case Kind.TRUE_FALSE:
            return {"answer": fields["truth"] == "true"} if fields["truth"] else {}
        case Kind.NUMERIC:
            return _numeric(fields, before, language)
        case Kind.SHORT:
            forms = _kept_forms(_lines(fields["accepted"]), before.get("accepted", {}), language)
            kept = {name: before[name] for name in ("case", "accents") if name in before}
            return {"accepted": forms, **kept}
        case Kind.GAP:
            return {"gaps": _gaps(fields["gaps"], before.get("gaps", {}), language)}
        case Kind.ESSAY:
            return _essay(fields, before, language)
    return {}


def _numeric(fields: Mapping[str, Any], before: Mapping[str, Any], language: str) -> dict[str, Any]:
    marking = {name: value for name, value in before.items() if name == "tolerance_kind"}
    marking |= {
        name: fields[name].replace(" ", "").replace(",", ".")
        for name in ("value", "tolerance")
        if fields[name]
    }
    unit = dict(before.get("unit") or {})
    label = {**unit.get("label", {}), language: fields["unit"]}
    label = {code: text for code, text in label.items() if text}
    if label:
        marking["unit"] = {**unit, "label": label}
    return marking


def _essay(fields: Mapping[str, Any], before: Mapping[str, Any], language: str) -> dict[str, Any]:
    marking: dict[str, Any] = {
        name: fields[name] for name in ("minimum_words", "maximum_words") if fields[name]
    }
    earlier = list(before.get("rubric", ()))
    rubric = []
    for index, line in enumerate(_lines(fields["rubric"])):
        found = _RUBRIC_LINE.fullmatch(line)
        points, words = found.groups() if found else ("1", line)
        # the same place in the guide keeps its words in other languages
        texts = earlier[index]["text"] if index < len(earlier) else {}
        rubric.append({"text": {**texts, language: words}, "points": points.replace(",", ".")})
    return marking | ({"rubric": rubric} if rubric else {})


def _gaps(text: str, before: Mapping[str, Any], language: str) -> dict[str, Any]:
    gaps = {}
    for line in _lines(text):
        found = _GAP_LINE.fullmatch(line)
        if found:
            name, answers = found.groups()
            forms = [form.strip() for form in answers.split(";") if form.strip()]
            earlier = before.get(name, {})
            gaps[name] = {
                **earlier,
                "accepted": _kept_forms(forms, earlier.get("accepted", {}), language),
            }
    return gaps


def _kept_forms(forms: list[str], before: Mapping[str, Any], language: str) -> dict[str, list[Any]]:
    """The accepted forms by language; one that is worth less keeps its fraction."""
    known = {_form_text(form): form for form in before.get(language, [])}
    accepted = {**before, language: [known.get(form, form) for form in forms]}
    return {code: given for code, given in accepted.items() if given}


def _form_text(form: Any) -> str:
    return form["text"] if isinstance(form, Mapping) else form


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
