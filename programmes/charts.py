"""Where the bars of a chart stand: pure arithmetic, widths in percent so that the page decides the size.

All measures are written here as text for SVG attributes: a template would write the decimal comma of
the reader's language.
"""

from collections.abc import Sequence
from dataclasses import dataclass

TOP, FLOOR, LABELS = 18, 148, 168  # the heights, in pixels, of the highest bar, the ground and the words
MOST_LABELS = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `label_x` is empty where bars stand too close for each to be named."""

    x: str
    y: str
    width: str
    height: str
    label_x: str


def width(part: int, whole: int) -> str:
    """Return how long a bar is beside the whole: 93.8%."""
    return f"{part * 100 / whole if whole else 0:.1f}%"


def top_of(values: Sequence[int]) -> int:
    """Return the number at the highest line: an even one that is no smaller than any value."""
    highest = max(values, default=0)
    step = max(1, 10 ** (len(str(highest)) - 1) // 5)
    top = -(-highest // step) * step
    return max(2, top + top % 2)


def bars(values: Sequence[int]) -> list[Bar]:
    """Return the bars of a chart, evenly spaced from the start of the line to its end."""
    if not values:
        return []
    top, room = top_of(values), 92 / len(values)
    broad = min(room * 0.65, 12)
    every = -(-len(values) // MOST_LABELS)
    drawn = []
    for place, value in enumerate(values):
        start = 8 + place * room
        height = (FLOOR - TOP) * value / top
        drawn.append(
            Bar(
                x=f"{start:.2f}%",
                y=f"{FLOOR - height:.1f}",
                width=f"{broad:.2f}%",
                height=f"{height:.1f}",
                label_x=f"{start + broad / 2:.2f}%" if place % every == 0 else "",
            )
        )
    return drawn
