"""How people come into a cohort: enrolled or invited by staff, or approved after asking."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from accounts import applications, invitations
from accounts.models import Application, Invitation, User
from courses import enrolment as enrolling
from courses.models import Cohort, Course, Enrolment
from programmes import figures


@dataclass(frozen=True, slots=True)
class Joined:
    """What came of adding somebody: an enrolment for who has an account, else an invitation."""

    enrolment: Enrolment | None = None
    invitation: Invitation | None = None


@transaction.atomic
def add(*, email: str, cohort: Cohort, actor: User, language: str, name: str = "") -> Joined:
    """Enrol the person with this address, or invite the address to join the cohort.

    Who takes the course already keeps that enrolment, in whichever cohort it is. An invitation
    that is still open is sent again instead of a second one.
    """
    email = User.objects.normalize_email(email)
    person = User.objects.filter(email=email, is_active=True).first()
    figures.forget(cohort.pk)
    if person is not None:
        taken = enrolling.enrol(person=person, course=cohort.course, cohort=cohort, actor=actor)
        return Joined(enrolment=taken)
    context = {"cohort": str(cohort.key)}
    sent = Invitation.objects.open().filter(email=email, context__cohort=context["cohort"]).first()
    if sent is not None:
        return Joined(invitation=invitations.remind(invitation=sent, actor=actor))
    invitation = invitations.invite(
        email=email, invited_by=actor, language=language, name=name, context=context
    )
    return Joined(invitation=invitation)


@transaction.atomic
def approve_application(*, application: Application, cohort: Cohort | None, actor: User) -> User:
    """Open the applicant's account and, with a cohort, enrol them. Raises NotWaiting."""
    person = applications.approve(application=application, actor=actor)
    if cohort is not None:
        enrolling.enrol(person=person, course=cohort.course, cohort=cohort, actor=actor)
        figures.forget(cohort.pk)
    return person


@transaction.atomic
def approve_request(*, enrolment: Enrolment, cohort: Cohort | None, actor: User) -> Enrolment:
    """Let somebody take part who asked for a course."""
    approved = enrolling.approve(enrolment=enrolment, actor=actor, cohort=cohort)
    figures.forget(approved.cohort_id)
    return approved


@transaction.atomic
def decline_request(*, enrolment: Enrolment, actor: User) -> Enrolment:
    """Turn down somebody who asked for a course; they may ask again."""
    declined = enrolling.withdraw(enrolment=enrolment, actor=actor)
    figures.forget(declined.cohort_id)
    return declined


def course_asked_for(application: Application) -> Course | None:
    """Return the course for which somebody applied, named by its code or key, if any."""
    return _courses([application.context]).get(_named(application.context))


def courses_asked_for(waiting: list[Application]) -> list[tuple[Application, Course | None]]:
    """Return each application with the course it is for: one query."""
    courses = _courses([one.context for one in waiting])
    return [(one, courses.get(_named(one.context))) for one in waiting]


def _named(context: dict[str, Any]) -> str:
    return str(context.get("course", "")).casefold()


def _courses(contexts: list[dict[str, Any]]) -> dict[str, Course]:
    names = {_named(context) for context in contexts} - {""}
    if not names:
        return {}
    keys, codes = [], Q()
    for name in names:
        try:
            keys.append(UUID(name))
        except ValueError:
            codes |= Q(code__iexact=name)
    found: dict[str, Course] = {}
    for course in Course.objects.filter(Q(key__in=keys) | codes):
        found[str(course.key)] = found[course.code.casefold()] = course
    return found
