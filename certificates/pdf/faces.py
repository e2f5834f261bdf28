"""The type faces of certificates: which script each one draws, and how it sits beside Latin."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from certificates.pdf.scripts import main_script

if TYPE_CHECKING:
    # xhtml2pdf takes two seconds to import, which is for those who draw
    from certificates.pdf.shaping import ShapedFont

FONTS = Path(__file__).parent / "fonts"


@dataclass(frozen=True, slots=True)
class Face:
    """A family of fonts, drawn so that all of them look equally large.

    `scale` multiplies a size meant for Latin. The others are multiples of the size: `leading`
    is the height of a line, `baseline` how far below the top of the line the letters stand.
    """

    family: str
    scripts: frozenset[str]
    scale: float
    leading: float
    baseline: float
    italic: bool = False

    def raised(self, *, bold: bool = False, italic: bool = False) -> float:
        """How far the letters must be lifted to stand on `baseline`: xhtml2pdf hangs the first
        line by the ascent of its font, whatever the height of the line."""
        ascent = shaped_font(self.font(bold=bold, italic=italic)).face.ascent / 1000
        return float(ascent - self.baseline)

    def font(self, *, bold: bool = False, italic: bool = False) -> str:
        """The registered name of one font of the family."""
        if italic and self.italic and not bold:
            return f"{self.family}-Italic"
        return f"{self.family}-{'SemiBold' if bold else 'Regular'}"


LATIN = Face("EBGaramond", frozenset({"Latn", "Cyrl", "Grek"}), 1.0, 1.22, 0.88, italic=True)
FACES = (
    LATIN,
    Face("NotoNaskhArabic", frozenset({"Arab"}), 1.0, 1.55, 0.98),
    Face("NotoSerifBengali", frozenset({"Beng"}), 0.88, 1.45, 0.97),
    Face("NotoSerifDevanagari", frozenset({"Deva"}), 0.88, 1.45, 0.97),
    Face("NotoSansThaana", frozenset({"Thaa"}), 0.95, 1.55, 1.0),
    Face("NotoSansThaiLooped", frozenset({"Thai"}), 0.88, 1.5, 1.05),
)

# Languages that are not written in Latin letters, by ISO 639 code.
SCRIPTS_OF_LANGUAGES = {
    **dict.fromkeys(("ar", "fa", "ur"), "Arab"),
    **dict.fromkeys(("bn", "as"), "Beng"),
    **dict.fromkeys(("ne", "hi", "mr"), "Deva"),
    "dv": "Thaa",
}


@cache
def register() -> None:
    """Hook the shaping in and make every face known to xhtml2pdf; done once in a process."""
    import xhtml2pdf.default
    from reportlab.lib.fonts import addMapping
    from reportlab.pdfbase import pdfmetrics

    from certificates.pdf import shaping

    shaping.install()
    for face in FACES:
        for bold in (False, True):
            for italic in (False, True):
                name = face.font(bold=bold, italic=italic)
                if name not in pdfmetrics.getRegisteredFontNames():
                    font = shaping.ShapedFont(name, str(FONTS / f"{name}.ttf"))
                    pdfmetrics.registerFont(font)
                addMapping(face.family, int(bold), int(italic), name)
        xhtml2pdf.default.DEFAULT_FONT[face.family.lower()] = face.family


@cache
def shaped_font(name: str) -> ShapedFont:
    """The registered font of that name."""
    from reportlab.pdfbase import pdfmetrics

    from certificates.pdf.shaping import ShapedFont

    register()
    font = pdfmetrics.getFont(name)
    assert isinstance(font, ShapedFont)
    return font


def face_of(text: str, default: Face = LATIN) -> Face:
    """The face for the script most of the text is in; `default` when it has no letters."""
    script = main_script(text)
    return next((face for face in FACES if script in face.scripts), default)


def face_of_language(language: str) -> Face:
    """The face for running text in a language, whatever foreign words stand in it."""
    script = SCRIPTS_OF_LANGUAGES.get(language.split("-")[0], "Latn")
    return next((face for face in FACES if script in face.scripts), LATIN)


def families_for(text: str, document_face: Face) -> tuple[Face, ...]:
    """The faces to try for each character of a text, best first."""
    first = face_of(text, document_face)
    return tuple(dict.fromkeys((first, document_face, LATIN, *FACES)))


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs right to left (UAX #9, rule P2)."""
    for character in text:
        if unicodedata.bidirectional(character) in ("R", "AL"):
            return True
        if unicodedata.bidirectional(character) == "L":
            return False
    return False


def needed_for(text: str, faces: tuple[Face, ...], *, bold: bool, italic: bool) -> tuple[Face, ...]:
    """The first of the faces, and those of the others that draw a character of the text."""
    fonts = [shaped_font(face.font(bold=bold, italic=italic)) for face in faces]
    if fonts[0].covers_all(text):
        return faces[:1]
    drawing = {next((i for i, font in enumerate(fonts) if font.covers(character)), 0) for character in text}
    return tuple(face for i, face in enumerate(faces) if i == 0 or i in drawing)


def width(text: str, size: float, faces: tuple[Face, ...], *, bold: bool, italic: bool) -> float:
    """Width in points, each character in the first face that has it, as xhtml2pdf draws it."""
    fonts = [shaped_font(face.font(bold=bold, italic=italic)) for face in faces]
    if fonts[0].covers_all(text):
        return fonts[0].stringWidth(text, size)
    total, run, chosen = 0.0, "", fonts[0]
    for character in text:
        best = next((font for font in fonts if font.covers(character)), fonts[0])
        if character.isspace():
            best = chosen
        if best is not chosen:
            total += chosen.stringWidth(run, size) if run else 0.0
            run, chosen = "", best
        run += character
    return total + (chosen.stringWidth(run, size) if run else 0.0)
