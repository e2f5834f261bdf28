"""Other rules of a quiz for one person or a group: granted for a reason, withdrawn, never changed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from assessments.models import Override

RULES = ("opens_at", "closes_at", "time_limit", "extra_time", "attempts_allowed")


@transaction.atomic
def grant(
    *,
    quiz_key: UUID,
    reason: str,
    actor: User,
    person: User | None = None,
    group_key: UUID | None = None,
    expires_at: datetime | None = None,
    **rules: Any,
) -> Override:
    """Grant other rules (``RULES``) for attempts begun from now on; open ones keep those they have.

    The audit holds neither the reason nor the rules. Raises ValueError unless it is for a person or a
    group, and changes something.
    """
    if (person is None) == (group_key is None) or not any(value is not None for value in rules.values()):
        raise ValueError("an exception is for somebody and changes something")
    given = Override.objects.create(
        quiz_key=quiz_key,
        person=person,
        group_key=group_key,
        expires_at=expires_at,
        reason=reason,
        granted_by=actor,
        **rules,
    )
    audit.record(actor=actor, verb="exception_granted", target=given, data={"quiz": str(quiz_key)})
    return given


@transaction.atomic
def withdraw(*, override: Override, actor: User, now: datetime | None = None) -> Override:
    """Withdraw an exception; withdrawn twice, the first time stands."""
    locked = Override.objects.select_for_update().get(pk=override.pk)
    if locked.withdrawn_at is None:
        locked.withdrawn_at, locked.withdrawn_by = now or timezone.now(), actor
        locked.save(update_fields=["withdrawn_at", "withdrawn_by"])
        data = {"quiz": str(locked.quiz_key)}
        audit.record(actor=actor, verb="exception_withdrawn", target=locked, data=data)
    return locked
