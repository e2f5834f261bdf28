"""Renewing a certificate: only what has changed since has to be done again, and the final test."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone, translation

from accounts import audit, mail
from accounts.models import User
from assessments import attempts
from certificates.choices import Status
from certificates.models import Certificate
from certificates.models.register import ENDS_SOON
from courses import awards, rewritten, rules, syllabus
from courses.choices import EnrolmentStatus, ItemKind, QuizPurpose
from courses.rules import Requirement
from courses.shorter_path import Why, shorter_path
from translation.reading import text

from .models import (
    Course,
    CoursePage,
    Enrolment,
    ItemCompletion,
    QuizPage,
    Renewal,
    RenewalItem,
    SyllabusVersion,
)


class NotYet(Exception):
    """There is no certificate that has expired or ends soon."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a renewal asks for and why, in order, and what of the course counts as it was done."""

    version: SyllabusVersion
    path: Mapping[UUID, Why]
    asked: tuple[tuple[Requirement, Why], ...]
    counted: tuple[Requirement, ...]

    @property
    def minutes(self) -> int:
        """Return the study time of what is asked for."""
        return sum(one.minutes for one, _why in self.asked)


def awards_of(enrolments: Iterable[Enrolment]) -> dict[UUID, int]:
    """Return the achievements of enrolments, renewals too, each with the enrolment's primary key."""
    found = {one.key: one.pk for one in enrolments}
    renewed = Renewal.objects.filter(enrolment__in=list(found.values()))
    return found | dict(renewed.values_list("key", "enrolment_id"))


def certificates_of(enrolment: Enrolment) -> QuerySet[Certificate]:
    """Return all certificates of an enrolment and of its renewals, the newest first."""
    renewed = Renewal.objects.filter(enrolment=enrolment.pk).values("key")
    of_it = Q(award_key=enrolment.key) | Q(award_key__in=renewed)
    return Certificate.objects.filter(of_it).order_by("-issued_at", "-pk")


def standing_of(enrolment: Enrolment) -> Certificate | None:
    """Return the newest certificate of an enrolment that stands."""
    return certificates_of(enrolment).filter(status=Status.ISSUED).first()


def may_renew(certificate: Certificate | None, today: datetime.date | None = None) -> bool:
    """Tell whether a certificate that stands has expired, or ends soon."""
    if certificate is None or certificate.status != Status.ISSUED or certificate.valid_until is None:
        return False
    left = certificate.days_left(today)
    return left is not None and left <= ENDS_SOON


def under_way(enrolment: Enrolment) -> Renewal | None:
    """Return the renewal of an enrolment that is not completed yet."""
    return (
        Renewal.objects.filter(enrolment=enrolment.pk, completed_at=None).select_related("syllabus").first()
    )


def is_offered(course: Course) -> bool:
    """Tell whether the course has a live page."""
    return CoursePage.objects.filter(course=course, live=True).exists()


def requirements_of(renewal: Renewal) -> tuple[Requirement, ...]:
    """Return what the course asked for when the renewal was last brought in line, all of it."""
    return rules.from_json(renewal.syllabus.requirements).requirements


def plan_of(enrolment: Enrolment) -> Plan:
    """Return what a renewal asks for today; nothing is written but a syllabus that was not frozen yet."""
    version = syllabus.freeze(course=enrolment.course)
    asked = rules.from_json(version.requirements)
    done_at = _done_at(enrolment)
    last = enrolment.renewals.exclude(completed_at=None).select_related("syllabus").first()
    before = rules.from_json((last or enrolment).syllabus.requirements)
    read = {one.key: done_at[one.key] for one in asked.requirements if _is_lesson(one) and one.key in done_at}
    finals = QuizPage.objects.filter(
        purpose=QuizPurpose.FINAL, key__in=[one.key for one in asked.requirements]
    )
    path = shorter_path(
        asked,
        before,
        done=frozenset(done_at),
        changed=rewritten.since(read),
        tests=frozenset(finals.values_list("key", flat=True)),
    )
    return Plan(
        version=version,
        path=path,
        asked=tuple((one, path[one.key]) for one in asked.requirements if one.key in path),
        counted=tuple(one for one in asked.requirements if one.key in done_at and one.key not in path),
    )


@transaction.atomic
def start(*, enrolment: Enrolment, actor: User) -> Renewal:
    """Begin to renew the certificate of a completed course; whoever began goes on.

    Begun again, a renewal is brought in line with what the course asks for now; what was done for
    it stays done. Quizzes can be taken as often as at the first time. Somebody for whom staff begin
    is told in their language. Raises NotYet.
    """
    locked = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("course", "person", "syllabus")
        .get(pk=enrolment.pk)
    )
    renewal = under_way(locked)
    if renewal is None:
        certificate = standing_of(locked)
        may_begin = locked.status == EnrolmentStatus.COMPLETED and is_offered(locked.course)
        if certificate is None or not may_renew(certificate) or not may_begin:
            raise NotYet
        renewal = _begin(locked, certificate, actor)
    else:
        _align(renewal, plan_of(locked), actor)
    return renewal


