"""The signed statement in a certificate's QR code, which proves the paper without a network.

The code holds the address of the public page, `#`, and a COSE_Sign1 message (RFC 9052) in base41: a map
of the paper's facts, signed with Ed25519, the id of the key in its header. The site's address is signed
too, as external data, so that no character of the code can change. docs/verification.md lists the fields.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings

from certificates import base41, keys, numbers
from certificates.choices import KeyUse, Kind
from certificates.excerpt import Excerpt, fit
from certificates.keys import PublicKey
from certificates.models import Certificate

LONGEST = 400  # characters of the whole QR code, each one byte
HANDLE = 6  # bytes
FILE = "seal.txt"  # the same text, inside the PDF
SIGN1 = 18  # the tag of COSE_Sign1
ALGORITHM, KEY_ID, EDDSA = 1, 4, -8
SIGNATURE = 64
# the fields of the map
NUMBER, NAME, COURSE, LANGUAGE, KIND, HOURS, COMPLETED, ISSUED, VALID_UNTIL, STATUS = range(1, 11)
KINDS = (Kind.ATTENDANCE, Kind.COMPLETION, Kind.ACHIEVEMENT, Kind.TUTORED, Kind.DISTINCTION, Kind.TRANSCRIPT)
EPOCH = datetime.date(1970, 1, 1)

# the address may have gained a language on its way through a browser
_TEXT = re.compile(
    r"(?:(?P<site>https?://[^/?#\s]+)(?:/[a-z]{2,3}(?:-[a-z]+)?)?/verify/(?P<number>[0-9A-Z-]+)/?#)?"
    rf"(?P<sealed>[{re.escape(base41.ALPHABET)}]{{120,{LONGEST}}})"
)


class NotASeal(ValueError):
    """The text is not that of a certificate's QR code."""


class Altered(ValueError):
    """The text is not as it was signed."""


class UnknownKey(ValueError):
    """It is signed with a key that is not among the issuer's."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sealed:
    """What the code vouches for, and the key that signed it."""

    number: str
    name: Excerpt
    course: Excerpt
    language: str
    kind: str
    hours: Decimal
    completed_on: datetime.date
    issued_on: datetime.date
    valid_until: datetime.date | None
    handle: bytes
    key: PublicKey


def seal(certificate: Certificate, *, language: str) -> str:
    """The whole text of the QR code on the sheet in a language. Raises NoKeys."""
    signer = keys.statement_signer()
    address = address_of(certificate.number)
    room = (LONGEST - len(address) - 1) // 3 * 2
    header = cbor2.dumps({ALGORITHM: EDDSA, KEY_ID: bytes.fromhex(signer.key_id)}, canonical=True)
    payload = _payload(certificate, language, room - len(_message(header, b"", bytes(SIGNATURE))) - 1)
    signature = signer.sign(_signed_bytes(header, payload, site()))
    return f"{address}#{base41.encode(_message(header, payload, signature))}"


def open_seal(text: str, known: Iterable[PublicKey]) -> Sealed:
    """What a text from a QR code says, when one of the issuer's keys signed exactly that.

    The statement without the address before it is taken for one of this site. Whether the certificate
    still stands is not asked here. Raises NotASeal, UnknownKey or Altered.
    """
    found = _TEXT.fullmatch(text.strip())
    if found is None:
        raise NotASeal("This is not the text of a certificate's QR code.")
    header, payload, signature = _parts(found["sealed"])
    key = _key(header, known)
    signed = _signed_bytes(header, payload, found["site"] or site())
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, signed)
        sealed = _sealed(cbor2.loads(payload), key)
    except (InvalidSignature, cbor2.CBORDecodeError, LookupError, TypeError, ValueError) as fault:
        raise Altered("The text is not as it was signed.") from fault
    if found["number"] not in (None, sealed.number):
        raise Altered("The address in front is that of another certificate.")
    return sealed


def agrees(sealed: Sealed, certificate: Certificate) -> bool:
    """Whether the register says the same, so that not even a stolen key makes a paper."""
    stated = certificate.stated
    return (
        sealed.handle == handle_of(certificate.key)
        and sealed.language in certificate.languages
        and sealed.name.agrees_with(stated.name)
        and sealed.course.agrees_with(certificate.printed(sealed.language).course)
        and (sealed.kind, sealed.hours) == (certificate.kind, stated.hours)
        and (sealed.completed_on, sealed.issued_on) == (stated.completed_on, certificate.issued_on)
        and sealed.valid_until == certificate.valid_until
    )


def handle_of(key: uuid.UUID) -> bytes:
    """What stands for a certificate (by its key) in the list of those withdrawn.

    The number would not do, hashed or not: its forty random bits are tried out in minutes.
    """
    return hashlib.sha256(b"status of " + key.bytes).digest()[:HANDLE]


def address_of(number: str) -> str:
    """The address in front of the statement: the public page, in whatever language the visitor has."""
    return f"{site()}/verify/{number}"


def site() -> str:
    """The address of this site, which is signed with every statement."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/").lower()


