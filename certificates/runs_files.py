"""The files of print runs: one PDF for the printer, or a zip with one file for each person.

Both are written to a file on disk, person by person, so that a thousand need no more memory than ten.
"""

from __future__ import annotations

import hashlib
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from typing import IO

from django.core.files.base import File
from django.utils import translation
from django.utils.translation import gettext as _

from certificates import documents
from certificates.choices import LineState, RunKind
from certificates.models import Run, RunLine, StoredDocument
from certificates.models.runs import run_storage

PIECE = 50
LONGEST_NAME = 120  # bytes of the name of a person or a group in the name of a file
# what some file system does not take
_FORBIDDEN = set('<>:"/\\|?*')

Tell = Callable[[int], None]


def make(run: Run, tell: Tell) -> None:
    """Write the file of a run and enter it in `run`, unsaved; `tell` hears how many are in it."""
    if not run.lines.filter(state=LineState.DRAWN).exists():
        return  # everybody failed, and each line says why
    with tempfile.TemporaryFile() as out:
        if run.kind == RunKind.PDF:
            _bind(run, out, tell)
        else:
            _pack(run, out, tell)
        run.size = out.tell()
        out.seek(0)
        run.sha256 = hashlib.file_digest(out, "sha256").hexdigest()
        out.seek(0)
        run.file.name = run_storage().save(f"runs/{run.key}.{run.kind}", File(out))


def file_name(line: RunLine, width: int) -> str:
    """`012 Núñez María 2026-7F3K-9QXD es.pdf`: sorts as the ceremony does, and fits every file system."""
    certificate = line.certificate
    return f"{line.place:0{width}} {_safe(certificate.name)} {certificate.number} {line.language}.pdf"


def download_name(run: Run) -> str:
    """`Judges 2026 B 2026-11-22.zip`, as the file of a run is called where it is saved."""
    return f"{_safe(run.label)} {run.made_at:%Y-%m-%d}.{run.kind}"


def title_of(run: Run) -> str:
    """The title of the bound file, in the active language."""
    return _("Certificates of %(group)s") % {"group": run.label}


def _bind(run: Run, out: IO[bytes], tell: Tell) -> None:
    # its library takes a third of a second to import
    from certificates.pdf.binding import Binder

    language = run.language.partition("+")[0] or translation.get_language() or "en"
    with translation.override(language):
        binder = Binder(out, title=title_of(run), language=language)
    for number, (line, data) in enumerate(_drawn(run), 1):
        binder.add(data, f"{line.place}. {line.certificate.name}")
        if number % PIECE == 0:
            tell(number)
    binder.close()


def _pack(run: Run, out: IO[bytes], tell: Tell) -> None:
    width = max(3, len(str(run.lines.count())))
    # PDF files are compressed already
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for number, (line, data) in enumerate(_drawn(run), 1):
            archive.writestr(file_name(line, width), data)
            if number % PIECE == 0:
                tell(number)


def _drawn(run: Run) -> Iterator[tuple[RunLine, bytes]]:
    """Each person with the kept file, in the order of the ceremony, a few rows at a time."""
    after = 0
    while True:
        lines = run.lines.filter(state=LineState.DRAWN, place__gt=after).select_related("certificate")
        # what a certificate states is long, and not needed here
        piece = list(lines.defer("certificate__statement").order_by("place")[:PIECE])
        if not piece:
            return
        kept = StoredDocument.objects.filter(certificate__in=[line.certificate_id for line in piece])
        by_key = {(one.certificate_id, one.language): one for one in kept}
        for line in piece:
            yield line, documents.read(by_key[line.certificate_id, line.language])
        after = piece[-1].place


def _safe(name: str) -> str:
    plain = unicodedata.normalize("NFC", name)
    # controls, and the marks of direction among them
    kept = (" " if c in _FORBIDDEN or unicodedata.category(c)[0] == "C" else c for c in plain)
    words = " ".join("".join(kept).split())
    return words.encode()[:LONGEST_NAME].decode(errors="ignore").strip(" .") or "-"
