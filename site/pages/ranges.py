"""Parts of a file (HTTP Range), without which some browsers neither seek in a film nor play it."""

import re
from typing import IO

from django.http import HttpRequest, HttpResponse

# the digits are bounded: a longer number is no place in a file
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
PART = 1024 * 1024  # a player asks again for what follows; so no answer holds a long film in memory


def asks_for_part(request: HttpRequest) -> bool:
    """Whether one part of the file is asked for; several at once are answered with the whole."""
    return _asked(request) is not None


def part_of(request: HttpRequest, stored: IO[bytes], *, size: int, content_type: str) -> HttpResponse:
    """Answer a request that ``asks_for_part`` of an open file.

    At most PART bytes are answered, however many were asked for.
    """
    asked = _asked(request)
    first, last = _bounds(*asked, size) if asked else (0, size - 1)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    stored.seek(first)
    return HttpResponse(
        stored.read(last - first + 1),
        status=206,
        content_type=content_type,
        headers={"Content-Range": f"bytes {first}-{last}/{size}", "Accept-Ranges": "bytes"},
    )


def _asked(request: HttpRequest) -> tuple[str, str] | None:
    found = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    return (found[1], found[2]) if found and any(found.groups()) else None


def _bounds(start: str, end: str, size: int) -> tuple[int, int]:
    """The first and last byte to answer; the first is above the last when there is none."""
    if not start:
        first, last = max(0, size - int(end)), size - 1
    else:
        first, last = int(start), min(int(end), size - 1) if end else size - 1
    return first, min(last, first + PART - 1)
