"""A text of the paper inside its QR code: whole, or its beginning with the hash of the whole.

Where name and title of the course do not both fit, the title gives way first, down to its first
letters; then the name. What was left out can still be checked: whoever types the whole text as it
stands on the paper is told whether it is the one that was signed.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from typing import Any

import cbor2

from certificates import scsu

DIGEST = 10  # bytes
LEAST_TITLE = 18  # bytes for a title that gives way to the name
VIRAMA = 9  # the combining class of the signs that join two consonants
JOINERS = "\u200c\u200d"


class NoRoom(ValueError):
    """Not even the beginnings of name and title fit."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What of a text stands in the code; `digest` begins the SHA-256 of the whole where it was cut."""

    text: str
    digest: bytes = b""

    @classmethod
    def of(cls, text: str) -> Excerpt:
        """The whole text."""
        return cls(tidy(text))

    @property
    def is_whole(self) -> bool:
        """Whether nothing was left out."""
        return not self.digest

    def agrees_with(self, text: str) -> bool:
        """Whether the whole text is this one."""
        text = tidy(text)
        return text == self.text if self.is_whole else digest_of(text) == self.digest

    def cut(self, room: int) -> Excerpt:
        """The longest beginning that takes at most `room` bytes, with the hash of the whole."""
        digest = digest_of(self.text)
        for length in range(len(self.text) - 1, -1, -1):
            shorter = Excerpt(self.text[:length].rstrip(), digest)
            if _may_end(self.text, length) and shorter.size <= room:
                return shorter
        raise NoRoom("No room for a text in the QR code.")

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        return len(cbor2.dumps(self.to_cbor()))

    def to_cbor(self) -> bytes | list[bytes]:
        """The value in the signed map."""
        packed = scsu.encode(self.text)
        return packed if self.is_whole else [packed, self.digest]

    @classmethod
    def from_cbor(cls, value: Any) -> Excerpt:
        """The text that `to_cbor` packed."""
        packed, digest = (value, b"") if isinstance(value, bytes) else value
        return cls(scsu.decode(packed), digest)

    def __str__(self) -> str:
        return self.text if self.is_whole else f"{self.text}…"


def fit(name: Excerpt, title: Excerpt, room: int) -> tuple[Excerpt, Excerpt]:
    """Name and title in `room` bytes together."""
    if name.size + title.size > room:
        title = _at_most(title, max(room - name.size, LEAST_TITLE))
    return _at_most(name, room - title.size), title


def tidy(text: str) -> str:
    """A text as it is set on paper: composed, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def digest_of(text: str) -> bytes:
    """What stands for the whole of a tidy text."""
    return hashlib.sha256(text.encode()).digest()[:DIGEST]


def _at_most(excerpt: Excerpt, room: int) -> Excerpt:
    return excerpt if excerpt.size <= room else excerpt.cut(room)


def _may_end(text: str, length: int) -> bool:
    """Whether a text may be cut here without tearing a letter from its marks."""
    following, last = text[length], text[length - 1 : length]
    torn = unicodedata.category(following).startswith("M") or following in JOINERS
    joined = bool(last) and (last in JOINERS or unicodedata.combining(last) == VIRAMA)
    return not (torn or joined)
