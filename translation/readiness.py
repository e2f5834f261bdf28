"""Missing, current or stale: what a language of a record is worth against its source."""

import hashlib
import json
from enum import StrEnum
from typing import Any

from django.contrib.contenttypes.models import ContentType

from accounts.models import User

from .models import FieldTranslation, SourceLanguageModel


class State(StrEnum):
    MISSING = "missing"
    CURRENT = "current"
    STALE = "stale"


def source_hash(value: Any) -> str:
    """Return the SHA-256 of a text, or of the JSON of a structured value."""
    raw = getattr(value, "raw_data", value)
    payload = raw if isinstance(raw, str) else json.dumps(list(raw or []), sort_keys=True, default=str)
    return hashlib.sha256(payload.encode()).hexdigest()


def mark_current(
    *, record: SourceLanguageModel, field: str, language: str, actor: User | None
) -> FieldTranslation:
    """Remember that the field's `language` now follows the present source."""
    source = getattr(record, f"{field}_{record.source_language}")
    made, _created = FieldTranslation.objects.update_or_create(
        content_type=ContentType.objects.get_for_model(record),
        object_id=record.pk,
        field=field,
        language=language,
        defaults={"source_hash": source_hash(source), "made_by": actor},
    )
    return made


def state(*, record: SourceLanguageModel, field: str, language: str) -> State:
    """Tell what the field's `language` is worth; the source language is always current."""
    if not getattr(record, f"{field}_{language}", None):
        return State.MISSING
    if language == record.source_language:
        return State.CURRENT
    made = FieldTranslation.objects.filter(
        content_type=ContentType.objects.get_for_model(record),
        object_id=record.pk,
        field=field,
        language=language,
    ).first()
    source = getattr(record, f"{field}_{record.source_language}")
    return State.CURRENT if made and made.source_hash == source_hash(source) else State.STALE
