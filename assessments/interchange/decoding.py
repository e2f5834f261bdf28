"""Text files of strangers: their characters, and no more of them than allowed."""

import codecs
from typing import IO

from assessments.interchange.errors import InterchangeError, Notice
from assessments.interchange.limits import Limits
from assessments.interchange.markup import characters

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def text_of(stream: IO[bytes], limits: Limits) -> tuple[str, list[Notice]]:
    """The text of a file: UTF-8, UTF-16 with its mark, or else, with a notice, windows-1252."""
    data = stream.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        raise InterchangeError("too_large", most=limits.file_bytes // 2**20)
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    if b"\0" in data and encoding != "utf-16":
        raise InterchangeError("encoding")
    try:
        return characters(data.decode(encoding)), []
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise InterchangeError("encoding") from error
    try:
        return characters(data.decode("cp1252")), [Notice("guessed_encoding")]
    except UnicodeDecodeError as error:
        raise InterchangeError("encoding") from error
