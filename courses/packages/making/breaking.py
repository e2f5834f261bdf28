"""Where words break into lines. They break at plain spaces only, never at no-break ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

# numbers and short forms that belong to the word after them
_LEADS_ON = re.compile(
    r"[(«“]?(?:\d{1,2}|[Aa]rts?\.?|[Nn]os?\.|n\.?[oº°]|núm\.|vs?\.|c\.|p\.|par\.|المادة|অনুচ্ছেদ)"
)

LONELY = 0.3
"""A last line shorter than this share of the room is given company."""


def lines(text: str, width: Callable[[str], float], room: float, *, even: bool = True) -> tuple[str, ...]:
    """The fewest lines that keep within the room: all about as long if `even`, else each filled."""
    words = _pieces(text)
    widths = [width(word) for word in words]
    space = width("\u00a0")
    filled = _filled(words, widths, space, room)
    if len(filled) == 1 or (not even and width(filled[-1]) >= room * LONELY):
        return tuple(filled)
    low, high = room * 0.5, room
    for _ in range(10):
        middle = (low + high) / 2
        if len(_filled(words, widths, space, middle)) <= len(filled):
            high = middle
        else:
            low = middle
    return tuple(_filled(words, widths, space, high))


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    joined = ""
    for word in re.split(r"[ \n]+", text.strip()):
        joined = f"{joined} {word}".strip()
        if not _LEADS_ON.fullmatch(word):
            pieces.append(joined)
            joined = ""
    return [*pieces, joined] if joined else pieces


def _filled(words: Sequence[str], widths: Sequence[float], space: float, room: float) -> list[str]:
    found: list[list[str]] = [[]]
    used = 0.0
    for word, width in zip(words, widths, strict=True):
        if found[-1] and used + space + width > room:
            found.append([])
            used = 0.0
        used += width + (space if found[-1] else 0.0)
        found[-1].append(word)
    return [" ".join(line) for line in found]
