"""One certificate document drawn as one PDF file."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from reportlab import rl_config
from xhtml2pdf import pisa

from certificates.pdf import bilingual, coverage, sheet, transcript
from certificates.pdf.document import (
    BilingualDocument,
    Document,
    TranscriptDocument,
    UncoveredCharacters,
)
from certificates.pdf.finish import finish
from certificates.pdf.shaping import drawing_language
from certificates.pdf.typesetting import Misfit, Pages

# Fonts hold state while a page is drawn, and xhtml2pdf draws one page at a time anyway.
drawing = threading.Lock()


class DrawingFailed(RuntimeError):
    """xhtml2pdf reported errors in the sheet."""


def render(document: Document) -> bytes:
    """Draw a certificate on one A4 sheet, or a transcript: fonts embedded, tagged.

    The same document always gives the same bytes. Raises UncoveredCharacters when a text holds
    letters that no embedded font has.
    """
    document = document.normalised()
    missing = coverage.uncovered("".join(document.texts()))
    if missing:
        raise UncoveredCharacters(missing)
    with drawing:
        token = drawing_language.set(document.language)
        try:
            pages = compose(document)
            text = draw(pages.html(), engine_css="")  # parsed anew for every document, and not needed
        finally:
            drawing_language.reset(token)
        return finish(text, pages, document)


def fits(document: Document) -> list[Misfit]:
    """The texts that the layout would have to set smaller than they read well, once each."""
    document = document.normalised()
    with drawing:
        token = drawing_language.set(document.language)
        try:
            return list(dict.fromkeys(compose(document).misfits))
        finally:
            drawing_language.reset(token)


def compose(document: Document) -> Pages:
    """Place the texts and pictures of a document by the rules of its kind."""
    if isinstance(document, BilingualDocument):
        return bilingual.compose(document)
    if isinstance(document, TranscriptDocument):
        return transcript.compose(document)
    return sheet.compose(document)


def draw(html: str, engine_css: str | None = None) -> bytes:
    """The pages of an HTML text; hold `drawing` and set `drawing_language` around it.

    `engine_css` stands for the engine's own style sheet.
    """
    out = io.BytesIO()
    with _unpacked():
        result = pisa.CreatePDF(html, dest=out, default_css=engine_css)
    if result.err:
        raise DrawingFailed(f"xhtml2pdf reported {result.err} errors")
    return out.getvalue()


@contextmanager
def _unpacked() -> Iterator[None]:
    """Leave pages as they are drawn: `finish` reads them again, and packs the file once."""
    usual = rl_config.pageCompression, rl_config.useA85
    rl_config.pageCompression = rl_config.useA85 = 0
    try:
        yield
    finally:
        rl_config.pageCompression, rl_config.useA85 = usual
