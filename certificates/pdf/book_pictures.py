"""Pictures of a book: pixels as they are, drawings (SVG) as lines, each one tagged figure."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from PIL import Image, UnidentifiedImageError
from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing
from reportlab.lib.utils import ImageReader
from reportlab.platypus.flowables import Flowable
from svglib.svglib import svg2rlg

WIDEST = 0.96  # of the text
HIGHEST = 0.62  # of a page, so that the words about it stand beside it
DOTS = 96 / 72  # a pixel is three quarters of a point, as in a browser
MOST_PIXELS = 50_000_000


class Undrawable(ValueError):
    """A picture is neither pixels nor a drawing that can be read."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A file with what it shows, in words."""

    data: bytes
    alt: str


_pictures: ContextVar[Mapping[str, Picture]] = ContextVar("pictures")


@contextmanager
def pictures_at_hand(pictures: Mapping[str, Picture]) -> Iterator[None]:
    """Let these pictures be drawn by name."""
    token = _pictures.set(pictures)
    try:
        yield
    finally:
        _pictures.reset(token)


def picture_named(name: str) -> Picture:
    """The picture of that name; raises KeyError."""
    return _pictures.get()[name]


def check(data: bytes) -> None:
    """Raise Undrawable unless the file can be drawn."""
    _lines(data) if _is_drawing(data) else _pixels(data)


class PictureBox(Flowable):
    """A picture in the flow of the text, as large as it is or as fits."""

    def __init__(self, picture: Picture, spot: Any, *, left: float, right: float) -> None:
        super().__init__()
        self.spot, self.left, self.right = spot, left, right
        self.drawing: Drawing | None = None
        if _is_drawing(picture.data):
            self.drawing = _lines(picture.data)
            self.natural = (self.drawing.width, self.drawing.height)
        else:
            self.reader = ImageReader(_pixels(picture.data))
            width, height = self.reader.getSize()
            self.natural = (width / DOTS, height / DOTS)

    def wrap(self, aw: float, ah: float) -> tuple[float, float]:
        frame = getattr(self, "_frame", None)
        page = getattr(frame, "_height", 740.0)
        room = (aw - self.left - self.right) * WIDEST
        scale = min(1.0, room / self.natural[0], page * HIGHEST / self.natural[1])
        if self.drawing is not None:  # lines may grow
            scale = min(room / self.natural[0], page * HIGHEST / self.natural[1])
        self.shown = (self.natural[0] * scale, self.natural[1] * scale)
        self.scale = scale
        self.inset = self.left + (aw - self.left - self.right - self.shown[0]) / 2
        return aw, self.shown[1]

    def draw(self) -> None:
        left, bottom = self.canv.absolutePosition(self.inset, 0)
        right, top = self.canv.absolutePosition(self.inset + self.shown[0], self.shown[1])
        box = tuple(round(value, 2) for value in (left, bottom, right, top))
        with self.canv.picture(self.spot._replace(box=box)):
            if self.drawing is None:
                self.canv.drawImage(self.reader, self.inset, 0, *self.shown, mask="auto")
                return
            self.canv.saveState()
            self.canv.translate(self.inset, 0)
            self.canv.scale(self.scale, self.scale)
            renderPDF.draw(self.drawing, self.canv, 0, 0)
            self.canv.restoreState()


def _is_drawing(data: bytes) -> bool:
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _lines(data: bytes) -> Drawing:
    try:
        found = svg2rlg(io.BytesIO(data), resolve_entities=False)
    except Exception as problem:  # svglib promises nothing about what it raises
        raise Undrawable("an SVG drawing that cannot be read") from problem
    if found is None or not found.width or not found.height:
        raise Undrawable("an SVG drawing without a size")
    return found


def _pixels(data: bytes) -> io.BytesIO:
    """The file as ReportLab takes it: a JPEG in its colours as it is, all else as PNG in RGB."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Undrawable("a picture with too many pixels")
            if picture.format == "JPEG" and picture.mode in ("RGB", "L"):
                return io.BytesIO(data)
            flat = Image.new("RGB", picture.size, "white")
            clear = picture.convert("RGBA")
            flat.paste(clear, mask=clear.getchannel("A"))
    except (UnidentifiedImageError, OSError) as problem:
        raise Undrawable("a picture that cannot be read") from problem
    out = io.BytesIO()
    flat.save(out, "PNG")
    out.seek(0)
    return out
