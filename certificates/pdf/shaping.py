"""HarfBuzz shaping for xhtml2pdf, which by itself draws one glyph per character.

xhtml2pdf measures text through `font.stringWidth` and draws it through
`Canvas.beginText()._formatText`. A `ShapedFont` answers the first with HarfBuzz and gives every
shaped glyph a private character code; a `ShapingText` draws those glyphs at HarfBuzz's offsets
and keeps the text copyable. `ShapingCanvas` makes such text objects and marks each paragraph so
that `tags` can point to it. Two names of xhtml2pdf are replaced: the canvas, and the joining of
Arabic letters, which would delete the vowel marks of names. `install` refuses to start when the
library no longer has the names this relies on.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextvars import ContextVar
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import uharfbuzz as hb
import xhtml2pdf.context
import xhtml2pdf.xhtml2pdf_reportlab as engine
from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.textobject import PDFTextObject
from xhtml2pdf.builders.printmarks import MarkedCanvas

from certificates.pdf.scripts import DIRECTION_MARKS, RIGHT_TO_LEFT, runs_of

# BCP 47 tag of the document being drawn: Serbian, Nepali… have letter forms of their own
drawing_language: ContextVar[str] = ContextVar("drawing_language", default="und")

_PRIVATE_USE = 0xE000
_NO_BREAK_SPACE = 0xA0
# What a glyph stands for when the letters are used up: invisible, and it neither breaks nor joins
_NOTHING_MORE = "\u2060"
_NOTHING_MORE_RIGHT_TO_LEFT = "\u200f"
# ReportLab and xhtml2pdf draw whole thousandths; less than this cannot be seen
_NEGLIGIBLE = 0.05


class EngineChanged(RuntimeError):
    """xhtml2pdf or ReportLab no longer has a name that the shaping hooks into."""


class Glyph(NamedTuple):
    """One drawn glyph: its private character, and thousandths of the font size."""

    character: str
    advance: float
    dx: float
    dy: float


def shared_out(text: str, clusters: list[int], *, right_to_left: bool) -> list[str]:
    """Give each glyph a part of the text, so that the parts, in order, are the text.

    `clusters` says for each drawn glyph where its letters begin. A glyph drawn before its letter
    (a Bangla vowel) takes the letter's part and the other way round. In a right-to-left run the
    first glyph is the end of the text.
    """
    sizes = Counter(clusters)
    groups: list[tuple[str, int]] = []
    for start, end in pairwise([*sorted(sizes), len(text)]):
        letters, glyphs = text[start:end], sizes[start]
        if groups and _spare(*groups[-1]) < 0 < _spare(letters, glyphs):
            # a vowel of two parts stands around its consonant, which HarfBuzz counts with one of them
            before, more = groups.pop()
            letters, glyphs = before + letters, more + glyphs
        groups.append((letters, glyphs))
    filler = _NOTHING_MORE_RIGHT_TO_LEFT if right_to_left else _NOTHING_MORE
    parts = [part for letters, glyphs in groups for part in _dealt(letters, glyphs, filler)]
    return parts[::-1] if right_to_left else parts


def _spare(letters: str, glyphs: int) -> int:
    """How many letters there are more than glyphs; negative when there are too few."""
    return len(unicodedata.normalize("NFKD", letters)) - glyphs


def _dealt(letters: str, glyphs: int, filler: str) -> list[str]:
    """One part for each glyph. Every glyph must stand for something, so what is left over (the dots
    of an Arabic letter) gets the filler."""
    if len(letters) < glyphs:
        letters = unicodedata.normalize("NFKD", letters)
    letters += filler * (glyphs - len(letters))
    return [*letters[: glyphs - 1], letters[glyphs - 1 :]]


class ShapedFont(TTFont):
    """A TrueType font that measures with HarfBuzz and can name every shaped glyph."""

    def __init__(self, name: str, filename: str) -> None:
        # only what is drawn is embedded: by default all of ASCII is, in every font
        super().__init__(name, filename, asciiReadable=False)
        mapping = self.face.charToGlyph
        # Direction marks order the text and are dropped before it is drawn; without a glyph
        # xhtml2pdf would warn about each of them.
        for mark in DIRECTION_MARKS:
            mapping.setdefault(ord(mark), mapping[0x20])
        self.typed = frozenset(mapping)
        self._code_of = {(glyph, chr(code)): code for code, glyph in mapping.items()}
        self._next_private = _PRIVATE_USE
        self._stands_for: dict[int, str] = {}
        self._shaper = hb.Font(self.hbFace)
        self._scale = 1000.0 / self.hbFace.upem
        self._shaped_run = lru_cache(maxsize=4096)(self._shape_run)
        self._advance = lru_cache(maxsize=4096)(self._advance_of)

    def covers(self, character: str) -> bool:
        """Whether the font has a glyph of its own for a typed character."""
        return ord(character) in self.typed

    def covers_all(self, text: str) -> bool:
        """Whether the font has every character of a text."""
        return self.typed.issuperset(map(ord, text))

    def shape(self, text: str, *, visual: bool) -> Iterator[tuple[str, tuple[Glyph, ...]]]:
        """Each run of one script, in logical order, with its glyphs in drawing order."""
        for run, script in runs_of(text, visual=visual):
            if visual and script in RIGHT_TO_LEFT:
                run = run[::-1]
            yield run, self._shaped_run(run, script, drawing_language.get())

    def stringWidth(self, text: str | bytes, size: float, encoding: str = "utf8") -> float:
        """Width of a text in points, as it will be drawn at `size` points."""
        if isinstance(text, bytes):
            text = text.decode(encoding)
        return self._advance(text, drawing_language.get()) * size / 1000

    def advance_of(self, character: str) -> float:
        """What the PDF file says is the width of a private or typed character."""
        code = ord(character)
        return float(self.face.charWidths[0x20 if code == _NO_BREAK_SPACE else code])

    def addObjects(self, doc: Any) -> None:
        """Write the font into the file, saying which text each private character stands for."""
        used = {c for part in self.state[doc].subsets for c in part if c in self._stands_for}
        super().addObjects(doc)
        name = (self.face.name + self.face.subfontNameX).decode("pdfdoc")
        for key, stream in doc.idToObject.items():
            if key.startswith("toUnicodeCMap:") and key.endswith("+" + name):
                for code in used:  # ReportLab has mapped it to itself
                    text = self._stands_for[code].encode("utf-16-be").hex().upper()
                    stream.content = stream.content.replace(f"<{code:04X}>\n", f"<{text}>\n")

    def _advance_of(self, text: str, _language: str) -> float:
        """Thousandths of the size that a text is wide in the language being drawn, by which it is kept."""
        return sum(glyph.advance for _, run in self.shape(text, visual=False) for glyph in run)

    def _shape_run(self, text: str, script: str, language: str) -> tuple[Glyph, ...]:
        buffer = hb.Buffer()
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.add_str(text)
        buffer.direction = "rtl" if script in RIGHT_TO_LEFT else "ltr"
        buffer.script = script
        buffer.language = language
        hb.shape(self._shaper, buffer)
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        clusters = [info.cluster for info in infos]
        parts = shared_out(text, clusters, right_to_left=script in RIGHT_TO_LEFT)
        return tuple(
            Glyph(
                chr(self._name_glyph(info.codepoint, part)),
                position.x_advance * self._scale,
                position.x_offset * self._scale,
                position.y_offset * self._scale,
            )
            for info, position, part in zip(infos, positions, parts, strict=True)
        )

    def _name_glyph(self, glyph: int, text: str) -> int:
        """The character code of a glyph that stands for this text: the letter's own where it is the
        plain form of one letter, else a new one (conjuncts, ligatures, joined and shared forms)."""
        code = self._code_of.get((glyph, text))
        if code is None:
            while self._next_private in self.face.charToGlyph:
                self._next_private += 1
            code = self._code_of[glyph, text] = self._next_private
            self._stands_for[code] = text
            self.face.charToGlyph[code] = glyph
            self.face.charWidths[code] = self._shaper.get_glyph_h_advance(glyph) * self._scale
        return code


class ShapingText(PDFTextObject):
    """A text object that draws shaped glyphs and keeps what was typed for copying."""

    def _formatText(self, text: str | bytes) -> str:
        font = pdfmetrics.getFont(self._fontname)
        if not isinstance(font, ShapedFont):
            return str(super()._formatText(text))
        if isinstance(text, bytes):
            text = text.decode("utf8")
        pieces = []
        for run, shaped in font.shape(text, visual=True):
            for word, glyphs in _words(run, shaped):
                code = _GlyphWriter(self, font).write(glyphs)
                pieces.append(_said(code, word) if _must_be_said(word, glyphs) else code)
        return " ".join(pieces)


def _words(run: str, glyphs: tuple[Glyph, ...]) -> Iterator[tuple[str, tuple[Glyph, ...]]]:
    """Cut a shaped run before and after its spaces, as each word is marked by itself."""
    if run.count(" ") != sum(glyph.character == " " for glyph in glyphs):
        yield run, glyphs  # a mark stands on a space
        return
    start = 0
    for word in re.findall("[^ ]* *", run)[:-1]:
        end = start
        while end < len(glyphs) and glyphs[end].character != " ":
            end += 1
        end += word.count(" ")
        yield word, glyphs[start:end]
        start = end


def _must_be_said(word: str, glyphs: tuple[Glyph, ...]) -> bool:
    """Whether the glyphs alone may not be read as the word: they are moved, joined or reordered."""
    return "".join(g.character for g in glyphs) != word or any(g.dx or g.dy for g in glyphs)


def _said(code: str, word: str) -> str:
    return f"/Span <</ActualText <FEFF{word.encode('utf-16-be').hex()}>>> BDC {code} EMC"


def _decimal(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


class _GlyphWriter:
    """Writes one run of glyphs as TJ arrays, with Ts where a glyph is raised."""

    def __init__(self, text: ShapingText, font: ShapedFont) -> None:
        self.text, self.font = text, font
        self.canvas, self.size = text._canvas, text._fontsize
        self.out: list[str] = []
        self.array: list[str] = []
        self.chunk = bytearray()

    def write(self, glyphs: tuple[Glyph, ...]) -> str:
        level = float(self.text._rise)
        rise, adjust = level, 0.0
        for glyph, (subset, code) in zip(glyphs, self._codes(glyphs), strict=True):
            wanted = level + glyph.dy * self.size / 1000
            if subset != self.text._curSubset:
                self._select(subset)
            if abs(wanted - rise) > 1e-4:
                self._raise(wanted)
                rise = wanted
            self._skip(adjust - glyph.dx)
            self.chunk.append(code)
            adjust = self.font.advance_of(glyph.character) - glyph.advance + glyph.dx
        self._skip(adjust)
        self._flush()
        if abs(rise - level) > 1e-4:
            self.out.append(f"{_decimal(level)} Ts")
        return " ".join(self.out)

    def _codes(self, glyphs: tuple[Glyph, ...]) -> Iterator[tuple[int, int]]:
        """The part of the font, and the code in it, of each glyph."""
        characters = "".join(glyph.character for glyph in glyphs)
        for subset, codes in self.font.splitString(characters, self.canvas._doc):
            for code in codes:
                yield subset, code

    def _select(self, subset: int) -> None:
        self._flush()
        name = self.font.getSubsetInternalName(subset, self.canvas._doc)
        leading = fp_str(self.text._leading)
        self.out.append(f"{name} {fp_str(self.size)} Tf {leading} TL")
        self.text._curSubset = subset

    def _raise(self, rise: float) -> None:
        self._flush()
        self.out.append(f"{_decimal(rise)} Ts")

    def _skip(self, amount: float) -> None:
        if abs(amount) > _NEGLIGIBLE:
            self._close_chunk()
            self.array.append(_decimal(amount))

    def _close_chunk(self) -> None:
        if self.chunk:
            self.array.append(f"({self.canvas._escape(bytes(self.chunk))})")
            self.chunk.clear()

    def _flush(self) -> None:
        self._close_chunk()
        if self.array:
            self.out.append(f"[{' '.join(self.array)}] TJ")
            self.array.clear()


class ShapingCanvas(MarkedCanvas):
    """Draws shaped text and numbers every paragraph's text for the structure tree."""

    _next_mark = 0
    _role = ""

    def beginText(self, x: float = 0, y: float = 0, direction: str | None = None) -> ShapingText:
        return ShapingText(self, x, y, direction=direction)

    def addOutlineEntry(self, title: str, key: str, level: int = 0, closed: Any = None) -> None:
        """xhtml2pdf calls this just before it draws a heading."""
        self._role = f"H{level + 1}"
        super().addOutlineEntry(title, key, level, closed)

    def drawText(self, text: PDFTextObject) -> None:
        code = str(text.getCode())
        if " Tj" in code or " TJ" in code:
            role, self._role = self._role or "P", ""
            code = f"/{role} <</MCID {self._next_mark}>> BDC {code} EMC"
            self._next_mark += 1
        self._code.append(code)

    def _startPage(self) -> None:
        super()._startPage()
        self._next_mark = 0


