"""Zip files from strangers: every name and size is checked before anything is unpacked."""

import stat
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO
from urllib.parse import unquote

from assessments.interchange.errors import InterchangeError, Place
from assessments.interchange.limits import Limits

_CHUNK = 64 * 1024


class Archive:
    """A zip that is safe to read, entry by entry, never to the disk."""

    def __init__(self, stream: IO[bytes], limits: Limits) -> None:
        stream.seek(0, 2)
        if stream.tell() > limits.file_bytes:
            raise InterchangeError("too_large", most=limits.file_bytes // 2**20)
        stream.seek(0)
        try:
            self._zip = zipfile.ZipFile(stream)
            entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, UnicodeError) as error:
            raise InterchangeError("bad_zip") from error
        _check(entries, limits)
        self._limits = limits
        self._entries = {entry.filename: entry for entry in entries}
        self._left = limits.zip_bytes

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all files."""
        return tuple(self._entries)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def size(self, name: str) -> int:
        """The unpacked size that the zip states."""
        return self._entries[name].file_size

    def read(self, name: str, most: int | None = None) -> bytes:
        """The content of a file; what grows beyond its stated size or ``most`` is refused."""
        entry = self._entries.get(name)
        if entry is None:
            raise InterchangeError("missing_file", name=name)
        most = min(entry.file_size, self._left, self._limits.zip_bytes if most is None else most)
        pieces, taken = [], 0
        try:
            with self._zip.open(entry) as stream:
                while piece := stream.read(_CHUNK):
                    taken += len(piece)
                    if taken > most:
                        raise InterchangeError("zip_bomb", Place(name))
                    pieces.append(piece)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise InterchangeError("bad_zip", Place(name)) from error
        self._left -= taken
        return b"".join(pieces)


def _check(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.zip_entries:
        raise InterchangeError("zip_entries", most=limits.zip_entries)
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        if unsafe(name) or stat.S_ISLNK(entry.external_attr >> 16) or name in seen:
            raise InterchangeError("zip_name", name=name[:100])
        seen.add(name)
        if entry.flag_bits & 0x1:
            raise InterchangeError("zip_encrypted")
        large = entry.file_size > limits.zip_ratio_from
        if large and entry.file_size > entry.compress_size * limits.zip_ratio:
            raise InterchangeError("zip_bomb", Place(name))
    if sum(entry.file_size for entry in entries) > limits.zip_bytes:
        raise InterchangeError("zip_bomb")


def unsafe(name: str) -> bool:
    """Whether a name leads, or could lead on some system, out of its folder."""
    path = PurePosixPath(name)
    return (
        not name
        or path.is_absolute()
        or ".." in path.parts
        or "\\" in name
        or "\0" in name
        or ":" in path.parts[0]
    )


def joined(folder: str, address: str) -> str | None:
    """The entry that a relative address within ``folder`` names; None when it leaves the package."""
    path = unquote(address.partition("#")[0].partition("?")[0])
    if not path or path.startswith("/") or "\\" in path or "://" in path:
        return None
    parts: list[str] = [part for part in folder.split("/") if part]
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts) or None
