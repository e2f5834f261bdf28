"""What the certificate of a course says: the statement that is frozen when it is issued."""

import datetime
import uuid
import zoneinfo
from dataclasses import replace
from fractions import Fraction

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from assessments import attempts
from certificates import designs, issuing
from certificates.choices import GradeBand, Kind, RevokeReason, Status
from certificates.locales import day
from certificates.models import Certificate

from . import grades, rules
from .choices import QuizPurpose
from .models import Course, Enrolment, QuizPage, Renewal


def award(*, enrolment: Enrolment) -> Certificate:
    """Issue the certificate of a completed enrolment; issuing it twice gives the same one.

    A certificate of attendance that staff gave before is replaced by it. Who lost the completion and
    has met the requirements since is given a new one.
    """
    statement = statement_of(enrolment)
    attended = _standing(enrolment.key)
    if attended is not None and attended.kind == Kind.ATTENDANCE:
        return issuing.supersede(certificate=attended, statement=statement, actor=None)
    again = _was_taken_back(enrolment.key)
    return issuing.issue(statement=statement, person=enrolment.person, after_revocation=again)


def renew(*, renewal: Renewal, actor: User | None = None) -> Certificate:
    """Issue the certificate of a completed renewal, beside the one that it renews.

    One that was withdrawn is issued again, with a new number; a second time gives the same one.
    """
    renewed = Certificate.objects.for_award(renewal.renewed_award).first()
    return issuing.issue(
        statement=renewed_statement(renewal),
        person=renewal.enrolment.person,
        actor=actor,
        after_revocation=True,
        renews=renewed,
    )


def withdraw(*, award_key: uuid.UUID, actor: User) -> None:
    """Withdraw the certificate of a completion or renewal that was taken back; one of attendance stays."""
    standing = _standing(award_key)
    if standing is not None and standing.kind != Kind.ATTENDANCE:
        issuing.revoke(certificate=standing, reason=RevokeReason.REQUIREMENTS, actor=actor)


def kinds_for(enrolment: Enrolment) -> list[Kind]:
    """Return the kinds in which an enrolment may be certified, the usual one first.

    Attendance alone until the course is completed; nothing before it was begun.
    """
    if enrolment.completed_at is None:
        return [Kind.ATTENDANCE] if enrolment.started_at is not None else []
    graded = [Kind.ACHIEVEMENT] if _grade(enrolment) else []
    return [*graded, Kind.COMPLETION, Kind.TUTORED, Kind.DISTINCTION, Kind.ATTENDANCE]


def award_as(*, enrolment: Enrolment, kind: Kind, actor: User) -> Certificate:
    """Certify an enrolment as staff decide: attendance, tutored, with distinction…

    A certificate of another kind that stands is replaced by one with a new number. Raises ValueError
    for an enrolment that is not completed, unless attendance is certified.
    """
    statement = statement_of(enrolment, kind=kind)
    standing = _standing(enrolment.key)
    if standing is not None and standing.kind != kind:
        return issuing.supersede(certificate=standing, statement=statement, actor=actor)
    return issuing.issue(statement=statement, person=enrolment.person, actor=actor, after_revocation=True)


def statement_of(enrolment: Enrolment, *, kind: Kind | None = None) -> issuing.Statement:
    """Return all that the certificate says, in every language in which the course is ready.

    Without a kind it is one of completion, or of achievement where the course names grades and the
    final test was taken. Raises ValueError for an enrolment that is not completed, unless attendance
    is certified.
    """
    course, person = enrolment.course, enrolment.person
    grade = _grade(enrolment) if kind in (None, Kind.ACHIEVEMENT) else None
    kind = kind or (Kind.ACHIEVEMENT if grade else Kind.COMPLETION)
    ended = _ended(enrolment, kind)
    zone = zoneinfo.ZoneInfo(person.time_zone)
    completed_on = ended.astimezone(zone).date()
    started = enrolment.started_at
    return issuing.Statement(
        award_key=enrolment.key,
        kind=kind.value,
        name=person.name or person.email,
        latin_name=person.name_latin,
        course_code=course.code,
        course_titles=_in_ready_languages(course, "title"),
        hours=course.hours,
        started_on=min(started.astimezone(zone).date(), completed_on) if started else None,
        completed_on=completed_on,
        languages=_languages_used(enrolment),
        issuer=settings.INSTITUTE_NAME,
        wording=_in_ready_languages(course, "certificate_wording"),
        syllabus_version=enrolment.syllabus.number,
        grade_band=grade.value if grade else None,
        valid_until=_months_after(completed_on, course.validity_months),
        **designs.frozen(designs.design_for(course.code)),
    )


