"""Dates as a language writes them, where Babel's own pattern is not what its readers write."""

import datetime
from typing import Literal

from babel import Locale
from babel.dates import format_date


def day(value: datetime.date, locale: Locale, width: Literal["long", "medium"] = "long") -> str:
    """Return the date in full (or, "medium", with the month abbreviated).

    French alone counts the first of a month: 1er novembre, as the typographic rules of the
    Imprimerie nationale have it; CLDR has no pattern for it.
    """
    text = format_date(value, format=width, locale=locale)
    return f"1er{text[1:]}" if locale.language == "fr" and value.day == 1 else text
