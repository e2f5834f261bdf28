"""The diagrams of the lessons as SVG, one for each language and in its direction.

Words are outlines, few and large: a drawing is 800 wide and must still be read at 320.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from certificates.pdf.faces import is_right_to_left

from . import lessons, look, pictograms, voice
from .lessons import Module
from .outlines import DoesNotFit, Type, with_letters

WIDTH = 800.0
SIDE = 24.0
SOURCE = lessons.CARDS.parent / "diagrams.yaml"


@dataclass(slots=True)
class Sheet:
    """A drawing in one language; places are counted from the side where reading begins."""

    language: str
    words: dict[str, str]
    mirrored: bool
    parts: list[str] = field(default_factory=list)

    def at(self, x: float, width: float = 0) -> float:
        """The left edge of a thing of that width."""
        return WIDTH - x - width if self.mirrored else x

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = look.SURFACE,
        stroke: str = "",
        pen: float = 2,
        corner: float = 4,
        dashed: bool = False,
    ) -> None:
        left = self.at(x, width)
        drawn = look.box(
            left, y, width, height, fill=fill, stroke=stroke, pen=pen, corner=corner, dashed=dashed
        )
        self.parts.append(drawn)

    def line(self, *places: tuple[float, float], colour: str = look.EDGE, pen: float = 4) -> None:
        path = "L".join(f"{self.at(x):g} {y:g}" for x, y in places)
        self.parts.append(look.stroke(f"M{path}", colour=colour, pen=pen))

    def arrow(self, *places: tuple[float, float], colour: str = look.EDGE) -> None:
        """A line with a head at its last place; straight along an axis there."""
        (x0, y0), (x, y) = places[-2:]
        back = (x - x0 > 0) - (x - x0 < 0), (y - y0 > 0) - (y - y0 < 0)
        wing = 11
        self.line(*places, colour=colour)
        self.line(
            (x - wing * (back[0] + back[1]), y - wing * (back[1] + back[0])),
            (x, y),
            (x - wing * (back[0] - back[1]), y - wing * (back[1] - back[0])),
            colour=colour,
        )

    def plus(self, x: float, y: float) -> None:
        self.line((x - 13, y), (x + 13, y), colour=look.GOLD, pen=5)
        self.line((x, y - 13), (x, y + 13), colour=look.GOLD, pen=5)

    def picture(self, name: str, x: float, y: float, size: float, colour: str = look.INK) -> None:
        self.parts.append(pictograms.picture(name, self.at(x, size), y, size, colour=colour, pen=1.6))

    def text(
        self,
        key: str,
        x: float,
        y: float,
        room: float,
        *,
        size: float,
        bold: bool = False,
        colour: str = look.TEXT,
        anchor: str = "middle",
        most_lines: int = 1,
    ) -> None:
        """Words around the middle height y, in lines that keep within the room; smaller if they must."""
        words = self.words[key]
        for scale in (1.0, 0.94, 0.88, 0.82, 0.78):
            kind = Type(self.language, size * scale, bold=bold, colour=colour)
            lines = kind.lines(words, room)
            if len(lines) <= most_lines and max(map(kind.width, lines)) <= room:
                break
        else:
            raise DoesNotFit(f"{words!r} is too long for its place")
        tight = 0.92
        step = kind.leading(words) * tight
        # letters stand a third of their size below the middle of their line
        first = y - step * (len(lines) - 1) / 2 + kind.actual(words) * 0.32
        self.parts.append(kind.block(lines, self.at(x), first, anchor=anchor, tight=tight))

    def svg(self, height: float, title: str) -> str:
        paper = look.box(0, 0, WIDTH, height, fill=look.PAPER, corner=6)
        return with_letters(look.svg(WIDTH, height, paper, *self.parts, title=title, language=self.language))


def elements(sheet: Sheet) -> float:
    """Act + means + purpose for an adult above, act + purpose for a child below; one offence between."""
    column, gap, tall = 220.0, 46.0, 138.0
    places = [SIDE + n * (column + gap) for n in range(3)]
    for row, top, label in (("adult", 84.0, 44.0), ("child", 414.0, 592.0)):
        sheet.picture("person" if row == "adult" else "child", SIDE, label - 26, 52)
        sheet.text(row, SIDE + 66, label, 470, size=38, bold=True, colour=look.INK, anchor="start")
        sheet.text(f"{row}_article", WIDTH - SIDE, label, 210, size=30, colour=look.MUTED, anchor="end")
        for name, x in zip(("act", "means", "purpose"), places, strict=True):
            middle, empty = x + column / 2, row == "child" and name == "means"
            if empty:
                sheet.box(x, top, column, tall, fill=look.PAPER, stroke=look.EDGE, pen=2, dashed=True)
                sheet.text(
                    "not_needed",
                    middle,
                    top + tall / 2,
                    column - 16,
                    size=32,
                    colour=look.MUTED,
                    most_lines=2,
                )
                continue
            sheet.box(x, top, column, tall, stroke=look.INK, pen=2.5)
            sheet.text(name, middle, top + 48, column - 16, size=44, bold=True, colour=look.INK)
            sheet.text(f"{name}_note", middle, top + 102, column - 16, size=32, colour=look.TEXT)
    first, middle, last = (x + column / 2 for x in places)
    for x in places[1:]:
        sheet.plus(x - gap / 2, 84 + tall / 2)
    for joined, edge, bar, end in (((first, middle, last), 230, 250, 278), ((first, last), 406, 386, 360)):
        for x in joined:
            sheet.line((x, edge), (x, bar))
        sheet.line((first, bar), (last, bar))
        sheet.arrow((middle, bar), (middle, end))
    sheet.box(SIDE, 286, WIDTH - 2 * SIDE, 66, fill=look.BAND)
    sheet.text("result", WIDTH / 2, 319, WIDTH - 4 * SIDE, size=42, bold=True, colour=look.ON_BAND)
    return 632.0


def smuggling_to_trafficking(sheet: Sheet) -> float:
    """A journey from agreement to arrival, where the path divides into two offences."""
    column, gap, tall = 214.0, 55.0, 176.0
    places = [SIDE + n * (column + gap) for n in range(3)]
    pictures = ("coins", "road", "house")
    for name, picture, x in zip(("agreement", "crossing", "arrival"), pictures, places, strict=True):
        sheet.box(x, SIDE, column, tall, stroke=look.INK, pen=2.5)
        sheet.picture(picture, x + column / 2 - 31, SIDE + 10, 62)
        sheet.text(
            name, x + column / 2, SIDE + 118, column - 14, size=34, bold=True, colour=look.INK, most_lines=2
        )
    for x in places[1:]:
        sheet.arrow((x - gap + 8, SIDE + tall / 2), (x - 9, SIDE + tall / 2))
    half = (WIDTH - 2 * SIDE - 28) / 2
    start, fork = places[2] + column / 2, 238.0
    outcomes = (("ends", "smuggling", SIDE), ("appears", "trafficking", SIDE + half + 28))
    sheet.line((start, SIDE + tall + 6), (start, fork))
    for condition, offence, x in outcomes:
        middle, worse = x + half / 2, offence == "trafficking"
        sheet.arrow((start, fork), (middle, fork), (middle, 276))
        sheet.box(
            x, 288, half, 140, fill=look.GOLD_TINT if worse else look.SURFACE,
            stroke=look.GOLD if worse else look.EDGE, pen=2.5,
        )  # fmt: skip
        sheet.text(condition, middle, 358, half - 24, size=34, most_lines=3)
        sheet.arrow((middle, 436), (middle, 474))
        sheet.box(x, 486, half, 112, fill=look.BAND if worse else look.INFO_TINT)
        colour = look.ON_BAND if worse else look.INK
        sheet.text(offence, middle, 542, half - 24, size=38, bold=True, colour=colour, most_lines=2)
    return 622.0


def gender_steps(sheet: Sheet) -> float:
    """Six numbered steps under each other, joined by arrows."""
    step, radius, column = 122.0, 36.0, SIDE + 40
    for n, name in enumerate(("power", "facts", "missing", "law", "rights", "language")):
        middle = SIDE + 50 + n * step
        sheet.parts.append(
            f'<circle cx="{sheet.at(column):g}" cy="{middle:g}" r="{radius:g}" fill="{look.BAND}"/>'
        )
        sheet.words["number"] = str(n + 1)
        sheet.text("number", column, middle, 60, size=44, bold=True, colour=look.ON_BAND)
        words = column + radius + 26
        room = WIDTH - SIDE - words
        sheet.text(name, words, middle - 20, room, size=42, bold=True, colour=look.INK, anchor="start")
        sheet.text(f"{name}_note", words, middle + 26, room, size=32, anchor="start")
        if n < 5:
            sheet.arrow((column, middle + radius + 8), (column, middle + step - radius - 9))
            sheet.box(words, middle + step / 2 - 1, room, 1.5, fill=look.RULE, corner=0)
    return SIDE * 2 + 6 * step - 22


def belief_attitude_conduct(sheet: Sheet) -> float:
    """A thought, a tilted balance and a gavel in a row, with a lens over the first arrow; no words."""
    for name, x in (("thought", 30.0), ("scales", 328.0), ("gavel", 626.0)):
        drawn = pictograms.picture(name, x, 88, 144, pen=1.25)
        if name == "scales":
            drawn = f'<g transform="rotate(12 {x + 72:g} 112)">{drawn}</g>'
        sheet.parts.append(drawn)
    for x in (212.0, 510.0):
        sheet.arrow((x, 160), (x + 78, 160), colour=look.INK)
    lens = "M251 160m-58 0a58 58 0 1 1 116 0a58 58 0 1 1-116 0M292 201l44 44"
    sheet.parts.append(look.stroke(lens, colour=look.GOLD, pen=7))
    return 320.0


DRAWINGS: dict[str, Callable[[Sheet], float]] = {
    "diagram-elements": elements,
    "diagram-smuggling-to-trafficking": smuggling_to_trafficking,
    "diagram-gender-steps": gender_steps,
    "belief-attitude-conduct": belief_attitude_conduct,
}


def draw(name: str, language: str = "") -> str:
    """A diagram as the text of an SVG file: in a language, or without if it has no words."""
    data = lessons.load(SOURCE).get(name)
    if data is None:
        sheet = Sheet("", {}, mirrored=False)
        return sheet.svg(DRAWINGS[name](sheet), "")
    words = {key: texts[language] for key, texts in data["words"].items()}
    title = data["title"][language]
    sheet = Sheet(language, words, is_right_to_left(title))
    height = DRAWINGS[name](sheet)
    return sheet.svg(height, title)


def make_diagrams(module: Module, language: str = "") -> list[Path]:
    """Write the diagrams that the picture blocks of a module name, in all their languages or in one."""
    made = []
    for _lesson, block in module.blocks("image"):
        names = block["file"].values() if isinstance(block["file"], dict) else [block["file"]]
        for file in (module.media.parent / name for name in names):
            diagram, _, spoken = file.stem.partition(".")
            if diagram in DRAWINGS and language in ("", spoken):
                file.parent.mkdir(exist_ok=True)
                _write(draw(diagram, spoken), file)
                made.append(file)
    return made


def _write(drawing: str, file: Path) -> None:
    """Write a drawing as the block wants it: as it is, or as PNG where it has no words to keep sharp."""
    if file.suffix == ".svg":
        file.write_text(drawing, "utf-8")
        return
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "drawing.svg"
        source.write_text(drawing, "utf-8")
        voice.run("ffmpeg", "-y", "-i", source, *voice.EXACT, "-frames:v", "1", "-update", "1", file)