def _as_typed(text: str, font_name: str | None = None) -> None:
    """Stands for xhtml2pdf's joining of Arabic letters: HarfBuzz joins them."""


def install() -> None:
    """Make xhtml2pdf draw with HarfBuzz from now on, in this process.

    Raises EngineChanged when a name this hooks into has gone from the libraries.
    """
    hooked = (
        (xhtml2pdf.context, "shape_frag_text"),
        (engine, "MarkedCanvas"),
        (engine.PmlBaseDoc, "_makeCanvas"),
        (MarkedCanvas, "beginText"),
        (MarkedCanvas, "drawText"),
        (MarkedCanvas, "addOutlineEntry"),
        (MarkedCanvas, "_startPage"),
        (PDFTextObject, "_formatText"),
        (TTFont, "splitString"),
        (TTFont, "getSubsetInternalName"),
        (TTFont, "hbFace"),
    )
    for owner, name in hooked:
        if not hasattr(owner, name):
            raise EngineChanged(f"{owner.__name__} has no {name} any more")
    if "MarkedCanvas" not in engine.PmlBaseDoc._makeCanvas.__code__.co_names:
        raise EngineChanged("xhtml2pdf no longer makes its canvas from MarkedCanvas")
    engine.MarkedCanvas = ShapingCanvas
    xhtml2pdf.context.shape_frag_text = _as_typed
