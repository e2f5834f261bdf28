"""The form with which a person marks an essay."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from translation.reading import Reading


class MarkForm(forms.Form):
    """Points by criterion, or for the whole answer when there is no rubric, and a comment."""

    comment = forms.CharField(
        label=_("Comment for the learner"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Shown with the result. Say what earned the points and what was missing."),
    )

    def __init__(
        self, *args: Any, rubric: tuple[tuple[Reading, str], ...], weight: Fraction, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        whole = ((_("Points"), str(weight)),)
        self.highest = [Fraction(points) for _words, points in rubric or whole]
        comment = self.fields.pop("comment")
        for index, (words, _points) in enumerate(rubric or whole):
            most = self.highest[index]
            self.fields[f"points_{index}"] = forms.DecimalField(
                label=str(words),
                min_value=Decimal(0),
                max_value=Decimal(most.numerator) / Decimal(most.denominator),
                decimal_places=2,
                localize=True,
                help_text=_("From 0 to %(most)s.") % {"most": most},
            )
        self.fields["comment"] = comment

    @property
    def points(self) -> tuple[str, ...]:
        """The points given, by criterion."""
        return tuple(
            str(Fraction(self.cleaned_data[f"points_{index}"])) for index in range(len(self.highest))
        )

    @property
    def fraction(self) -> Fraction:
        """The share of all points, 0..1."""
        total = sum(self.highest, Fraction(0))
        return sum((Fraction(point) for point in self.points), Fraction(0)) / total
