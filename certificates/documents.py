"""The PDFs of a certificate: each drawn once, kept with its SHA-256, and served as it is kept."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override

from certificates.models import Certificate, StoredDocument, document_storage
from certificates.pdf import CertificateDocument, render, uncovered


class Damaged(RuntimeError):
    """A stored PDF is not the one that was drawn."""


def obtain(*, certificate: Certificate, language: str) -> StoredDocument:
    """The PDF in a language, drawn now if this is the first time.

    Raises KeyError for a language the certificate does not have, and UncoveredCharacters when no
    font of ours draws the name nor the name in Latin letters.
    """
    stored = certificate.documents.filter(language=language).first()
    if stored is not None:
        return stored
    data = render(document_of(certificate, language))
    digest = hashlib.sha256(data).hexdigest()
    name = f"certificates/{digest[:2]}/{digest}.pdf"
    storage = document_storage()
    if not storage.exists(name):
        name = storage.save(name, ContentFile(data))
    try:
        with transaction.atomic():
            return StoredDocument.objects.create(
                certificate=certificate, language=language, file=name, sha256=digest, size=len(data)
            )
    except IntegrityError:
        # drawn twice in the same moment: the first one is the document
        return certificate.documents.get(language=language)


def read(document: StoredDocument) -> bytes:
    """The bytes as they were drawn; raises Damaged when the file is not the same any more."""
    with document.file.open("rb") as file:
        data: bytes = file.read()
    if hashlib.sha256(data).hexdigest() != document.sha256:
        raise Damaged(f"The stored PDF of {document} has changed.")
    return data


def document_of(certificate: Certificate, language: str) -> CertificateDocument:
    """What is drawn for a certificate in one of its languages."""
    words = certificate.printed(language)
    stated = certificate.stated
    name, latin_name = stated.name, stated.latin_name
    if uncovered(name) and latin_name:
        name, latin_name = latin_name, ""
    return CertificateDocument(
        language=language,
        number=certificate.number,
        verify_url=verify_address(certificate, language),
        issued_at=certificate.issued_at,
        organisation=words.organisation,
        title=words.title,
        lead=words.lead,
        name=name,
        latin_name=latin_name if latin_name != name else "",
        statement=words.statement,
        course=words.course,
        detail=words.detail,
        wording=words.wording,
        issued_line=words.issued_line,
        number_label=words.number_label,
        verify_label=words.verify_label,
        signatories=words.signatories,
    )


def verify_address(certificate: Certificate, language: str) -> str:
    """The full address of the public page, as it is printed and in the QR code."""
    with override(language):
        path = reverse("certificates:verify_number", args=[certificate.number])
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path
