"""Invented contents for the style guide: every component in each of its states.

A page for those who work on the site, hence in English only.
"""

import datetime
from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator

from portal import formats
from portal.icons import SHAPES


class SampleForm(forms.Form):
    """One field of every kind."""

    court = forms.CharField(label="Court", help_text="As on the official list")
    email = forms.EmailField(label="E-mail address")
    year = forms.IntegerField(
        label="Year of judgment",
        min_value=1900,
        error_messages={"invalid": "Enter the year of the judgment, for example 2024"},
    )
    language = forms.ChoiceField(
        label="Language",
        choices=[("en", "English"), ("ar", "العربية")],
        help_text="You can change this at any time",
    )
    role = forms.ChoiceField(
        label="Professional role",
        choices=[("judge", "Judge"), ("prosecutor", "Prosecutor")],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label="Topics",
        choices=[("law", "National law"), ("cases", "Cases")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    started = forms.DateField(label="Date", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    reasons = forms.CharField(label="Reasons", widget=forms.Textarea, required=False)
    upload = forms.FileField(label="File", required=False)
    agreed = forms.BooleanField(label="I have read the rules of the course")


def context() -> dict[str, object]:
    """Return what the style guide's template names."""
    now = datetime.datetime(2026, 11, 27, 23, 59, tzinfo=datetime.UTC)
    refused = SampleForm({"refused-year": "two thousand", "refused-email": "judge"}, prefix="refused")
    neighbour = SimpleNamespace(url="#", title="2.2")
    return {
        "icons": sorted(SHAPES),
        "form": SampleForm(),
        "refused": refused,
        "page_obj": Paginator(range(480), 25).page(7),
        "neighbour": neighbour,
        "trail": [("Courses", "#"), ("Module 2", "#")],
        "facts": [
            ("Number", formats.number(12345.5)),
            ("Share", formats.percent(0.825)),
            ("Time", formats.duration(95)),
            ("Size", formats.file_size(2_140_000)),
            ("Day", formats.day(now)),
            ("Deadline", formats.deadline(now)),
            ("Left out when empty", ""),
        ],
        "people": ["Amina Rahman", "Lucía Fernández", "عمر حداد"],
        "now": now,
    }
