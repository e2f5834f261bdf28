"""Sample documents of the certificate tests, and the ways to look at a drawn PDF."""

import json
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from certificates.pdf import CertificateDocument, Signatory

GOLDEN = Path(__file__).parent / "golden"
SAMPLES: dict[str, dict] = json.loads((GOLDEN / "documents.json").read_text())


def document_of(key: str) -> CertificateDocument:
    fields = dict(SAMPLES[key])
    fields["issued_at"] = datetime.fromisoformat(fields["issued_at"])
    fields["signatories"] = tuple(Signatory(**who) for who in fields["signatories"])
    return CertificateDocument(**fields)


@pytest.fixture(scope="session")
def sample() -> Callable[[str], CertificateDocument]:
    return document_of


@pytest.fixture(scope="session")
def poppler(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., bytes]:
    """Return a function that runs a poppler tool on PDF bytes and gives what it prints."""
    file = tmp_path_factory.mktemp("poppler") / "certificate.pdf"

    def run(tool: str, pdf: bytes, *options: str) -> bytes:
        program = shutil.which(tool)
        if program is None:
            pytest.skip(f"{tool} (poppler-utils) is not installed")
        file.write_bytes(pdf)
        out = ["-"] if tool == "pdftotext" else []
        return subprocess.run([program, *options, file, *out], capture_output=True, check=True).stdout

    return run
