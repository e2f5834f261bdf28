"""What something handed in is worth: the text of a QR code, a photograph of one, a PDF or a credential.

First it is asked whether a key of the issuer signed exactly that, then whether the certificate stands:
from the register, or from the published list where there is none. Nothing is stored.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from certificates import credential, documents, keys, numbers, photographs, revocations, seal
from certificates.choices import KeyUse, Status
from certificates.clock import day_of
from certificates.keys import PublicKey
from certificates.models import Certificate
from certificates.pdf import attachments, examining

PDF = b"%PDF-"
LONGEST_TEXT = 64 * 1024  # bytes
_ADDRESS = re.compile(r"https?://\S+/verify/([0-9A-Za-z-]{12,20})/?")


class Verdict(models.TextChoices):
    """The answer, as a heading says it. Programs get the value."""

    VALID = "valid", _("This certificate is valid")
    EXPIRED = "expired", _("This certificate has expired")
    SUPERSEDED = "superseded", _("This certificate has been replaced")
    REVOKED = "revoked", _("This certificate has been withdrawn")
    ALTERED = "altered", _("This is not as it was signed")
    LEAKED = "leaked", _("This cannot be relied on by itself")
    UNKNOWN_KEY = "unknown_key", _("It is not known who signed this")
    UNKNOWN = "unknown", _("No certificate has this number")
    FOREIGN = "foreign", _("This is not one of our certificates")
    NO_CODE = "no_code", _("No QR code was found in the picture")
    UNREADABLE = "unreadable", _("The picture cannot be read")


class Evidence(models.TextChoices):
    """What was handed in, as far as it was of a kind that can prove something."""

    NUMBER = "number", _("Certificate number")
    SEAL = "seal", _("QR code")
    PDF = "pdf", _("PDF file")
    CREDENTIAL = "credential", _("Digital credential")


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """What a signature of ours vouches for; `agrees` asks whether the register says the same."""

    number: str
    name: str
    course: str
    language: str
    hours: Decimal
    completed_on: datetime.date
    issued_on: datetime.date
    valid_until: datetime.date | None
    handle: bytes
    key: PublicKey
    signed_at: datetime.datetime | None
    agrees: Callable[[Certificate], bool]


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """The verdict on what was handed in; `certificate` only where the register was asked."""

    verdict: Verdict
    evidence: Evidence | None = None
    claim: Claim | None = None
    certificate: Certificate | None = None
    since: datetime.date | None = None
    number: str = ""


class Source(Protocol):
    """Where keys, and what became of certificates, are known from."""

    @property
    def known(self) -> Sequence[PublicKey]:
        """The public keys."""

    def stored(self, pdf: bytes) -> Finding | None:
        """What is known of a file byte for byte, if anything."""

    def numbered(self, number: str) -> Finding:
        """What is known of a number alone."""

    def claimed(self, claim: Claim) -> Finding:
        """Whether what is signed still stands."""


class Register:
    """The register of this site, which knows all there is to know."""

    @cached_property
    def known(self) -> Sequence[PublicKey]:
        return keys.public_keys()

    def stored(self, pdf: bytes) -> Finding | None:
        document = documents.find(pdf)
        return self._standing(document.certificate) if document else None

    def numbered(self, number: str) -> Finding:
        found = Certificate.objects.filter(number=number).first()
        return self._standing(found) if found else Finding(verdict=Verdict.UNKNOWN)

    def claimed(self, claim: Claim) -> Finding:
        finding = self.numbered(claim.number)
        if finding.certificate and not claim.agrees(finding.certificate):
            return Finding(verdict=Verdict.ALTERED)
        return finding

    def _standing(self, certificate: Certificate) -> Finding:
        return Finding(verdict=Verdict(certificate.state().value), certificate=certificate)


class Published:
    """The published keys and the signed list, which is all that there is without a network."""

    def __init__(self, known: Sequence[PublicKey], listed: revocations.RevocationList) -> None:
        self._known, self.listed = known, listed

    @property
    def known(self) -> Sequence[PublicKey]:
        return self._known

    def stored(self, pdf: bytes) -> Finding | None:
        return None

    def numbered(self, number: str) -> Finding:
        return Finding(verdict=Verdict.FOREIGN)  # a number alone proves nothing

    def claimed(self, claim: Claim) -> Finding:
        if claim.key.compromised_at:
            # a thief signs with any date
            return Finding(verdict=Verdict.LEAKED)
        ended = self.listed.ended.get(claim.handle)
        if ended is not None:
            verdict = Verdict.REVOKED if ended.status == Status.REVOKED else Verdict.SUPERSEDED
            return Finding(verdict=verdict, since=ended.since)
        expired = claim.valid_until is not None and claim.valid_until < timezone.now().date()
        return Finding(verdict=Verdict.EXPIRED if expired else Verdict.VALID)


def check_file(data: bytes, source: Source) -> Finding:
    """The verdict on a file: a PDF, a picture, a credential, or the text of a QR code."""
    if PDF in data[:1024]:
        return check_pdf(data, source)
    if photographs.is_picture(data):
        return check_picture(data, source)
    try:
        return check_text(data[: LONGEST_TEXT + 1].decode(), source)
    except UnicodeDecodeError:
        return Finding(verdict=Verdict.FOREIGN)


def check_pdf(data: bytes, source: Source) -> Finding:
    """The verdict on a PDF. One that we did not sign is not parsed."""
    if stored := source.stored(data):
        return replace(stored, evidence=Evidence.PDF)
    pdf_keys = {key.key_id: key for key in source.known if key.use == KeyUse.PDF}
    try:
        signed = examining.examine(data, {key_id: key.public for key_id, key in pdf_keys.items()})
    except examining.NotSigned:
        return Finding(verdict=Verdict.FOREIGN)
    except examining.UnknownKey:
        return Finding(verdict=Verdict.UNKNOWN_KEY, evidence=Evidence.PDF)
    except examining.Altered:
        return Finding(verdict=Verdict.ALTERED, evidence=Evidence.PDF)
    if not pdf_keys[signed.key_id].vouches_at(signed.signed_at):
        return Finding(verdict=Verdict.LEAKED, evidence=Evidence.PDF)
    sealed = attachments.attached(data, seal.FILE)
    finding = check_text(sealed.decode(), source) if sealed else Finding(verdict=Verdict.FOREIGN)
    return replace(finding, evidence=Evidence.PDF)


def check_picture(data: bytes, source: Source) -> Finding:
    """The verdict on the QR code in a picture."""
    try:
        texts = photographs.codes(data)
    except photographs.NotReadable:
        return Finding(verdict=Verdict.UNREADABLE)
    findings = [check_text(text, source) for text in texts]
    ours = [finding for finding in findings if finding.verdict != Verdict.FOREIGN]
    return next(iter(ours or findings), Finding(verdict=Verdict.NO_CODE))


def check_text(text: str, source: Source) -> Finding:
    """The verdict on the text of a QR code or of a credential."""
    text = text.strip()
    try:
        claim = _of_seal(seal.open_seal(text, source.known))
        return replace(source.claimed(claim), evidence=Evidence.SEAL, claim=claim)
    except seal.NotASeal:
        return _unsealed(text, source)
    except seal.UnknownKey:
        return Finding(verdict=Verdict.UNKNOWN_KEY, evidence=Evidence.SEAL)
    except seal.Altered:
        return Finding(verdict=Verdict.ALTERED, evidence=Evidence.SEAL)


def _unsealed(text: str, source: Source) -> Finding:
    """The verdict on a text that is no statement: a credential, or the address on older papers."""
    address = _ADDRESS.fullmatch(text)
    number = numbers.canonical(address[1] if address else text[: numbers.LONGEST_TYPED])
    if number:
        return replace(source.numbered(number), evidence=Evidence.NUMBER, number=number)
    try:
        opened = credential.open_credential(text.encode(), source.known)
    except credential.NotACredential:
        return Finding(verdict=Verdict.FOREIGN)
    except seal.UnknownKey:
        return Finding(verdict=Verdict.UNKNOWN_KEY, evidence=Evidence.CREDENTIAL)
    except seal.Altered:
        return Finding(verdict=Verdict.ALTERED, evidence=Evidence.CREDENTIAL)
    claim = _of_credential(opened)
    return replace(source.claimed(claim), evidence=Evidence.CREDENTIAL, claim=claim)


def _of_seal(sealed: seal.Sealed) -> Claim:
    return Claim(
        number=sealed.number,
        name=str(sealed.name),
        course=str(sealed.course),
        language=sealed.language,
        hours=sealed.hours,
        completed_on=sealed.completed_on,
        issued_on=sealed.issued_on,
        valid_until=sealed.valid_until,
        handle=sealed.handle,
        key=sealed.key,
        signed_at=None,
        agrees=lambda certificate: seal.agrees(sealed, certificate),
    )


def _of_credential(opened: credential.Opened) -> Claim:
    return Claim(
        number=opened.number,
        name=opened.name,
        course=opened.course,
        language=opened.language,
        hours=opened.hours,
        completed_on=opened.completed_on,
        issued_on=day_of(opened.issued_at),
        valid_until=opened.valid_until,
        handle=seal.handle_of(opened.certificate_key),
        key=opened.key,
        signed_at=opened.signed_at,
        agrees=lambda certificate: credential.agrees(opened, certificate),
    )
