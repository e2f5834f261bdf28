"""Files of lessons: which types and sizes are taken, and how they are handed to the browser.

A video or sound file is answered in parts (HTTP Range), without which some browsers neither seek nor
play. Only the types listed here are ever shown in the page; anything else is a download.
"""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import webvtt
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from webvtt.errors import MalformedCaptionError, MalformedFileError

from pages.ranges import asks_for_part, part_of

MEGABYTE = 1024 * 1024
MEDIA_TYPES = {
    "mp4": "video/mp4",
    "webm": "video/webm",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "vtt": "text/vtt",
}

UNREADABLE = (MalformedFileError, MalformedCaptionError, UnicodeDecodeError, OSError)


@dataclass(frozen=True)
class Kind:
    """What a file may be: its endings and its greatest size in bytes."""

    endings: tuple[str, ...]
    most_bytes: int


VIDEO = Kind(("mp4", "webm"), 200 * MEGABYTE)
AUDIO = Kind(("mp3", "m4a", "ogg"), 60 * MEGABYTE)
CAPTIONS = Kind(("vtt",), 1 * MEGABYTE)
DOCUMENT = Kind(("pdf", "docx", "xlsx", "pptx", "odt", "txt"), 20 * MEGABYTE)


def ending(document: Any) -> str:
    """Return the file's ending in lower case, without the dot."""
    return PurePath(document.filename).suffix.lstrip(".").lower()


def media_type(document: Any) -> str:
    """Return the type to name in the page, such as video/mp4; empty for what is no medium."""
    return MEDIA_TYPES.get(ending(document), "")


def check(document: Any, kind: Kind) -> None:
    """Raise ValidationError, with the reason, when the document is not of the kind."""
    if ending(document) not in kind.endings:
        raise ValidationError(
            _("“%(name)s” cannot be used here. Allowed: %(endings)s."),
            params={"name": document.filename, "endings": ", ".join(kind.endings)},
        )
    if (document.get_file_size() or 0) > kind.most_bytes:
        raise ValidationError(
            _("“%(name)s” is too large. At most %(megabytes)s MB."),
            params={"name": document.filename, "megabytes": kind.most_bytes // MEGABYTE},
        )
    if kind is CAPTIONS:
        check_captions(document)


def check_captions(document: Any) -> None:
    """Raise ValidationError when the file is not WebVTT with at least one caption, in UTF-8."""
    try:
        captions = _captions(document)
    except UNREADABLE as problem:
        raise ValidationError(
            _("“%(name)s” cannot be read as WebVTT captions."), params={"name": document.filename}
        ) from problem
    if not len(captions):
        raise ValidationError(_("“%(name)s” holds no captions."), params={"name": document.filename})


def seconds(captions: Any) -> float:
    """Return when the last caption ends; 0 where the file cannot be read."""
    try:
        return max((float(one.end_in_seconds) for one in _captions(captions).captions), default=0.0)
    except UNREADABLE:
        return 0.0


def _captions(document: Any) -> webvtt.WebVTT:
    with document.file.open("rb") as file:
        return webvtt.from_string(file.read().decode("utf-8-sig"), strict=True)


def first_of(documents: Any, kind: Kind) -> Any:
    """Return some document of the kind, or None."""
    return next((d for d in documents.objects.order_by("pk")[:50] if ending(d) in kind.endings), None)


def serve_part(document: Any, request: HttpRequest) -> HttpResponse | None:
    """Answer a player's request for a part of a medium; None for whole files and what is no medium."""
    if not asks_for_part(request) or not media_type(document):
        return None
    try:
        size = document.file.size
        stored = document.file.storage.open(document.file.name, "rb")
    except (NotImplementedError, OSError):
        return None
    with stored:
        response = part_of(request, stored, size=size, content_type=media_type(document))
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'"
    response["Content-Disposition"] = "inline"
    return response
