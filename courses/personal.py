"""The few places of a lesson that differ from reader to reader, cut out of the text that all share.

A lesson is drawn once for a language and a country, with marks where something personal belongs. The
marks carry a random word, so that no text an author writes can be taken for one.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True)
class Place:
    """A mark: what belongs there, of which block, and of which answer."""

    kind: str
    block_id: str
    choice: str


@dataclass(frozen=True)
class Reader:
    """What is filled in for one reader: notes by block, answers chosen by block, the form token."""

    notes: Mapping[str, str]
    checks: Mapping[str, str]
    csrf_token: str

    def fill(self, place: Place) -> str:
        """Return the HTML of a place."""
        chosen = self.checks.get(place.block_id) == place.choice
        match place.kind:
            case "note":
                return escape(self.notes.get(place.block_id, ""))
            case "saved":
                return "" if self.notes.get(place.block_id) else " hidden"
            case "csrf":
                return escape(self.csrf_token)
            case "chosen":
                return " checked" if chosen else ""
            case "shown":
                return " is-shown" if chosen else ""
        return ""


class Slots:
    """Hands out marks while a lesson is drawn, and cuts the finished text at them."""

    def __init__(self) -> None:
        self._word = secrets.token_hex(8)

    def place(self, kind: str, block_id: str, choice: str = "") -> SafeString:
        """Return the mark of a place."""
        return mark_safe(f"[[{self._word}:{kind}:{block_id}:{choice}]]")  # noqa: S308

    def cut(self, html: str) -> tuple[str | Place, ...]:
        """Return the text in pieces, with a Place where each mark stood."""
        pieces = re.split(rf"\[\[{self._word}:(\w+):([\w-]+):(\d*)\]\]", html)
        texts = pieces[0::4]
        places = [Place(*pieces[at : at + 3]) for at in range(1, len(pieces), 4)]
        cut: list[str | Place] = [texts[0]]
        for place, text in zip(places, texts[1:], strict=True):
            cut += [place, text]
        return tuple(cut)


def join(pieces: tuple[str | Place, ...], reader: Reader) -> SafeString:
    """Return the whole text for one reader."""
    # the pieces were drawn by our templates, and `fill` escapes what people typed
    return mark_safe(  # noqa: S308
        "".join(piece if isinstance(piece, str) else reader.fill(piece) for piece in pieces)
    )
