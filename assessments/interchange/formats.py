"""Which format a file is in, by what it holds; the one door for reading and the one for writing."""

import codecs
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO

from assessments.interchange import aiken
from assessments.interchange.archive import Archive
from assessments.interchange.errors import InterchangeError
from assessments.interchange.gift import reading as gift_reading
from assessments.interchange.gift import writing as gift_writing
from assessments.interchange.item import Item, Skipped, Written
from assessments.interchange.limits import USUAL, Limits
from assessments.interchange.moodle import reading as moodle_reading
from assessments.interchange.moodle import writing as moodle_writing
from assessments.interchange.qti import reading as qti_reading
from assessments.interchange.qti import writing as qti_writing
from assessments.interchange.sheet import workbook

type Read = Callable[..., Iterator[Item | Skipped]]

READERS: Mapping[str, Read] = {
    "moodle_xml": moodle_reading.read,
    "gift": gift_reading.read,
    "aiken": aiken.read,
    "qti": qti_reading.read_package,
    "qti_item": qti_reading.read_item,
    "sheet": workbook.read,
}
WRITERS: Mapping[str, Callable[[Iterable[Item]], Written]] = {
    "moodle_xml": moodle_writing.write,
    "gift": gift_writing.write,
    "qti": qti_writing.write,
    "sheet": workbook.write,
}
_HEAD = 256 * 1024
_FIRST_TAG = re.compile(r"<([A-Za-z][\w-]{0,60}:)?([A-Za-z][\w-]{0,60})")
_ROOTS = {
    "quiz": "moodle_xml",
    "question": "moodle_xml",
    "assessmentItem": "qti_item",
    "qti-assessment-item": "qti_item",
}
_AIKEN = re.compile(r"^[ \t]*ANSWER[ \t]{0,9}:", re.MULTILINE)
_GIFT = re.compile(
    r"^[ \t]*(//|::|\$CATEGORY:|\[(html|moodle|plain|markdown)\])|\{", re.MULTILINE | re.IGNORECASE
)


def read(
    stream: IO[bytes], *, language: str = "en", limits: Limits = USUAL, form: str = ""
) -> Iterator[Item | Skipped]:
    """Yield the questions of a file in any of the formats, one at a time.

    ``stream`` has to be seekable; ``language`` is that of texts which do not say their own. Whatever
    is wrong with the file as a whole is an InterchangeError, which may come after some questions:
    whoever reads to import has to read to the end before anything counts.
    """
    empty = True
    for entry in READERS[form or detect(stream, limits)](stream, language=language, limits=limits):
        empty = False
        yield entry
    if empty:
        raise InterchangeError("empty")


def write(form: str, items: Iterable[Item]) -> Written:
    """The questions as a file of a format."""
    return WRITERS[form](items)


def detect(stream: IO[bytes], limits: Limits = USUAL) -> str:
    """The format of a file, by its content and never by its name; the stream is back at its start."""
    stream.seek(0)
    head = stream.read(_HEAD)
    stream.seek(0)
    if not head.strip():
        raise InterchangeError("empty")
    if head.startswith(b"PK"):
        form = _of_zip(stream, limits)
        stream.seek(0)
        return form
    encoding = "utf-16" if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"
    text = head.decode(encoding, errors="replace").lstrip("\ufeff").lstrip()
    if text.startswith("<"):
        form = _of_xml(text)
        if form:
            return form
    if _AIKEN.search(text):
        return "aiken"
    if _GIFT.search(text):
        return "gift"
    raise InterchangeError("unknown_format")


def _of_zip(stream: IO[bytes], limits: Limits) -> str:
    names = Archive(stream, limits).names
    if "[Content_Types].xml" in names:
        return "sheet"
    if any(name.rpartition("/")[2] == qti_reading.MANIFEST for name in names):
        return "qti"
    if any(name.lower().endswith(".xlsx") for name in names):
        return "sheet"
    raise InterchangeError("no_manifest")


def _of_xml(text: str) -> str:
    """The format that the first tag says; a document type is refused here already."""
    outside = re.sub(r"<!--.*?-->", "", text[:20_000], flags=re.DOTALL)
    first = _FIRST_TAG.search(outside)
    declared = outside.upper().find("<!DOCTYPE")
    if declared >= 0 and (first is None or declared < first.start()):
        raise InterchangeError("declarations")
    name = first[2] if first else ""
    if name == "questestinterop":
        raise InterchangeError("qti_1")
    return _ROOTS.get(name, "")
