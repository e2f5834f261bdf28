"""Somebody who is certified, and where staff see the certificate."""

import datetime
from dataclasses import replace

from django.utils import timezone

from certificates import issuing
from certificates.models import Certificate
from courses import awards
from courses.models import Enrolment

LIST = "/en/staff/certificates/"


def certify(taken: Enrolment, *, days: int | None = None) -> Certificate:
    """Certify a completed enrolment, to be valid for so many days more."""
    until = timezone.now().date() + datetime.timedelta(days=days) if days is not None else None
    statement = replace(awards.statement_of(taken), valid_until=until)
    return issuing.issue(statement=statement, person=taken.person)


def address(certificate: Certificate, page: str = "") -> str:
    """The address of a certificate in the register, or of what is done there."""
    return f"{LIST}{certificate.number}/{page}"
