"""The one way to write down who changed a record. Call it inside the change's transaction."""

from typing import Any

from django.db import models

from .models import AuditEntry, User


def record(
    *, actor: User | None, verb: str, target: models.Model, data: dict[str, Any] | None = None
) -> AuditEntry:
    """Append an entry; `verb` is in the past tense (`issued`), `actor` is None for the system.

    `data` holds keys, numbers and dates: never answers, marks or free text about a person.
    """
    return AuditEntry.objects.create(
        actor=actor,
        verb=verb,
        target_type=target._meta.label_lower,
        target_key=str(getattr(target, "key", None) or target.pk),
        data=data or {},
    )
