"""The words of a certificate in one language: fixed parts from the catalogues, dates by locale.

They are frozen when a certificate is issued, so a better translation later changes no certificate.
"""

from __future__ import annotations

import datetime
import math
from decimal import Decimal

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from django.conf import settings
from django.utils.translation import gettext, ngettext, override

from certificates.pdf import Signatory
from certificates.statements import Printed, Statement, in_language

# Babel's plain "en" writes dates the American way.
_LOCALES = {"en": "en_GB"}


def is_translated(language: str) -> bool:
    """Whether the fixed parts of a certificate exist in a language."""
    source = "This certificate is awarded to"
    with override(language):
        return language == settings.LANGUAGE_CODE or gettext("This certificate is awarded to") != source


def languages_for(statement: Statement) -> tuple[str, ...]:
    """The languages in which the certificate can be drawn whole; never none."""
    ready = tuple(code for code in statement.course_titles if is_translated(code))
    return ready or (settings.LANGUAGE_CODE,)


def printed(statement: Statement, *, language: str, issued_on: datetime.date) -> Printed:
    """Every word on the paper in `language`."""
    with override(language):
        return Printed(
            organisation=in_language(statement.issuer, language),
            title=gettext("Certificate of completion"),
            lead=gettext("This certificate is awarded to"),
            statement=gettext("for completing the course"),
            course=in_language(statement.course_titles, language),
            detail=_detail(statement, language),
            wording=statement.wording.get(language, ""),
            issued_line=_issued(statement, language, issued_on),
            number_label=gettext("Certificate number"),
            verify_label=gettext("Check this certificate at"),
            signatories=tuple(
                Signatory(name=who.name, office=in_language(who.office, language))
                for who in statement.signatories
            ),
        )


def day(value: datetime.date, language: str) -> str:
    """A date in full, as the language writes it: 2 September 2026."""
    return format_date(value, format="long", locale=_locale(language))


def hours(value: Decimal, language: str) -> str:
    """A number of hours as the language writes it, in Western digits: 4.5, 4,5."""
    exact = value.normalize()
    decimals = max(0, -int(exact.as_tuple().exponent))
    pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
    return format_decimal(exact, format=pattern, locale=_locale(language))


def _detail(statement: Statement, language: str) -> str:
    count = math.ceil(statement.hours)
    sentence = ngettext(
        "%(hours)s hour of judicial training, completed on %(date)s",
        "%(hours)s hours of judicial training, completed on %(date)s",
        count,
    )
    date = day(statement.completed_on, language)
    return sentence % {"hours": hours(statement.hours, language), "date": date}


def _issued(statement: Statement, language: str, issued_on: datetime.date) -> str:
    """Where and when it was issued, and until when it is valid."""
    values = {"date": day(issued_on, language), "place": in_language(statement.place, language)}
    until = statement.valid_until
    if until is not None:
        values["until"] = day(until, language)
        if values["place"]:
            return gettext("Issued in %(place)s on %(date)s, valid until %(until)s") % values
        return gettext("Issued on %(date)s, valid until %(until)s") % values
    if values["place"]:
        return gettext("Issued in %(place)s on %(date)s") % values
    return gettext("Issued on %(date)s") % values


def _locale(language: str) -> Locale:
    return Locale.parse(_LOCALES.get(language, language), sep="-" if "-" in language else "_")
