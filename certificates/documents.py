"""The PDFs of a certificate: each drawn and signed once, kept with its SHA-256, and served as it is kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from certificates import credential, keys, seal
from certificates.choices import KeyUse
from certificates.drawings import document_of
from certificates.models import Certificate, StoredDocument, document_storage
from certificates.pdf import Document, render
from certificates.pdf.attachments import attach

if TYPE_CHECKING:
    from certificates.pdf.examining import Signed
    from certificates.pdf.signing import PdfKeySigner


class Damaged(RuntimeError):
    """A stored PDF is not the one that was drawn."""


def obtain(*, certificate: Certificate, language: str) -> StoredDocument:
    """The PDF in a language ("es"), or in two ("ar+es"), drawn and signed now if this is the first time.

    Raises KeyError for a language the certificate does not have, UncoveredCharacters when no font of
    ours draws the name nor the name in Latin letters, and NoKeys when nothing can be signed.
    """
    stored = certificate.documents.filter(language=language).first()
    if stored is not None:
        return stored
    return keep(certificate=certificate, language=language, drawn=draw(certificate, language))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A file that was drawn and signed, and by which key."""

    data: bytes
    key_id: str


def draw(certificate: Certificate, language: str) -> Drawn:
    """Draw and sign a PDF and keep nothing; raises as `obtain` does. Writes nothing to the database."""
    signer = keys.pdf_signer()
    document = document_of(certificate, language)
    drawn = _with_credential(_with_seal(render(document), document), certificate, document.language)
    return Drawn(_signed(drawn, certificate, document.language, signer), signer.key_id)


def keep(*, certificate: Certificate, language: str, drawn: Drawn) -> StoredDocument:
    """Keep what was drawn; where another one has been kept meanwhile, that is the document."""
    digest = hashlib.sha256(drawn.data).hexdigest()
    storage = document_storage()
    name = storage.save(f"certificates/{digest[:2]}/{digest}.pdf", ContentFile(drawn.data))
    try:
        with transaction.atomic():
            return StoredDocument.objects.create(
                certificate=certificate,
                language=language,
                file=name,
                sha256=digest,
                size=len(drawn.data),
                signed_with=drawn.key_id,
            )
    except IntegrityError:
        # drawn twice in the same moment: the first one is the document
        storage.delete(name)
        return certificate.documents.get(language=language)


def read(document: StoredDocument) -> bytes:
    """The bytes as they were drawn; raises Damaged when the file is not the same any more."""
    with document.file.open("rb") as file:
        data: bytes = file.read()
    if hashlib.sha256(data).hexdigest() != document.sha256:
        raise Damaged(f"The stored PDF of {document} has changed.")
    return data


def find(data: bytes) -> StoredDocument | None:
    """The document of the register that a file is, byte for byte."""
    digest = hashlib.sha256(data).hexdigest()
    return StoredDocument.objects.filter(sha256=digest).select_related("certificate").first()


def examine(data: bytes) -> Signed:
    """Which key of ours signed a file, and when by its own account.

    Raises NotSigned, UnknownKey or Altered of `certificates.pdf.examining`. Whether the key could be
    trusted at that moment, its `vouches_at` says.
    """
    from certificates.pdf.examining import examine as examine_pdf

    known = {key.key_id: key.public for key in keys.public_keys() if key.use == KeyUse.PDF}
    return examine_pdf(data, known)


def _with_seal(pdf: bytes, document: Document) -> bytes:
    """The file with the text of its QR code inside, for programs that check it without a network."""
    with override(document.language):
        description = _("Signed text of the QR code")
    return attach(pdf, name=seal.FILE, data=document.qr.encode(), mime="text/plain", description=description)


def _with_credential(pdf: bytes, certificate: Certificate, language: str) -> bytes:
    """The file with the digital credential inside, for wallets and for systems that read it."""
    with override(language):
        description = _("The same certificate as a digital credential (Open Badges 3.0)")
    return attach(pdf, data=credential.with_proof(certificate, language), description=description)


def _signed(pdf: bytes, certificate: Certificate, language: str, signer: PdfKeySigner) -> bytes:
    # pyHanko takes a second to import: with the first certificate, not when the site starts
    from certificates.pdf.signing import sign

    organisation = certificate.printed(language).organisation
    with override(language):
        reason = _("Certificate %(number)s") % {"number": certificate.number}
        label = _("Digital signature of %(organisation)s") % {"organisation": organisation}
    with keys.told_to_the_operator():
        return sign(pdf, signer=signer, reason=reason, label=label)
