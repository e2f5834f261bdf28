"""The register and its documents, the designs they are set in, and the public keys that vouch for them."""

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

__all__ = [
    "TEMPLATE_VERSION",
    "Certificate",
    "Design",
    "DesignSignatory",
    "Frozen",
    "IssuerKey",
    "RegisterRow",
    "StoredDocument",
    "document_storage",
]
