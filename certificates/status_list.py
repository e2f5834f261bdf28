"""The published list of which credentials no longer count: one bit for each certificate, signed.

Whoever checks a credential fetches the whole list, so the site does not learn which one is checked, and
the list does not tell whose certificate a bit belongs to (W3C Bitstring Status List). A certificate's
place is random and never changes. A new list begins when one is about half full.
"""

from __future__ import annotations

import datetime
import gzip
import json
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from typing import Any

from django.core.cache import cache
from django.db.models import Max, QuerySet
from django.utils import timezone

from certificates import did, keys, proofs, seal
from certificates.choices import Status
from certificates.models import Certificate

SIZE = 131_072  # bits of one list, the least that the standard allows
TRIES = 8  # a list in which so many random places are taken is full enough
FRESH = 60  # seconds for which others may keep a copy
KEPT = 60 * 60  # seconds until it is signed anew, though nothing changed
LIFE = datetime.timedelta(days=1)  # after which an old copy no longer passes for the list
CONTEXT = "https://www.w3.org/ns/credentials/v2"
PURPOSE = "revocation"


def free_index() -> int:
    """A place for a new certificate: random, so that neighbours have nothing in common."""
    newest = _newest()
    for _ in range(TRIES):
        index = newest * SIZE + secrets.randbelow(SIZE)
        if not Certificate.objects.filter(status_index=index).exists():
            return index
    return (newest + 1) * SIZE + secrets.randbelow(SIZE)


def entry(certificate: Certificate, form: str) -> dict[str, Any]:
    """Where a credential points for its status: at the list in its own form, `json` or `jwt`."""
    number, index = divmod(certificate.status_index, SIZE)
    listed = address(number + 1, form)
    return {
        "id": f"{listed}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": PURPOSE,
        "statusListIndex": str(index),
        "statusListCredential": listed,
    }


def address(number: int, form: str) -> str:
    """The stable address of a list, counted from 1."""
    return f"{seal.site()}/credentials/status/{number}.{form}"


def published(number: int, form: str) -> bytes | None:
    """A list as it stands; None when there is none of that number. Raises NoKeys."""
    if not 1 <= number <= _newest() + 1:
        return None
    signer = keys.statement_signer()
    gone = _gone(number)
    # no certificate is ever reinstated, so the list is as it was while their number is
    key = f"certificates:status:{number}:{form}:{gone.count()}:{signer.key_id}"
    found: bytes | None = cache.get(key)
    if found is None:
        now = timezone.now()
        document = _document(number, form, gone, now)
        if form == "jwt":
            found = proofs.as_jwt(document, signer, created=now).encode()
        else:
            found = json.dumps(proofs.with_proof(document, signer, created=now)).encode()
        cache.set(key, found, KEPT)
    return found


def _document(number: int, form: str, gone: QuerySet[Certificate], now: datetime.datetime) -> dict[str, Any]:
    listed = address(number, form)
    return {
        "@context": [CONTEXT],
        "id": listed,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did.name(),
        "validFrom": proofs.moment(now),
        "validUntil": proofs.moment(now + LIFE),
        "credentialSubject": {
            "id": f"{listed}#list",
            "type": "BitstringStatusList",
            "statusPurpose": PURPOSE,
            "encodedList": _encoded(index % SIZE for index in gone.values_list("status_index", flat=True)),
            "ttl": FRESH * 1000,
        },
    }


def _encoded(indexes: Iterable[int]) -> str:
    bits = bytearray(SIZE // 8)
    for index in indexes:
        bits[index // 8] |= 0x80 >> index % 8  # the first bit is the leftmost
    return "u" + urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).rstrip(b"=").decode()


def _gone(number: int) -> QuerySet[Certificate]:
    """The certificates of a list that do not stand any more."""
    first = (number - 1) * SIZE
    within = Certificate.objects.filter(status_index__range=(first, first + SIZE - 1))
    return within.exclude(status=Status.ISSUED).order_by()


def _newest() -> int:
    """Which list the newest places are in, counted from 0."""
    highest: int = Certificate.objects.aggregate(highest=Max("status_index"))["highest"] or 0
    return highest // SIZE