def _payload(certificate: Certificate, language: str, room: int) -> bytes:
    stated = certificate.stated
    fields: dict[int, Any] = {
        NUMBER: numbers.pack(certificate.number),
        LANGUAGE: language,
        KIND: KINDS.index(Kind(certificate.kind)),
        HOURS: int(stated.hours * 100),
        COMPLETED: (stated.completed_on - EPOCH).days,
        ISSUED: (certificate.issued_on - EPOCH).days,
        STATUS: handle_of(certificate.key),
    }
    if certificate.valid_until:
        fields[VALID_UNTIL] = (certificate.valid_until - EPOCH).days
    taken = len(cbor2.dumps(fields)) + 2  # and the numbers of the two fields
    name, title = Excerpt.of(stated.name), Excerpt.of(certificate.printed(language).course)
    name, title = fit(name, title, room - taken)
    return cbor2.dumps(fields | {NAME: name.to_cbor(), COURSE: title.to_cbor()}, canonical=True)


def _sealed(fields: Mapping[int, Any], key: PublicKey) -> Sealed:
    until = fields.get(VALID_UNTIL)
    return Sealed(
        number=numbers.unpack(fields[NUMBER]),
        name=Excerpt.from_cbor(fields[NAME]),
        course=Excerpt.from_cbor(fields[COURSE]),
        language=fields[LANGUAGE],
        kind=KINDS[fields[KIND]],
        hours=Decimal(fields[HOURS]) / 100,
        completed_on=EPOCH + datetime.timedelta(days=fields[COMPLETED]),
        issued_on=EPOCH + datetime.timedelta(days=fields[ISSUED]),
        valid_until=None if until is None else EPOCH + datetime.timedelta(days=until),
        handle=fields[STATUS],
        key=key,
    )


def _message(header: bytes, payload: bytes, signature: bytes) -> bytes:
    return cbor2.dumps(cbor2.CBORTag(SIGN1, [header, {}, payload, signature]))


def _signed_bytes(header: bytes, payload: bytes, origin: str) -> bytes:
    return cbor2.dumps(["Signature1", header, origin.encode(), payload])


def _parts(text: str) -> tuple[bytes, bytes, bytes]:
    """Header, payload and signature of a message; one that we would write differently is none."""
    try:
        data = base41.decode(text)
        header, _unsigned, payload, signature = cbor2.loads(data).value
        if base41.encode(data) == text and _message(header, payload, signature) == data:
            return header, payload, signature
    except (cbor2.CBORDecodeError, AttributeError, TypeError, ValueError) as fault:
        raise Altered("The text is not as it was signed.") from fault
    raise Altered("The text is not as it was signed.")


def _key(header: bytes, known: Iterable[PublicKey]) -> PublicKey:
    try:
        stated = cbor2.loads(header)
        key_id, algorithm = stated[KEY_ID].hex(), stated.get(ALGORITHM)
    except (cbor2.CBORDecodeError, AttributeError, LookupError, TypeError, ValueError) as fault:
        raise Altered("The text is not as it was signed.") from fault
    for key in known:
        if key.key_id == key_id and key.use == KeyUse.STATEMENT and algorithm == EDDSA:
            return key
    raise UnknownKey(key_id)
