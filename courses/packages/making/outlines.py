"""Words as outlines: shaped by HarfBuzz from the fonts of the certificates, in any script and direction.

A drawing whose words are outlines needs no font where it is looked at. Sizes are in the units of the
drawing; y is the line on which the letters stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

import uharfbuzz as hb
from xhtml2pdf.bidi import get_display

from certificates.pdf import faces
from certificates.pdf.faces import Face
from certificates.pdf.shaping import Glyph, ShapedFont, drawing_language

from . import breaking, look

Segment = tuple[str, tuple[float, ...]]


class DoesNotFit(ValueError):
    """The words are too long for their place; the message names them."""


@dataclass(frozen=True, slots=True)
class Type:
    """How words are set: language, size in units for Latin letters, weight and colour."""

    language: str
    size: float
    bold: bool = False
    italic: bool = False
    colour: str = look.TEXT
    face: Face | None = None  # of the whole text, where a line is drawn by itself
    reads_left: bool | None = None

    def settled(self, text: str) -> Type:
        """The same with the face and the direction of this text, for each of its lines."""
        if self.face is not None:
            return self
        return replace(self, face=faces.face_of(text), reads_left=faces.is_right_to_left(text))

    def faces(self, text: str) -> tuple[Face, ...]:
        first = self.face or faces.face_of(text)
        return tuple(dict.fromkeys((first, *faces.families_for(text, first))))

    def actual(self, text: str) -> float:
        """The size for the script of the text, so that all scripts look equally large."""
        return self.size * self.faces(text)[0].scale

    def leading(self, text: str) -> float:
        """The height of a line."""
        return self.actual(text) * self.faces(text)[0].leading

    def width(self, text: str) -> float:
        """How far a line of these words runs."""
        return _width(self, text)

    def lines(self, text: str, room: float, *, even: bool = True) -> tuple[str, ...]:
        """Break at spaces into the fewest lines that keep within the room; even ones if wanted."""
        return breaking.lines(text, self.settled(text).width, room, even=even)

    def draw(self, text: str, x: float, y: float, *, anchor: str = "start") -> str:
        """One line as a path; `anchor` says which of its ends (or its middle) stands at x.

        "start" and "end" are those of the reading direction, "left" and "right" those of the sheet.
        """
        left = x - self.width(text) * self._share_before(text, anchor)
        uses, pen, scale = [], 0.0, self.actual(text) / 1000
        for font, glyph, _size in self._glyphs(text):
            number = font.face.charToGlyph[ord(glyph.character)]
            if _segments(font.fontName, number):
                at = f' x="{pen + glyph.dx:.0f}"'
                # the group is upside down, as fonts count upwards
                at += f' y="{glyph.dy:.0f}"' if round(glyph.dy) else ""
                uses.append(f'<use href="#{_name(font.fontName, number)}"{at}/>')
            pen += glyph.advance
        place = f"translate({left:.1f} {y:.1f}) scale({scale:.4g} {-scale:.4g})"
        return f'<g fill="{self.colour}" transform="{place}">{"".join(uses)}</g>'

    def block(
        self, lines: Sequence[str], x: float, y: float, *, anchor: str = "start", tight: float = 1.0
    ) -> str:
        """Several lines, the first standing at y."""
        kind = self.settled(" ".join(lines))
        step = kind.leading(lines[0]) * tight
        return "".join(kind.draw(line, x, y + n * step, anchor=anchor) for n, line in enumerate(lines))

    def right_to_left(self, text: str) -> bool:
        return faces.is_right_to_left(text) if self.reads_left is None else self.reads_left

    def _share_before(self, text: str, anchor: str) -> float:
        if anchor == "middle":
            return 0.5
        return float(anchor in ("right", "start" if self.right_to_left(text) else "end"))

    def _glyphs(self, text: str) -> Iterator[tuple[ShapedFont, Glyph, float]]:
        """The glyphs from left to right, with their font and its size."""
        direction = "R" if self.right_to_left(text) else "L"
        families = self.faces(text)
        fonts = [faces.shaped_font(f.font(bold=self.bold, italic=self.italic)) for f in families]
        size = self.actual(text)
        token = drawing_language.set(self.language)
        try:
            for font, run in _runs(get_display(text, direction), fonts):
                for _typed, glyphs in font.shape(run, visual=True):
                    for glyph in glyphs:
                        yield font, glyph, size
        finally:
            drawing_language.reset(token)


@lru_cache(maxsize=4096)
def _width(kind: Type, text: str) -> float:
    return sum(glyph.advance * size for _font, glyph, size in kind._glyphs(text)) / 1000


def _runs(text: str, fonts: Sequence[ShapedFont]) -> Iterator[tuple[ShapedFont, str]]:
    """Cut a text in drawing order into runs that one font can draw."""
    run, chosen = "", fonts[0]
    for character in text:
        best = next((font for font in fonts if font.covers(character)), None)
        if best is None:
            raise DoesNotFit(f"No font draws U+{ord(character):04X} in {text!r}")
        if not character.isspace() and best is not chosen:
            if run:
                yield chosen, run
            run, chosen = "", best
        run += character
    if run:
        yield chosen, run


@cache
def _segments(name: str, glyph: int) -> tuple[Segment, ...]:
    font = hb.Font(faces.shaped_font(name).hbFace)
    found: list[Segment] = []
    pen = hb.DrawFuncs()
    pen.set_move_to_func(lambda *at: found.append(("M", at[:-1])))
    pen.set_line_to_func(lambda *at: found.append(("L", at[:-1])))
    pen.set_quadratic_to_func(lambda *at: found.append(("Q", at[:-1])))
    pen.set_cubic_to_func(lambda *at: found.append(("C", at[:-1])))
    pen.set_close_path_func(lambda *_: found.append(("Z", ())))
    font.draw_glyph(glyph, pen, None)
    return tuple(found)


def with_letters(drawing: str) -> str:
    """The drawing with the outline of each letter that it uses, once, at its beginning."""
    defined = {}
    for font in (name for face in faces.FACES for name in _fonts(face)):
        for number in re.findall(rf'href="#{_initials(font)}(\d+)"', drawing):
            defined[_name(font, int(number))] = _path(_segments(font, int(number)))
    letters = "".join(f'<path id="{name}" d="{path}"/>' for name, path in sorted(defined.items()))
    at = drawing.index(">") + 1
    if drawing.startswith("<title>", at):
        at = drawing.index("</title>", at) + len("</title>")
    return f"{drawing[:at]}<defs>{letters}</defs>{drawing[at:]}" if letters else drawing


def _fonts(face: Face) -> set[str]:
    return {face.font(bold=bold, italic=italic) for bold in (False, True) for italic in (False, True)}


def _initials(font: str) -> str:
    """A short name of a font: "EBGaramond-SemiBold" is ebgs."""
    return "".join(re.findall("[A-Z]", font)).lower()


def _name(font: str, glyph: int) -> str:
    return f"{_initials(font)}{glyph}"


def _path(segments: tuple[Segment, ...]) -> str:
    """Segments as a path of whole units, each point counted from the one before."""
    parts, x, y = [], 0, 0
    for command, at in segments:
        if command == "Z":
            parts.append("z")
            continue
        whole = [round(value) for value in at]
        points = [f"{v - (y if n % 2 else x)}" for n, v in enumerate(whole)]
        parts.append(command.lower() + " ".join(points).replace(" -", "-"))
        x, y = whole[-2:]
    return "".join(parts)
