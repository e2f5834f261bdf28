"""Numbers, dates, lengths of time and sizes of files as each language writes them.

The digits are Western in every language, so that a number in running text, a paragraph number, a
form field and a certificate number always look alike. Hours run from 0 to 24: a deadline must not
depend on two letters.
"""

import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache

from babel import Locale
from babel.dates import format_date, format_time, get_timezone_location
from babel.numbers import format_decimal, format_percent
from django.utils import timezone
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from portal import languages
from translation import dates

# Babel's plain "en" writes dates the American way.
_LOCALES = {"en": "en_GB"}

LTR_MARK = "\u200e"

Number = int | float | Decimal | Fraction


@cache
def _locale_named(code: str) -> Locale:
    return Locale.parse(_LOCALES.get(code, code), sep="-" if "-" in code else "_")


def _locale() -> Locale:
    return _locale_named(languages.current())


def _decimal(value: Number) -> Decimal:
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(str(value))


def number(value: Number, places: int | None = None) -> str:
    """Return a number in the reader's notation, at most `places` decimals (all when None)."""
    exact = _decimal(value)
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    exact = exact.normalize()
    decimals = max(0, -int(exact.as_tuple().exponent))
    pattern = "#,##0." + "0" * min(decimals, 6) if decimals else "#,##0"
    return _with_its_minus(format_decimal(exact, format=pattern, locale=_locale()))


def percent(fraction: Number) -> str:
    """Return a fraction (0..1) as a whole percentage, half rounded up: 0.825 is 83%."""
    whole = (_decimal(fraction) * 100).quantize(Decimal(1), ROUND_HALF_UP)
    return _with_its_minus(format_percent(whole / 100, locale=_locale()))


def _with_its_minus(text: str) -> str:
    """Keep a minus at the left of its number where words go from right to left."""
    return f"{LTR_MARK}{text}" if text.startswith("-") and get_language_bidi() else text


def _local(value: datetime.date) -> datetime.date:
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def day(value: datetime.date) -> str:
    """Return the date in full: 27 November 2026."""
    return dates.day(_local(value), _locale())


def short_day(value: datetime.date) -> str:
    """Return day, abbreviated month and year, for tables: 27 Nov 2026."""
    return dates.day(_local(value), _locale(), "medium")


def month(value: datetime.date) -> str:
    """Return the abbreviated month alone: Nov."""
    return format_date(_local(value), format="LLL", locale=_locale())


def clock(value: datetime.datetime | datetime.time) -> str:
    """Return the time of day in the reader's time zone: 14:32."""
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return format_time(value, format="HH:mm", locale=_locale())


def moment(value: datetime.datetime) -> str:
    """Return date and time in the reader's time zone: 27 November 2026, 23:59."""
    return _("%(day)s, %(time)s") % {"day": day(value), "time": clock(value)}


def deadline(value: datetime.datetime) -> str:
    """Return date, time and whose time it is: 27 November 2026, 23:59 (Dhaka time)."""
    zone = timezone.get_current_timezone_name()
    if zone == "UTC":
        return _("%(moment)s (UTC)") % {"moment": moment(value)}
    return _("%(moment)s (%(city)s time)") % {"moment": moment(value), "city": time_zone(zone)}


def time_zone(name: str) -> str:
    """Return a time zone by the city that names it, in the reader's language: Ciudad de México."""
    return name if name == "UTC" else get_timezone_location(name, locale=_locale(), return_city=True)


def duration(minutes: int) -> str:
    """Return a length of time given in minutes: 15 minutes, 1 hour 35 minutes, 12 hours."""
    hours, rest = divmod(int(minutes), 60)
    hours_text = ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": number(hours)}
    rest_text = ngettext("%(n)s minute", "%(n)s minutes", rest) % {"n": number(rest)}
    if not hours:
        return rest_text
    if not rest:
        return hours_text
    return _("%(hours)s %(minutes)s") % {"hours": hours_text, "minutes": rest_text}


def file_size(size: int) -> str:
    """Return a size given in bytes, in the unit a reader would choose: 84 KB, 2.1 MB."""
    if size < 1000:
        return ngettext("%(n)s byte", "%(n)s bytes", size) % {"n": number(size)}
    if size < 999_500:
        return _("%(n)s KB") % {"n": number(Decimal(size) / 1000, 0)}
    if size < 999_950_000:
        return _("%(n)s MB") % {"n": number(Decimal(size) / 1_000_000, 1)}
    return _("%(n)s GB") % {"n": number(Decimal(size) / 1_000_000_000, 1)}
