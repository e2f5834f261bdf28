"""A name as a certificate prints it, as a drawing for a page: the same faces, letters joined by HarfBuzz.

The site itself sends no fonts of all scripts; outlines need none, and show exactly what is printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby

import uharfbuzz as hb

from certificates.pdf.faces import FONTS, LATIN, Face, families_for, is_right_to_left
from certificates.pdf.scripts import RIGHT_TO_LEFT, runs_of

UNITS = 1000.0  # of the drawing, for one size of Latin letters
ABOVE, BELOW = 950.0, 420.0  # the drawing's edges from the line on which the letters stand


def svg(text: str, *, language: str) -> str:
    """One line of text as an SVG picture that is named by the text; empty for an empty text."""
    # markup is imported where it is written, so that the faces stay free of it
    from xml.sax.saxutils import quoteattr

    paths, x = [], 0.0
    for run, face, script in _runs(text):
        outline, x = _outline(run, face, script, language, x)
        paths.append(outline)
    if not x:
        return ""
    box = f"0 {-ABOVE:.0f} {x:.0f} {ABOVE + BELOW:.0f}"
    return (
        f'<svg class="lettering" role="img" aria-label={quoteattr(text)} viewBox="{box}">'
        f'<path fill="currentColor" d="{"".join(paths)}"/></svg>'
    )


def _runs(text: str) -> Iterator[tuple[str, Face, str]]:
    """Pieces in drawing order, each of one face and one script, with its letters in reading order."""
    from xhtml2pdf.bidi import get_display

    right_to_left = is_right_to_left(text)
    faces = families_for(text, LATIN)
    shown = get_display(text, base_dir="R" if right_to_left else "L")
    last = faces[0]
    chosen = []
    for character in shown:
        if not character.isspace():
            last = next((face for face in faces if ord(character) in _letters(face)), faces[0])
        chosen.append((character, last))
    for face, pairs in groupby(chosen, key=lambda pair: pair[1]):
        for run, script in runs_of("".join(character for character, _face in pairs), visual=True):
            yield (run[::-1] if script in RIGHT_TO_LEFT else run), face, script


def _outline(run: str, face: Face, script: str, language: str, x: float) -> tuple[str, float]:
    """The path of a run that begins at `x`, and where it ends."""
    font = _font(face)
    scale = UNITS * face.scale / font.face.upem
    buffer = hb.Buffer()
    buffer.add_str(run)
    buffer.direction = "rtl" if script in RIGHT_TO_LEFT else "ltr"
    buffer.script = script
    buffer.language = language
    hb.shape(font, buffer)
    pen = _Pen(scale)
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        pen.x, pen.y = x + place.x_offset * scale, place.y_offset * scale
        font.draw_glyph_with_pen(info.codepoint, pen)
        x += place.x_advance * scale
    return "".join(pen.path), x


class _Pen:
    """Writes what HarfBuzz draws as the path of an SVG, whose y runs down."""

    def __init__(self, scale: float) -> None:
        self.scale, self.x, self.y = scale, 0.0, 0.0
        self.path: list[str] = []

    def moveTo(self, point: tuple[float, float]) -> None:
        self._write("M", point)

    def lineTo(self, point: tuple[float, float]) -> None:
        self._write("L", point)

    def qCurveTo(self, *points: tuple[float, float]) -> None:
        self._write("Q", *points)

    def curveTo(self, *points: tuple[float, float]) -> None:
        self._write("C", *points)

    def closePath(self) -> None:
        self.path.append("Z")

    def _write(self, letter: str, *points: tuple[float, float]) -> None:
        pairs = (f"{self.x + x * self.scale:.0f} {-self.y - y * self.scale:.0f}" for x, y in points)
        self.path.append(letter + " ".join(pairs))


@cache
def _font(face: Face) -> hb.Font:
    return hb.Font(hb.Face(hb.Blob.from_file_path(str(FONTS / f"{face.font(bold=True)}.ttf"))))


@cache
def _letters(face: Face) -> frozenset[int]:
    return frozenset(_font(face).face.unicodes)
