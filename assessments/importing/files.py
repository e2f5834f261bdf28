"""The bytes of an import while it waits: its file and the pictures that were in it."""

from collections.abc import Iterable
from typing import IO
from uuid import UUID

from django.core.files.base import ContentFile, File

from assessments.interchange import Media
from assessments.media import digest_of, type_of
from assessments.models.files import exam_storage


def keep_file(key: UUID, content: IO[bytes]) -> str:
    """Keep the file as it was handed in; return its name in the storage."""
    return exam_storage().save(f"imports/{key}/file", File(content))


def keep_media(key: UUID, media: Iterable[Media]) -> dict[str, str]:
    """Keep pictures of safe types, each content once; return their SHA-256 by name."""
    storage, kept = exam_storage(), {}
    for one in media:
        if type_of(one.name):
            kept[one.name] = digest_of(one.content)
            path = _path(key, kept[one.name])
            if not storage.exists(path):
                storage.save(path, ContentFile(one.content))
    return kept


def open_media(key: UUID, sha256: str) -> File:
    """A picture that waits."""
    return exam_storage().open(_path(key, sha256))


def paths_of(key: UUID) -> list[str]:
    """The names in the storage of all that waits with an import, also of what was read in vain."""
    try:
        _folders, names = exam_storage().listdir(f"imports/{key}")
    except FileNotFoundError:
        return []
    return [_path(key, name) for name in sorted(names)]


def delete(paths: Iterable[str]) -> None:
    """Remove files that nothing names any more."""
    for path in paths:
        exam_storage().delete(path)


def _path(key: UUID, sha256: str) -> str:
    return f"imports/{key}/{sha256}"
