"""Which lessons read differently than when somebody read them, by what was published since.

Only the text in the source language counts: a translation, a new cover or another title changes
nothing that was learnt.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from wagtail.models import PageLogEntry, Revision

from .models import LessonPage


def since(read_at: Mapping[UUID, datetime]) -> frozenset[UUID]:
    """Return those of the lessons, by their keys, whose text changed after they were read.

    Where it is no longer known what the lesson said then, having been published since is enough.
    """
    lessons = LessonPage.objects.filter(key__in=list(read_at), live=True, last_published_at__isnull=False)
    published = [one for one in lessons if one.last_published_at > read_at[one.key]]
    before = _read_then(published, read_at)
    return frozenset(one.key for one in published if before.get(one.pk) != _text_of(one))


def _read_then(lessons: list[LessonPage], read_at: Mapping[UUID, datetime]) -> dict[int, Any]:
    """The texts that were live when each lesson was read, by the page.

    Of a lesson that was published only afterwards, as records taken over from elsewhere have it, the
    first text stands in.
    """
    moments = {one.pk: read_at[one.key] for one in lessons}
    entries = PageLogEntry.objects.filter(
        page__in=list(moments), action="wagtail.publish", revision__isnull=False
    )
    last: dict[int, int] = {}
    for page, revision, at in entries.order_by("timestamp", "pk").values_list(
        "page_id", "revision_id", "timestamp"
    ):
        if page not in last or at <= moments[page]:
            last[page] = revision
    kept = Revision.objects.in_bulk(list(last.values()))
    languages = {one.pk: one.source_language for one in lessons}
    return {
        page: _text_in(kept[revision].content, languages[page])
        for page, revision in last.items()
        if revision in kept
    }


def _text_in(content: Mapping[str, Any], language: str) -> Any:
    body = content.get(f"body_{language}") or "[]"
    blocks = json.loads(body) if isinstance(body, str) else body
    return content.get(f"lede_{language}") or "", _without_ids(blocks)


def _text_of(lesson: LessonPage) -> Any:
    language = lesson.source_language
    body = getattr(lesson, f"body_{language}")
    blocks = list(body.raw_data) if body else []
    return getattr(lesson, f"lede_{language}") or "", _without_ids(blocks)


def _without_ids(value: Any) -> Any:
    """A stream without the ids of its blocks, which say nothing to a reader."""
    if isinstance(value, Mapping):
        return {key: _without_ids(one) for key, one in value.items() if key != "id"}
    if isinstance(value, list):
        return [_without_ids(one) for one in value]
    return value
