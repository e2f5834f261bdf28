"""Where private keys are kept: a folder of files, or a PKCS#11 token. Neither gives a key out."""

from __future__ import annotations

import enum
import hashlib
from pathlib import Path
from typing import Protocol


class Curve(enum.Enum):
    """The two kinds of keys: PDF readers know only the first, everything else uses the second."""

    P256 = "P-256"
    ED25519 = "Ed25519"


class VaultFault(RuntimeError):
    """The place of the keys cannot be used; the message tells the operator why."""


class Vault(Protocol):
    """Makes keys and signs with them; each goes by the id of its public half."""

    def make(self, curve: Curve) -> bytes:
        """Make a key and keep it; returns the public half as SubjectPublicKeyInfo (DER)."""

    def holds(self, key_id: str) -> bool:
        """Whether the private half of a key is here."""

    def sign(self, key_id: str, data: bytes) -> bytes:
        """Sign with a key: Ed25519, or ECDSA with SHA-256 (DER) for P-256. Raises VaultFault."""

    def __str__(self) -> str:
        """Where this is, as an operator may read it: never with a secret."""


def id_of(public: bytes) -> str:
    """The id of a public key (DER): sixteen hexadecimal digits, so eight bytes where space is short.

    It only finds a key among those that were published, so that nothing is won by a collision.
    """
    return hashlib.sha256(public).hexdigest()[:16]


def open_vault(place: str) -> Vault:
    """The vault that `CERTIFICATE_KEYS` names: a folder, or an address that begins with `pkcs11:`."""
    if place.startswith("pkcs11:"):
        from certificates.vaults.token import TokenVault

        return TokenVault(place)
    from certificates.vaults.folder import FolderVault

    return FolderVault(Path(place))
