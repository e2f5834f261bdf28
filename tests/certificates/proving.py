"""Sample sheets signed, and their printed codes read and checked, with keys made for the moment."""

import datetime
import subprocess
import tempfile
import uuid
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

from certificates import keys, photographs, seal
from certificates.choices import KeyUse, Kind
from certificates.pdf import CertificateDocument, render
from certificates.pdf.examining import examine
from certificates.pdf.signing import PdfKeySigner, sign
from certificates.vaults import Curve, authority, id_of
from certificates.vaults.folder import FolderVault


@cache
def _vault() -> FolderVault:
    return FolderVault(Path(tempfile.mkdtemp(prefix="proving-")) / "keys")


@cache
def _pdf_key() -> tuple[PdfKeySigner, bytes]:
    vault = _vault()
    root = authority.root(vault.make(Curve.P256), "Proof", vault)
    public = vault.make(Curve.P256)
    return PdfKeySigner(id_of(public), authority.leaf(public, "Proof", root, vault) + root, vault), public


@cache
def _statement_key() -> keys.PublicKey:
    public = _vault().make(Curve.ED25519)
    begun = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    return keys.PublicKey(
        key_id=id_of(public),
        use=KeyUse.STATEMENT,
        public=public[-32:],  # the raw key ends the DER
        chain="",
        active_from=begun,
    )


def is_signed(drawn: bytes) -> bool:
    """Whether a sheet, signed, is found to be signed by that key and by nothing else."""
    signer, public = _pdf_key()
    signed = sign(drawn, signer=signer, reason="Proof", label="Signature")
    return examine(signed, {signer.key_id: public}).key_id == signer.key_id


def is_checked_offline(document: CertificateDocument) -> bool:
    """Whether the printed code, read from a picture of the sheet, vouches for its name, course and number.

    Only the public key is needed: the same check as that of `manage.py verify_certificate`.
    """
    printed = render(replace(document, qr=_sealed(document)))
    foot = ("-y", "1100", "-H", "554")  # where the code is
    command = ["pdftoppm", "-r", "200", *foot, "-gray", "-png", "-singlefile", "-"]
    picture = subprocess.run(command, input=printed, capture_output=True, check=True).stdout
    (text,) = photographs.codes(picture)
    opened = seal.open_seal(text, [_statement_key()])
    return (
        opened.number == document.number
        and opened.name.agrees_with(document.name)
        and opened.course.agrees_with(document.course)
        and opened.language == document.language
    )


def _sealed(document: CertificateDocument) -> str:
    key = _statement_key()
    certificate = SimpleNamespace(
        number=document.number,
        key=uuid.UUID(int=1),
        kind=Kind.COMPLETION,
        issued_on=document.issued_at.date(),
        valid_until=None,
        stated=SimpleNamespace(name=document.name, hours=Decimal(18), completed_on=document.issued_at.date()),
        printed=lambda _language: SimpleNamespace(course=document.course),
    )
    signer = keys.StatementSigner(key.key_id, _vault())
    with mock.patch.object(keys, "statement_signer", return_value=signer):
        return seal.seal(certificate, language=document.language)
