"""Certificates as PDF: `render(document) -> bytes`, right in every script."""

from certificates.pdf.document import CertificateDocument, Signatory
from certificates.pdf.faces import UncoveredCharacters, uncovered
from certificates.pdf.rendering import render

__all__ = ["CertificateDocument", "Signatory", "UncoveredCharacters", "render", "uncovered"]
