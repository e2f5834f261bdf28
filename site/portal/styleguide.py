"""Invented contents for the style guide: every component in each of its states."""

import datetime
from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from portal.icons import SHAPES


class SampleForm(forms.Form):
    """One field of every kind."""

    court = forms.CharField(label=_("Court"), help_text=_("As on the official list"))
    email = forms.EmailField(label=_("E-mail address"))
    year = forms.IntegerField(
        label=_("Year of judgment"),
        min_value=1900,
        error_messages={"invalid": _("Enter the year of the judgment, for example 2024")},
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("en", "English"), ("ar", "العربية")],
        help_text=_("You can change this at any time"),
    )
    role = forms.ChoiceField(
        label=_("Professional role"),
        choices=[("judge", _("Judge")), ("prosecutor", _("Prosecutor"))],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        choices=[("law", _("National law")), ("cases", _("Cases"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    started = forms.DateField(label=_("Date"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    reasons = forms.CharField(label=_("Reasons"), widget=forms.Textarea, required=False)
    upload = forms.FileField(label=_("File"), required=False)
    agreed = forms.BooleanField(label=_("I have read the rules of the course"))


def context() -> dict[str, object]:
    """Return what the style guide's template names."""
    refused = SampleForm({"year": "two thousand", "email": "judge"}, prefix="refused")
    neighbour = SimpleNamespace(url="#", title="2.2")
    return {
        "icons": sorted(SHAPES),
        "form": SampleForm(),
        "refused": refused,
        "page_obj": Paginator(range(480), 25).page(7),
        "neighbour": neighbour,
        "trail": [(_("Courses"), "#"), (_("Module 2"), "#")],
        "facts": [(_("Time"), 95), (_("Empty"), "")],
        "now": datetime.datetime(2026, 11, 27, 23, 59, tzinfo=datetime.UTC),
    }
