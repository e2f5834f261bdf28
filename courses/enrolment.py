"""Taking part: enrol, apply, approve, withdraw, and move to a newer syllabus."""

import datetime
from collections.abc import Iterable
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from courses import progress, syllabus
from courses.choices import EnrolmentPolicy, EnrolmentStatus

from .models import Cohort, Course, Enrolment, SyllabusVersion

AT_ONCE = 500  # enrolments moved between two looks at the database


class NotOpen(Exception):
    """The course takes people by invitation only."""


def begin(*, person: User, course: Course, language: str) -> Enrolment:
    """Let somebody take part as far as the course allows: enrolled at once, or waiting for approval.

    Raises NotOpen where staff enrol people. Doing it twice changes nothing.
    """
    if course.enrolment_policy == EnrolmentPolicy.OPEN:
        return enrol(person=person, course=course, language=language, actor=person)
    if course.enrolment_policy == EnrolmentPolicy.APPROVAL:
        return apply(person=person, course=course, language=language)
    if (present := _present(person, course)) is not None:
        return present
    raise NotOpen


@transaction.atomic
def enrol(
    *,
    person: User,
    course: Course,
    actor: User | None,
    cohort: Cohort | None = None,
    language: str = "",
    due_on: datetime.date | None = None,
) -> Enrolment:
    """Enrol a person, whatever the policy; returns the enrolment they have, if they have one.

    An application is approved by it. Who withdrew from the same run goes on where they stopped.
    Raises ValueError when the cohort is of another course.
    """
    if cohort is not None and cohort.course_id != course.pk:
        raise ValueError("The cohort is a run of another course.")
    present = _present(person, course)
    if present is not None:
        if present.status == EnrolmentStatus.APPLIED:
            return approve(enrolment=present, actor=actor, cohort=cohort, due_on=due_on)
        return present
    if (left := _left(person, course, cohort)) is not None:
        return _reopen(left, actor)
    return _create(
        person,
        course,
        actor,
        "enrolled",
        status=EnrolmentStatus.ACTIVE,
        cohort=cohort,
        language=language or person.language,
        due_on=due_on or (cohort.ends_on if cohort else None),
    )


@transaction.atomic
def apply(*, person: User, course: Course, language: str = "") -> Enrolment:
    """Ask to take part; staff approve it. Returns the enrolment they have, if they have one."""
    return _present(person, course) or _create(
        person,
        course,
        person,
        "applied",
        status=EnrolmentStatus.APPLIED,
        language=language or person.language,
    )


@transaction.atomic
def approve(
    *,
    enrolment: Enrolment,
    actor: User | None,
    cohort: Cohort | None = None,
    due_on: datetime.date | None = None,
) -> Enrolment:
    """Accept an application; who is already taking part stays as they are."""
    locked = _locked(enrolment)
    if locked.status != EnrolmentStatus.APPLIED:
        return locked
    version = syllabus.freeze(course=locked.course)
    locked.status = EnrolmentStatus.ACTIVE
    locked.enrolled_at = timezone.now()
    locked.cohort = cohort or locked.cohort
    locked.due_on = due_on or (locked.cohort.ends_on if locked.cohort else None)
    locked.syllabus = version
    locked.required_count = syllabus.summary_of(version, frozenset()).required
    locked.save()
    audit.record(actor=actor, verb="approved", target=locked, data=_about(locked))
    return locked


@transaction.atomic
def withdraw(*, enrolment: Enrolment, actor: User | None) -> Enrolment:
    """Take a person out of a course. What they did stays; a completion or certificate too."""
    locked = _locked(enrolment)
    if locked.status != EnrolmentStatus.WITHDRAWN:
        locked.status = EnrolmentStatus.WITHDRAWN
        locked.save(update_fields=["status"])
        audit.record(actor=actor, verb="withdrawn", target=locked, data=_about(locked))
    return locked


@transaction.atomic
def move_to_syllabus(
    *, enrolments: Iterable[Enrolment], version: SyllabusVersion, actor: User | None
) -> list[Enrolment]:
    """Bind enrolments to another version of their course and count anew.

    Nobody who completed the course loses it; who has done all that the new version asks completes.
    Returns those who were bound to another version before. All are moved or none; the rows are
    locked, read and written many at a time. Raises ValueError when the version is of another course.
    """
    keys = []
    for enrolment in enrolments:
        if enrolment.course_id != version.course_id:
            raise ValueError("The syllabus version is of another course.")
        keys.append(enrolment.pk)
    numbers = dict(version.course.syllabuses.values_list("pk", "number"))
    moved: list[Enrolment] = []
    for some in batched(sorted(keys), AT_ONCE):
        rows = Enrolment.objects.select_for_update()
        locked = list(rows.filter(pk__in=some).exclude(syllabus=version).order_by("pk"))
        audit.record_all(
            actor=actor,
            verb="moved_to_syllabus",
            entries=[(one, {"from": numbers[one.syllabus_id], "to": version.number}) for one in locked],
        )
        progress.bind(enrolments=locked, version=version)
        moved += locked
    return moved


def accept_invitation(*, person: User, context: dict[str, Any]) -> Enrolment | None:
    """Enrol a person whose invitation or application named a cohort by its key, or a course.

    A course is named by its key, or by its code where a public address carries it.

    The context may also name neither: then nothing happens and None is returned.
    """
    cohort = _by_key(Cohort, context.get("cohort"))
    named = context.get("course")
    course = cohort.course if cohort else _by_key(Course, named) or Course.objects.filter(code=named).first()
    if course is None:
        return None
    return enrol(person=person, course=course, cohort=cohort, actor=None)


def _by_key(model: type[Any], key: Any) -> Any:
    try:
        return model.objects.filter(key=UUID(str(key))).first() if key else None
    except ValueError:
        return None


def _locked(enrolment: Enrolment) -> Enrolment:
    rows = Enrolment.objects.select_for_update(of=("self",))
    return rows.select_related("course", "person").get(pk=enrolment.pk)


def _present(person: User, course: Course) -> Enrolment | None:
    return (
        Enrolment.objects.filter(person=person, course=course)
        .exclude(status=EnrolmentStatus.WITHDRAWN)
        .first()
    )


def _left(person: User, course: Course, cohort: Cohort | None) -> Enrolment | None:
    return Enrolment.objects.filter(
        person=person, course=course, cohort=cohort, status=EnrolmentStatus.WITHDRAWN
    ).first()


def _reopen(enrolment: Enrolment, actor: User | None) -> Enrolment:
    done = enrolment.completed_at is not None
    enrolment.status = EnrolmentStatus.COMPLETED if done else EnrolmentStatus.ACTIVE
    enrolment.save(update_fields=["status"])
    audit.record(actor=actor, verb="reopened", target=enrolment, data=_about(enrolment))
    return enrolment


def _create(person: User, course: Course, actor: User | None, verb: str, **fields: Any) -> Enrolment:
    version = syllabus.freeze(course=course)
    required = syllabus.summary_of(version, frozenset()).required
    try:
        with transaction.atomic():
            made = Enrolment.objects.create(
                person=person, course=course, syllabus=version, required_count=required, **fields
            )
    except IntegrityError:
        # somebody enrolled the same person at the same moment
        return Enrolment.objects.exclude(status=EnrolmentStatus.WITHDRAWN).get(person=person, course=course)
    audit.record(actor=actor, verb=verb, target=made, data=_about(made))
    return made


def _about(enrolment: Enrolment) -> dict[str, str]:
    return {"course": enrolment.course.code, "person": str(enrolment.person.key)}
