"""Dates, numbers and lists as each language writes them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal

from translation import dates

# Babel's plain "en" writes dates the American way.
_LOCALES = {"en": "en_GB"}


def day(value: datetime.date, language: str, *, short: bool = False) -> str:
    """A date as the language writes it: 2 September 2026, or 2 Sept 2026."""
    return dates.day(value, locale(language), "medium" if short else "long")


def hours(value: Decimal, language: str) -> str:
    """A number of hours as the language writes it, in Western digits: 4.5, 4,5."""
    exact = value.normalize()
    decimals = max(0, -int(exact.as_tuple().exponent))
    pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
    return format_decimal(exact, format=pattern, locale=locale(language))


def languages(codes: Sequence[str], language: str) -> str:
    """The names of languages in another: Spanish, Arabic and Bangla."""
    names = locale(language).languages
    return str(format_list([names.get(code, code) for code in codes], locale=locale(language)))


def locale(language: str) -> Locale:
    """Babel's name for one of our languages."""
    return Locale.parse(_LOCALES.get(language, language), sep="-" if "-" in language else "_")
