"""PNG files as pictures of a PDF: colours and transparency apart, packed once in a process."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from functools import lru_cache

import pikepdf
from pikepdf import Name
from PIL import Image


@dataclass(frozen=True, slots=True)
class _Packed:
    width: int
    height: int
    colours: bytes
    is_grey: bool
    alpha: bytes | None


@lru_cache(maxsize=64)
def size_of(png: bytes) -> tuple[int, int]:
    """Width and height in pixels."""
    with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
        return opened.size


def picture_of(pdf: pikepdf.Pdf, png: bytes) -> pikepdf.Stream:
    """The picture as an object of a file; what is transparent stays so."""
    packed = _packed(png)
    made = _plane(pdf, packed, packed.colours, grey=packed.is_grey)
    if packed.alpha is not None:
        made.SMask = _plane(pdf, packed, packed.alpha, grey=True)
    return made


def _plane(pdf: pikepdf.Pdf, packed: _Packed, data: bytes, *, grey: bool) -> pikepdf.Stream:
    return pdf.make_stream(
        data,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=packed.width,
        Height=packed.height,
        ColorSpace=Name.DeviceGray if grey else Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.FlateDecode,
    )


@lru_cache(maxsize=32)
def _packed(png: bytes) -> _Packed:
    with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
        whole = opened.convert("RGBA")
    alpha = whole.getchannel("A")
    is_grey = opened.mode in ("L", "LA")
    colours = whole.convert("L" if is_grey else "RGB")
    see_through = alpha.getextrema() != (255, 255)
    return _Packed(
        *whole.size,
        zlib.compress(colours.tobytes(), 9),
        is_grey,
        zlib.compress(alpha.tobytes(), 9) if see_through else None,
    )
