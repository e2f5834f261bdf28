"""A package as a set of named bytes, from a folder or a zip; refuses what is unsafe or too large."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

MOST_FILES = 2_000
MOST_BYTES = 300 * 1024 * 1024
MANIFEST = "manifest.json"
FORMAT = 1


class BadArchive(ValueError):
    """The folder or zip cannot be read as a package; the message says why."""


def read(place: Path) -> dict[str, bytes]:
    """Return the files of a folder or zip by their relative names; raises BadArchive."""
    if place.is_dir():
        files = {
            path.relative_to(place).as_posix(): path.read_bytes()
            for path in sorted(place.rglob("*"))
            if path.is_file() and not path.name.startswith(".")
        }
    elif zipfile.is_zipfile(place):
        files = _unzip(place.read_bytes())
    else:
        raise BadArchive(f"{place.name} is neither a folder nor a zip file.")
    if "course.yaml" not in files:
        raise BadArchive("The package has no course.yaml.")
    return files


def _unzip(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
            raise BadArchive("The zip holds too many or too large files.")
        for entry in entries:
            name = PurePosixPath(entry.filename)
            if name.is_absolute() or ".." in name.parts or "\\" in entry.filename:
                raise BadArchive(f"The zip holds an unsafe name: {entry.filename!r}.")
        return {entry.filename: archive.read(entry) for entry in entries}


def manifest(files: Mapping[str, bytes], *, code: str, version: int) -> bytes:
    """Return the manifest: format, course, version and the SHA-256 of every other file."""
    hashes = {
        name: hashlib.sha256(content).hexdigest()
        for name, content in sorted(files.items())
        if name != MANIFEST
    }
    body = {"format": FORMAT, "course": code, "version": version, "files": hashes}
    return (json.dumps(body, indent=1) + "\n").encode()


def differences(files: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """Return (file, sentence) for everything that the manifest, where there is one, does not confirm."""
    if MANIFEST not in files:
        return []
    try:
        stated = json.loads(files[MANIFEST])
        hashes = dict(stated["files"])
        number = stated["format"]
    except (ValueError, KeyError, TypeError):
        return [(MANIFEST, "cannot be read")]
    if number != FORMAT:
        return [(MANIFEST, f"has format {number}; this version of Aula reads format {FORMAT}")]
    found = [(name, "is named in the manifest but missing") for name in hashes if name not in files]
    for name, content in files.items():
        if name == MANIFEST:
            continue
        if name not in hashes:
            found.append((name, "is not named in the manifest"))
        elif hashes[name] != hashlib.sha256(content).hexdigest():
            found.append((name, "has changed since the manifest was written"))
    return found


def write(files: Mapping[str, bytes], place: Path) -> None:
    """Write the files into a folder, or into a zip when the name ends in `.zip`."""
    if place.suffix == ".zip":
        with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in sorted(files.items()):
                # a fixed date, so that the same course gives the same bytes
                archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content)
        return
    for name, content in files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
