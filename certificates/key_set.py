"""The issuer's public keys as they are published: a JSON Web Key Set (RFC 7517), and reading one."""

from __future__ import annotations

import datetime
import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key
from jwt.utils import base64url_decode, base64url_encode

from certificates import seal
from certificates.choices import KeyUse
from certificates.keys import PublicKey

# our own words in the set: what a key signs, and its dates
SIGNS, DATES = "signs", ("active_from", "retired_at", "compromised_at")
COORDINATE = 32


class NotAKeySet(ValueError):
    """The text is not a set of the issuer's keys."""


def published(public_keys: Iterable[PublicKey]) -> dict[str, Any]:
    """The set as JSON values, the newest key first."""
    return {"issuer": seal.site(), "keys": [_entry(key) for key in public_keys]}


def read(text: str) -> list[PublicKey]:
    """The keys of a published set. Raises NotAKeySet."""
    try:
        return [_key(entry) for entry in json.loads(text)["keys"]]
    except (LookupError, TypeError, ValueError) as fault:
        raise NotAKeySet("This is not a set of an issuer's keys.") from fault


def _entry(key: PublicKey) -> dict[str, Any]:
    dates = {name: moment.isoformat() for name in DATES if (moment := getattr(key, name))}
    return {"kid": key.key_id, "use": "sig", SIGNS: key.use.value, **_public(key), **dates}


def _public(key: PublicKey) -> dict[str, Any]:
    if key.use == KeyUse.STATEMENT:
        return {"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "x": _text(key.public)}
    point = load_der_public_key(key.public)
    assert isinstance(point, ec.EllipticCurvePublicKey)
    x, y = (
        _text(value.to_bytes(COORDINATE)) for value in (point.public_numbers().x, point.public_numbers().y)
    )
    chain = [
        b64encode(one.public_bytes(Encoding.DER)).decode()
        for one in x509.load_pem_x509_certificates(key.chain.encode())
    ]
    return {"kty": "EC", "crv": "P-256", "alg": "ES256", "x": x, "y": y, "x5c": chain}


def _key(entry: Mapping[str, Any]) -> PublicKey:
    use = KeyUse(entry[SIGNS])
    chain = [x509.load_der_x509_certificate(b64decode(one)) for one in entry.get("x5c", [])]
    public = base64url_decode(entry["x"])
    if use == KeyUse.PDF:
        point = ec.EllipticCurvePublicNumbers(
            int.from_bytes(public), int.from_bytes(base64url_decode(entry["y"])), ec.SECP256R1()
        )
        public = point.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    begun, retired, compromised = (
        datetime.datetime.fromisoformat(entry[name]) if entry.get(name) else None for name in DATES
    )
    assert begun is not None
    return PublicKey(
        key_id=str(entry["kid"]),
        use=use,
        public=public,
        chain="".join(one.public_bytes(Encoding.PEM).decode() for one in chain),
        active_from=begun,
        retired_at=retired,
        compromised_at=compromised,
    )


def _text(data: bytes) -> str:
    return base64url_encode(data).decode()
