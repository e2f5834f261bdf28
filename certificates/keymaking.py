"""Making, replacing and condemning the issuer's keys: the only writers of `IssuerKey`."""

from __future__ import annotations

import datetime
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import audit
from certificates import keys
from certificates.choices import KeyUse
from certificates.models import IssuerKey
from certificates.vaults import Curve, Vault, authority, id_of

if TYPE_CHECKING:
    from accounts.models import User


CURVES = {KeyUse.PDF: Curve.P256, KeyUse.STATEMENT: Curve.ED25519}


class Rotating(ValueError):
    """New keys are waiting already."""

    def __init__(self, begin: datetime.datetime) -> None:
        super().__init__(f"New keys were made already; they sign from {begin:%d %B %Y %H:%M} UTC on.")


@keys.told_to_the_operator()
def make_missing(*, actor: User | None = None) -> list[IssuerKey]:
    """Make the keys that there are none of; returns those made now.

    Raises NoKeys when a key that should sign today has no private half in the vault: it may only
    be somewhere else, and silence would replace it.
    """
    vault = keys.vault()
    made = []
    for use in KeyUse:
        try:
            key = keys.active(use)
        except keys.NoKeys:
            made.append(_make(use, vault, timezone.now(), actor))
            continue
        if not vault.holds(key.key_id):
            raise keys.NoKeys(
                f"The private half of the key {key.key_id} is not in {vault}. Lay it back, set"
                " CERTIFICATE_KEYS to where it is, or replace it: manage.py make_issuer_keys --rotate"
            )
    return made


@keys.told_to_the_operator()
@transaction.atomic
def rotate(*, overlap: datetime.timedelta, actor: User | None = None) -> list[IssuerKey]:
    """Publish new keys now that sign once the overlap is over; the old ones sign until then.

    In the overlap those who check offline fetch the new keys. Old keys verify for ever. A key whose
    private half is lost is replaced at once. Raises Rotating when new keys are waiting already,
    unless there is to be no overlap.
    """
    vault = keys.vault()
    now = timezone.now()
    standing = IssuerKey.objects.select_for_update().filter(Q(retired_at=None) | Q(retired_at__gt=now))
    if overlap and (waiting := standing.filter(active_from__gt=now).first()):
        raise Rotating(waiting.active_from)
    made = []
    for use in KeyUse:
        old_keys = [key for key in standing if key.use == use]
        usable = any(key.active_from <= now and vault.holds(key.key_id) for key in old_keys)
        begin = now + overlap if usable else now
        for old in old_keys:
            _retire(old, begin, actor)
        made.append(_make(use, vault, begin, actor))
    return made


@transaction.atomic
def condemn(*, key_id: str, since: datetime.datetime, actor: User | None = None) -> IssuerKey:
    """Enter that a private key was in other hands since a moment: what it signed later does not count.

    An earlier moment may be entered afterwards, never a later one. Raises IssuerKey.DoesNotExist.
    """
    key = IssuerKey.objects.select_for_update().get(key_id=key_id)
    now = timezone.now()
    key.compromised_at = min(since, key.compromised_at or now)
    key.retired_at = min(now, key.retired_at or now)
    key.save(update_fields=["compromised_at", "retired_at"])
    data = {"key": key.key_id, "since": key.compromised_at.isoformat()}
    audit.record(actor=actor, verb="condemned", target=key, data=data)
    return key


def _retire(key: IssuerKey, moment: datetime.datetime, actor: User | None) -> None:
    key.retired_at = moment
    key.save(update_fields=["retired_at"])
    audit.record(actor=actor, verb="retired", target=key, data={"key": key.key_id})


def _make(use: KeyUse, vault: Vault, active_from: datetime.datetime, actor: User | None) -> IssuerKey:
    public = vault.make(CURVES[use])
    chain = _chain(public, vault) if use == KeyUse.PDF else ""
    key = IssuerKey.objects.create(
        key_id=id_of(public),
        use=use,
        public=_text(public if use == KeyUse.PDF else _raw(public)),
        chain=chain,
        active_from=active_from,
    )
    audit.record(actor=actor, verb="made", target=key, data={"key": key.key_id, "use": use.value})
    return key


def _chain(public: bytes, vault: Vault) -> str:
    """The certificate of a key and that of its root, which is the one there is where its key is at hand."""
    root = _root_at_hand(vault)
    if root is None:
        root = authority.root(vault.make(Curve.P256), settings.INSTITUTE_NAME, vault)
    return authority.leaf(public, settings.INSTITUTE_NAME, root, vault) + root


def _root_at_hand(vault: Vault) -> str | None:
    """The newest root whose key is in the vault; never one that vouched for a key that leaked.

    Its own key was in the same place.
    """
    chained = [key for key in IssuerKey.objects.filter(use=KeyUse.PDF) if key.chain]
    leaked = {authority.root_of(key.chain) for key in chained if key.compromised_at}
    for key in chained:
        root = authority.root_of(key.chain)
        if root not in leaked and vault.holds(id_of(authority.public_of(root))):
            return root
    return None


def _raw(public: bytes) -> bytes:
    return load_der_public_key(public).public_bytes(Encoding.Raw, PublicFormat.Raw)


def _text(public: bytes) -> str:
    return urlsafe_b64encode(public).rstrip(b"=").decode()
