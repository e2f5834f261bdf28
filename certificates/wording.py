"""The words of a certificate in one language: fixed parts from the catalogues, dates by locale.

They are frozen when a certificate is issued, so a better translation later changes no certificate.
"""

from __future__ import annotations

import datetime
import math

from django.conf import settings
from django.utils.translation import gettext, override

from certificates import phrases, tables
from certificates.choices import Kind
from certificates.locales import day, hours
from certificates.pdf import Signatory
from certificates.pdf.document import LOGO, SEAL, SECOND_LOGO, SIGNATURES
from certificates.statements import Printed, PrintedPicture, Statement, in_language


def languages_for(statement: Statement) -> tuple[str, ...]:
    """The languages in which the certificate can be drawn whole; never none."""
    ready = tuple(code for code in statement.course_titles if phrases.is_phrased(code, statement.kind))
    return ready or (settings.LANGUAGE_CODE,)


def printed(statement: Statement, *, language: str, issued_on: datetime.date) -> Printed:
    """Every word on the paper in `language`."""
    with override(language):
        kind = phrases.PHRASES[Kind(statement.kind)]
        return Printed(
            organisation=in_language(statement.issuer, language),
            title=str(kind.title),
            lead=str(kind.lead),
            statement=str(kind.statement),
            course=in_language(statement.course_titles, language),
            grade=phrases.grade(statement.grade_band),
            detail=_detail(statement, language),
            wording=statement.wording.get(language, ""),
            issued_line=_issued(statement, language, issued_on),
            accreditation=in_language(statement.accreditation, language),
            number_label=gettext("Certificate number"),
            verify_label=gettext("Check this certificate at"),
            signatories=tuple(
                Signatory(name=who.name, office=in_language(who.office, language))
                for who in statement.signatories
            ),
            pictures=_pictures(statement, language),
            table=tables.table(statement, language) if statement.kind == Kind.TRANSCRIPT else None,
        )


def _detail(statement: Statement, language: str) -> str:
    if statement.kind == Kind.TRANSCRIPT:
        return tables.counted(statement)
    sentence = phrases.taken(statement.kind, math.ceil(statement.hours))
    date = day(statement.completed_on, language)
    return sentence % {"hours": hours(statement.hours, language), "date": date}


def _pictures(statement: Statement, language: str) -> tuple[PrintedPicture, ...]:
    """The pictures in reading order, with the words that stand for each."""
    look, issuer = statement.look, {"organisation": in_language(statement.issuer, language)}
    found = [
        (LOGO, look.logo, gettext("Logo of %(organisation)s") % issuer),
        (SECOND_LOGO, look.second_logo, gettext("Logo of the partner institution")),
        (SEAL, look.seal, gettext("Seal of %(organisation)s") % issuer),
    ]
    for slot, who in zip(SIGNATURES, statement.signatories, strict=False):
        found.append((slot, who.signature, gettext("Signature of %(name)s") % {"name": who.name}))
    return tuple(PrintedPicture(slot=slot, sha256=digest, alt=alt) for slot, digest, alt in found if digest)


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
