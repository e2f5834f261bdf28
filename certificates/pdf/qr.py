"""QR codes of verification addresses, with or without the signed statement, for sheet and page."""

from __future__ import annotations

from functools import lru_cache

import segno

from certificates.pdf.ornaments import INK, operands_of


@lru_cache(maxsize=256)
def code(address: str) -> segno.QRCode:
    """The code of an address. What follows its `#` must be of the 45 characters that take less room."""
    place, hash_, statement = address.partition("#")
    parts = [(place + hash_, None, None)] + ([(statement, None, None)] if statement else [])
    # level M survives a stamp or a fold over a seventh of the code
    return segno.make(parts, error="m", micro=False)  # type: ignore[arg-type]  # it takes parts too


def pdf_operators(address: str, left: float, top: float, size: float, page_height: float) -> bytes:
    """Drawing operators for the code in a square of `size` points; origin at the top left."""
    matrix = code(address).matrix
    module = size / len(matrix)
    parts = [f"{operands_of(INK)} rg"]
    for y, row in enumerate(matrix):
        bottom = page_height - top - (y + 1) * module
        for start, length in _dark_runs(row):
            parts.append(f"{left + start * module:.3f} {bottom:.3f} {length * module:.3f} {module:.3f} re")
    return "\n".join([*parts, "f"]).encode()


def svg(address: str) -> str:
    """The code as inline SVG without a fixed size; its quiet zone is included."""
    return code(address).svg_inline(border=2, dark=INK, light="#ffffff", omitsize=True)


def _dark_runs(row: bytes | bytearray) -> list[tuple[int, int]]:
    runs, start = [], None
    for x, dark in enumerate([*row, 0]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            runs.append((start, x - start))
            start = None
    return runs
