"""Fitting text: how large each line is set and where it breaks, so that nothing overflows.

Pure arithmetic on a `measure` function. Names and titles shrink or wrap by rule: first one line
at full size, then one line down to `one_line_from`, then as few even lines as fit, and beyond
that as small as it takes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from certificates.pdf.breaking import pieces, shown

WRAPPED = 0.88  # a text on several lines starts a little smaller
MOST_OPEN, LEAST_OPEN = 2.2, 0.75  # how far the gaps may open and close

# (text, size in points) -> width in points
Measure = Callable[[str, float], float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A text to be placed in the column, with sizes in points for its own face.

    `gap` is the space wanted above it; `one_line_from` the smallest size at which it is still
    kept on one line rather than broken; `wrapped` the share of the size at which it is first
    tried on several lines; `room` its width where that is less than the column's.
    """

    name: str
    text: str
    measure: Measure
    size: float
    one_line_from: float
    leading: float
    gap: float
    max_lines: int = 2
    wrapped: float = WRAPPED
    room: float | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with its final size, lines, line height and the space above it, in points."""

    block: Block
    size: float
    lines: tuple[str, ...]
    line_height: float
    gap: float

    @property
    def height(self) -> float:
        return self.gap + self.line_height * len(self.lines)


def balanced(
    text: str, measure: Measure, size: float, width: float, *, within_words: bool = False
) -> tuple[str, ...]:
    """Break into the fewest lines, and make those as even as possible."""
    words = pieces(text, within_words=within_words)
    fewest = len(_wrap(words, measure, size, width))
    low, high = width / fewest * 0.6, width
    for _ in range(12):
        middle = (low + high) / 2
        if len(_wrap(words, measure, size, middle)) <= fewest:
            high = middle
        else:
            low = middle
    return tuple(_wrap(words, measure, size, high))


def fit(block: Block, width: float, scale: float = 1.0) -> tuple[float, tuple[str, ...]]:
    """The size and the lines with which a block stays inside `width`."""
    text = shown(block.text)
    full = block.size * scale
    natural = block.measure(text, full)
    if natural <= width:
        return full, (text,)
    one_line = full * width / natural
    words = pieces(block.text)
    within_words = any(block.measure(word, block.one_line_from * scale) > width for word in words)
    only_one = len(pieces(block.text, within_words=within_words)) == 1
    if one_line >= block.one_line_from * scale or block.max_lines == 1 or only_one:
        return one_line, (text,)
    size = full * block.wrapped
    while True:
        lines = balanced(block.text, block.measure, size, width, within_words=within_words)
        widest = max(block.measure(line, size) for line in lines)
        if len(lines) <= block.max_lines and widest <= width:
            return size, lines
        size *= 0.95


def stack(rows: Sequence[Sequence[Block]], *, width: float, height: float) -> tuple[tuple[Placed, ...], ...]:
    """Place rows of blocks under each other within `height`; blocks of a row stand side by side.

    The first row stands at the top. Spare room opens the gaps; too little room first closes
    them, then shrinks all sizes together.
    """
    scale = 1.0
    while True:
        fitted = [[(block, *fit(block, block.room or width, scale)) for block in row] for row in rows]
        text = sum(max(size * block.leading * len(lines) for block, size, lines in row) for row in fitted)
        gaps = sum(max(block.gap for block in row) for row in rows[1:])
        opening = min(MOST_OPEN, (height - text) / gaps) if gaps else 1.0
        if opening >= LEAST_OPEN or (not gaps and text <= height):
            break
        scale *= 0.97
    return tuple(
        tuple(
            Placed(block, size, lines, size * block.leading, block.gap * opening if index else 0.0)
            for block, size, lines in row
        )
        for index, row in enumerate(fitted)
    )


def _wrap(words: Sequence[str], measure: Measure, size: float, limit: float) -> list[str]:
    lines, current = [], ""
    for word in words:
        if current and measure((current + word).rstrip(), size) > limit:
            lines.append(current.rstrip())
            current = word
        else:
            current += word
    return [*lines, current.rstrip()]
