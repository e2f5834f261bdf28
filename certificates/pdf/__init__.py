"""Certificates as PDF: `render(document) -> bytes`, right in every script.

The drawing libraries take two seconds to import, so that happens with the first certificate and
not when the site starts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certificates.pdf import coverage
from certificates.pdf.document import (
    BilingualDocument,
    CertificateDocument,
    Document,
    Picture,
    Signatory,
    TranscriptDocument,
    TranscriptLine,
    UncoveredCharacters,
)

if TYPE_CHECKING:
    from certificates.pdf.typesetting import Misfit

__all__ = [
    "BilingualDocument",
    "CertificateDocument",
    "Document",
    "Picture",
    "Signatory",
    "TranscriptDocument",
    "TranscriptLine",
    "UncoveredCharacters",
    "fits",
    "render",
    "uncovered",
]


def render(document: Document) -> bytes:
    """Draw a certificate; see `certificates.pdf.rendering.render`."""
    from certificates.pdf import rendering

    return rendering.render(document)


def fits(document: Document) -> list[Misfit]:
    """The texts that would have to be set smaller than they read well; nothing is drawn."""
    from certificates.pdf import rendering

    return rendering.fits(document)


def uncovered(text: str) -> frozenset[str]:
    """The characters of a text that no embedded font can draw."""
    return coverage.uncovered(text)
