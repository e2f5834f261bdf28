"""Issuing, replacing and withdrawing certificates: the only writers of the register."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import audit
from certificates import numbers, status_list, wording
from certificates.choices import Kind, RevokeReason, Status
from certificates.clock import day_of
from certificates.models import TEMPLATE_VERSION, Certificate
from certificates.statements import Signatory, Statement

if TYPE_CHECKING:
    from accounts.models import User

__all__ = ["NotStanding", "Signatory", "Statement", "issue", "revoke", "supersede"]


class NotStanding(ValueError):
    """The certificate has already been withdrawn or replaced."""


def issue(
    *,
    statement: Statement,
    person: User,
    actor: User | None = None,
    after_revocation: bool = False,
    renews: Certificate | None = None,
) -> Certificate:
    """Issue the certificate of an achievement, once; asking again returns the one there is.

    A withdrawn certificate is not issued again unless `after_revocation` says so: it then gets
    a new number. `actor` is None when the system issues on completion. `renews` is the certificate
    of an earlier achievement that this one renews; it stays as it was issued.
    """
    existing = _latest(statement)
    if existing is not None and not (after_revocation and existing.status == Status.REVOKED):
        return existing
    try:
        with transaction.atomic():
            certificate = _create(statement=statement, person=person, renews=renews)
            audit.record(actor=actor, verb="issued", target=certificate, data={"number": certificate.number})
            if renews is not None:
                data = {"number": renews.number, "by": certificate.number}
                audit.record(actor=actor, verb="renewed", target=renews, data=data)
            return certificate
    except IntegrityError:
        # somebody else issued it in the same moment
        winner = _latest(statement)
        if winner is None or winner.status != Status.ISSUED:
            raise
        return winner


@transaction.atomic
def revoke(*, certificate: Certificate, reason: str, actor: User | None) -> Certificate:
    """Withdraw a certificate for one of the reasons of `RevokeReason`; the public page says so.

    Raises NotStanding when it was withdrawn or replaced before, ValueError for another reason.
    """
    reason = RevokeReason(reason)
    certificate = _standing(certificate)
    certificate.status = Status.REVOKED
    certificate.revoked_at = timezone.now()
    certificate.revoke_reason = reason
    certificate.save(update_fields=["status", "revoked_at", "revoke_reason"])
    audit.record(
        actor=actor,
        verb="revoked",
        target=certificate,
        data={"number": certificate.number, "reason": reason.value},
    )
    return certificate


@transaction.atomic
def supersede(*, certificate: Certificate, statement: Statement, actor: User | None) -> Certificate:
    """Replace a certificate by a corrected one with a new number, and link the two.

    Raises NotStanding when it was withdrawn or replaced before, ValueError when `statement` is
    about another achievement.
    """
    if statement.award_key != certificate.award_key:
        raise ValueError("A certificate is replaced by one for the same achievement.")
    old = _standing(certificate)
    # Only one may stand per achievement, and the old one must point at the new: for a moment the
    # new one is entered as withdrawn, inside this transaction.
    now = timezone.now()
    new = _create(
        statement=statement,
        person=old.person,
        renews=old.renews,
        status=Status.REVOKED,
        revoked_at=now,
        revoke_reason=RevokeReason.ERROR,
    )
    old.status, old.superseded_by = Status.SUPERSEDED, new
    old.save(update_fields=["status", "superseded_by"])
    new.status, new.revoked_at, new.revoke_reason = Status.ISSUED, None, ""
    new.save(update_fields=["status", "revoked_at", "revoke_reason"])
    audit.record(actor=actor, verb="superseded", target=old, data={"number": old.number, "by": new.number})
    audit.record(actor=actor, verb="issued", target=new, data={"number": new.number, "for": old.number})
    return new


def _latest(statement: Statement) -> Certificate | None:
    return Certificate.objects.for_award(statement.award_key).exclude(status=Status.SUPERSEDED).first()


def _standing(certificate: Certificate) -> Certificate:
    """The row as it is now, locked; the caller's object may be old."""
    current = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if current.status != Status.ISSUED:
        raise NotStanding(f"{current.number} has been withdrawn or replaced.")
    return current


def _create(*, statement: Statement, person: User | None, **fields: object) -> Certificate:
    now = timezone.now()
    return Certificate.objects.create(
        number=_free_number(now),
        award_key=statement.award_key,
        person=person,
        kind=Kind(statement.kind),
        name=statement.name,
        course_code=statement.course_code,
        statement=_frozen(statement, now),
        template_version=TEMPLATE_VERSION,
        issued_at=now,
        valid_until=statement.valid_until,
        status_index=status_list.free_index(),
        **fields,
    )


def _frozen(statement: Statement, now: datetime.datetime) -> dict[str, object]:
    issued_on = day_of(now)
    words = {
        code: wording.printed(statement, language=code, issued_on=issued_on).to_json()
        for code in wording.languages_for(statement)
    }
    return {**statement.to_json(), "printed": words}


def _free_number(now: datetime.datetime) -> str:
    while True:
        number = numbers.new_number(now.year)
        if not Certificate.objects.filter(number=number).exists():
            return number
