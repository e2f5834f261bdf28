"""The X.509 certificates by which a PDF reader trusts a key: a root of the issuer's own, and a leaf.

PDF readers and Mozilla's library ask a leaf for the uses `documentSigning` and `emailProtection`.
"""

from __future__ import annotations

import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from certificates.vaults import Vault, id_of

ROOT_YEARS, LEAF_YEARS = 20, 10
DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336
LONGEST_NAME = 64  # X.520, in bytes


def root(public: bytes, organisation: str, vault: Vault) -> str:
    """A certificate (PEM) of a key for itself, which others import to trust all that it vouches for."""
    name = _name(organisation, "certificate authority", public)
    builder = _begin(name, name, public, ROOT_YEARS)
    key_usage = _usage(key_cert_sign=True, crl_sign=True)
    builder = (
        builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(key_usage, critical=True)
        .add_extension(_subject(public), critical=False)
    )
    return _signed(builder, public, vault)


def leaf(public: bytes, organisation: str, root_pem: str, vault: Vault) -> str:
    """A certificate (PEM) of a key that signs documents, made by the root whose key is in the vault."""
    issuer = x509.load_pem_x509_certificate(root_pem.encode())
    issuer_public = public_of(root_pem)
    builder = _begin(_name(organisation, "certificates", public), issuer.subject, public, LEAF_YEARS)
    uses = x509.ExtendedKeyUsage([DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION])
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(_p256(issuer_public))
    builder = (
        builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(digital_signature=True, content_commitment=True), critical=True)
        .add_extension(uses, critical=False)
        .add_extension(_subject(public), critical=False)
        .add_extension(authority, critical=False)
    )
    return _signed(builder, issuer_public, vault)


def public_of(pem: str) -> bytes:
    """The public key (DER) of the last certificate in a chain: the root's."""
    last = x509.load_pem_x509_certificates(pem.encode())[-1]
    return last.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def root_of(chain: str) -> str:
    """The last certificate (PEM) of a chain."""
    last = x509.load_pem_x509_certificates(chain.encode())[-1]
    return last.public_bytes(Encoding.PEM).decode()


class _VaultKey(ec.EllipticCurvePrivateKey):
    """A P-256 key that stays in its vault, as the builder of certificates wants to see one."""

    def __init__(self, public: bytes, vault: Vault) -> None:
        self._public, self._vault = public, vault

    def sign(self, data: Any, signature_algorithm: ec.EllipticCurveSignatureAlgorithm) -> bytes:
        return self._vault.sign(id_of(self._public), bytes(data))

    def public_key(self) -> ec.EllipticCurvePublicKey:
        return _p256(self._public)

    @property
    def curve(self) -> ec.EllipticCurve:
        return ec.SECP256R1()

    @property
    def key_size(self) -> int:
        return 256

    def exchange(self, algorithm: ec.ECDH, peer_public_key: ec.EllipticCurvePublicKey) -> bytes:
        raise NotImplementedError("The key signs, and does nothing else.")

    def private_numbers(self) -> ec.EllipticCurvePrivateNumbers:
        raise NotImplementedError("The key stays in its vault.")

    def private_bytes(self, *args: Any, **kwargs: Any) -> bytes:
        raise NotImplementedError("The key stays in its vault.")

    def __copy__(self) -> _VaultKey:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> _VaultKey:
        return self


def _begin(subject: x509.Name, issuer: x509.Name, public: bytes, years: int) -> x509.CertificateBuilder:
    now = datetime.datetime.now(datetime.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(_p256(public))
        .serial_number(x509.random_serial_number())
        # clocks differ: a reader's may be a little behind ours
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=round(years * 365.25)))
    )


def _name(organisation: str, what: str, public: bytes) -> x509.Name:
    """A name that differs from key to key, as readers look certificates up by name."""
    tail = f" {what} {id_of(public)[:8]}"
    common = _cut(organisation, LONGEST_NAME - len(tail)) + tail
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _cut(organisation, LONGEST_NAME)),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _cut(text: str, most: int) -> str:
    """The beginning of a text that takes at most so many bytes."""
    return text.encode()[:most].decode(errors="ignore").strip()


def _usage(
    *,
    digital_signature: bool = False,
    content_commitment: bool = False,
    key_cert_sign: bool = False,
    crl_sign: bool = False,
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=content_commitment,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _subject(public: bytes) -> x509.SubjectKeyIdentifier:
    return x509.SubjectKeyIdentifier.from_public_key(_p256(public))


def _p256(public: bytes) -> ec.EllipticCurvePublicKey:
    key = load_der_public_key(public)
    assert isinstance(key, ec.EllipticCurvePublicKey)
    return key


def _signed(builder: x509.CertificateBuilder, signing: bytes, vault: Vault) -> str:
    made = builder.sign(_VaultKey(signing, vault), hashes.SHA256())
    return made.public_bytes(Encoding.PEM).decode()
