"""The issuer's keys: which one signs now, and the public half of every one that ever did.

Private keys stay in the place that `CERTIFICATE_KEYS` names. The database holds public keys alone.
"""

from __future__ import annotations

import datetime
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from certificates.choices import KeyUse
from certificates.models import IssuerKey
from certificates.vaults import Vault, VaultFault, open_vault

if TYPE_CHECKING:
    from certificates.pdf.signing import PdfKeySigner


class NoKeys(RuntimeError):
    """Nothing can be signed; the message is a sentence for the operator."""


@contextmanager
def told_to_the_operator() -> Iterator[None]:
    """Turn what goes wrong with the private keys into NoKeys."""
    try:
        yield
    except VaultFault as fault:
        raise NoKeys(str(fault)) from fault


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What anybody may know of a key. `public` is raw for Ed25519 and DER (SPKI) for P-256."""

    key_id: str
    use: KeyUse
    public: bytes
    chain: str
    active_from: datetime.datetime
    retired_at: datetime.datetime | None = None
    compromised_at: datetime.datetime | None = None

    def vouches_at(self, moment: datetime.datetime) -> bool:
        """Whether a signature made at a moment counts: for ever, unless the key had leaked by then."""
        return self.compromised_at is None or moment < self.compromised_at


@dataclass(frozen=True, slots=True)
class StatementSigner:
    """Signs QR codes, credentials and lists with Ed25519."""

    key_id: str
    vault: Vault

    def sign(self, data: bytes) -> bytes:
        """The 64 bytes of an Ed25519 signature; raises NoKeys when the key cannot be used."""
        with told_to_the_operator():
            return self.vault.sign(self.key_id, data)


def statement_signer() -> StatementSigner:
    """What signs QR codes, credentials and lists today. Raises NoKeys."""
    return StatementSigner(active(KeyUse.STATEMENT).key_id, vault())


def pdf_signer() -> PdfKeySigner:
    """What signs PDF files today, for `certificates.pdf.signing.sign`. Raises NoKeys."""
    from certificates.pdf.signing import PdfKeySigner

    key = active(KeyUse.PDF)
    return PdfKeySigner(key.key_id, key.chain, vault())


def public_keys() -> list[PublicKey]:
    """Every key that ever signed or will, the newest first."""
    return [_public(row) for row in IssuerKey.objects.all()]


def statement_key(key_id: str) -> PublicKey | None:
    """The public key under an id that checks QR codes, credentials and lists."""
    row = IssuerKey.objects.filter(key_id=key_id, use=KeyUse.STATEMENT).first()
    return _public(row) if row else None


def active(use: KeyUse) -> PublicKey:
    """The key that signs today: the newest that has begun, is not retired and has not leaked."""
    now = timezone.now()
    row = (
        IssuerKey.objects.filter(use=use, active_from__lte=now, compromised_at=None)
        .filter(Q(retired_at=None) | Q(retired_at__gt=now))
        .first()
    )
    if row is None:
        raise NoKeys("There are no keys to sign certificates with. Run: manage.py make_issuer_keys")
    return _public(row)


def vault() -> Vault:
    """Where the private keys are."""
    with told_to_the_operator():
        return open_vault(settings.CERTIFICATE_KEYS)


def _public(row: IssuerKey) -> PublicKey:
    return PublicKey(
        key_id=row.key_id,
        use=KeyUse(row.use),
        public=urlsafe_b64decode(row.public + "=" * (-len(row.public) % 4)),
        chain=row.chain,
        active_from=row.active_from,
        retired_at=row.retired_at,
        compromised_at=row.compromised_at,
    )
