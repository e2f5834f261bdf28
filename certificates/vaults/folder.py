"""Private keys as files that only the service may read."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from certificates.vaults import Curve, VaultFault, id_of

PrivateKey = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey


class FolderVault:
    """One file for each key, named by its id; the folder is 0700 and each file 0600."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self, curve: Curve) -> bytes:
        """Make a key and keep it; returns the public half as SubjectPublicKeyInfo (DER)."""
        key: PrivateKey
        if curve is Curve.P256:
            key = ec.generate_private_key(ec.SECP256R1())
        else:
            key = ed25519.Ed25519PrivateKey.generate()
        public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        self._write(self._file(id_of(public)), secret)
        return public

    def holds(self, key_id: str) -> bool:
        """Whether the private half of a key is here."""
        return os.path.isfile(self._file(key_id))  # false, too, where the folder may not be looked into

    def sign(self, key_id: str, data: bytes) -> bytes:
        """Sign with a key: Ed25519, or ECDSA with SHA-256 (DER) for P-256. Raises VaultFault."""
        key = self._load(key_id)
        if isinstance(key, ec.EllipticCurvePrivateKey):
            return key.sign(data, ec.ECDSA(hashes.SHA256()))
        return key.sign(data)

    def __str__(self) -> str:
        return f"the folder {self.folder}"

    def _file(self, key_id: str) -> Path:
        return self.folder / f"{key_id}.key"

    def _load(self, key_id: str) -> PrivateKey:
        file = self._file(key_id)
        try:
            key = load_pem_private_key(file.read_bytes(), password=None)
        except OSError as fault:
            raise VaultFault(f"The private key {file} cannot be read: {fault.strerror}.") from fault
        except (ValueError, TypeError) as fault:
            raise VaultFault(f"{file} is not a private key as make_issuer_keys writes it.") from fault
        if not isinstance(key, ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey):
            raise VaultFault(f"{file} is a key of another kind than make_issuer_keys makes.")
        return key

    def _write(self, file: Path, secret: bytes) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.folder.chmod(0o700)
            # never readable by others, not even between making the file and setting its mode
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                out.write(secret)
        except OSError as fault:
            raise VaultFault(f"No key can be written to {self.folder}: {fault.strerror}.") from fault
