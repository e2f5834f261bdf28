"""Supervised tests: the password of a quiz, and tickets that open it in a room for a while."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from assessments.models import RoomTicket
from assessments.quiz_spec import QuizSpec

# without letters and digits that are taken for one another when read aloud or from a wall
_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_LENGTH = 8


class NotAdmitted(Exception):
    """Neither password nor ticket is right."""


class RoomFull(Exception):
    """All places of the ticket are taken."""


@transaction.atomic
def issue(
    *,
    quiz_key: UUID,
    room: str,
    valid_until: datetime,
    actor: User,
    valid_from: datetime | None = None,
    places: int | None = None,
) -> RoomTicket:
    """Issue a ticket with a new code; it is read out in the room."""
    ticket = RoomTicket.objects.create(
        quiz_key=quiz_key,
        room=room,
        code="".join(secrets.choice(_SIGNS) for _ in range(_LENGTH)),
        valid_from=valid_from or timezone.now(),
        valid_until=valid_until,
        places=places,
        issued_by=actor,
    )
    data = {"quiz": str(quiz_key)}
    audit.record(actor=actor, verb="room_ticket_issued", target=ticket, data=data)
    return ticket


@transaction.atomic
def withdraw(*, ticket: RoomTicket, actor: User, now: datetime | None = None) -> RoomTicket:
    """End a ticket: nobody begins by it any more. Attempts that were begun go on."""
    now = now or timezone.now()
    locked = RoomTicket.objects.select_for_update().get(pk=ticket.pk)
    if locked.valid_until > now:
        locked.valid_from = min(locked.valid_from, now - timedelta(seconds=1))
        locked.valid_until = now
        locked.save(update_fields=["valid_from", "valid_until"])
        data = {"quiz": str(locked.quiz_key)}
        audit.record(actor=actor, verb="room_ticket_withdrawn", target=locked, data=data)
    return locked


def is_supervised(quiz: QuizSpec) -> bool:
    """Whether an attempt is begun with a password or a ticket only."""
    return bool(quiz.password or quiz.needs_ticket)


def admit(quiz: QuizSpec, *, password: str, code: str, now: datetime) -> RoomTicket | None:
    """The ticket by which somebody may begin; None where none is needed, or by the password.

    The caller is in a transaction; the ticket stays locked, so that places are counted in turn.
    Raises NotAdmitted or RoomFull.
    """
    if not is_supervised(quiz):
        return None
    if quiz.password and secrets.compare_digest(quiz.password.encode(), password.strip().encode()):
        return None
    written = "".join(code.split()).upper()
    tickets = RoomTicket.objects.select_for_update().in_force(quiz.key, now)
    ticket = tickets.filter(code=written).first() if written else None
    if ticket is None:
        raise NotAdmitted(str(quiz.key))
    if ticket.places is not None and ticket.attempts.count() >= ticket.places:
        raise RoomFull(str(ticket.key))
    return ticket
