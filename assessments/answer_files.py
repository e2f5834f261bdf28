"""Files that learners hand in: checked by what they hold, kept where nobody reaches them by an address."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from typing import IO, Any, cast
from uuid import uuid4

from django.core.files.base import File
from django.db import transaction

from assessments.file_types import ending_of, fits
from assessments.models import AnswerFile, Attempt
from assessments.paper import PaperSlot
from assessments.scoring import read_key
from assessments.scoring.file import Key

_LONGEST_NAME = 200
_CHUNK = 1024 * 1024


class FileRefused(Exception):
    """The question does not take a file; ``problem`` says why: type, size, empty, content or number."""

    def __init__(self, problem: str, name: str = "") -> None:
        self.problem, self.name = problem, name
        super().__init__(f"{problem} {name}".strip())


def limits_of(slot: PaperSlot) -> Key:
    """The types, the size and the number of files that a question takes."""
    key = read_key("file", slot.spec)
    if not isinstance(key, Key):
        raise TypeError("only a file answer has limits of files")
    return key


def taken_in(
    *,
    attempt: Attempt,
    slot: PaperSlot,
    held: Sequence[Mapping[str, Any]],
    dropped: Collection[str],
    uploads: Sequence[File],
) -> dict[str, Any]:
    """The response with the files held before, less those dropped (by SHA-256), and the new ones.

    Where a question takes one file, a new one takes the place of the old. The bytes of new files
    are kept, each once in its question. Raises FileRefused, and then keeps nothing.
    """
    limits = limits_of(slot)
    for upload in uploads:
        _check(limits, upload)
    found = {} if uploads and limits.most == 1 else {one["sha256"]: one for one in held}
    for digest in dropped:
        found.pop(digest, None)
    new = [(_digest(upload), upload) for upload in uploads]
    found |= {
        digest: {"name": _name(upload), "size": upload.size, "sha256": digest} for digest, upload in new
    }
    if len(found) > limits.most:
        raise FileRefused("number")
    with transaction.atomic():
        for digest, upload in new:
            _keep(attempt, slot, digest, upload)
    return {"files": list(found.values())}


def _check(limits: Key, upload: File) -> None:
    name = _name(upload)
    if ending_of(name) not in limits.types:
        raise FileRefused("type", name)
    if not upload.size:
        raise FileRefused("empty", name)
    if upload.size > limits.largest:
        raise FileRefused("size", name)
    if not fits(name, _stream(upload)):
        raise FileRefused("content", name)


def _keep(attempt: Attempt, slot: PaperSlot, digest: str, upload: File) -> None:
    kept, created = AnswerFile.objects.get_or_create(
        attempt=attempt,
        slot=slot.number,
        sha256=digest,
        defaults={"name": _name(upload), "size": upload.size, "file": ""},
    )
    if created:
        _stream(upload)
        # the name in the store says nothing of whose it is
        kept.file.save(f"{uuid4().hex}{ending_of(kept.name)}", upload, save=True)


def _digest(upload: File) -> str:
    digest, stream = hashlib.sha256(), _stream(upload)
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _stream(upload: File) -> IO[bytes]:
    upload.seek(0)
    return cast(IO[bytes], upload.file)  # what a browser sent is open


def _name(upload: File) -> str:
    """The name without folders and signs that cannot be shown, cut to what is kept."""
    bare = str(upload.name or "").replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(sign for sign in bare if sign.isprintable()).strip()
    ending = ending_of(shown)
    stem = shown[: len(shown) - len(ending)] if ending else shown
    return f"{stem[: _LONGEST_NAME - len(ending)] or 'file'}{ending}"
