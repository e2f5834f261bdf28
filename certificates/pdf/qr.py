"""QR codes of verification addresses, with or without the signed statement, for sheet and page."""

from __future__ import annotations

import re
from functools import lru_cache

import segno

from certificates.pdf.ornaments import INK, operands_of

_DARK = re.compile(rb"[^\0]+")  # modules of one row that stand beside each other


@lru_cache(maxsize=256)
def code(address: str) -> segno.QRCode:
    """The code of an address. What follows its `#` must be of the 45 characters that take less room."""
    place, hash_, statement = address.partition("#")
    parts = [(place + hash_, None, None)] + ([(statement, None, None)] if statement else [])
    # level M survives a stamp or a fold over a seventh of the code
    return segno.make(parts, error="m", micro=False)  # type: ignore[arg-type]  # it takes parts too


def pdf_operators(address: str, left: float, top: float, size: float, page_height: float) -> bytes:
    """Drawing operators for the code in a square of `size` points; origin at the top left.

    The code is one path, drawn on a grid of its modules.
    """
    matrix = code(address).matrix
    module = f"{size / len(matrix):.6f}"
    parts = [f"q {operands_of(INK)} rg {module} 0 0 -{module} {left:.3f} {page_height - top:.3f} cm"]
    for y, row in enumerate(matrix):
        for run in _DARK.finditer(row):
            parts.append(f"{run.start()} {y} {run.end() - run.start()} 1 re")
    return "\n".join([*parts, "f Q"]).encode()


def svg(address: str) -> str:
    """The code as inline SVG without a fixed size; its quiet zone is included."""
    return code(address).svg_inline(border=2, dark=INK, light="#ffffff", omitsize=True)
