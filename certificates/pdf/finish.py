"""From xhtml2pdf's page of text to the finished file: background, tags, metadata."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Dictionary, Name

from certificates.pdf import qr
from certificates.pdf.background import background_pdf
from certificates.pdf.document import CertificateDocument
from certificates.pdf.faces import is_right_to_left
from certificates.pdf.metadata import describe
from certificates.pdf.ornaments import HEIGHT, operands_of
from certificates.pdf.sheet import QR_SIZE, Sheet
from certificates.pdf.tags import Tree, tag_page


def finish(page_of_text: bytes, sheet: Sheet, document: CertificateDocument) -> bytes:
    """Lay background, lines and QR code under the text, tag it, and describe the file.

    Built by the rules of PDF/A-3 and PDF/UA-1. The attachment and the signature come later in
    the chain: nothing may touch the file after it is signed.
    """
    title = f"{document.title} – {document.name}"
    with pikepdf.open(io.BytesIO(page_of_text)) as pdf:
        tree = Tree(pdf)
        page = pdf.pages[0]
        text = tag_page(tree, page, title)
        page.Contents = pdf.make_stream(_underlay(pdf, page, sheet, document.qr or document.verify_url) + text)
        tree.close()
        describe(
            pdf,
            title=title,
            author=document.organisation,
            language=document.language,
            rtl=is_right_to_left(document.title),
            made=document.issued_at,
        )
        pdf.remove_unreferenced_resources()
        del pdf.trailer["/ID"]  # ReportLab's depends on the clock
        out = io.BytesIO()
        pdf.save(
            out,
            min_version="1.7",
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
        )
    return out.getvalue()


def _underlay(pdf: pikepdf.Pdf, page: pikepdf.Page, sheet: Sheet, code: str) -> bytes:
    """Operators for all that is decoration; the QR code is too, as the address is printed."""
    with pikepdf.open(io.BytesIO(background_pdf())) as source:
        form = pdf.copy_foreign(source.pages[0].as_form_xobject())
    if Name.XObject not in page.Resources:
        page.Resources.XObject = Dictionary()
    page.Resources.XObject.Background = form
    lines = "\n".join(
        f"{operands_of(line.colour)} RG {line.thickness} w {line.left:.2f} {HEIGHT - line.top:.2f} m"
        f" {line.left + line.length:.2f} {HEIGHT - line.top:.2f} l S"
        for line in sheet.lines
    )
    drawn = qr.pdf_operators(code, *sheet.qr, QR_SIZE, HEIGHT)
    return (
        b"/Artifact <</Type /Background>> BDC q /Background Do Q EMC\n"
        b"/Artifact BMC q\n" + lines.encode() + b"\n" + drawn + b"\nQ EMC\n"
    )
