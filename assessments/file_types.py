"""What a file is by its content, whatever its name says. Pure."""

import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import IO

_HEAD = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_MEMBERS = 10_000
# a program, or what a browser would run, whatever it is called
_REFUSED = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"<!doctype html", b"<html", b"<script", b"<svg")


def ending_of(name: str) -> str:
    """The ending of a name, in small letters: ".pdf"."""
    return PurePosixPath(name).suffix.lower()


def fits(name: str, file: IO[bytes]) -> bool:
    """Whether the content is of the type that the ending names; it is read from its beginning.

    Of a type without a mark of its own it is only made sure that it is nothing that runs.
    """
    file.seek(0)
    head = file.read(_HEAD)
    file.seek(0)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(tuple(sign.lower() for sign in _REFUSED)):
        return False
    check = _CHECKS.get(ending_of(name))
    found = check(head, file) if check else True
    file.seek(0)
    return found


def _begins(*signs: bytes) -> Callable[[bytes, IO[bytes]], bool]:
    return lambda head, file: head.startswith(signs)


def _at(place: int, *signs: bytes) -> Callable[[bytes, IO[bytes]], bool]:
    return lambda head, file: head[place : place + len(signs[0])] in signs


def _is_text(head: bytes, file: IO[bytes]) -> bool:
    return b"\0" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff"))


def _archive(*members: str) -> Callable[[bytes, IO[bytes]], bool]:
    """An archive with one of these members; only its list is read, nothing is unpacked."""

    def check(head: bytes, file: IO[bytes]) -> bool:
        if not head.startswith(b"PK"):
            return False
        try:
            with zipfile.ZipFile(file) as archive:
                names = archive.namelist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            return False
        return len(names) <= _MOST_MEMBERS and (not members or not set(members).isdisjoint(names))

    return check


_CHECKS: dict[str, Callable[[bytes, IO[bytes]], bool]] = {
    ".pdf": lambda head, file: b"%PDF-" in head[:1024],
    ".docx": _archive("word/document.xml"),
    ".xlsx": _archive("xl/workbook.xml"),
    ".pptx": _archive("ppt/presentation.xml"),
    ".odt": _archive("mimetype", "content.xml"),
    ".ods": _archive("mimetype", "content.xml"),
    ".odp": _archive("mimetype", "content.xml"),
    ".zip": _archive(),
    ".doc": _begins(_OLE),
    ".xls": _begins(_OLE),
    ".ppt": _begins(_OLE),
    ".rtf": _begins(b"{\\rtf"),
    ".txt": _is_text,
    ".csv": _is_text,
    ".md": _is_text,
    ".jpg": _begins(b"\xff\xd8\xff"),
    ".jpeg": _begins(b"\xff\xd8\xff"),
    ".png": _begins(b"\x89PNG\r\n\x1a\n"),
    ".gif": _begins(b"GIF87a", b"GIF89a"),
    ".webp": _at(8, b"WEBP"),
    ".tif": _begins(b"II*\0", b"MM\0*"),
    ".tiff": _begins(b"II*\0", b"MM\0*"),
    ".heic": _at(4, b"ftyp"),
    ".mp3": _begins(b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa"),
    ".wav": _at(8, b"WAVE"),
    ".ogg": _begins(b"OggS"),
    ".m4a": _at(4, b"ftyp"),
    ".mp4": _at(4, b"ftyp"),
    ".mov": _at(4, b"ftyp", b"moov", b"wide", b"free", b"mdat"),
    ".webm": _begins(b"\x1aE\xdf\xa3"),
}
