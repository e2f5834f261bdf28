"""Which script a character is in, as HarfBuzz sees it (ISO 15924 tags)."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import uharfbuzz as hb

RIGHT_TO_LEFT = frozenset({"Arab", "Thaa", "Hebr", "Syrc", "Nkoo", "Adlm", "Rohg"})
COMMON = "Zyyy"
INHERITED = "Zinh"
# tatweel, ZWNJ and ZWJ stay with the word they are in
JOINERS = "\u0640\u200c\u200d"
DIRECTION_MARKS = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069")


@lru_cache(maxsize=8192)
def script_of(character: str) -> str:
    """The script of one character: "Latn", "Arab"…, `COMMON` or `INHERITED`."""
    if character in JOINERS:
        return INHERITED
    buffer = hb.Buffer()
    buffer.add_str(character)
    buffer.guess_segment_properties()
    if buffer.script:
        return str(buffer.script)
    return INHERITED if unicodedata.category(character).startswith("M") else COMMON


def main_script(text: str) -> str:
    """The script most letters of a text are in; `COMMON` when it has no letters."""
    counts: dict[str, int] = {}
    for character in text:
        script = script_of(character)
        if script not in (COMMON, INHERITED):
            counts[script] = counts.get(script, 0) + 1
    return max(counts, key=lambda script: counts[script]) if counts else COMMON


@lru_cache(maxsize=8192)
def runs_of(text: str, *, visual: bool = False) -> tuple[tuple[str, str], ...]:
    """Cut a text into (run, script) pieces of one script each.

    Common characters go with a left-to-right script before them, but never with a
    right-to-left one: there a run is one word, without its spaces and digits. `visual` says
    that the text is in drawing order, where the marks of a right-to-left word come before the
    letter they belong to.
    """
    scripts = _resolved(text, visual)
    pieces: list[tuple[str, str]] = []
    start = 0
    for i in range(1, len(text) + 1):
        if i == len(text) or scripts[i] != scripts[start]:
            pieces.append((text[start:i], scripts[start]))
            start = i
    return tuple(pieces)


def _resolved(text: str, visual: bool) -> list[str]:
    scripts = [script_of(character) for character in text]
    bare = [script != INHERITED for script in scripts]
    for i, is_base in enumerate(bare):
        if is_base:
            continue
        following = next((j for j in range(i + 1, len(text)) if bare[j]), None) if visual else None
        if following is not None and scripts[following] in RIGHT_TO_LEFT:
            scripts[i] = scripts[following]
        else:
            scripts[i] = scripts[i - 1] if i else COMMON
    current = COMMON
    for i, script in enumerate(scripts):
        if script == COMMON:
            scripts[i] = current
        else:
            current = COMMON if script in RIGHT_TO_LEFT else script
    return scripts
