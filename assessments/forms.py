"""The form with which a person marks an answer."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from babel.numbers import format_decimal
from django import forms
from django.utils.html import strip_tags
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from assessments import annotating
from assessments.guides import Criterion
from translation.reading import Reading, base_language

ROWS = 2  # empty remarks on a fresh page
MOST = 30


class MarkForm(forms.Form):
    """Points by criterion, or for the whole answer when there is no guide; remarks and a comment.

    ``text`` is the answer on which remarks are made; without one there are none. ``explains`` asks
    for the reason of a correction, which the learner reads.
    """

    comment = forms.CharField(
        label=_("Comment for the learner"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text=_("Shown with the result. Say what earned the points and what was missing."),
    )
    rows = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=MOST)

    def __init__(
        self,
        *args: Any,
        criteria: Sequence[Criterion],
        weight: Fraction,
        text: str = "",
        explains: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria or (Criterion(Reading(gettext("Points"), ""), weight),)
        self.text = text
        self.annotations: list[dict[str, Any]] = []
        comment, rows = self.fields.pop("comment"), self.fields.pop("rows")
        for index, criterion in enumerate(self.criteria):
            self.fields[f"points_{index}"] = _points(criterion)
        for index in range(1, self._rows() + 1 if text else 1):
            self.fields[f"quote_{index}"], self.fields[f"remark_{index}"] = _remark(index)
        self.fields["comment"], self.fields["rows"] = comment, rows
        if explains:
            # a page that did not ask for it, sent twice, says the same twice and needs none
            self.fields["reason"] = _reason(required="reason" in self.data or not self.is_bound)

    def clean(self) -> dict[str, Any]:
        """Find the words to which each remark belongs."""
        found = super().clean() or self.cleaned_data
        for index in range(1, self._rows() + 1 if self.text else 1):
            quote = str(found.get(f"quote_{index}") or "").strip()
            remark = str(found.get(f"remark_{index}") or "").strip()
            if quote and not remark:
                self.add_error(f"remark_{index}", _("Write what you remark on these words."))
            elif remark:
                self._place(index, quote, remark)
        return found

    @property
    def total(self) -> Fraction:
        """All points that can be given."""
        return sum((one.points for one in self.criteria), Fraction(0))

    @property
    def points(self) -> tuple[str, ...]:
        """The points given, by criterion."""
        names = (f"points_{index}" for index in range(len(self.criteria)))
        return tuple(str(Fraction(self.cleaned_data[name])) for name in names)

    @property
    def fraction(self) -> Fraction:
        """The share of all points, 0..1."""
        return sum((Fraction(point) for point in self.points), Fraction(0)) / self.total

    def ask_for_reason(self) -> None:
        """Say that the reason is missing."""
        self.fields["reason"] = _reason(required=True)
        self.add_error("reason", self.fields["reason"].error_messages["required"])

    def _place(self, index: int, quote: str, remark: str) -> None:
        try:
            start, end = annotating.locate(self.text, quote)
        except annotating.NotQuoted:
            words = _("These words do not stand in the answer. Copy them as they are written.")
            self.add_error(f"quote_{index}", words)
        except annotating.QuotedTwice:
            words = _("These words stand in the answer more than once. Copy a few more.")
            self.add_error(f"quote_{index}", words)
        else:
            self.annotations.append({"start": start, "end": end, "text": remark})

    def _rows(self) -> int:
        sent = str(self.data.get("rows", "")) if self.is_bound else str(self.initial.get("rows", ""))
        return min(int(sent), MOST) if sent.isdecimal() else ROWS


def _points(criterion: Criterion) -> forms.DecimalField:
    most = criterion.points
    highest = Decimal(most.numerator) / Decimal(most.denominator)
    shown = format_decimal(highest, locale=base_language(get_language()))
    return forms.DecimalField(
        label=strip_tags(str(criterion.words)),
        min_value=Decimal(0),
        max_value=highest,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 6, "autocomplete": "off"}),
        help_text=_("From 0 to %(most)s.") % {"most": shown},
    )


def _reason(*, required: bool) -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        required=required,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("The learner knows the result already and reads it in a letter."),
    )


def _remark(index: int) -> tuple[forms.CharField, forms.CharField]:
    quote = forms.CharField(
        label=gettext("Remark %(number)s: words of the answer") % {"number": index},
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        help_text=_("Copied from the answer, enough of them to be found once."),
    )
    remark = forms.CharField(
        label=gettext("Remark %(number)s") % {"number": index},
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    return quote, remark
