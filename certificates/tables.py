"""The words of a transcript's table in one language; asked for with that language active."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

from certificates import phrases
from certificates.choices import Kind, State
from certificates.locales import day, hours, languages
from certificates.pdf import TranscriptLine
from certificates.statements import PrintedTable, Statement, Training, in_language


def table(statement: Statement, language: str) -> PrintedTable:
    """The lines of a transcript, their headings and the total."""
    return PrintedTable(
        headings=(
            gettext("Course and code"),
            gettext("Dates"),
            gettext("Hours"),
            gettext("Language"),
            gettext("Certificate"),
            gettext("State"),
        ),
        lines=tuple(_line(one, language) for one in statement.trainings),
        total_label=gettext("Hours in total"),
        total=hours(statement.hours, language),
        # the drawing alone knows the pages
        page_label=gettext("Page %(page)s of %(pages)s"),
    )


def counted(statement: Statement) -> str:
    """How many courses a transcript lists."""
    count = sum(one.counts for one in statement.trainings)
    return ngettext("%(count)s completed course", "%(count)s completed courses", count) % {"count": count}


def _line(training: Training, language: str) -> TranscriptLine:
    kind = str(Kind(training.kind).label)
    if training.grade_band:
        kind = f"{kind} – {phrases.grade_name(training.grade_band)}"
    return TranscriptLine(
        course=in_language(training.course_titles, language),
        code=training.course_code,
        dates=_dates(training, language),
        hours=hours(training.hours, language),
        language=languages(training.languages, language) if training.languages else "",
        kind=kind,
        number=training.number,
        state=str(State(training.state).label),
    )


def _dates(training: Training, language: str) -> str:
    ended = day(training.completed_on, language, short=True)
    if training.started_on is None or training.started_on >= training.completed_on:
        return ended
    return f"{day(training.started_on, language, short=True)} – {ended}"
