"""Public keys and signatures as Multikey and multibase write them: base 58, after a sign for the kind."""

from __future__ import annotations

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
BASE58 = "z"
ED25519 = b"\xed\x01"


def multikey(public: bytes) -> str:
    """A raw Ed25519 public key, as a DID document holds it."""
    return multibase(ED25519 + public)


def multibase(data: bytes) -> str:
    """Bytes in base 58, with the sign of this base before them."""
    value, digits = int.from_bytes(data), ""
    while value:
        value, digit = divmod(value, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    zeros = len(data) - len(data.lstrip(b"\0"))
    return BASE58 + ALPHABET[0] * zeros + digits


def from_multibase(text: str, *, size: int) -> bytes:
    """The `size` bytes that `multibase` wrote; raises ValueError for any other text."""
    value = 0
    for character in text.removeprefix(BASE58)[: size * 2]:
        value = value * len(ALPHABET) + ALPHABET.index(character)
    try:
        data = value.to_bytes(size)
    except OverflowError as fault:
        raise ValueError("more bytes than there should be") from fault
    if multibase(data) != text:
        raise ValueError("not written as multibase writes it")
    return data
