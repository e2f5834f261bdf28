"""A scenario on the bench: situations, the decisions in each, and where they lead."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.authoring.fields import ShareField, lines_of
from assessments.authoring.kinds.base import HINTS, KindForm
from assessments.authoring.rows import Part, RowForm, Rows
from assessments.choices import OptionRole
from assessments.scoring.scenario import MOST_TIMES

_WORTHS = [("1", _("Right: the whole mark")), ("1/2", _("Partly right: half")), ("0", _("Wrong: nothing"))]


class SituationRow(RowForm):
    """What the judge faces."""

    FOLDED = ("weight",)

    text = forms.CharField(label=_("What happens"), required=False, widget=lines_of(3))
    weight = ShareField(
        label=_("Counts as much as"), help_text=_("2 counts twice as much as another situation.")
    )


class DecisionRow(RowForm):
    """What the judge can do in it, and what comes of it."""

    FOLDED = ("times",)

    text = forms.CharField(label=_("Decision"), required=False, widget=lines_of(2))
    worth = forms.ChoiceField(label=_("It is"), initial="0")
    feedback = forms.CharField(label=_("Its consequence"), required=False, widget=lines_of(2))
    next = forms.ChoiceField(label=_("It leads to"), required=False)
    times = forms.IntegerField(
        label=_("Can be taken so many times, at most"),
        min_value=0,
        max_value=MOST_TIMES,
        required=False,
        help_text=_("Needed where a decision leads back. Empty: as often as one comes by."),
    )

    def __init__(self, *args: Any, situations: Sequence[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["next"].choices = [("", _("the end")), *situations]  # type: ignore[attr-defined]
        worth = str(self["worth"].value() or "0")
        known = worth in dict(_WORTHS)
        # a worth from a file that is none of the three stays as it is
        self.fields["worth"].choices = _WORTHS if known else [*_WORTHS, (worth, worth)]  # type: ignore[attr-defined]

    def clean_worth(self) -> Fraction:
        """The worth as a share; one that is no share is refused as a worth of nothing would be."""
        return ShareField().clean(self.cleaned_data["worth"]) or Fraction(0)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        found["correct"] = found.get("worth") == 1
        found["fraction"] = None if found.get("worth") in (0, 1) else found.get("worth")
        return found


class ScenarioForm(KindForm):
    """Scenario on the bench."""

    PARTS = (
        Part(
            "situations",
            OptionRole.SITUATION,
            SituationRow,
            legend=_("Situations"),
            one=_("Situation"),
            add=_("Add a situation"),
            hint=_("The first is where it begins. One without decisions tells how it ended."),
            start=1,
        ),
        Part(
            "decisions",
            OptionRole.DECISION,
            DecisionRow,
            legend=_("Decisions"),
            one=_("Decision"),
            add=_("Add a decision"),
            under="situations",
        ),
        HINTS,
    )
    SHOWS = ("scenario",)
    ADVICE = _(
        "Every situation has to be reached, every way has to end, and one way has to be right throughout."
    )
    SENTENCES = {
        "a scenario starts in one of its situations, with a decision": (
            "situations",
            _("The first situation needs a decision."),
        ),
        "'situations' has to be a mapping with at least one entry": (
            "situations",
            _("Write at least one situation with a decision."),
        ),
        "some way from the start to an end has to be right throughout": (
            "situations",
            _("From the beginning to an end, one way has to be right throughout."),
        ),
        "in every situation some decision has to remain open": (
            "situations",
            _("In every situation one decision has to be open without a limit of times."),
        ),
        "a decision belongs to a situation of its question": (
            "situations",
            _("A decision stands under a situation that has no words. Write the situation."),
        ),
        "a situation cannot weigh less than nothing": (
            "situations",
            _("A situation cannot count less than 0."),
        ),
        "a decision is worth from 0 to 1": ("situations", _("A decision is worth from 0 to 1.")),
        "no way leads to the situations *": (
            "situations",
            _("No way leads to one of the situations. Let a decision lead to it."),
        ),
        "a way goes round without a bound: *": (
            "situations",
            _("A way leads round without end. Limit how often a decision that leads back can be taken."),
        ),
        "a decision leads to an unknown situation *": (
            "situations",
            _("A decision leads to a situation that has no words. Write it, or let it lead elsewhere."),
        ),
    }

    def values(self, part: Part) -> list[dict[str, Any]]:
        found = super().values(part)
        graph = self.before.get("scenario", {})
        for row in found:
            if part.name == "situations":
                row |= graph.get("situations", {}).get(row["key"], {})
            elif part.name == "decisions":
                worth = row["fraction"] if row["fraction"] is not None else int(row["correct"])
                row |= {"worth": str(worth), **graph.get("decisions", {}).get(row["key"], {})}
        # the first row is where it starts
        return sorted(found, key=lambda row: row["key"] != graph.get("start"))

    def row_options(self, part: Part, rows: Mapping[str, Sequence[dict[str, Any]]]) -> dict[str, Any]:
        if part.name != "decisions":
            return {}
        return {
            "situations": [
                (str(row["key"]), gettext("situation %(number)s") % {"number": place})
                for place, row in enumerate(rows["situations"], start=1)
                if row.get("key")
            ]
        }

    def stored(self, rows: Mapping[str, Rows]) -> dict[str, Any]:
        weights = {
            form.identity: {"weight": str(form.cleaned_data["weight"])}
            for form in rows["situations"].written
            if form.cleaned_data["weight"] not in (None, 1)
        }
        leads = {form.identity: _leads(form.cleaned_data) for form in rows["decisions"].written}
        graph = {"situations": weights, "decisions": {key: lead for key, lead in leads.items() if lead}}
        # it starts in its first situation
        return {"scenario": {name: entries for name, entries in graph.items() if entries}}


def _leads(given: Mapping[str, Any]) -> dict[str, Any]:
    return ({"next": given["next"]} if given["next"] else {}) | (
        {"times": given["times"]} if given["times"] else {}
    )
