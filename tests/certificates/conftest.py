"""Sample documents of the certificate tests, and the ways to look at a drawn PDF."""

import importlib.util
import shutil
import subprocess
import uuid
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from django.core.files.storage import InMemoryStorage

from accounts.models import User
from certificates import issuing
from certificates.models import Certificate, StoredDocument
from certificates.pdf import CertificateDocument, render


@pytest.fixture(scope="session")
def golden() -> ModuleType:
    """The script that made the golden pictures and glyph runs."""
    spec = importlib.util.spec_from_file_location("make_golden", Path(__file__).parent / "make_golden.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def sample(golden: ModuleType) -> Callable[[str], CertificateDocument]:
    """Return a function that gives a sample document by its key in documents.json."""
    return golden.document_of


@pytest.fixture(scope="session")
def drawn(sample: Callable[[str], CertificateDocument]) -> Callable[[str], bytes]:
    """Return a function that draws a sample once."""
    return cache(lambda key: render(sample(key)))


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


@pytest.fixture
def statement() -> issuing.Statement:
    return issuing.Statement(
        award_key=uuid.UUID("6c1f4d0e-3f5b-4a53-9d7e-0d5f6e2b8a11"),
        name="Lucía Fernández",
        course_code="TIP-101",
        course_titles={
            "en": "Trafficking in persons",
            "es": "Trata de personas",
            "ar": "الاتجار بالأشخاص",
            "bn": "মানব পাচার",
        },
        hours=Decimal("18.0"),
        completed_on=date(2026, 11, 14),
        languages=("es", "en"),
        issuer="Judicial Learning",
        signatories=(issuing.Signatory(name="Helena Duarte", office={"en": "Director"}),),
        syllabus_version=1,
    )


@pytest.fixture
def issue(
    statement: issuing.Statement, judge: User, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Certificate]:
    """Return a function that issues the statement (or another) to the judge."""
    storage = InMemoryStorage()
    monkeypatch.setattr("certificates.documents.document_storage", lambda: storage)
    monkeypatch.setattr(StoredDocument._meta.get_field("file"), "storage", storage)

    def make(other: issuing.Statement | None = None, **options: object) -> Certificate:
        return issuing.issue(statement=other or statement, person=judge, **options)

    return make
