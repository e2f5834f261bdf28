"""Marked by a person, or not at all: essay, file, description."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.authoring.fields import LinesField
from assessments.authoring.kinds.base import CRITERIA, KindForm
from assessments.authoring.pieces import copied_texts
from assessments.authoring.rows import Part, Rows
from assessments.choices import OptionRole
from assessments.models import Option, QuestionVersion
from assessments.scoring.file import LARGEST, MOST_FILES

_MEGABYTE = 1_000_000
_LONGEST = _("The largest number of words is below the smallest.")
_POINTS = {"a criterion has to be worth points": ("criteria", _("Give every criterion points above 0."))}


class _WithGuide(KindForm):
    """A marking guide; that of the first release stood in the marking."""

    PARTS = (CRITERIA,)

    def values(self, part: Part) -> list[dict[str, Any]]:
        found = super().values(part)
        if part is not CRITERIA or self.version.of_role(OptionRole.CRITERION):
            return found
        return [
            {
                "key": str(old_key(self.version, place)),
                "text": line["text"].get(self.language, ""),
                "fraction": line["points"],
            }
            for place, line in enumerate(self.before.get("rubric", ()))
        ]

    def settle(self, pieces: Sequence[Option]) -> None:
        """Criteria that become rows keep their words in other languages."""
        old = {old_key(self.version, place): line for place, line in enumerate(self.before.get("rubric", ()))}
        for piece in pieces:
            if piece.pk is None and piece.key in old:
                others = {
                    code: text for code, text in old[piece.key]["text"].items() if code != self.language
                }
                copied_texts(piece, others)


def old_key(version: QuestionVersion, place: int) -> uuid.UUID:
    """The key that a criterion of the first release gets as a row."""
    return uuid.uuid5(version.question.key, f"criterion {place}")


class EssayForm(_WithGuide):
    """Essay."""

    SHOWS = ("minimum_words", "maximum_words", "rubric")
    ADVICE = _("Give numbers of words from 0, the smallest first.")
    SENTENCES = {
        "the largest number of words is below the smallest": ("maximum_words", _LONGEST),
        **_POINTS,
    }

    minimum_words = forms.IntegerField(
        label=_("Words, at least"), min_value=0, required=False, help_text=_("Advice; it changes no mark.")
    )
    maximum_words = forms.IntegerField(label=_("Words, at most"), min_value=0, required=False)


class FileForm(_WithGuide):
    """File answer."""

    ANSWERS_FIRST = True
    SHOWS = ("types", "largest", "most", "rubric")
    ADVICE = _("Say which files are taken.")
    SENTENCES = {
        "'types' has to be a list with at least one type of file": ("types", _("Name at least one type.")),
        "a type of file is written like '.pdf', in small letters": (
            "types",
            _("Write types like .pdf or .docx, in small letters."),
        ),
        **_POINTS,
    }

    types = LinesField(
        label=_("Types of file"),
        help_text=_("One a line, for example .pdf or .docx."),
        initial=[".pdf", ".docx"],
    )
    megabytes = forms.IntegerField(
        label=_("Largest size of a file, in MB"), min_value=1, max_value=LARGEST // _MEGABYTE, initial=10
    )
    most = forms.IntegerField(label=_("Files, at most"), min_value=1, max_value=MOST_FILES, initial=1)

    @classmethod
    def initial_of(cls, version: QuestionVersion, language: str) -> dict[str, Any]:
        found = super().initial_of(version, language)
        largest = found.pop("largest", None)
        return found | ({"megabytes": max(1, largest // _MEGABYTE)} if largest else {})

    def stored(self, rows: Mapping[str, Rows]) -> dict[str, Any]:
        # a limit that is no whole number of megabytes stays unless it was changed
        size = self.cleaned_data["megabytes"] * _MEGABYTE
        before = self.before.get("largest")
        if before and max(1, before // _MEGABYTE) == self.cleaned_data["megabytes"]:
            size = before
        return {
            "types": self.cleaned_data["types"],
            "largest": size,
            **({"most": self.cleaned_data["most"]} if self._is_said("most") else {}),
        }


class DescriptionForm(KindForm):
    """A text that asks nothing."""
