"""The one way to write down who changed a record. Call it inside the change's transaction."""

from collections.abc import Iterable
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
    entry = _entry(actor, verb, target, data)
    entry.save(force_insert=True)
    return entry


def record_all(
    *, actor: User | None, verb: str, entries: Iterable[tuple[models.Model, dict[str, Any]]]
) -> None:
    """Append an entry for each of many records, with its data, in one statement."""
    AuditEntry.objects.bulk_create(_entry(actor, verb, target, data) for target, data in entries)


def _entry(
    actor: User | None, verb: str, target: models.Model | type[models.Model], data: dict[str, Any] | None
) -> AuditEntry:
    key = "" if isinstance(target, type) else str(getattr(target, "key", None) or target.pk)
    return AuditEntry(
        actor=actor,
        verb=verb,
        target_type=target._meta.label_lower,
        target_key=key,
        data=data or {},
    )
