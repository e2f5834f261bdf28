"""Telling holders that their certificate ends soon: 90 and 14 days before, each once."""

import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import translation

from accounts import audit, mail
from certificates.models import Certificate

from .models import Enrolment, ExpiryReminder, Renewal

DAYS = (90, 14)  # before the end; the first is the day from which a certificate may be renewed


def remind_all(*, today: datetime.date | None = None) -> int:
    """Remind every holder who is due for it, and return how many were; run again, nobody is told twice.

    Whoever was missed on the very day is told on a later one; of two that are due, the later counts
    for both.
    """
    sent = 0
    for days in sorted(DAYS):
        for certificate in due(days, today).iterator(chunk_size=500):
            sent += _remind(certificate, days)
    return sent


def due(days: int, today: datetime.date | None = None) -> QuerySet[Certificate]:
    """Return the certificates of which the holder is to be told, so many days before the end, and was not.

    Left out are those that were renewed, whose account is closed, and whose course cannot be renewed.
    """
    told = ExpiryReminder.objects.filter(certificate=OuterRef("pk"), days__lte=days)
    renewed = Certificate.objects.filter(renews=OuterRef("pk"))
    offered = Enrolment.objects.filter(course__code=OuterRef("course_code"), course__page__live=True)
    return (
        Certificate.objects.ending_within(days, today)
        .filter(Exists(offered.filter(person=OuterRef("person"))), person__is_active=True)
        .exclude(Exists(told))
        .exclude(Exists(renewed))
        .select_related("person")
        .defer("person__sex", "person__password")
        .order_by("pk")
    )


@transaction.atomic
def _remind(certificate: Certificate, days: int) -> bool:
    """Tell one holder; the letter leaves once it is written down that it was sent."""
    person, enrolment = certificate.person, _enrolment_of(certificate.award_key)
    if person is None or enrolment is None:
        return False
    _made, is_new = ExpiryReminder.objects.get_or_create(certificate=certificate, days=days)
    if not is_new:
        return False  # somebody else runs the same command
    audit.record(actor=None, verb="expiry_reminded", target=certificate, data={"days": days})
    with translation.override(person.language):
        told = {
            "name": person.name,
            "number": certificate.number,
            "course": certificate.course_title,
            "until": certificate.valid_until,
            "link": mail.absolute("courses:renew", enrolment.key),
        }
    mail.send(name="certificate_ends", to=person.email, language=person.language, context=told)
    return True


def _enrolment_of(award_key: UUID) -> Enrolment | None:
    """The enrolment that was certified, or that was renewed."""
    renewal = Renewal.objects.filter(key=award_key).select_related("enrolment").first()
    return renewal.enrolment if renewal else Enrolment.objects.filter(key=award_key).first()
