"""Invite an address, and accept the invitation."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from . import audit, mail, people
from .models import Invitation, User
from .models.joining import INVITATION_LIFE, hash_token, new_token
from .signals import invitation_accepted


class InvitationClosed(Exception):
    """The invitation was accepted, was withdrawn or has expired."""


class WrongPerson(Exception):
    """The invitation is for another address than the person's."""


@transaction.atomic
def invite(
    *,
    email: str,
    invited_by: User,
    language: str,
    context: dict[str, Any] | None = None,
    name: str = "",
    life: datetime.timedelta = INVITATION_LIFE,
) -> Invitation:
    """Send an invitation; `context` comes back with `signals.invitation_accepted`.

    Whoever has an account already is written to in their own language.
    """
    email = User.objects.normalize_email(email)
    known = User.objects.filter(email=email).first()
    token = new_token()
    invitation = Invitation.objects.create(
        token_hash=hash_token(token),
        email=email,
        name=name or (known.name if known else ""),
        language=known.language if known else language,
        context=context or {},
        invited_by=invited_by,
        expires_at=timezone.now() + life,
    )
    audit.record(actor=invited_by, verb="invited", target=invitation)
    _send(invitation, token)
    return invitation


@transaction.atomic
def remind(*, invitation: Invitation, actor: User) -> Invitation:
    """Send the invitation again with a new link; the old link ends. Raises InvitationClosed."""
    invitation = _locked(invitation)
    token = new_token()
    invitation.token_hash = hash_token(token)
    invitation.save(update_fields=["token_hash"])
    audit.record(actor=actor, verb="invitation_sent_again", target=invitation)
    _send(invitation, token)
    return invitation


@transaction.atomic
def withdraw(*, invitation: Invitation, actor: User) -> Invitation:
    """End an invitation that nobody has accepted. Raises InvitationClosed."""
    invitation = _locked(invitation)
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    audit.record(actor=actor, verb="invitation_withdrawn", target=invitation)
    return invitation


@transaction.atomic
def accept(*, invitation: Invitation, person: User) -> Invitation:
    """Accept an invitation with an existing account, once.

    Raises InvitationClosed, and WrongPerson if it was sent to another address.
    """
    invitation = _locked(invitation)
    if invitation.email != person.email:
        raise WrongPerson
    invitation.accepted_at = timezone.now()
    invitation.accepted_by = person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    audit.record(actor=person, verb="invitation_accepted", target=invitation)
    invitation_accepted.send(
        sender=Invitation, person=person, context=invitation.context, invitation=invitation
    )
    return invitation


@transaction.atomic
def join(*, invitation: Invitation, password: str, **fields: Any) -> User:
    """Open an account for the invited address and accept with it; `fields` are those of `User`.

    The link came by mail, so the address is the person's own. Raises InvitationClosed, and
    people.AlreadyRegistered if the address has an account.
    """
    invitation = _locked(invitation)
    person = people.register(email=invitation.email, actor=None, password=password, **fields)
    accept(invitation=invitation, person=person)
    return person


def _locked(invitation: Invitation) -> Invitation:
    found = Invitation.objects.open().select_for_update().filter(pk=invitation.pk).first()
    if found is None:
        raise InvitationClosed
    return found


def _send(invitation: Invitation, token: str) -> None:
    with translation.override(invitation.language):
        link = mail.absolute("accounts:invitation", token=token)
    mail.send(
        name="invitation",
        to=invitation.email,
        language=invitation.language,
        context={
            "name": invitation.name,
            "inviter": invitation.invited_by.get_full_name() if invitation.invited_by else "",
            "link": link,
            "until": invitation.expires_at,
        },
    )
