"""The register, its documents and designs, the public keys that vouch for them, and print runs."""

from certificates.models.designs import Design, DesignSignatory
from certificates.models.keys import IssuerKey
from certificates.models.register import (
    TEMPLATE_VERSION,
    Certificate,
    Frozen,
    RegisterRow,
    StoredDocument,
    document_storage,
)
from certificates.models.runs import Run, RunLine

__all__ = [
    "TEMPLATE_VERSION",
    "Certificate",
    "Design",
    "DesignSignatory",
    "Frozen",
    "IssuerKey",
    "RegisterRow",
    "Run",
    "RunLine",
    "StoredDocument",
    "document_storage",
]
