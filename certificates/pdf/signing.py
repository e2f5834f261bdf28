"""The issuer's signature on a finished PDF: PAdES B-B, P-256, certifying, no change allowed.

It must come last: whatever touches the file afterwards breaks it.
"""

from __future__ import annotations

import io

import pikepdf
from asn1crypto.algos import SignedDigestAlgorithm
from pikepdf import Array, Dictionary, Name, String
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko_certvalidator.registry import SimpleCertificateStore

from certificates.vaults import Vault

FIELD = "Issuer"
DIGEST = "sha256"
LONGEST_ECDSA = 72
# hexadecimal digits; certificate, root and signature take some 4,400. Room known beforehand saves a dry run
ROOM = 8192
PRINTED, LOCKED = 4, 128


class PdfKeySigner(signers.Signer):
    """A key of the vault with its certificates, as pyHanko wants to see a signer."""

    def __init__(self, key_id: str, chain: str, vault: Vault) -> None:
        own, *issuers = load_certs_from_pemder_data(chain.encode())
        registry = SimpleCertificateStore()
        registry.register_multiple(issuers)
        super().__init__(
            signing_cert=own,
            cert_registry=registry,
            signature_mechanism=SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
        )
        self.key_id = key_id
        self._vault = vault

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """What pyHanko asks for: the signature of the attributes, by the key in the vault."""
        if digest_algorithm != DIGEST:
            raise ValueError(f"Keys of certificates sign with {DIGEST}, not with {digest_algorithm}.")
        return bytes(LONGEST_ECDSA) if dry_run else self._vault.sign(self.key_id, data)


class _ArchivalSigner(signers.PdfSigner):
    """pyHanko raises a file with ECDSA to PDF 2.0 (ISO 32002); PDF/A-3 is PDF 1.7, and stays so."""

    def register_extensions(self, pdf_out: BasePdfFileWriter, *, md_algorithm: str) -> None:
        pdf_out.register_extension(ESIC_EXTENSION_1)


class _QuietWriter(IncrementalPdfFileWriter):
    """pyHanko enters itself as a producer and writes the XMP packet anew, not quite by PDF/A's rules."""

    def _update_meta(self) -> None:
        """Leave title, dates and what the file says about itself as they were drawn."""


def sign(pdf: bytes, *, signer: PdfKeySigner, reason: str, label: str) -> bytes:
    """Sign a tagged file of ours; `reason` and `label` (of the field) are read out to people.

    Raises VaultFault when the key cannot be used. Not for a running event loop: pyHanko starts its own.
    """
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm=DIGEST,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        reason=reason,
    )
    writer = _QuietWriter(io.BytesIO(with_field(pdf, label)))
    out = io.BytesIO()
    _ArchivalSigner(metadata, signer).sign_pdf(
        writer, existing_fields_only=True, bytes_reserved=ROOM, output=out
    )
    return out.getvalue()


def with_field(pdf: bytes, label: str) -> bytes:
    """The file with an empty, invisible signature field that stands in the structure tree by name.

    pyHanko could make the field itself, but would not tag it, as PDF/UA asks.
    """
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        page = opened.pages[0].obj
        tree = opened.Root.StructTreeRoot
        document = tree.K[0]
        key = int(tree.ParentTreeNextKey)
        widget = opened.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Sig,
                T=String(FIELD),
                TU=String(label),
                Rect=Array([0, 0, 0, 0]),
                F=PRINTED | LOCKED,
                P=page,
                StructParent=key,
            )
        )
        element = opened.make_indirect(
            Dictionary(
                Type=Name.StructElem,
                S=Name.Form,
                P=document,
                Pg=page,
                Alt=String(label),
                K=Dictionary(Type=Name.OBJR, Obj=widget, Pg=page),
            )
        )
        document.K.append(element)
        for entry in (key, element):
            tree.ParentTree.Nums.append(entry)
        tree.ParentTreeNextKey = key + 1
        page.Annots = Array([*page.get("/Annots", []), widget])
        opened.Root.AcroForm = Dictionary(Fields=Array([widget]), SigFlags=0)
        out = io.BytesIO()
        opened.save(
            out,
            min_version="1.7",
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
        )
    return out.getvalue()
