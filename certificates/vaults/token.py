"""Private keys on a PKCS#11 token (an HSM, a smart card): they are made there and never leave it.

The address follows RFC 7512: `pkcs11:token=aula?module-path=/usr/lib/token.so&pin-source=/etc/aula/pin`.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any
from urllib.parse import unquote, urlsplit

from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from certificates.vaults import Curve, VaultFault, id_of

OIDS = {Curve.P256: "1.2.840.10045.3.1.7", Curve.ED25519: "1.3.101.112"}
P256_BYTES = 32
KNOWN = {"token", "serial", "module-path", "pin-source"}

# a process is signed in to a token as a whole, so that two threads would sign each other out
_session = threading.Lock()


class TokenVault:
    """Keys on a token, each labelled with its id. A session is opened for each signature.

    So a token that was taken away and put back, or a process that was forked, needs no attention.
    """

    def __init__(self, address: str) -> None:
        parts = _parts(address)
        if unknown := set(parts) - KNOWN:
            raise VaultFault(
                f"CERTIFICATE_KEYS: {', '.join(sorted(unknown))} is not understood in the address of a token;"
                f" it may have {', '.join(sorted(KNOWN))}. A PIN stands in a file, named by pin-source."
            )
        for needed in ("module-path", "pin-source"):
            if not parts.get(needed):
                raise VaultFault(f"CERTIFICATE_KEYS: the address of the token has no {needed}.")
        if not parts.get("token") and not parts.get("serial"):
            raise VaultFault("CERTIFICATE_KEYS: the address names no token, by token= or serial=.")
        self._parts = parts

    def make(self, curve: Curve) -> bytes:
        """Make a key and keep it; returns the public half as SubjectPublicKeyInfo (DER)."""
        with self._open(writing=True) as session:
            from pkcs11 import Attribute, KeyType, Mechanism
            from pkcs11.util.ec import encode_named_curve_parameters

            edwards = curve is Curve.ED25519
            parameters = session.create_domain_parameters(
                KeyType.EC_EDWARDS if edwards else KeyType.EC,
                {Attribute.EC_PARAMS: encode_named_curve_parameters(OIDS[curve])},
                local=True,
            )
            public, private = parameters.generate_keypair(
                store=True,
                label=f"new-{token_hex(4)}",  # the id follows from the key
                mechanism=Mechanism.EC_EDWARDS_KEY_PAIR_GEN if edwards else Mechanism.EC_KEY_PAIR_GEN,
                private_template={Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False},
            )
            encoded = _public(curve, public[Attribute.EC_POINT])
            for half in (public, private):
                half[Attribute.LABEL] = id_of(encoded)
            return encoded

    def holds(self, key_id: str) -> bool:
        """Whether the private half of a key is here."""
        with self._open() as session:
            return _private(session, key_id) is not None

    def sign(self, key_id: str, data: bytes) -> bytes:
        """Sign with a key: Ed25519, or ECDSA with SHA-256 (DER) for P-256. Raises VaultFault."""
        with self._open() as session:
            from pkcs11 import KeyType, Mechanism

            key = _private(session, key_id)
            if key is None:
                raise VaultFault(f"The private key {key_id} is not on {self}.")
            if key.key_type == KeyType.EC_EDWARDS:
                return bytes(key.sign(data, mechanism=Mechanism.EDDSA))
            # the digest is made here: many tokens only know the signature itself
            raw = key.sign(hashlib.sha256(data).digest(), mechanism=Mechanism.ECDSA)
            return encode_dss_signature(
                int.from_bytes(raw[:P256_BYTES], "big"), int.from_bytes(raw[P256_BYTES:], "big")
            )

    def __str__(self) -> str:
        return f"the token {self._parts.get('token') or self._parts['serial']}"

    @contextmanager
    def _open(self, *, writing: bool = False) -> Iterator[Any]:
        find, fault = _library()
        try:
            pin = Path(self._parts["pin-source"].removeprefix("file:")).read_text().strip()
        except OSError as missing:
            raise VaultFault(f"The PIN of {self} cannot be read: {missing.strerror}.") from missing
        with _session:
            try:
                token = find(self._parts)
                if token is None:
                    raise VaultFault(f"The module {self._parts['module-path']} does not see {self}.")
                with token.open(user_pin=pin, rw=writing) as session:
                    yield session
            except fault as refused:
                # the name of the fault says more than its text, which is mostly empty
                raise VaultFault(f"{self} refused: {type(refused).__name__} {refused}".rstrip()) from refused


def _library() -> tuple[Callable[[dict[str, str]], Any], type[Exception]]:
    """The function that finds a token by the parts of its address, and what it may raise."""
    try:
        import pkcs11
        from pyhanko.config.pkcs11 import TokenCriteria
        from pyhanko.sign.pkcs11 import find_token
    except ImportError as missing:
        raise VaultFault(
            "Keys on a token need the package python-pkcs11, which is not installed."
        ) from missing

    def find(parts: dict[str, str]) -> Any:
        serial = parts.get("serial")
        wanted = TokenCriteria(label=parts.get("token"), serial=serial.encode() if serial else None)
        return find_token(pkcs11.lib(parts["module-path"]).get_slots(), token_criteria=wanted)

    return find, pkcs11.PKCS11Error


def _private(session: Any, key_id: str) -> Any:
    from pkcs11 import Attribute, ObjectClass

    wanted = {Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.LABEL: key_id}
    return next(iter(list(session.get_objects(wanted))), None)


def _public(curve: Curve, point: bytes) -> bytes:
    """The public half as everybody else writes it; some tokens wrap the point in an OCTET STRING."""
    key: ed25519.Ed25519PublicKey | ec.EllipticCurvePublicKey
    if curve is Curve.ED25519:
        key = ed25519.Ed25519PublicKey.from_public_bytes(point[-32:])
    else:
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point[-(2 * P256_BYTES + 1) :])
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _parts(address: str) -> dict[str, str]:
    """The attributes of the path (with semicolons) and of the query (with ampersands)."""
    split = urlsplit(address)
    pairs = [pair for pair in [*split.path.split(";"), *split.query.split("&")] if pair]
    return {name: unquote(value) for name, _, value in (pair.partition("=") for pair in pairs)}
