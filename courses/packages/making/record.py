"""From which words each film, sound and card was made, so that a test can tell what must be made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from .lessons import CARDS, PACKAGES

RECORD = CARDS.parent / "made.json"


def digest(words: Iterable[str]) -> str:
    """A short name for words: the same words have the same, other words another."""
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]


def known() -> dict[str, str]:
    """The digest of the words of each file, by its place under the packages."""
    return dict(json.loads(RECORD.read_text("utf-8"))) if RECORD.exists() else {}


def name_of(file: Path) -> str:
    return file.relative_to(PACKAGES).as_posix()


def note(file: Path, words: Iterable[str]) -> None:
    """Keep from which words a file was made now; forget files that are no more."""
    kept = {name: value for name, value in known().items() if (PACKAGES / name).exists()}
    kept[name_of(file)] = digest(words)
    RECORD.write_text(json.dumps(dict(sorted(kept.items())), indent=1) + "\n", "utf-8")
