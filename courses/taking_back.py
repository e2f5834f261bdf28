"""What follows when a regrade takes back what was passed, as staff decided: renewals go, people are told."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation

from accounts import audit, mail
from accounts.models import User
from assessments import attempts
from assessments.presentation import in_language
from courses import awards, rules
from translation.reading import text

from .models import Enrolment, Renewal, RenewalItem


@transaction.atomic
def renewals_by(*, enrolment: Enrolment, quiz_key: UUID, actor: User) -> bool:
    """Open a quiz again in the renewals for which its attempts are no longer enough.

    A renewal that was completed by it goes on, and its certificate is withdrawn; tells whether one was.
    """
    ended = False
    done = RenewalItem.objects.filter(item_key=quiz_key, done_at__isnull=False)
    for renewal in _renewals(enrolment).filter(pk__in=done.values("renewal")):
        if not _is_enough(renewal, quiz_key):
            renewal.items.filter(item_key=quiz_key).update(done_at=None, how="", language="")
            ended = ended or renewal.completed_at is not None
            _go_on(renewal, enrolment)
            awards.withdraw(award_key=renewal.key, actor=actor)
            _record(renewal, actor)
    return ended


@transaction.atomic
def renewals_of(*, enrolment: Enrolment, actor: User) -> None:
    """Take back all renewals of a course whose completion was taken back: there is nothing to renew.

    Certificates are withdrawn; a renewal that is under way is gone, since the course is to be done first.
    """
    for renewal in _renewals(enrolment):
        _record(renewal, actor)
        if renewal.completed_at is None:
            renewal.delete()
        else:
            awards.withdraw(award_key=renewal.key, actor=actor)


def tell(*, enrolment: Enrolment, quiz: Mapping[str, str], is_renewal: bool) -> None:
    """Tell somebody in their language that the completion of a course, or of a renewal, was taken back.

    Why is in the letter about the quiz, which comes with it.
    """
    person = enrolment.person
    if not person.is_active:
        return
    with translation.override(person.language):
        told = {
            "name": person.name,
            "course": text(enrolment.course, "title"),
            "quiz": str(in_language(quiz)),
            "is_renewal": is_renewal,
            "link": mail.absolute("courses:my_learning"),
        }
    mail.send(name="taken_back", to=person.email, language=person.language, context=told)


def _renewals(enrolment: Enrolment) -> QuerySet[Renewal]:
    return Renewal.objects.select_for_update(of=("self",)).filter(enrolment=enrolment.pk)


def _is_enough(renewal: Renewal, quiz_key: UUID) -> bool:
    """Whether attempts that were begun for the renewal, as they are marked now, meet its rule."""
    result = attempts.counted_since(renewal.enrolment.person, quiz_key, renewal.started_at)
    asked = rules.from_json(renewal.syllabus.requirements).requirement(quiz_key)
    return bool(result.passed) or (asked is not None and asked.rule.met(result.fraction))


def _go_on(renewal: Renewal, enrolment: Enrolment) -> None:
    """Put it under way again, unless another one is: that one asks for the final test anyhow."""
    if renewal.completed_at and not enrolment.renewals.filter(completed_at=None).exists():
        renewal.completed_at = None
        renewal.save(update_fields=["completed_at"])


def _record(renewal: Renewal, actor: User) -> None:
    data = {"course": renewal.enrolment.course.code, "syllabus": renewal.syllabus.number}
    audit.record(actor=actor, verb="renewal_taken_back", target=renewal.enrolment, data=data)
