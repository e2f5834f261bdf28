"""What a certificate of completion says: the statement that is frozen when it is issued."""

import datetime
import zoneinfo
from typing import Any

from django.conf import settings

from certificates import issuing

from .models import Course, Enrolment


def award(*, enrolment: Enrolment) -> Any:
    """Issue the certificate of a completed enrolment; issuing it twice gives the same one."""
    return issuing.issue(statement=statement_of(enrolment), person=enrolment.person)


def statement_of(enrolment: Enrolment) -> issuing.Statement:
    """Return all that the certificate says, in every language in which the course is ready.

    Raises ValueError for an enrolment that is not completed.
    """
    if enrolment.completed_at is None:
        raise ValueError("Only a completed course is certified.")
    course, person = enrolment.course, enrolment.person
    zone = zoneinfo.ZoneInfo(person.time_zone)
    completed_on = enrolment.completed_at.astimezone(zone).date()
    return issuing.Statement(
        award_key=enrolment.key,
        kind="completion",
        name=person.name or person.email,
        latin_name=person.name_latin,
        course_code=course.code,
        course_titles=_in_ready_languages(course, "title"),
        hours=course.hours,
        completed_on=completed_on,
        languages=_languages_used(enrolment),
        issuer=settings.INSTITUTE_NAME,
        signatories=(),
        place="",
        wording=_in_ready_languages(course, "certificate_wording"),
        syllabus_version=enrolment.syllabus.number,
        grade_band=None,
        valid_until=_months_after(completed_on, course.validity_months),
    )


def _in_ready_languages(course: Course, field: str) -> dict[str, str]:
    texts = {code: getattr(course, f"{field}_{code}") for code in course.languages}
    return {code: text for code, text in texts.items() if text}


def _languages_used(enrolment: Enrolment) -> tuple[str, ...]:
    used = enrolment.completions.order_by("at").values_list("language", flat=True)
    return tuple(dict.fromkeys(code for code in used if code))


def _months_after(day: datetime.date, months: int | None) -> datetime.date | None:
    if not months:
        return None
    years, month = divmod(day.month - 1 + months, 12)
    for last in range(day.day, 27, -1):
        try:
            return datetime.date(day.year + years, month + 1, last)
        except ValueError:
            continue  # no 31 June, no 29 February: the last day of that month
    return datetime.date(day.year + years, month + 1, day.day)
