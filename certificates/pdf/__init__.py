"""Certificates as PDF: `render(document) -> bytes`, right in every script.

The drawing libraries take two seconds to import, so that happens with the first certificate and
not when the site starts.
"""

from certificates.pdf.document import CertificateDocument, Signatory, UncoveredCharacters

__all__ = ["CertificateDocument", "Signatory", "UncoveredCharacters", "render", "uncovered"]


def render(document: CertificateDocument) -> bytes:
    """Draw a certificate; see `certificates.pdf.rendering.render`."""
    from certificates.pdf import rendering

    return rendering.render(document)


def uncovered(text: str) -> frozenset[str]:
    """The characters of a text that no embedded font can draw."""
    from certificates.pdf import faces

    return faces.uncovered(text)
