"""Whether a PDF is byte for byte what one of the issuer's keys signed.

As our signatures allow no change, nothing of the file need be understood: every byte but those of the
signature itself must be signed. A file of anybody can be examined without being parsed as PDF.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from asn1crypto.cms import CMSAttributes, ContentInfo, SignerInfo
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key

from certificates.vaults import id_of

_RANGE = re.compile(rb"/ByteRange\s*\[\s*0 +(\d{1,9}) +(\d{1,9}) +(\d{1,9})\s*\]")
# pyHanko writes the colon as an octal number
_MOMENT = re.compile(rb"/M\s*\(D(?::|\\072)(\d{14})(?:Z|([+-]\d\d)'(\d\d)'?)")
_HEXADECIMAL = re.compile(rb"<([0-9a-fA-F]+)>")

# what asn1crypto raises at a container that is not well formed, besides saying so
UNREADABLE = (ValueError, TypeError, LookupError, AttributeError)


class NotSigned(ValueError):
    """The file carries no signature that could be ours."""


class UnknownKey(ValueError):
    """Somebody else signed it."""


class Altered(ValueError):
    """One of our keys signed another file than this."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Which key signed the whole file, and when by its own account."""

    key_id: str
    signed_at: datetime.datetime


def examine(pdf: bytes, keys: Mapping[str, bytes]) -> Signed:
    """Who signed a file; `keys` are the public keys (DER) by id that PDF files may be signed with.

    Raises NotSigned, UnknownKey or Altered.
    """
    found = _RANGE.findall(pdf)
    if not found:
        raise NotSigned("There is no signature in the file.")
    before, after, rest = (int(number) for number in found[-1])
    container = _HEXADECIMAL.fullmatch(pdf[before:after])
    if container is None or after + rest != len(pdf):
        # something was added after signing, or taken away
        raise Altered("The signature does not cover the file.")
    signer, key_id = _signer(container[1])
    public = keys.get(key_id)
    if public is None:
        raise UnknownKey(key_id)
    _verify(signer, public, hashlib.sha256(pdf[:before] + pdf[after:]).digest())
    return Signed(key_id, _moment(pdf))


def _signer(container: bytes) -> tuple[SignerInfo, str]:
    """The first signer of a CMS container, and the id of the key in the certificate beside it."""
    try:
        content = ContentInfo.load(bytes.fromhex(container.decode()))["content"]
        signer = content["signer_infos"][0]
        serial = signer["sid"].chosen["serial_number"].native
        own = next(
            choice.chosen for choice in content["certificates"] if choice.chosen.serial_number == serial
        )
        return signer, id_of(own.public_key.dump())
    except (StopIteration, *UNREADABLE) as fault:
        raise NotSigned("The signature cannot be read.") from fault


def _verify(signer: SignerInfo, public: bytes, digest: bytes) -> None:
    key = load_der_public_key(public)
    assert isinstance(key, ec.EllipticCurvePublicKey)
    try:
        attributes: CMSAttributes = signer["signed_attrs"]
        stated = {each["type"].native: each["values"][0].native for each in attributes}
        # the attributes are signed as a set, which in the container has another tag
        key.verify(signer["signature"].native, attributes.untag().dump(), ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, *UNREADABLE) as fault:
        raise Altered("The signature is not right.") from fault
    if stated.get("message_digest") != digest:
        raise Altered("The file is not the one that was signed.")


def _moment(pdf: bytes) -> datetime.datetime:
    """The moment that the signature states; it is signed, so that only the signer could lie."""
    found = _MOMENT.findall(pdf)
    if not found:
        raise NotSigned("The signature states no moment.")
    digits, hours, minutes = (part.decode() for part in found[-1])
    zone = f"{hours or '+00'}{minutes or '00'}"
    return datetime.datetime.strptime(digits + zone, "%Y%m%d%H%M%S%z").astimezone(datetime.UTC)
