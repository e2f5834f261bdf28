"""One certificate document drawn as one PDF file."""

from __future__ import annotations

import io
import threading

from xhtml2pdf import pisa

from certificates.pdf import faces
from certificates.pdf.document import CertificateDocument, UncoveredCharacters
from certificates.pdf.finish import finish
from certificates.pdf.shaping import drawing_language
from certificates.pdf.sheet import compose

# Fonts hold state while a page is drawn, and xhtml2pdf draws one page at a time anyway.
drawing = threading.Lock()


class DrawingFailed(RuntimeError):
    """xhtml2pdf reported errors in the sheet."""


def render(document: CertificateDocument) -> bytes:
    """Draw a certificate: A4 landscape, one page, fonts embedded, tagged.

    The same document always gives the same bytes. Raises UncoveredCharacters when a text holds
    letters that no embedded font has.
    """
    document = document.normalised()
    missing = faces.uncovered("".join(document.texts()))
    if missing:
        raise UncoveredCharacters(missing)
    with drawing:
        token = drawing_language.set(document.language)
        try:
            sheet = compose(document)
            page = draw(sheet.html)
        finally:
            drawing_language.reset(token)
        return finish(page, sheet, document)


def draw(html: str) -> bytes:
    """The pages of an HTML text; hold `drawing` and set `drawing_language` around it."""
    out = io.BytesIO()
    result = pisa.CreatePDF(html, dest=out)
    if result.err:
        raise DrawingFailed(f"xhtml2pdf reported {result.err} errors")
    return out.getvalue()
