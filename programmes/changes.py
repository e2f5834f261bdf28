"""What staff change about people who take part: deadlines, cohorts, leaving, time and attempts."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import translation

from accounts import audit, mail
from accounts.models import User
from assessments import attempts
from courses import enrolment as enrolling
from courses.choices import EnrolmentStatus
from courses.models import Cohort, Enrolment
from programmes import figures
from programmes.requirements import Requirements
from translation.reading import text


class AnotherCourse(ValueError):
    """A person can only be moved to another run of the course that they take."""


class NotMissing(ValueError):
    """The quiz is not one that the person is still to pass."""


@transaction.atomic
def extend(*, enrolments: Iterable[Enrolment], due_on: datetime.date, actor: User) -> list[Enrolment]:
    """Set the day by which people are to finish; returns those who were still to finish."""
    changed = []
    for locked in _locked(enrolments):
        if locked.status not in (EnrolmentStatus.ACTIVE, EnrolmentStatus.APPLIED):
            continue
        data = {"from": _written(locked.due_on), "to": _written(due_on)}
        locked.due_on = due_on
        locked.save(update_fields=["due_on"])
        audit.record(actor=actor, verb="deadline_changed", target=locked, data=data)
        changed.append(locked)
    _count_anew(changed)
    return changed


@transaction.atomic
def move(*, enrolments: Iterable[Enrolment], cohort: Cohort, actor: User) -> list[Enrolment]:
    """Move people to another cohort of the same course; their deadline becomes its last day.

    Progress stays. Returns those who were moved; raises AnotherCourse and then moves nobody.
    """
    moved, left = [], set()
    for locked in _locked(enrolments):
        if locked.course_id != cohort.course_id:
            raise AnotherCourse
        if locked.cohort_id == cohort.pk or locked.status == EnrolmentStatus.WITHDRAWN:
            continue
        left.add(locked.cohort_id)
        data = {"from": str(locked.cohort.key) if locked.cohort else "", "to": str(cohort.key)}
        locked.cohort = cohort
        if locked.status != EnrolmentStatus.COMPLETED:
            locked.due_on = cohort.ends_on
        locked.save(update_fields=["cohort", "due_on"])
        audit.record(actor=actor, verb="moved_to_cohort", target=locked, data=data)
        moved.append(locked)
    figures.forget(cohort.pk, *left)
    return moved


@transaction.atomic
def withdraw(*, enrolments: Iterable[Enrolment], actor: User) -> list[Enrolment]:
    """Take people out of their course; what they did, and their certificates, stay."""
    gone = [one for one in _locked(enrolments) if one.status != EnrolmentStatus.WITHDRAWN]
    for one in gone:
        enrolling.withdraw(enrolment=one, actor=actor)
    _count_anew(gone)
    return gone


@transaction.atomic
def give_extra_time(*, person: User, multiplier: Decimal, actor: User) -> User:
    """Set how much longer a person may take in timed quizzes: 1.25 is a quarter more.

    Attempts that are open keep the time they began with. The audit does not say how much.
    """
    locked = User.objects.select_for_update().get(pk=person.pk)
    if locked.extra_time != multiplier:
        locked.extra_time = multiplier
        locked.save(update_fields=["extra_time"])
        audit.record(actor=actor, verb="extra_time_changed", target=locked)
    return locked


@transaction.atomic
def give_attempt(*, enrolment: Enrolment, quiz_key: UUID, reason: str, actor: User) -> None:
    """Give one more attempt at a quiz that a learner is still to pass, and tell them in their language.

    Raises NotMissing for any other quiz. How earlier attempts went is not read.
    """
    [locked] = _locked([enrolment])
    person = locked.person
    with translation.override(person.language):
        asked = Requirements([locked]).missing_quiz(locked, quiz_key)
        if asked is None:
            raise NotMissing
        told = {
            "name": person.name,
            "quiz": str(asked.title),
            "course": text(locked.course, "title"),
            "reason": reason,
            "link": mail.absolute("courses:my_learning"),
        }
    attempts.allow_more(person=person, quiz_key=quiz_key, count=1, actor=actor, reason=reason)
    mail.send(name="attempt_given", to=person.email, language=person.language, context=told)


def _locked(enrolments: Iterable[Enrolment]) -> list[Enrolment]:
    keys = [one.pk for one in enrolments]
    found = Enrolment.objects.select_for_update(of=("self",)).select_related("cohort")
    return list(found.filter(pk__in=keys).order_by("pk"))


def _written(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def _count_anew(changed: Iterable[Enrolment]) -> None:
    figures.forget(*{one.cohort_id for one in changed})
