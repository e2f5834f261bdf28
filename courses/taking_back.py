"""What becomes of renewals when a regrade takes back what was passed, as staff decided with a reason."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from accounts import audit
from accounts.models import User
from assessments import attempts
from courses import awards, rules

from .models import Enrolment, Renewal, RenewalItem


@transaction.atomic
def renewals_by(*, enrolment: Enrolment, quiz_key: UUID, actor: User) -> None:
    """Open a quiz again in the renewals for which its attempts are no longer enough.

    A renewal that was completed by it goes on, and its certificate is withdrawn.
    """
    done = RenewalItem.objects.filter(item_key=quiz_key, done_at__isnull=False)
    for renewal in _renewals(enrolment).filter(pk__in=done.values("renewal")):
        if not _is_enough(renewal, quiz_key):
            renewal.items.filter(item_key=quiz_key).update(done_at=None, how="", language="")
            _go_on(renewal, enrolment)
            awards.withdraw(award_key=renewal.key, actor=actor)
            _record(renewal, actor)


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


def _renewals(enrolment: Enrolment) -> QuerySet[Renewal]:
    return Renewal.objects.select_for_update(of=("self",)).filter(enrolment=enrolment.pk)


def _is_enough(renewal: Renewal, quiz_key: UUID) -> bool:
    """Whether attempts that were begun for the renewal, as they are marked now, meet its rule."""
    result = attempts.counted_since(renewal.enrolment.person, quiz_key, renewal.started_at)
    asked = rules.from_json(renewal.syllabus.requirements).requirement(quiz_key)
    return bool(result.passed) or (asked is not None and asked.rule.met(result.fraction))


def _go_on(renewal: Renewal, enrolment: Enrolment) -> None:
    """Put it under way again, unless another one is: that one asks for the final test anyhow."""
    if not enrolment.renewals.filter(completed_at=None).exists():
        renewal.completed_at = None
        renewal.save(update_fields=["completed_at"])


def _record(renewal: Renewal, actor: User) -> None:
    data = {"course": renewal.enrolment.course.code, "syllabus": renewal.syllabus.number}
    audit.record(actor=actor, verb="renewal_taken_back", target=renewal.enrolment, data=data)
