"""Who the issuer is to machines: a did:web name of this site, and the document that lists its keys.

did:web:learn.example.org is looked up at https://learn.example.org/.well-known/did.json.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import Any
from urllib.parse import quote, urlsplit

from django.utils import timezone

from certificates import keys, seal
from certificates.choices import KeyUse
from certificates.keys import PublicKey
from certificates.multikey import multikey

CONTEXT = [
    "https://www.w3.org/ns/did/v1",
    "https://w3id.org/security/multikey/v1",
    "https://w3id.org/security/jwk/v1",
]
AS_JWK = "-jwk"


def name() -> str:
    """The did:web name of this site; a port is part of it."""
    return "did:web:" + quote(urlsplit(seal.site()).netloc, safe="")


def method(key_id: str) -> str:
    """The name of a key, as a data integrity proof points at it."""
    return f"{name()}#{key_id}"


def jwk_method(key_id: str) -> str:
    """The name of the same key, as a token points at it."""
    return method(key_id) + AS_JWK


def key_id(method: str) -> str:
    """The id of the key that either name points at."""
    return method.rpartition("#")[2].removesuffix(AS_JWK)


def document() -> dict[str, Any]:
    """The public keys that vouch for credentials, each in both notations; those that sign today first.

    Retired keys stay, for what they signed. A key that leaked is left out: nobody else can tell what
    it signed before from what a thief signs with an earlier date.
    """
    known = [key for key in keys.public_keys() if key.use == KeyUse.STATEMENT and not key.compromised_at]
    known.sort(key=lambda key: key.active_from > timezone.now())
    methods = [entry for key in known for entry in (_multikey(key), _jwk(key))]
    return {
        "@context": CONTEXT,
        "id": name(),
        "verificationMethod": methods,
        "assertionMethod": [entry["id"] for entry in methods],
    }


def _multikey(key: PublicKey) -> dict[str, Any]:
    return {
        "id": method(key.key_id),
        "type": "Multikey",
        "controller": name(),
        "publicKeyMultibase": multikey(key.public),
    }


def _jwk(key: PublicKey) -> dict[str, Any]:
    public = urlsafe_b64encode(key.public).rstrip(b"=").decode()
    return {
        "id": jwk_method(key.key_id),
        "type": "JsonWebKey",
        "controller": name(),
        "publicKeyJwk": {"kty": "OKP", "crv": "Ed25519", "x": public},
    }