@transaction.atomic
def item_done(
    *,
    enrolment: Enrolment,
    item_key: UUID,
    how: str,
    language: str,
    began: datetime.datetime | None = None,
) -> Certificate | None:
    """Count something for the renewal that is under way, and return the new certificate if it was the last.

    What was begun before the renewal does not count; without a renewal nothing happens.
    """
    renewals = Renewal.objects.select_for_update(of=("self",)).filter(completed_at=None)
    renewal = renewals.filter(enrolment=enrolment.pk).select_related("syllabus").first()
    if renewal is None or (began is not None and began < renewal.started_at):
        return None
    now = timezone.now()
    waiting = renewal.items.filter(done_at=None)
    if not waiting.filter(item_key=item_key).update(done_at=now, how=how, language=language):
        return None
    return None if waiting.exists() else _complete(renewal, now)


def quiz_taken(*, enrolment: Enrolment, attempt: Any, passed: bool, fraction: Fraction) -> None:
    """Count a quiz for the renewal that is under way, if it was passed or meets the renewal's rule."""
    renewal = under_way(enrolment)
    if renewal is None:
        return
    asked = rules.from_json(renewal.syllabus.requirements).requirement(attempt.quiz_key)
    if passed or (asked is not None and asked.rule.met(fraction)):
        item_done(
            enrolment=enrolment,
            item_key=attempt.quiz_key,
            how="passed",
            language=attempt.language,
            began=attempt.started_at,
        )


def _is_lesson(one: Requirement) -> bool:
    return one.kind == ItemKind.LESSON


def _done_at(enrolment: Enrolment) -> dict[UUID, datetime.datetime]:
    """When each item was done last, for the course or for a renewal."""
    found = dict(ItemCompletion.objects.filter(enrolment=enrolment.pk).values_list("item_key", "at"))
    again = RenewalItem.objects.filter(renewal__enrolment=enrolment.pk, done_at__isnull=False)
    for key, at in again.order_by("done_at").values_list("item_key", "done_at"):
        if at is not None:
            found[key] = at
    return found


def _begin(enrolment: Enrolment, certificate: Certificate, actor: User) -> Renewal:
    plan = plan_of(enrolment)
    if not plan.path:
        raise NotYet  # the course asks for nothing any more
    renewal = Renewal.objects.create(
        enrolment=enrolment, renewed_award=certificate.award_key, syllabus=plan.version
    )
    data = {"course": enrolment.course.code, "renews": certificate.number, "syllabus": plan.version.number}
    audit.record(actor=actor, verb="renewal_begun", target=enrolment, data=data)
    _align(renewal, plan, actor)
    if actor != enrolment.person:
        _tell(enrolment, certificate)
    return renewal


def _align(renewal: Renewal, plan: Plan, actor: User) -> None:
    """Write down what has to be done; what was done for the renewal stays."""
    renewal.items.filter(done_at=None).exclude(item_key__in=list(plan.path)).delete()
    held = set(renewal.items.values_list("item_key", flat=True))
    new = [(place, key) for place, key in enumerate(plan.path) if key not in held]
    RenewalItem.objects.bulk_create(
        RenewalItem(renewal=renewal, item_key=key, place=place, reason=plan.path[key].value)
        for place, key in new
    )
    renewal.syllabus = plan.version
    renewal.save(update_fields=["syllabus"])
    _give_attempts(renewal.enrolment.person, [key for _place, key in new], actor)


def _give_attempts(person: User, keys: Iterable[UUID], actor: User) -> None:
    """Let quizzes be taken as often as at the first time, whatever was used then."""
    for page in QuizPage.objects.filter(key__in=list(keys), attempts_allowed__isnull=False):
        used = attempts.used_by(person, page.key)
        allowed = attempts.allowed_to(person, page.key, page.attempts_allowed) or 0
        if (short := used + (page.attempts_allowed or 0) - allowed) > 0:
            attempts.allow_more(person=person, quiz_key=page.key, count=short, actor=actor, reason="renewal")


def _complete(renewal: Renewal, now: datetime.datetime) -> Certificate:
    renewal.completed_at = now
    renewal.save(update_fields=["completed_at"])
    enrolment = renewal.enrolment
    data = {"course": enrolment.course.code, "syllabus": renewal.syllabus.number}
    audit.record(actor=None, verb="renewal_completed", target=enrolment, data=data)
    return awards.renew(renewal=renewal)


def _tell(enrolment: Enrolment, certificate: Certificate) -> None:
    person = enrolment.person
    with translation.override(person.language):
        told = {
            "name": person.name,
            "course": text(enrolment.course, "title"),
            "number": certificate.number,
            "link": mail.absolute("courses:renew", enrolment.key),
        }
    mail.send(name="renewal_begun", to=person.email, language=person.language, context=told)
