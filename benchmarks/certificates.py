"""CPU of one certificate beside a plain ReportLab page in the same run, with the signature apart.

`python benchmarks/certificates.py` prints the median of RUNS certificates in each language, each with
another name. Needs no database and no server.
"""

import io
import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

from reportlab.lib.pagesizes import A4, landscape  # noqa: E402
from reportlab.pdfbase import pdfmetrics  # noqa: E402
from reportlab.pdfbase.ttfonts import TTFont  # noqa: E402
from reportlab.pdfgen.canvas import Canvas  # noqa: E402

from certificates.pdf import CertificateDocument, faces, render  # noqa: E402
from certificates.pdf.attachments import attach  # noqa: E402
from certificates.pdf.signing import PdfKeySigner, sign  # noqa: E402
from certificates.vaults import Curve, authority, id_of  # noqa: E402
from certificates.vaults.folder import FolderVault  # noqa: E402
from tests.certificates.make_golden import document_of  # noqa: E402

LANGUAGES = ("en", "ar", "bn")
RUNS = 30
CREDENTIAL = json.dumps({"type": ["VerifiableCredential"], "padding": "x" * 2000}).encode()


@cache
def plain_font(name: str) -> str:
    """The font of a certificate as ReportLab itself reads it.

    Under a face name of its own: of two fonts of one face ReportLab knows the first only, which is ours.
    """
    font = TTFont(f"plain-{name}", faces.FONTS / f"{name}.ttf")
    font.face.name = font.fontName.encode()
    pdfmetrics.registerFont(font)
    assert type(pdfmetrics.getFont(font.fontName)) is TTFont
    return font.fontName


def plain(document: CertificateDocument) -> bytes:
    """The same words on one page by ReportLab alone: embedded fonts, no shaping, no tags, no background."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=landscape(A4))
    for number, text in enumerate(document.texts()):
        face = faces.families_for(text, faces.face_of(document.title))[0]
        canvas.setFont(plain_font(face.font(bold=number == 3)), 14)
        canvas.drawString(60, 540 - 32 * number, text)
    canvas.save()
    return out.getvalue()


def cpu(what: Callable[[], object]) -> float:
    """Milliseconds of CPU that a call takes."""
    begun = time.process_time()
    what()
    return (time.process_time() - begun) * 1000


def signer(folder: Path) -> PdfKeySigner:
    """A key of its own, made for this run."""
    vault = FolderVault(folder)
    root = authority.root(vault.make(Curve.P256), "Benchmark", vault)
    public = vault.make(Curve.P256)
    return PdfKeySigner(id_of(public), authority.leaf(public, "Benchmark", root, vault) + root, vault)


def main() -> None:
    names = ("plain", "drawn and finished", "credential attached", "signed")
    print(f"{'CPU ms, median':16}" + "".join(f"{name:>22}" for name in (*names, "finished / plain")))
    with tempfile.TemporaryDirectory() as folder:
        key = signer(Path(folder) / "keys")
        for language in LANGUAGES:
            print(f"{language:16}" + "".join(f"{figure:22.1f}" for figure in measured(language, key)))


def measured(language: str, key: PdfKeySigner) -> list[float]:
    """The medians of each step, and how many plain pages a finished certificate costs."""
    document = document_of(language)
    render(document)  # fonts and background are read with the first
    rows = [once(replace(document, name=f"{document.name} {number}"), key) for number in range(RUNS)]
    figures = [median(column) for column in zip(*rows, strict=True)]
    return [*figures, figures[1] / figures[0]]


def once(document: CertificateDocument, key: PdfKeySigner) -> tuple[float, ...]:
    drawn = render(document)
    attached = attach(drawn, data=CREDENTIAL, description="Credential")
    return (
        cpu(lambda: plain(document)),
        cpu(lambda: render(document)),
        cpu(lambda: attach(drawn, data=CREDENTIAL, description="Credential")),
        cpu(lambda: sign(attached, signer=key, reason="Benchmark", label="Signature")),
    )


if __name__ == "__main__":
    main()
