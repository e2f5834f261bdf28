"""What a certificate is awarded for, in the words of Open Badges 3.0: the same for all who earned it."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, override, to_locale

from certificates import seal
from certificates.choices import GradeBand, Kind
from certificates.locales import hours
from certificates.models import Certificate
from certificates.statements import Printed, PrintedTable, Statement

# of the vocabulary of Open Badges; what it has no word for begins with ext:
TYPES = {
    Kind.ATTENDANCE: "ext:CertificateOfAttendance",
    Kind.COMPLETION: "CertificateOfCompletion",
    Kind.ACHIEVEMENT: "Certificate",
    Kind.TUTORED: "CertificateOfCompletion",
    Kind.DISTINCTION: "CertificateOfCompletion",
    Kind.TRANSCRIPT: "ext:Transcript",
}


def achievement(certificate: Certificate, stated: Statement, words: Printed, language: str) -> dict[str, Any]:
    """What was achieved, in one language, with the names of the same in the others."""
    kind, own_id = Kind(certificate.kind), _id(certificate, language)
    others = [code for code in certificate.languages if code != language]
    found: dict[str, Any] = {
        "id": own_id,
        "type": ["Achievement"],
        "achievementType": TYPES[kind],
        "name": words.course or words.title,
        "inLanguage": tag(language),
        "creditsAvailable": number(stated.hours),
    }
    with override(language):
        found["description"] = _description(stated, words, language)
        found["criteria"] = {"narrative": _criteria(kind, stated, words)}
        if stated.grade_band:
            found["resultDescription"] = [_grades(own_id)]
    if kind != Kind.TRANSCRIPT:
        found |= {"humanCode": certificate.course_code, "version": str(stated.syllabus_version)}
    if others:
        found["related"] = [
            {"id": _id(certificate, code), "type": ["Related"], "inLanguage": tag(code)} for code in others
        ]
    return found


def tag(language: str) -> str:
    """A language as the web writes it: es, sr-Latn, pt-BR."""
    return to_locale(language).replace("_", "-")


def number(value: Decimal) -> int | float:
    """A number as JSON has it, whole where it is."""
    return int(value) if value == value.to_integral_value() else float(value)


def _id(certificate: Certificate, language: str) -> str:
    """One for each version of a course, kind and language; a transcript is like no other."""
    if certificate.kind == Kind.TRANSCRIPT:
        return uuid.uuid5(certificate.key, language).urn
    version = certificate.stated.syllabus_version
    parts = (seal.site(), "achievements", certificate.course_code, str(version), certificate.kind, language)
    return uuid.uuid5(uuid.NAMESPACE_URL, "/".join(parts)).urn


def _description(stated: Statement, words: Printed, language: str) -> str:
    sentence = gettext("Judicial training by %(organisation)s. Hours: %(hours)s.") % {
        "organisation": words.organisation,
        "hours": hours(stated.hours, language),
    }
    return " ".join(text for text in (sentence, words.wording, words.accreditation) if text)


def _criteria(kind: Kind, stated: Statement, words: Printed) -> str:
    """What had to be done; the lines of a transcript, as Markdown."""
    sentences = {
        Kind.ATTENDANCE: gettext("Attending the training (version %(version)s of its syllabus)."),
        Kind.COMPLETION: gettext("Completing all that version %(version)s of the syllabus requires."),
        Kind.ACHIEVEMENT: gettext("Passing all tests that version %(version)s of the syllabus requires."),
        Kind.TUTORED: gettext(
            "Completing, with a tutor, all that version %(version)s of the syllabus requires."
        ),
        Kind.DISTINCTION: gettext(
            "Completing with distinction all that version %(version)s of the syllabus requires."
        ),
        Kind.TRANSCRIPT: gettext("Completing the training that is listed here."),
    }
    sentence = sentences[kind] % {"version": stated.syllabus_version}
    return f"{sentence}\n\n{_lines(words.table)}" if words.table else sentence


def _lines(table: PrintedTable) -> str:
    _course, dates, hours_, language, certificate, state = table.headings
    return "\n".join(
        f"- {line.course} ({line.code}). {dates}: {line.dates}. {hours_}: {line.hours}."
        f" {language}: {line.language}. {certificate}: {line.kind}, {line.number}. {state}: {line.state}."
        for line in table.lines
    )


def _grades(achievement_id: str) -> dict[str, Any]:
    return {
        "id": f"{achievement_id}#grade",
        "type": ["ResultDescription"],
        "name": gettext("Grade"),
        "resultType": "Result",
        "allowedValue": [band.value for band in GradeBand],
    }
