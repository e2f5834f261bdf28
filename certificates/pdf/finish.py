"""From xhtml2pdf's pages of text to the finished file: background, pictures, tags, metadata."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Dictionary, Name

from certificates.pdf import qr
from certificates.pdf.background import Backdrop, form_of
from certificates.pdf.document import Document
from certificates.pdf.metadata import describe
from certificates.pdf.ornaments import operands_of
from certificates.pdf.pictures import picture_of
from certificates.pdf.tags import Tree, mark_text, tag
from certificates.pdf.typesetting import Page, Pages


def finish(pages_of_text: bytes, pages: Pages, document: Document) -> bytes:
    """Lay background, pictures, lines and QR code under the text, tag it, and describe the file.

    Built by the rules of PDF/A-3 and PDF/UA-1. The attachment and the signature come later in
    the chain: nothing may touch the file after it is signed.
    """
    with pikepdf.open(io.BytesIO(pages_of_text)) as pdf:
        underlay = _Underlay(pdf, pages)
        for drawn, page in zip(pdf.pages, pages.pages, strict=True):
            text = mark_text(drawn, page)
            drawn.Contents = pdf.make_stream(underlay.under(drawn, page) + text)
        tree = Tree(pdf)
        tag(tree, pages)
        tree.close()
        describe(
            pdf,
            title=f"{document.title} – {document.name}",
            author=document.organisation,
            language=document.language,
            rtl=pages.rtl,
            made=document.issued_at,
        )
        return written(pdf)


def written(pdf: pikepdf.Pdf) -> bytes:
    """The file as bytes that are the same for the same content."""
    if len(pdf.pages) > 1:  # they share what only some of them use
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


class _Underlay:
    """Draws what lies under the texts; what is the same on several pages stands in the file once."""

    def __init__(self, pdf: pikepdf.Pdf, pages: Pages) -> None:
        self.pdf, self.height = pdf, pages.height
        self.forms: dict[Backdrop, pikepdf.Object] = {}
        self.pictures: dict[bytes, pikepdf.Object] = {}

    def under(self, drawn: pikepdf.Page, page: Page) -> bytes:
        """Operators for background, pictures, lines and code of one page."""
        if Name.XObject not in drawn.Resources:
            drawn.Resources.XObject = Dictionary()
        drawn.Resources.XObject.Background = self._form(page.backdrop)
        code = b"/Artifact <</Type /Background>> BDC q /Background Do Q EMC\n"
        code += b"/Artifact BMC q\n" + self._decoration(page) + b"\nQ EMC\n"
        for number, image in enumerate(page.images):
            name = f"/Picture{number}"
            drawn.Resources.XObject[name] = self._picture(image.picture.png)
            matrix = f"{image.width:.2f} 0 0 {image.height:.2f} {image.left:.2f}"
            bottom = self.height - image.top - image.height
            code += (
                f"/Figure <</MCID {page.texts + number}>> BDC q {matrix} {bottom:.2f} cm {name} Do Q EMC\n"
            ).encode()
        return code

    def _decoration(self, page: Page) -> bytes:
        """Lines, and the QR code: that is decoration too, as the address is printed."""
        lines = "\n".join(
            f"{operands_of(line.colour)} RG {line.thickness} w {line.left:.2f} {self.height - line.top:.2f} m"
            f" {line.left + line.length:.2f} {self.height - line.top:.2f} l S"
            for line in page.lines
        )
        if page.code is None:
            return lines.encode()
        place = (page.code.left, page.code.top, page.code.size, self.height)
        return lines.encode() + b"\n" + qr.pdf_operators(page.code.text, *place)

    def _form(self, backdrop: Backdrop) -> pikepdf.Object:
        if backdrop not in self.forms:
            self.forms[backdrop] = form_of(self.pdf, backdrop)
        return self.forms[backdrop]

    def _picture(self, png: bytes) -> pikepdf.Object:
        if png not in self.pictures:
            self.pictures[png] = picture_of(self.pdf, png)
        return self.pictures[png]
