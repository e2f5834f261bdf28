"""The signed, dated list of the certificates that were withdrawn or replaced, for checks without a network.

It is a JSON Web Signature (RFC 7515, flattened JSON) with EdDSA. A certificate stands in it by the handle
that is in its QR code, which only those who hold the paper know: the list tells nobody else a thing.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.cache import cache
from django.utils import timezone
from jwt.utils import base64url_decode, base64url_encode

from certificates import keys, seal
from certificates.choices import KeyUse, Status
from certificates.clock import day_of
from certificates.keys import PublicKey, StatementSigner
from certificates.models import Certificate

FRESH = datetime.timedelta(days=30)  # for so long a list may be relied on
KEPT = 60 * 60  # seconds until it is signed anew, though nothing changed
TYPE = "certificate-revocations"


class NotAList(ValueError):
    """The text is not such a list."""


@dataclass(frozen=True, slots=True)
class Ended:
    """Why a certificate does not stand any more, and since when."""

    status: Status
    since: datetime.date


@dataclass(frozen=True, slots=True)
class RevocationList:
    """What the list says."""

    issuer: str
    issued: datetime.datetime
    next_update: datetime.datetime
    ended: Mapping[bytes, Ended]
    key: PublicKey


def current() -> str:
    """The list as it stands, as JSON text. Raises NoKeys."""
    gone = Certificate.objects.exclude(status=Status.ISSUED)
    # no certificate is ever reinstated, so the list is as it was while their number is
    signer = keys.statement_signer()
    name = f"certificates:revocations:{gone.count()}:{signer.key_id}"
    made: str | None = cache.get(name)
    if made is None:
        rows = gone.order_by("pk").values_list("key", "status", "revoked_at", "superseded_by__issued_at")
        ended = {
            _text(seal.handle_of(key)): [status, day_of(revoked or replaced).isoformat()]
            for key, status, revoked, replaced in rows
        }
        made = _signed(ended, signer, timezone.now().replace(microsecond=0))
        cache.set(name, made, KEPT)
    return made


def open_list(text: str, known: Iterable[PublicKey]) -> RevocationList:
    """What a list says, if one of the issuer's keys signed it.

    Raises NotAList, or UnknownKey or Altered of `certificates.seal`.
    """
    try:
        parts = json.loads(text)
        header, payload = (json.loads(base64url_decode(parts[name])) for name in ("protected", "payload"))
        key_id, signature = header["kid"], base64url_decode(parts["signature"])
        if header["typ"] != TYPE or header["alg"] != "EdDSA":
            raise NotAList("This is not a list of withdrawn certificates.")
    except (LookupError, TypeError, ValueError) as fault:
        raise NotAList("This is not a list of withdrawn certificates.") from fault
    key = next((key for key in known if key.key_id == key_id and key.use == KeyUse.STATEMENT), None)
    if key is None:
        raise seal.UnknownKey(key_id)
    try:
        signed = f"{parts['protected']}.{parts['payload']}".encode()
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, signed)
        return _read(payload, key)
    except (InvalidSignature, LookupError, TypeError, ValueError) as fault:
        raise seal.Altered("The list is not as it was signed.") from fault


def _signed(ended: Mapping[str, list[str]], signer: StatementSigner, now: datetime.datetime) -> str:
    payload = {
        "issuer": seal.site(),
        "issued": now.isoformat(),
        "next_update": (now + FRESH).isoformat(),
        "ended": ended,
    }
    header = {"alg": "EdDSA", "kid": signer.key_id, "typ": TYPE}
    parts = [_text(json.dumps(part, separators=(",", ":")).encode()) for part in (header, payload)]
    signature = signer.sign(".".join(parts).encode())
    return json.dumps({"protected": parts[0], "payload": parts[1], "signature": _text(signature)})


def _read(payload: Mapping[str, Any], key: PublicKey) -> RevocationList:
    return RevocationList(
        issuer=payload["issuer"],
        issued=datetime.datetime.fromisoformat(payload["issued"]),
        next_update=datetime.datetime.fromisoformat(payload["next_update"]),
        ended={
            base64url_decode(handle): Ended(Status(status), datetime.date.fromisoformat(since))
            for handle, (status, since) in payload["ended"].items()
        },
        key=key,
    )


def _text(data: bytes) -> str:
    return base64url_encode(data).decode()
