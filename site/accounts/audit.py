"""The one way to write down who changed a record. Call it inside the change's transaction."""

from typing import Any

from django.db import models

from .models import AuditEntry, User


def record(
    *,
    actor: User | None,
    verb: str,
    target: models.Model | type[models.Model],
    data: dict[str, Any] | None = None,
) -> AuditEntry:
    """Append an entry; `verb` is in the past tense (`issued`), `actor` is None for the system, and
    `target` may be a model itself where no row is meant (a sign-in to an unknown address).

    `data` holds keys, numbers and dates: never answers, marks or free text about a person.
    """
    key = "" if isinstance(target, type) else str(getattr(target, "key", None) or target.pk)
    return AuditEntry.objects.create(
        actor=actor,
        verb=verb,
        target_type=target._meta.label_lower,
        target_key=key,
        data=data or {},
    )