def renewed_statement(renewal: Renewal) -> issuing.Statement:
    """Return what the certificate of a completed renewal says: the course as it is now, from today."""
    enrolment = renewal.enrolment
    course = enrolment.course
    grade = _grade(enrolment, renewal=renewal)
    zone = zoneinfo.ZoneInfo(enrolment.person.time_zone)
    completed_on = (renewal.completed_at or timezone.now()).astimezone(zone).date()
    languages = renewal.items.order_by("done_at").values_list("language", flat=True)
    return replace(
        statement_of(enrolment, kind=Kind.ACHIEVEMENT if grade else Kind.COMPLETION),
        award_key=renewal.key,
        grade_band=grade.value if grade else None,
        started_on=renewal.started_at.astimezone(zone).date(),
        completed_on=completed_on,
        languages=tuple(dict.fromkeys(code for code in languages if code)),
        wording=_renewal_wording(renewal, course),
        syllabus_version=renewal.syllabus.number,
        valid_until=_months_after(completed_on, course.validity_months),
    )


def _renewal_wording(renewal: Renewal, course: Course) -> dict[str, str]:
    """The sentence under the hours: which certificate is renewed, and what was studied for it."""
    renewed = Certificate.objects.for_award(renewal.renewed_award).first()
    if renewed is None:
        return {}
    words = {}
    for code in _in_ready_languages(course, "title"):
        told = {"number": renewed.number, "date": day(renewed.stated.completed_on, code)}
        with override(code):
            sentence = _("It renews the certificate %(number)s of %(date)s, by a study of what has changed.")
        words[code] = sentence % told
    return words


def _standing(award_key: uuid.UUID) -> Certificate | None:
    return Certificate.objects.for_award(award_key).filter(status=Status.ISSUED).first()


def _was_taken_back(award_key: uuid.UUID) -> bool:
    """Whether the last certificate was withdrawn because the requirements were not met."""
    last = Certificate.objects.for_award(award_key).exclude(status=Status.SUPERSEDED).first()
    return last is not None and last.revoke_reason == RevokeReason.REQUIREMENTS


def _ended(enrolment: Enrolment, kind: Kind) -> datetime.datetime:
    """The moment by which the training was taken."""
    if enrolment.completed_at is not None:
        return enrolment.completed_at
    if kind != Kind.ATTENDANCE:
        raise ValueError("Only a completed course is certified.")
    return enrolment.last_active_at or timezone.now()


def _grade(enrolment: Enrolment, *, renewal: Renewal | None = None) -> GradeBand | None:
    """The grade of the final test, where the course names grades; the lowest if there are several.

    For a renewal the tests count that were taken for it.
    """
    course = enrolment.course
    if course.merit_from is None or course.distinction_from is None:
        return None
    version = (renewal or enrolment).syllabus
    since = renewal.started_at if renewal else None
    asked = [one.key for one in rules.from_json(version.requirements).requirements]
    finals = QuizPage.objects.filter(purpose=QuizPurpose.FINAL, key__in=asked).values_list("key", flat=True)
    person = enrolment.person
    reached: list[Fraction | None] = [attempts.counted_fraction(person, key, since=since) for key in finals]
    taken = [fraction for fraction in reached if fraction is not None]
    if not taken or len(taken) < len(reached):
        return None
    return grades.band(min(taken), merit_from=course.merit_from, distinction_from=course.distinction_from)


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
