"""The drawn parts of a certificate: guilloche border, corner rosettes, watermark, seal and mark.

Only geometry, in points with the origin at the top left of the sheet. Each ornament is one
short tile of curves and the places where it is repeated, so that the file stays small; `background`
turns the same ornaments into either format.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

WIDTH, HEIGHT = 841.89, 595.28  # A4 landscape
INK, OCHRE, PALE, PAPER, WHITE = "#10284b", "#ad7c22", "#f1ead9", "#fffefb", "#ffffff"

BAND = 35.0  # middle of the guilloche band, from the edge of the sheet
CORNER = 14.5  # half the side of the square a corner rosette takes out of the band
SEAL = (WIDTH / 2, 478.0)
MARK = (WIDTH / 2, 84.0)

RIBBON = 36.0  # middle of the band on a portrait page, from its head
RIBBON_SIDE = 44.0  # from its sides
PORTRAIT_FOOT = 52.0  # the line at its foot

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A path of cubic Bézier curves: its start, then three points for each curve.

    `fill` closes and fills the path; otherwise it is stroked `width` points wide.
    """

    points: tuple[Point, ...]
    colour: str
    width: float = 0.0
    fill: bool = False


@dataclass(frozen=True, slots=True)
class Ornament:
    """A tile of strokes and the matrices that place its copies."""

    name: str
    strokes: tuple[Stroke, ...]
    places: tuple[Matrix, ...]


def operands_of(colour: str) -> str:
    """A colour such as "#10284b" as the three numbers of PDF's RG and rg."""
    return " ".join(f"{int(colour[i : i + 2], 16) / 255:.4g}" for i in (1, 3, 5))


def _bezier(
    at: Callable[[float], Point], slope: Callable[[float], Point], end: float, pieces: int
) -> tuple[Point, ...]:
    """Cubic curves through `at` on 0..end with its exact tangents."""
    step = end / pieces
    points = [at(0.0)]
    for i in range(pieces):
        (px, py), (qx, qy) = at(i * step), at((i + 1) * step)
        (ux, uy), (vx, vy) = slope(i * step), slope((i + 1) * step)
        points.append((px + ux * step / 3, py + uy * step / 3))
        points.append((qx - vx * step / 3, qy - vy * step / 3))
        points.append((qx, qy))
    return tuple(points)


def _wave(length: float, height: float, phase: float, start: float = 0.0) -> tuple[Point, ...]:
    k = 2 * math.pi / length
    return _bezier(
        lambda t: (start + t, height * math.sin(k * t + phase)),
        lambda t: (1.0, height * k * math.cos(k * t + phase)),
        length,
        4,
    )


def _petal(radius: float, height: float, waves: int, phase: float) -> tuple[Point, ...]:
    """One wave of a ring that has `waves` of them around 0,0."""

    def at(a: float) -> Point:
        r = radius + height * math.sin(waves * a + phase)
        return r * math.cos(a), r * math.sin(a)

    def slope(a: float) -> Point:
        r = radius + height * math.sin(waves * a + phase)
        d = height * waves * math.cos(waves * a + phase)
        return d * math.cos(a) - r * math.sin(a), d * math.sin(a) + r * math.cos(a)

    return _bezier(at, slope, 2 * math.pi / waves, 4)


def _turned(angle: float, x: float, y: float, scale: float = 1.0) -> Matrix:
    c, s = math.cos(angle) * scale, math.sin(angle) * scale
    return c, s, -s, c, x, y


def _ring(
    name: str,
    centres: tuple[Point, ...],
    *,
    radius: float,
    height: float,
    waves: int,
    strands: int,
    colour: str,
    width: float,
) -> Ornament:
    strokes = tuple(
        Stroke(_petal(radius, height, waves, 2 * math.pi * i / strands), colour, width)
        for i in range(strands)
    )
    places = tuple(_turned(2 * math.pi * i / waves, x, y) for x, y in centres for i in range(waves))
    return Ornament(name, strokes, places)


def _band(name: str, length: float, places: tuple[Matrix, ...]) -> Ornament:
    strands = tuple(Stroke(_wave(length, 7.2, 2 * math.pi * i / 6), OCHRE, 0.28) for i in range(6))
    core = tuple(
        Stroke(_wave(length / 2, 2.6, 2 * math.pi * i / 3, start), INK, 0.26)
        for i in range(3)
        for start in (0.0, length / 2)
    )
    return Ornament(name, strands + core, places)


def border() -> Iterator[Ornament]:
    """The guilloche band on four sides and a rosette in each corner."""
    start = BAND + CORNER
    across, down = WIDTH - 2 * start, HEIGHT - 2 * start
    n_across, n_down = 26, 18
    length = across / n_across
    sides = (BAND, HEIGHT - BAND)
    places = tuple(_turned(0, start + i * length, y) for y in sides for i in range(n_across))
    yield _band("across", length, places)
    length = down / n_down
    sides = (BAND, WIDTH - BAND)
    quarter = math.pi / 2
    places = tuple(_turned(quarter, x, start + i * length) for x in sides for i in range(n_down))
    yield _band("down", length, places)
    corners = tuple((x, y) for x in (BAND, WIDTH - BAND) for y in (BAND, HEIGHT - BAND))
    yield _ring("corner", corners, radius=8.6, height=3.6, waves=14, strands=4, colour=OCHRE, width=0.28)
    yield _ring("corner-core", corners, radius=3.4, height=1.7, waves=8, strands=3, colour=INK, width=0.3)


