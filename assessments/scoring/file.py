"""File answer: documents handed in, marked by a person.

The response holds what is known of each file (name, size and SHA-256), never its bytes.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from assessments.scoring.outcome import Outcome, ResponseError, SpecError
from assessments.scoring.reading import answered_text
from assessments.scoring.rubric import Rubric

# no limit of a question goes beyond these
LARGEST = 50 * 1024 * 1024
MOST_FILES = 10
_LONGEST_NAME = 200
_TYPE = re.compile(r"\.[a-z0-9]{1,10}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Key:
    """Which types of file are taken, how large each may be, and how many."""

    types: tuple[str, ...]
    largest: int
    most: int
    rubric: Rubric = field(default_factory=Rubric)

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> "Key":
        """Read ``{"types": [".pdf", ".docx"], "largest": 5000000, "most": 1, "rubric": []}``."""
        types = data.get("types")
        if not isinstance(types, Sequence) or isinstance(types, str) or not types:
            raise SpecError("'types' has to be a list with at least one type of file")
        if any(not isinstance(name, str) or not _TYPE.fullmatch(name) for name in types):
            raise SpecError("a type of file is written like '.pdf', in small letters")
        return cls(
            tuple(dict.fromkeys(types)),
            _number(data.get("largest", LARGEST), LARGEST),
            _number(data.get("most", 1), MOST_FILES),
            Rubric.parse(data.get("rubric") or ()),
        )

    def clean(self, response: Mapping[str, Any]) -> dict[str, Any]:
        """The response in its stored form; empty when no file was given.

        ResponseError for a type, a size or a number of files that the question does not take.
        """
        files = response.get("files") or ()
        if not isinstance(files, Sequence) or isinstance(files, str):
            raise ResponseError("the answer has to be a list of files")
        if len(files) > self.most:
            raise ResponseError(f"the question takes {self.most} files at most")
        cleaned = [self._file(entry) for entry in files]
        return {"files": cleaned} if cleaned else {}

    def mark(self, response: Mapping[str, Any], language: str) -> Outcome:
        """Waits for a person."""
        return Outcome.waiting()

    def _file(self, entry: Any) -> dict[str, Any]:
        if not isinstance(entry, Mapping):
            raise ResponseError("a file has to be a mapping")
        name = answered_text(entry.get("name"), _LONGEST_NAME).strip()
        size, digest = entry.get("size"), entry.get("sha256")
        if not PurePosixPath(name).stem or set(name) & set("/\\") or not name.isprintable():
            raise ResponseError("a file needs a plain name")
        if PurePosixPath(name).suffix.lower() not in self.types:
            raise ResponseError(f"the question takes only {', '.join(self.types)}")
        if isinstance(size, bool) or not isinstance(size, int) or not 0 < size <= self.largest:
            raise ResponseError(f"a file holds from 1 to {self.largest} bytes")
        if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
            raise ResponseError("a file is known by its SHA-256")
        return {"name": name, "size": size, "sha256": digest}


def _number(value: Any, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= most:
        raise SpecError(f"not a whole number from 1 to {most}: {value!r}")
    return value
