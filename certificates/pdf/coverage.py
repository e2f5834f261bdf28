"""Which letters the embedded fonts have. Needs no drawing library, so that a start can ask it."""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from pathlib import Path

import uharfbuzz as hb
from babel.core import get_global

from certificates.pdf.breaking import ZERO_WIDTH_SPACE
from certificates.pdf.faces import FACES, FONTS, Face
from certificates.pdf.scripts import DIRECTION_MARKS

LETTERS = Path(__file__).parent / "letters.json"
# they order and break the text, and are not drawn themselves
_UNSEEN = DIRECTION_MARKS | {ZERO_WIDTH_SPACE}


def uncovered(text: str) -> frozenset[str]:
    """The characters of a text that no embedded font can draw."""
    wanted = {c for c in unicodedata.normalize("NFC", text) if not c.isspace()}
    return frozenset(wanted.difference(_UNSEEN, *(_drawn_upright(face) for face in FACES)))


def letters_of(language: str) -> frozenset[str] | None:
    """The letters and digits a language is written with, small and capital; None when not known.

    `language` is a code as in the settings: "es", "pt-br", "sr-latn", "zh-hans".
    """
    table = _letters()
    for key in _names(language):
        if key in table:
            small = unicodedata.normalize("NFC", table[key])
            return frozenset(small) | {c.upper() for c in small if len(c.upper()) == 1}
    return None


def missing_letters(language: str) -> frozenset[str] | None:
    """The letters of a language that the best face for it cannot draw; None when the language is not
    known. One face must have them all: a word whose letters change their face looks broken."""
    letters = letters_of(language)
    if letters is None:
        return None
    return min((letters - drawn_in_every_style(face) for face in FACES), key=len)


@cache
def drawn_in_every_style(face: Face) -> frozenset[str]:
    """What a face draws regular, bold and, where it has one, italic."""
    return frozenset.intersection(*map(_characters, sorted(FONTS.glob(f"{face.family}-*.ttf"))))


@cache
def _drawn_upright(face: Face) -> frozenset[str]:
    return frozenset.intersection(*(_characters(FONTS / f"{face.font(bold=b)}.ttf") for b in (False, True)))


@cache
def _characters(font: Path) -> frozenset[str]:
    return frozenset(map(chr, hb.Face(hb.Blob.from_file_path(str(font))).unicodes))


@cache
def _letters() -> dict[str, str]:
    table: dict[str, str] = json.loads(LETTERS.read_text(encoding="utf-8"))["letters"]
    return table


def _names(language: str) -> list[str]:
    """The names a language may have in the table, the closest first."""
    base, *rest = language.replace("_", "-").split("-")
    base = str(get_global("language_aliases").get(base.lower(), base.lower()))
    script = next((part.title() for part in rest if len(part) == 4), "")
    # the script a language is mostly written in has no entry of its own
    usual = str(get_global("likely_subtags").get(base, "")).split("_")
    return [f"{base}-{script}"] * bool(script) + [base] * (not script or script in usual)
