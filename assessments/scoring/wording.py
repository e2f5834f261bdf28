"""Comparing what people type: digits, case, accents and letter forms of several scripts."""

import re
import unicodedata
from functools import lru_cache

# Arabic letters that are typed in each other's place without changing the word for a reader
_ARABIC = str.maketrans({"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ٱ": "ا", "ـ": ""})
# Bangla: the older spelling of khanda ta with a joiner
_KHANDA_TA = ("ত\u09cd\u200d", "ৎ")
_PUNCTUATION = str.maketrans(
    {"‘": "'", "’": "'", "ʼ": "'", "“": '"', "”": '"', "«": '"', "»": '"'} | dict.fromkeys("‐‑‒–—−", "-")
)
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "ı": "i"})
_TRAILING = " .,;:!?¡¿،؛؟।"
# scripts in which a combining mark is an accent or a vowel point; in Bangla it is a letter
_ACCENTED = ("LATIN", "GREEK", "CYRILLIC", "ARABIC", "HEBREW")


def western_digits(text: str) -> str:
    """The text with every decimal digit of any script written 0-9."""
    return "".join(
        str(unicodedata.decimal(char)) if unicodedata.category(char) == "Nd" else char for char in text
    )


def normal_form(text: str, *, keep_case: bool = False, keep_accents: bool = False) -> str:
    """The form in which two answers are compared.

    Always evens out digits, quotation marks, dashes, white space, closing punctuation,
    invisible characters and Arabic and Bangla letter variants; case and accents unless kept.
    """
    text = unicodedata.normalize("NFKC", text.replace(*_KHANDA_TA))
    text = western_digits(text).translate(_PUNCTUATION).translate(_ARABIC)
    text = "".join(char for char in text if unicodedata.category(char) != "Cf")
    if not keep_case:
        text = text.casefold()
    if not keep_accents:
        text = _without_accents(text).translate(_LETTERS)
    return re.sub(r"\s+", " ", text).strip(_TRAILING)


def matches(given: str, accepted: str, *, keep_case: bool, keep_accents: bool) -> bool:
    """Whether an answer is an accepted one; ``*`` in the accepted form stands for any text."""
    typed = normal_form(given, keep_case=keep_case, keep_accents=keep_accents)
    parts = [
        normal_form(part, keep_case=keep_case, keep_accents=keep_accents) for part in accepted.split("*")
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
