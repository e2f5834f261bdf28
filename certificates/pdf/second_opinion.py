"""What pyHanko, which others maintain, says of a signed PDF. It parses the file: not for the public page."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass

from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext


@dataclass(frozen=True, slots=True)
class Opinion:
    """Whether the signature is right and covers all, and whether its certificate is trusted today."""

    intact: bool
    trusted: bool


def opinion(pdf: bytes, chains: Iterable[str]) -> Opinion:
    """pyHanko's opinion; `chains` are the published certificates (PEM), each ending in its root."""
    roots = [load_certs_from_pemder_data(chain.encode()) for chain in chains if chain]
    trust = ValidationContext(trust_roots=[list(chain)[-1] for chain in roots], allow_fetching=False)
    try:
        (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        status = validate_pdf_signature(signature, trust)
    except (PdfError, ValueError):
        return Opinion(intact=False, trusted=False)
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return Opinion(intact=bool(status.intact and status.valid and whole), trusted=bool(status.trusted))
