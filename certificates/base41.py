"""Bytes as text for the part of a QR code that holds only 45 characters, fit for an address.

Works as base45 does (RFC 9285), two bytes in three characters, with those 41 of its 45 characters that
an address may carry as they are: phones open what they scan, and no address may hold a space or a lone
percent sign; a full stop or colon at its end gets lost where addresses are found in running text.
"""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$*+-/"
BASE = len(ALPHABET)

_VALUES = {character: value for value, character in enumerate(ALPHABET)}


def encode(data: bytes) -> str:
    """The text for some bytes."""
    return "".join(_digits(data[at : at + 2]) for at in range(0, len(data), 2))


def decode(text: str) -> bytes:
    """The bytes behind a text; raises ValueError when `encode` cannot have written it."""
    out = bytearray()
    for at in range(0, len(text), 3):
        group = text[at : at + 3]
        if len(group) == 1 or set(group) - set(_VALUES):
            raise ValueError("not base41")
        value = sum(_VALUES[character] * BASE**place for place, character in enumerate(group))
        out += _bytes(value, len(group) - 1)
    return bytes(out)


def _digits(pair: bytes) -> str:
    value, digits = int.from_bytes(pair), ""
    for _place in range(len(pair) + 1):
        value, digit = divmod(value, BASE)
        digits += ALPHABET[digit]
    return digits


def _bytes(value: int, length: int) -> bytes:
    try:
        return value.to_bytes(length)
    except OverflowError:
        raise ValueError("not base41") from None