def ribbon(width: float) -> Iterator[Ornament]:
    """The guilloche band along the head of a portrait page, between two lines, and a line at its foot."""
    tiles = 22
    length = (width - 2 * RIBBON_SIDE) / tiles
    places = tuple(_turned(0, RIBBON_SIDE + i * length, RIBBON) for i in range(tiles))
    yield _band("ribbon", length, places)


def portrait_rules(width: float, height: float) -> Iterator[Ornament]:
    """The lines above and below the ribbon of a portrait page, and the one at its foot."""
    for name, y, thickness, colour in (
        ("above", RIBBON - 11.0, 1.1, INK),
        ("below", RIBBON + 11.0, 0.7, INK),
        ("foot", height - PORTRAIT_FOOT, 0.5, OCHRE),
    ):
        points = ((RIBBON_SIDE, y), *_line((RIBBON_SIDE, y), (width - RIBBON_SIDE, y)))
        yield Ornament(f"rule-{name}", (Stroke(points, colour, thickness),), (_turned(0, 0, 0),))


def watermark(centre: Point) -> Iterator[Ornament]:
    """A large pale rosette behind the text."""
    for i, (radius, waves) in enumerate(((122.0, 36), (95.0, 28), (68.0, 20))):
        yield _ring(
            f"watermark-{i}",
            (centre,),
            radius=radius,
            height=14,
            waves=waves,
            strands=5,
            colour=PALE,
            width=0.45,
        )


def seal(centre: Point = SEAL) -> Iterator[Ornament]:
    """The seal, 84 points across, with the mark in its middle."""
    at = (centre,)
    yield _ring("seal-outer", at, radius=33.4, height=5.6, waves=36, strands=6, colour=OCHRE, width=0.38)
    yield _ring("seal-inner", at, radius=22.6, height=3.6, waves=24, strands=4, colour=OCHRE, width=0.34)
    yield _circle("seal-rim", at, 40.6, OCHRE, 0.8)
    yield _circle("seal-line", at, 27.4, INK, 0.55)
    yield _circle("seal-disc", at, 18.2, OCHRE, 0.8, fill=WHITE)
    yield from mark(centre, 21.0)


def mark(centre: Point = MARK, size: float = 27.0) -> Iterator[Ornament]:
    """The mark: an open code with an ochre spine, `size` points wide."""
    scale = size / 28
    x, y = centre[0] - 16 * scale, centre[1] - 16 * scale
    place = (_turned(0, x, y, scale),)
    left = _polycurve((14, 7.5), [((10.5, 5.2), (6, 5), (2, 6.3)), _line((2, 6.3), (2, 24.5))])
    left += ((6, 23.2), (10.5, 23.5), (14, 25.8))
    right = tuple((32 - px, py) for px, py in left)
    leaves = (Stroke(left, INK, fill=True), Stroke(right, INK, fill=True))
    spine = Stroke(((16, 3.5), *_line((16, 3.5), (16, 29))), OCHRE, 1.8)
    yield Ornament(f"mark-{size:g}", (*leaves, spine), place)


def rules(*, plain: bool = False) -> Iterator[Ornament]:
    """The straight lines of the frame: ink outside, ochre and ink inside the band, or a plain frame."""
    around = (("outer", 20.0, 1.1, INK), ("outer-fine", 23.2, 0.35, OCHRE))
    inside = (("inner-fine", 46.8, 0.35, OCHRE), ("inner", 50.0, 0.7, INK))
    alone = (("outer", 30.0, 1.4, INK), ("outer-fine", 35.0, 0.5, OCHRE))
    for name, inset, width, colour in alone if plain else around + inside:
        x, y = WIDTH - inset, HEIGHT - inset
        corners = ((inset, inset), (x, inset), (x, y), (inset, y), (inset, inset))
        points: tuple[Point, ...] = (corners[0],)
        for a, b in zip(corners, corners[1:], strict=False):
            points += _line(a, b)
        yield Ornament(f"rule-{name}", (Stroke(points, colour, width),), (_turned(0, 0, 0),))


def _circle(
    name: str, centres: tuple[Point, ...], radius: float, colour: str, width: float, fill: str = ""
) -> Ornament:
    points = _bezier(
        lambda a: (radius * math.cos(a), radius * math.sin(a)),
        lambda a: (-radius * math.sin(a), radius * math.cos(a)),
        2 * math.pi,
        8,
    )
    disc = (Stroke(points, fill, fill=True),) if fill else ()
    places = tuple(_turned(0, x, y) for x, y in centres)
    return Ornament(name, (*disc, Stroke(points, colour, width)), places)


def _line(a: Point, b: Point) -> tuple[Point, Point, Point]:
    """A straight piece as a curve."""
    third = ((b[0] - a[0]) / 3, (b[1] - a[1]) / 3)
    return (a[0] + third[0], a[1] + third[1]), (b[0] - third[0], b[1] - third[1]), b


def _polycurve(start: Point, pieces: list[tuple[Point, Point, Point]]) -> tuple[Point, ...]:
    points = [start]
    for piece in pieces:
        points += piece
    return tuple(points)
