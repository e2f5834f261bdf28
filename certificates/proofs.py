"""Signing verifiable credentials and checking the signature, in the two forms that wallets read.

A data integrity proof (eddsa-jcs-2022) stands inside the document and signs its canonical form, so that
spaces and the order of its members do not matter. A token (VC-JWT) is one line with everything in it.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

import jwt
import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from jwt.algorithms import OKPAlgorithm
from jwt.utils import base64url_encode

from certificates import did
from certificates.choices import KeyUse
from certificates.keys import PublicKey, StatementSigner
from certificates.multikey import from_multibase, multibase
from certificates.seal import Altered, UnknownKey

Document = dict[str, Any]

PROOF, SUITE, PURPOSE = "DataIntegrityProof", "eddsa-jcs-2022", "assertionMethod"
SIGNATURE = 64  # bytes
EDDSA = "EdDSA"
# what a token says of the document once more, for readers who know tokens alone
CLAIMS = ("iss", "jti", "sub", "nbf", "exp", "iat")


class NotSigned(ValueError):
    """There is no signature of a kind that we make."""


class _VaultAlgorithm(OKPAlgorithm):
    """EdDSA of PyJWT with a key that only the vault has."""

    def prepare_key(self, key: Any) -> Any:
        return key


def moment(when: datetime.datetime) -> str:
    """A moment as credentials write it: in whole seconds of UTC."""
    return when.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def with_proof(document: Document, signer: StatementSigner, *, created: datetime.datetime) -> Document:
    """The document with its signature inside. Raises NoKeys."""
    proof = {
        "type": PROOF,
        "cryptosuite": SUITE,
        "created": moment(created),
        "verificationMethod": did.method(signer.key_id),
        "proofPurpose": PURPOSE,
        "@context": document["@context"],
    }
    signature = signer.sign(_hashes(document, proof))
    return {**document, "proof": {**proof, "proofValue": multibase(signature)}}


def as_jwt(document: Document, signer: StatementSigner, *, created: datetime.datetime) -> str:
    """The document as a signed token, with the claims that Open Badges asks for. Raises NoKeys."""
    payload = json.dumps(
        {**document, **_claims(document, created)}, ensure_ascii=False, separators=(",", ":")
    )
    jws = jwt.PyJWS(algorithms=[])
    jws.register_algorithm(EDDSA, _VaultAlgorithm())
    header = {"kid": did.jwk_method(signer.key_id)}
    return jws.encode(payload.encode(), signer, algorithm=EDDSA, headers=header)  # type: ignore[arg-type]


def check_proof(document: Document, known: Iterable[PublicKey]) -> tuple[Document, PublicKey]:
    """The document without its proof, and the key that signed it. Raises NotSigned, UnknownKey or Altered."""
    proof = document.get("proof")
    if not isinstance(proof, dict) or (proof.get("type"), proof.get("cryptosuite")) != (PROOF, SUITE):
        raise NotSigned("The document has no proof of the kind that we make.")
    key = _key(proof.get("verificationMethod"), known)
    bare = {name: value for name, value in document.items() if name != "proof"}
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    if options.get("@context") != bare.get("@context") or options.get("proofPurpose") != PURPOSE:
        raise Altered("The proof is for another document.")
    try:
        signature = from_multibase(proof["proofValue"], size=SIGNATURE)
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, _hashes(bare, options))
    except (InvalidSignature, KeyError, AttributeError, TypeError, ValueError, RecursionError) as fault:
        raise Altered("The document is not as it was signed.") from fault
    return bare, key


def check_jwt(token: str, known: Iterable[PublicKey]) -> tuple[Document, PublicKey]:
    """The document in a token, and the key that signed it. Raises NotSigned, UnknownKey or Altered."""
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.InvalidTokenError, ValueError, RecursionError) as fault:
        raise NotSigned("This is not a signed token.") from fault
    if header.get("alg") != EDDSA:
        raise NotSigned("The token is not signed in the way in which we sign.")
    key = _key(header.get("kid"), known)
    public = Ed25519PublicKey.from_public_bytes(key.public)
    try:
        opened = jwt.PyJWS(algorithms=[EDDSA]).decode_complete(token, public, algorithms=[EDDSA])
        claims = loads(opened["payload"])
    except (jwt.InvalidTokenError, ValueError, RecursionError) as fault:
        raise Altered("The token is not as it was signed.") from fault
    if base64url_encode(opened["signature"]).decode() != token.rpartition(".")[2]:
        raise Altered("The token is not as it was signed.")
    return claims, key


def loads(text: str | bytes) -> Document:
    """A JSON object in which no name stands twice, which two readers could read differently."""
    found = json.loads(text, object_pairs_hook=_once)
    if not isinstance(found, dict):
        raise ValueError("not a JSON object")
    return found


def _once(members: list[tuple[str, Any]]) -> Document:
    found = dict(members)
    if len(found) != len(members):
        raise ValueError("a name stands twice")
    return found


def _claims(document: Mapping[str, Any], created: datetime.datetime) -> dict[str, Any]:
    issuer = document["issuer"]
    claims = {
        "iss": issuer["id"] if isinstance(issuer, dict) else issuer,
        "jti": document["id"],
        "sub": document["credentialSubject"]["id"],
        "nbf": _seconds(document["validFrom"]),
        "iat": int(created.timestamp()),
    }
    if "validUntil" in document:
        claims["exp"] = _seconds(document["validUntil"])
    return claims


def _seconds(text: str) -> int:
    return int(datetime.datetime.fromisoformat(text).timestamp())


def _hashes(document: Document, options: Document) -> bytes:
    return b"".join(hashlib.sha256(rfc8785.dumps(part)).digest() for part in (options, document))


def _key(method: object, known: Iterable[PublicKey]) -> PublicKey:
    wanted = did.key_id(method) if isinstance(method, str) else ""
    for key in known:
        if key.key_id == wanted and key.use == KeyUse.STATEMENT:
            return key
    raise UnknownKey(wanted)
