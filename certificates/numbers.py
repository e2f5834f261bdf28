"""Certificate numbers: the year and eight random characters that cannot be mistaken for others."""

from __future__ import annotations

import secrets
import unicodedata

# Without 0, 1, I and O: 32 characters, so eight of them are 40 bits.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
EXAMPLE = "2026-7F3K-9QXD"
LONGEST_TYPED = 60

_MISREAD_IN_YEAR = str.maketrans("OIL", "011")
# What is not in the alphabet was misread; these are the letters it is misread from.
_MISREAD_IN_REST = str.maketrans("0O1I", "QQLL")


def new_number(year: int) -> str:
    """A number nobody can guess: 2026-7F3K-9QXD."""
    rest = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{year:04d}-{rest[:4]}-{rest[4:]}"


def canonical(typed: str) -> str | None:
    """The number somebody meant, or None when it cannot be one.

    Spaces, dashes of any kind, small letters and digits of other scripts are forgiven, and so
    are the characters that our numbers leave out because they are mistaken for others.
    """
    plain = "".join(_plain(character) for character in unicodedata.normalize("NFKC", typed))
    if len(plain) != 12:
        return None
    year = plain[:4].translate(_MISREAD_IN_YEAR)
    rest = plain[4:].translate(_MISREAD_IN_REST)
    if not year.isdigit() or set(rest) - set(ALPHABET):
        return None
    return f"{year}-{rest[:4]}-{rest[4:]}"


def pack(number: str) -> bytes:
    """A number in seven bytes: the year in two, the rest in five."""
    year, *rest = number.split("-")
    value = 0
    for character in "".join(rest):
        value = value * len(ALPHABET) + ALPHABET.index(character)
    return int(year).to_bytes(2) + value.to_bytes(5)


def unpack(packed: bytes) -> str:
    """The number that `pack` packed; raises ValueError for other than seven bytes."""
    if len(packed) != 7:
        raise ValueError("a packed number has seven bytes")
    value, rest = int.from_bytes(packed[2:]), ""
    for _place in range(8):
        value, digit = divmod(value, len(ALPHABET))
        rest = ALPHABET[digit] + rest
    return f"{int.from_bytes(packed[:2]):04d}-{rest[:4]}-{rest[4:]}"


def shown(typed: str) -> str:
    """What was typed, fit for showing it back and for an address."""
    kept = "".join(c if c.isalnum() or c in "-–—" else " " for c in typed[:LONGEST_TYPED])
    return " ".join(kept.split())


def _plain(character: str) -> str:
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    upper = character.upper()
    return upper if upper.isascii() and upper.isalnum() else ""
