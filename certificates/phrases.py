"""The fixed phrases of each kind of certificate, as the catalogues translate them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, gettext_lazy, ngettext, override

from certificates.choices import GradeBand, Kind


@dataclass(frozen=True, slots=True)
class Phrases:
    """The heading of a kind, the words over the name, and those between name and course."""

    title: Any
    lead: Any
    statement: Any


_AWARDED = gettext_lazy("This certificate is awarded to")
PHRASES = {
    Kind.ATTENDANCE: Phrases(
        gettext_lazy("Certificate of attendance"), _AWARDED, gettext_lazy("for attending the course")
    ),
    Kind.COMPLETION: Phrases(
        gettext_lazy("Certificate of completion"), _AWARDED, gettext_lazy("for completing the course")
    ),
    Kind.ACHIEVEMENT: Phrases(
        gettext_lazy("Certificate of achievement"),
        _AWARDED,
        gettext_lazy("for completing and passing the final test of the course"),
    ),
    Kind.TUTORED: Phrases(
        gettext_lazy("Certificate of tutored training"),
        _AWARDED,
        gettext_lazy("for completing, guided by a tutor, the course"),
    ),
    Kind.DISTINCTION: Phrases(
        gettext_lazy("Certificate with distinction"),
        _AWARDED,
        gettext_lazy("for completing with distinction the course"),
    ),
    Kind.TRANSCRIPT: Phrases(
        gettext_lazy("Transcript of training"), gettext_lazy("Training completed by"), ""
    ),
}


def is_phrased(language: str, kind: str) -> bool:
    """Whether the phrases of a kind exist in a language."""
    if language == settings.LANGUAGE_CODE:
        return True
    phrases = PHRASES[Kind(kind)]
    wanted = [phrase for phrase in (phrases.title, phrases.lead, phrases.statement) if phrase]
    with override(settings.LANGUAGE_CODE):
        source = [str(phrase) for phrase in wanted]
    with override(language):
        return all(str(phrase) != text for phrase, text in zip(wanted, source, strict=True))


def taken(kind: str, count: int) -> str:
    """The sentence about hours and date, its %(hours)s and %(date)s still open, in the active language."""
    if kind == Kind.ATTENDANCE:
        return ngettext(
            "%(hours)s hour of judicial training, attended until %(date)s",
            "%(hours)s hours of judicial training, attended until %(date)s",
            count,
        )
    return ngettext(
        "%(hours)s hour of judicial training, completed on %(date)s",
        "%(hours)s hours of judicial training, completed on %(date)s",
        count,
    )


def grade(band: str | None) -> str:
    """The line that names the grade, in the active language; empty without one."""
    return gettext("Grade: %(grade)s") % {"grade": grade_name(band)} if band else ""


def grade_name(band: str) -> str:
    """A grade band in the active language; words that are none stay as they are."""
    return str(GradeBand(band).label) if band in GradeBand else band
