"""The minutes of a lesson in each language it is written in: counted when it is published, kept with it."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from wagtail.documents import get_document_model

from courses import media, reading_time, tree

from .models import LessonPage

Stream = list[Mapping[str, Any]]


def count(*, page: LessonPage) -> None:
    """Count the minutes of a lesson that has just been published, and keep them for the outlines."""
    page.reading_minutes = counted(page)
    LessonPage.objects.filter(pk=page.pk).update(reading_minutes=page.reading_minutes)


def of_draft(page: LessonPage, language: str) -> int:
    """Return the minutes of a lesson as it stands before its author."""
    return counted(page, languages=(language,)).get(language, page.minutes)


def counted(
    page: Any, *, languages: Collection[str] = tree.LANGUAGES, documents: Any = None
) -> dict[str, int]:
    """Return the minutes by language; a language without text is left out.

    `documents` is the model of documents where it is not today's: a migration has its own.
    """
    streams = {code: stream for code in languages if (stream := _stream(page, code))}
    lengths = _lengths(streams.values(), documents or get_document_model())
    return {
        code: reading_time.minutes(
            stream,
            language=code,
            lede=getattr(page, f"lede_{code}") or "",
            seconds={block: lengths.get(pk, 0) for block, pk in _captions(stream).items()},
        )
        for code, stream in streams.items()
    }


def _stream(page: Any, language: str) -> Stream:
    body = getattr(page, f"body_{language}")
    return list(body.raw_data) if body else []


def _captions(stream: Stream) -> dict[str, int]:
    """Return the captions of each video or recording, by block id."""
    found = {block["id"]: block["value"].get("captions") for block in stream if block.get("id")}
    return {block: pk for block, pk in found.items() if pk}


def _lengths(streams: Iterable[Stream], documents: Any) -> dict[int, float]:
    """Return how many seconds captions run: when they end, the medium has been heard."""
    wanted = {pk for stream in streams for pk in _captions(stream).values()}
    found = documents.objects.in_bulk(wanted) if wanted else {}
    return {pk: media.seconds(document) for pk, document in found.items()}
