"""Pages that hold marked texts alone, as certificates do: read by their lines, not by their operators.

`ShapingCanvas` writes each marked text on a line of its own, and ReportLab each change of the pen on
another. Where a page holds anything else (rules, grounds, text without a mark), `read` says so, and
`tags` reads it operator by operator, which costs several times as much.
"""

from __future__ import annotations

import re
from collections.abc import Set

import pikepdf
from pikepdf import Dictionary

# What ReportLab begins every page with: it selects a font that is not embedded, and draws nothing.
_PREAMBLE = re.compile(rb"(1 0 0 1 0 0 cm)  BT (/F\d+) 12 Tf 14\.4 TL ET")
_MARKED_TEXT = re.compile(rb"/(\w+) (<</MCID (\d+)>>) BDC BT .* ET EMC")
_PEN = re.compile(rb"[qQ]?|(?:-?[\d.]+ )+(?:cm|w|rg|RG) ?| ")

PAGINATION = b"<</Type /Pagination>>"

Texts = list[tuple[str, int]]


def read(page: pikepdf.Page, repeated: Set[int]) -> tuple[bytes, Texts] | None:
    """The content of a page without its idle font, and the (role, mark) of its texts; None where it
    holds anything else. Texts whose marks are `repeated` become decoration."""
    contents = page.obj.Contents
    preamble, *lines = contents.read_bytes().split(b"\n") if isinstance(contents, pikepdf.Stream) else [b""]
    begun = _PREAMBLE.fullmatch(preamble)
    if begun is None:
        return None
    content, texts = [begun[1]], Texts()
    for line in lines:
        if told := _MARKED_TEXT.fullmatch(line):
            texts.append((told[1].decode(), int(told[3])))
            if texts[-1][1] in repeated:
                line = b"/Artifact " + PAGINATION + line[told.end(2) :]
        elif not _PEN.fullmatch(line):
            return None
        content.append(line)
    made = b"\n".join(content)
    return (made, texts) if _dropped_font(page, begun[2], made) else None


def _dropped_font(page: pikepdf.Page, name: bytes, content: bytes) -> bool:
    """Take the font of the preamble out of the page, unless something may be drawn with it."""
    fonts = page.Resources.get("/Font", Dictionary())
    key = name.decode()
    idle = {each for each in fonts.keys() if "+" not in each}  # noqa: SIM118 - of a dictionary of PDF
    # pages may share their fonts: the page before has then dropped it
    if idle - {key} or name + b" " in content:
        return False
    if key in idle:
        del fonts[key]
    return True
