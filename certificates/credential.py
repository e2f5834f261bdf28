"""A certificate as a digital credential: Open Badges 3.0, a W3C verifiable credential (version 2.0).

It says what the paper says, in one of the certificate's languages, and nothing else of the holder. It is
signed anew each time that it is asked for, from what was frozen at issue; the copy in the PDF never changes.
"""

from __future__ import annotations

import datetime
import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from certificates import did, keys, proofs, seal, status_list
from certificates.achievement import achievement, number, tag
from certificates.keys import PublicKey
from certificates.models import Certificate
from certificates.statements import Printed, Statement

CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
LONGEST = 64 * 1024  # bytes of a file that may be a credential; ours have some 3,000


class NotACredential(ValueError):
    """The file is not a credential of a certificate of ours."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """What a credential vouches for, and the key that signed it. Whether it still counts is not said."""

    certificate_key: uuid.UUID
    number: str
    name: str
    course: str
    language: str
    hours: Decimal
    completed_on: datetime.date
    issued_at: datetime.datetime
    valid_until: datetime.date | None
    signed_at: datetime.datetime
    key: PublicKey


def with_proof(certificate: Certificate, language: str) -> bytes:
    """The credential as a JSON file with its signature inside. Raises NoKeys."""
    document = credential_of(certificate, language)
    signed = proofs.with_proof(document, keys.statement_signer(), created=timezone.now())
    return json.dumps(signed, ensure_ascii=False, indent=2).encode()


def as_jwt(certificate: Certificate, language: str) -> str:
    """The credential as a signed token. Raises NoKeys."""
    document = credential_of(certificate, language, form="jwt")
    return proofs.as_jwt(document, keys.statement_signer(), created=timezone.now())


def open_credential(data: bytes, known: Iterable[PublicKey]) -> Opened:
    """What a file says, JSON or token, when one of the issuer's keys signed exactly that.

    Neither is the time checked, nor whether the certificate still stands, nor whether the key had leaked:
    ask the register, and `key.vouches_at(signed_at)`. Raises NotACredential, UnknownKey or Altered.
    """
    try:
        text = data[: LONGEST + 1].decode().strip()
        if len(data) > LONGEST:
            raise NotACredential("The file is too long for a credential.")
        if text.startswith("{"):
            signed = proofs.loads(text)
            document, key = proofs.check_proof(signed, known)
            signed_at = signed["proof"]["created"]
        else:
            document, key = proofs.check_jwt(text, known)
            signed_at = document["iat"]
        return _opened(document, signed_at, key)
    except (seal.Altered, seal.UnknownKey, NotACredential):
        raise
    except (AttributeError, LookupError, TypeError, ValueError, RecursionError) as fault:
        raise NotACredential("The file is not a credential of a certificate.") from fault


def agrees(opened: Opened, certificate: Certificate) -> bool:
    """Whether the register says the same, so that not even a stolen key makes a credential."""
    titles = {tag(code): certificate.printed(code).course for code in certificate.languages}
    stated = certificate.stated
    return (
        (opened.certificate_key, opened.number) == (certificate.key, certificate.number)
        and (opened.name, opened.course) == (stated.name, titles.get(opened.language))
        and (opened.hours, opened.completed_on) == (stated.hours, stated.completed_on)
        and opened.issued_at == certificate.issued_at.replace(microsecond=0)
        and opened.valid_until == certificate.valid_until
    )


def credential_of(certificate: Certificate, language: str, *, form: str = "json") -> dict[str, Any]:
    """The credential before it is signed, pointing at the list of status in the `form` that it will have."""
    stated, words = certificate.stated, certificate.printed(language)
    document: dict[str, Any] = {
        "@context": CONTEXT,
        "id": certificate.key.urn,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": words.title if words.course == words.title else f"{words.title}: {words.course}",
        "issuer": {"id": did.name(), "type": ["Profile"], "name": words.organisation, "url": seal.site()},
        "validFrom": proofs.moment(certificate.issued_at),
        "awardedDate": _day(stated.completed_on),
        "credentialSubject": _subject(certificate, stated, words, language),
        "evidence": [
            {
                "id": seal.address_of(certificate.number),
                "type": ["Evidence"],
                "name": f"{words.number_label} {certificate.number}",
            }
        ],
        "credentialStatus": status_list.entry(certificate, form),
    }
    if certificate.valid_until:
        document["validUntil"] = f"{certificate.valid_until}T23:59:59Z"
    return document


def _subject(certificate: Certificate, stated: Statement, words: Printed, language: str) -> dict[str, Any]:
    # of this certificate alone: two certificates of a person have nothing in common but the name
    subject: dict[str, Any] = {
        "id": uuid.uuid5(certificate.key, "holder").urn,
        "type": ["AchievementSubject"],
        "identifier": [_identity(name) for name in (stated.name, stated.latin_name) if name],
        "creditsEarned": number(stated.hours),
        "achievement": achievement(certificate, stated, words, language),
    }
    if stated.grade_band:
        subject["result"] = [
            {
                "type": ["Result"],
                "resultDescription": subject["achievement"]["resultDescription"][0]["id"],
                "value": stated.grade_band,
            }
        ]
    return subject


def _identity(name: str) -> dict[str, Any]:
    return {"type": "IdentityObject", "identityType": "name", "hashed": False, "identityHash": name}


def _opened(document: dict[str, Any], signed_at: str | int, key: PublicKey) -> Opened:
    if "OpenBadgeCredential" not in document["type"]:
        raise NotACredential("The document is signed, but is no credential of a certificate.")
    subject = document["credentialSubject"]
    achievement, until = subject["achievement"], document.get("validUntil")
    return Opened(
        certificate_key=uuid.UUID(document["id"]),
        number=document["evidence"][0]["id"].rpartition("/")[2],
        name=subject["identifier"][0]["identityHash"],
        course=achievement["name"],
        language=achievement["inLanguage"],
        hours=Decimal(str(subject["creditsEarned"])),
        completed_on=_moment(document["awardedDate"]).date(),
        issued_at=_moment(document["validFrom"]),
        valid_until=_moment(until).date() if until else None,
        signed_at=_moment(signed_at),
        key=key,
    )


def _moment(value: str | int) -> datetime.datetime:
    if isinstance(value, int):
        return datetime.datetime.fromtimestamp(value, datetime.UTC)
    return datetime.datetime.fromisoformat(value)


def _day(value: datetime.date) -> str:
    return f"{value}T00:00:00Z"
