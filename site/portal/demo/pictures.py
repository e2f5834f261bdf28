"""The pictures of the demo's certificate design, drawn by code: they belong to nobody."""

import io
import math
import random
from collections.abc import Iterable

from PIL import Image, ImageDraw

INK, OCHRE, GREEN, WINE = (16, 40, 75), (173, 124, 34), (28, 92, 74), (122, 30, 44)
SEAL = 244  # pixels across
FINER = 4  # drawn larger, then made smaller, so that edges are smooth

Point = tuple[float, float]
Colour = tuple[int, int, int]


class _Canvas:
    """A transparent picture in which lengths are counted in pixels of the finished one."""

    def __init__(self, width: int, height: int) -> None:
        self.size = (width, height)
        self.image = Image.new("RGBA", (width * FINER, height * FINER), (255, 255, 255, 0))
        self.pen = ImageDraw.Draw(self.image)

    def shape(self, points: Iterable[Point], colour: Colour) -> None:
        self.pen.polygon([(x * FINER, y * FINER) for x, y in points], fill=(*colour, 255))

    def line(self, points: Iterable[Point], colour: Colour, width: float) -> None:
        scaled = [(x * FINER, y * FINER) for x, y in points]
        self.pen.line(scaled, fill=(*colour, 255), width=max(1, round(width * FINER)), joint="curve")

    def disc(self, centre: Point, radius: float, colour: Colour) -> None:
        (x, y), r = centre, radius
        box = [(x - r) * FINER, (y - r) * FINER, (x + r) * FINER, (y + r) * FINER]
        self.pen.ellipse(box, fill=(*colour, 255))

    def png(self) -> bytes:
        out = io.BytesIO()
        self.image.resize(self.size, Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
        return out.getvalue()


def logo() -> bytes:
    """The institute's: a portico with a book for its door."""
    canvas = _Canvas(320, 280)
    canvas.shape([(160, 8), (312, 84), (8, 84)], INK)
    canvas.shape([(160, 34), (222, 66), (98, 66)], (255, 254, 251))
    canvas.disc((160, 55), 8, OCHRE)
    for x in (36, 84, 212, 260):
        canvas.shape([(x, 98), (x + 24, 98), (x + 22, 224), (x + 2, 224)], INK)
    for top, side in ((90, 18), (232, 18), (252, 4)):
        canvas.shape([(side, top), (320 - side, top), (320 - side, top + 12), (side, top + 12)], INK)
    canvas.shape([(124, 130), (157, 142), (157, 222), (124, 208)], INK)
    canvas.shape([(196, 130), (163, 142), (163, 222), (196, 208)], INK)
    canvas.line([(160, 124), (160, 228)], OCHRE, 5)
    return canvas.png()


def partner() -> bytes:
    """The partner's: two branches around a star."""
    canvas = _Canvas(300, 280)
    for side in (-1, 1):
        for step in range(9):
            angle = math.radians(96 + step * 18) if side > 0 else math.radians(84 - step * 18)
            x, y = 150 + 112 * math.cos(angle), 140 + 112 * math.sin(angle)
            canvas.shape(_leaf((x, y), angle + side * math.pi / 2.6, 40 - step, 9), GREEN)
        arc = [math.radians(90 + side * step * 5) for step in range(33)]
        canvas.line([(150 + 112 * math.cos(a), 140 + 112 * math.sin(a)) for a in arc], GREEN, 3)
    star = []
    for corner in range(16):
        radius, angle = (66, 24)[corner % 2], math.radians(corner * 22.5 - 90)
        star.append((150 + radius * math.cos(angle), 136 + radius * math.sin(angle)))
    canvas.shape(star, OCHRE)
    canvas.disc((150, 136), 13, (255, 254, 251))
    return canvas.png()


def seal() -> bytes:
    """A seal of interlaced waves around the institute's portico."""
    canvas = _Canvas(SEAL, SEAL)
    middle = SEAL / 2
    for phase in range(5):
        canvas.line(_wave(103, 13, 18, phase * math.tau / 5), WINE, 1.1)
    for radius, width in ((119, 2.5), (87, 1.2), (82, 2)):
        canvas.line(_wave(radius, 0, 1, 0), WINE, width)
    canvas.shape([(middle, 68), (middle + 50, 98), (middle - 50, 98)], WINE)
    for x in (-42, -19, 9, 32):
        canvas.shape([(middle + x + dx, y) for dx, y in ((0, 105), (10, 105), (10, 152), (0, 152))], WINE)
    canvas.shape([(middle + dx, y) for dx, y in ((-52, 158), (52, 158), (58, 170), (-58, 170))], WINE)
    return canvas.png()


def signature(seed: int) -> bytes:
    """Handwriting that says nothing: a stroke of loops, thicker where the pen goes down."""
    chance = random.Random(seed)  # the same demo every time
    canvas = _Canvas(520, 170)
    tall = [chance.uniform(0.35, 1.0) for _loop in range(7)]
    for number in range(0, 1400):
        canvas.line(_stroke([number, number + 2], tall), INK, 2.2 + 1.5 * math.sin(number / 31) ** 2)
    flourish = [(30 + step * 4.6, 142 - 16 * math.sin(step / 34 + seed)) for step in range(101)]
    canvas.line(flourish, INK, 2.2)
    return canvas.png()


def _stroke(steps: Iterable[int], tall: list[float]) -> list[Point]:
    """Points of the pen's way: loops that lean forward, each as tall as it is told."""
    points = []
    for step in steps:
        turn = step / 1400 * math.tau * len(tall)
        height = tall[min(int(turn / math.tau), len(tall) - 1)]
        x = 40 + step * 0.30 + 26 * math.sin(turn) * height - 10 * math.cos(turn)
        y = 92 - 62 * height * math.sin(turn - 0.9) * (0.55 + 0.45 * math.cos(step / 260))
        points.append((x, y))
    return points


def _leaf(root: Point, angle: float, length: float, width: float) -> list[Point]:
    tip = (root[0] + length * math.cos(angle), root[1] + length * math.sin(angle))
    middle = ((root[0] + tip[0]) / 2, (root[1] + tip[1]) / 2)
    beside = (-math.sin(angle) * width, math.cos(angle) * width)
    return [
        root,
        (middle[0] + beside[0], middle[1] + beside[1]),
        tip,
        (middle[0] - beside[0], middle[1] - beside[1]),
    ]


def _wave(radius: float, height: float, waves: int, phase: float) -> list[Point]:
    """A closed line around the middle of the seal."""
    angles = [math.radians(step / 2) for step in range(722)]
    radii = [radius + height * math.sin(waves * angle + phase) for angle in angles]
    return [
        (SEAL / 2 + r * math.cos(angle), SEAL / 2 + r * math.sin(angle))
        for r, angle in zip(radii, angles, strict=True)
    ]
