"""Where the parts of a statistical drawing stand: pure arithmetic, as text for SVG attributes.

Across, everything is in percent, so that the page decides the size; a template would write the
decimal comma of the reader's language. Words on a drawing are short numbers, which stand the same
in every script; what they mean stands below it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

TOP, FLOOR = 18, 148  # the heights, in pixels, of 100 % and of the ground


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a chart; ``value`` is None where there is nothing to draw."""

    name: str
    value: float | None
    x: str
    middle: str
    y: str
    height: str
    label_y: str


@dataclass(frozen=True, slots=True)
class Span:
    """An interval with its estimate on a line from ``least`` to ``most``."""

    x: str
    width: str
    at: str
    zero: str


def columns(values: Sequence[float | None], names: Sequence[str]) -> list[Column]:
    """Return columns for shares from 0 to 1."""
    room = 92 / max(1, len(values))
    drawn = []
    for place, (value, name) in enumerate(zip(values, names, strict=True)):
        height = (FLOOR - TOP) * min(1.0, max(0.0, value or 0.0))
        start = 8 + place * room + room * 0.2
        drawn.append(
            Column(
                name=name,
                value=value,
                x=f"{start:.2f}%",
                middle=f"{start + room * 0.3:.2f}%",
                y=f"{FLOOR - height:.1f}",
                height=f"{height:.1f}",
                label_y=f"{FLOOR - height - 5:.1f}",
            )
        )
    return drawn


def share(value: float | None) -> str:
    """Return how long a bar is: 93.8%."""
    return f"{100 * min(1.0, max(0.0, value or 0.0)):.1f}%"


def reach(numbers: Iterable[float]) -> float:
    """Return how far a line has to go to both sides of zero, a little beyond the farthest number."""
    return max((abs(number) for number in numbers), default=1.0) * 1.1 or 1.0


def span(value: float, lower: float, upper: float, reach: float) -> Span:
    """Return where an interval lies on a line from −reach to reach."""

    def place(number: float) -> float:
        return 50 + 50 * max(-1.0, min(1.0, number / reach))

    return Span(
        x=f"{place(lower):.2f}%",
        width=f"{max(0.0, place(upper) - place(lower)):.2f}%",
        at=f"{place(value):.2f}%",
        zero="50%",
    )
