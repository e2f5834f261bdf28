"""The slides of a video, 640 × 360, drawn as SVG with their words as outlines."""

from __future__ import annotations

from dataclasses import dataclass

from certificates.pdf.faces import is_right_to_left

from . import look, pictograms
from .lessons import sentences, typeset
from .outlines import DoesNotFit, Type, with_letters

WIDTH, HEIGHT = 640, 360
SIDE = 40.0
COLUMN = 408.0  # width of the words
DISC = 62.0
TOP_RULE, WORDS_TOP, WORDS_END = 48.0, 62.0, 318.0
LARGEST, SMALLEST = 27.0, 20.0


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands on every slide of a video."""

    language: str
    course: str
    module: str
    counted: str  # "Slide {n} of {m}"

    @property
    def mirrored(self) -> bool:
        return is_right_to_left(self.counted)

    @property
    def start(self) -> str:
        """The side of the sheet where reading begins; a name in other letters stands there too."""
        return "right" if self.mirrored else "left"

    def at(self, x: float) -> float:
        """A place counted from the side where reading begins."""
        return WIDTH - x if self.mirrored else x

    def type(self, size: float, *, bold: bool = False, italic: bool = False, colour: str = look.TEXT) -> Type:
        return Type(self.language, size, bold=bold, italic=italic, colour=colour)

    def one_line(
        self, words: str, size: float, room: float, *, colour: str, italic: bool = False
    ) -> tuple[str, Type]:
        """A line that is cut at a word, with an ellipsis, where it would run too far."""
        words = typeset(words)
        kind = self.type(size, italic=italic, colour=colour)
        if kind.width(words) <= room:
            return words, kind
        kept = words.split()
        while kept and kind.width(" ".join(kept) + " …") > room:
            kept.pop()
        return " ".join(kept) + " …", kind


def slide(frame: Frame, number: int, count: int, heading: str, text: str, picture: str) -> str:
    """One slide: heading, text (or as many of its sentences as fit) and a picture."""
    parts = [*_frame(frame, number, count)]
    parts.append(pictograms.disc(picture, frame.at(WIDTH - SIDE - DISC), 178, DISC))
    y, drawn = _heading(frame, heading)
    parts += [*drawn, *_text(frame, text, y)]
    return with_letters(look.svg(WIDTH, HEIGHT, *parts))


def title_slide(frame: Frame, title: str, picture: str) -> str:
    """The still picture of a video: its title on ink."""
    parts = [look.box(0, 0, WIDTH, HEIGHT, fill=look.BAND, corner=0)]
    course, kind = frame.one_line(frame.course, 18, WIDTH - 2 * SIDE, colour=look.BAND_MUTED)
    parts.append(kind.draw(course, frame.at(SIDE), 54, anchor=frame.start))
    parts.append(_gold(frame, 72, colour=look.BAND_GOLD))
    words = frame.type(38, bold=True, colour=look.ON_BAND)
    title = typeset(title)
    lines = words.lines(title, COLUMN)
    while len(lines) > 4:
        words = frame.type(words.size - 2, bold=True, colour=look.ON_BAND)
        lines = words.lines(title, COLUMN)
    parts.append(words.block(lines, frame.at(SIDE), 128, tight=0.98))
    module, kind = frame.one_line(frame.module, 20, WIDTH - 2 * SIDE, italic=True, colour=look.BAND_MUTED)
    parts.append(kind.draw(module, frame.at(SIDE), 330, anchor=frame.start))
    place = frame.at(WIDTH - SIDE - DISC)
    parts.append(pictograms.disc(picture, place, 178, DISC, colour=look.ON_BAND, fill="#1c3663"))
    return with_letters(look.svg(WIDTH, HEIGHT, *parts))


def _frame(frame: Frame, number: int, count: int) -> list[str]:
    parts = [look.box(0, 0, WIDTH, HEIGHT, fill=look.PAPER, corner=0)]
    counted = frame.type(16, colour=look.MUTED)
    place = frame.counted.format(n=number, m=count)
    parts.append(
        counted.draw(place, frame.at(WIDTH - SIDE), 35, anchor="left" if frame.mirrored else "right")
    )
    room = WIDTH - 2 * SIDE - counted.width(place) - 24
    course, kind = frame.one_line(frame.course, 16, room, colour=look.MUTED)
    parts.append(kind.draw(course, frame.at(SIDE), 35, anchor=frame.start))
    parts.append(look.box(SIDE, TOP_RULE, WIDTH - 2 * SIDE, 1, fill=look.RULE, corner=0))
    module, kind = frame.one_line(frame.module, 16, WIDTH - 2 * SIDE, italic=True, colour=look.MUTED)
    parts.append(kind.draw(module, frame.at(SIDE), 341, anchor=frame.start))
    step = WIDTH / count
    for n in range(count):
        left = n * step if not frame.mirrored else WIDTH - (n + 1) * step
        parts.append(
            look.box(left + 1, HEIGHT - 6, step - 2, 6, fill=look.GOLD if n < number else look.RULE, corner=0)
        )
    return parts


def _gold(frame: Frame, y: float, colour: str = look.GOLD) -> str:
    return look.box(min(frame.at(SIDE), frame.at(SIDE + 56)), y, 56, 3, fill=colour, corner=0)


def _heading(frame: Frame, heading: str) -> tuple[float, list[str]]:
    """The heading and the gold rule under it; returns where the rule is."""
    heading = typeset(heading)
    if not heading:
        return WORDS_TOP + 8, []
    for size in (37.0, 34.0, 31.0, 28.0):
        words = frame.type(size, bold=True, colour=look.INK)
        lines = words.lines(heading, COLUMN)
        if len(lines) <= (1 if size > 34 else 2) and max(map(words.width, lines)) <= COLUMN:
            break
    else:
        raise DoesNotFit(f"The heading {heading!r} is too long for a slide")
    leading = words.leading(heading)
    first = WORDS_TOP + leading * 0.82
    end = first + leading * (len(lines) - 1) + leading * 0.36
    return end, [words.block(lines, frame.at(SIDE), first), _gold(frame, end)]


def _text(frame: Frame, text: str, top: float) -> list[str]:
    parts = sentences(typeset(text)) if text else []
    while parts:
        size = LARGEST
        while size >= SMALLEST:
            words = frame.type(size)
            lines = words.lines(" ".join(parts), COLUMN, even=False)
            leading = words.leading(" ".join(lines)) * 1.06
            first = top + 12 + leading * 0.8
            if first + leading * (len(lines) - 1) <= WORDS_END - leading * 0.2:
                return [words.block(lines, frame.at(SIDE), first, tight=1.06)]
            size -= 0.5
        parts.pop()
    return []
