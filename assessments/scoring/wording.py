"""Comparing what people type: digits, case, accents and letter forms of several scripts."""

import re
import unicodedata
from functools import lru_cache

from assessments.scoring.scripts import bangla_letters, visible, western_digits

# Arabic letters that are typed in each other's place without changing the word for a reader
_ARABIC = str.maketrans(
    {"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ۃ": "ه", "ہ": "ه", "ٱ": "ا", "ـ": "", "٪": "%"}
)
_PUNCTUATION = str.maketrans(
    {"‘": "'", "’": "'", "ʼ": "'", "“": '"', "”": '"', "«": '"', "»": '"'} | dict.fromkeys("‐‑‒–—−", "-")
)
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "ı": "i"})
_TRAILING = " .,;:!?¡¿،؛؟।"
# scripts in which a combining mark is an accent or a vowel point; in Bangla it is a letter
_ACCENTED = ("LATIN", "GREEK", "CYRILLIC", "ARABIC", "HEBREW")
# a star that stands for any text, not one that the author wrote as "\*"
_STAR = re.compile(r"(?<!\\)\*")


def normal_form(text: str, *, keep_case: bool = False, keep_accents: bool = False) -> str:
    """The form in which two answers are compared.

    Always evens out digits, quotation marks, dashes, white space, closing punctuation,
    invisible characters and Arabic and Bangla letter variants; case and accents unless kept.
    In Arabic the accents are the vowel points and the hamza on its carrier.
    """
    text = western_digits(unicodedata.normalize("NFKC", visible(text)))
    text = bangla_letters(text.translate(_PUNCTUATION).translate(_ARABIC))
    if not keep_case:
        text = text.casefold()
    if not keep_accents:
        text = _without_accents(text).translate(_LETTERS)
    return re.sub(r"\s+", " ", text).strip(_TRAILING)


def says_something(accepted: str) -> bool:
    """Whether an accepted form holds more than stars and punctuation, which any answer would match."""
    return bool(normal_form(_STAR.sub("", accepted)))


def matches(given: str, accepted: str, *, keep_case: bool, keep_accents: bool) -> bool:
    """Whether an answer is an accepted one.

    ``*`` in the accepted form stands for any text, ``\\*`` for a star.
    """
    typed = normal_form(given, keep_case=keep_case, keep_accents=keep_accents)
    parts = [
        normal_form(part.replace("\\*", "*"), keep_case=keep_case, keep_accents=keep_accents)
        for part in _STAR.split(accepted)
    ]
    if len(parts) == 1:
        return typed == parts[0]
    return _has_parts_in_order(typed, parts)


def _has_parts_in_order(typed: str, parts: list[str]) -> bool:
    # plain searching from left to right: an author's pattern can never take exponential time
    first, *middle, last = parts
    if not typed.startswith(first):
        return False
    at = len(first)
    for part in middle:
        found = typed.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return typed.endswith(last) and len(typed) - len(last) >= at


def _without_accents(text: str) -> str:
    kept: list[str] = []
    base = ""
    for char in unicodedata.normalize("NFD", text):
        if not unicodedata.combining(char):
            base = char
        elif _takes_accents(base):
            continue
        kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept))


@lru_cache(maxsize=1024)
def _takes_accents(base: str) -> bool:
    return bool(base) and unicodedata.name(base, "").startswith(_ACCENTED)
