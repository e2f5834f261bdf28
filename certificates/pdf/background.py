"""The ornaments in files: an empty page to lay under the text of a PDF, and the seal as SVG."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import pikepdf
from pikepdf import Array, Dictionary, Name

from certificates.pdf import ornaments
from certificates.pdf.document import GUILLOCHE
from certificates.pdf.ornaments import HEIGHT, PAPER, WIDTH, Ornament, Point, Stroke, operands_of


@dataclass(frozen=True, slots=True)
class Backdrop:
    """What is drawn on an empty page: a pattern, and the middles of mark and seal where there are any."""

    pattern: str = GUILLOCHE
    mark: Point | None = ornaments.MARK
    seal: Point | None = ornaments.SEAL
    is_portrait: bool = False

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page in points."""
        return (HEIGHT, WIDTH) if self.is_portrait else (WIDTH, HEIGHT)

    def drawn(self) -> Iterator[Ornament]:
        """The ornaments, the lowest first."""
        width, height = self.size
        is_plain = self.pattern != GUILLOCHE
        if not is_plain:
            yield from ornaments.watermark((width / 2, height * 0.45))
        if self.is_portrait:
            yield from () if is_plain else ornaments.ribbon(width)
            yield from ornaments.portrait_rules(width, height)
        else:
            yield from () if is_plain else ornaments.border()
            yield from ornaments.rules(plain=is_plain)
        if self.mark is not None:
            yield from ornaments.mark(self.mark)
        if self.seal is not None:
            yield from ornaments.seal(self.seal)


def form_of(pdf: pikepdf.Pdf, backdrop: Backdrop = Backdrop()) -> pikepdf.Stream:  # noqa: B008 - frozen
    """An empty page as an object of a file, without fonts."""
    paint, tiles = _packed(backdrop)
    forms = {f"/{name}": _form(pdf, code) for name, code in tiles}
    return pdf.make_stream(
        paint,
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, *backdrop.size]),
        Resources=Dictionary(XObject=Dictionary(forms)),
        Filter=Name.FlateDecode,
    )


@lru_cache(maxsize=32)
def _packed(backdrop: Backdrop) -> tuple[bytes, tuple[tuple[str, bytes], ...]]:
    """The operators of an empty page, and the tiles they place by their names; packed once in a process."""
    width, height = backdrop.size
    drawn = list(backdrop.drawn())
    paint = [f"{operands_of(PAPER)} rg 0 0 {width} {height} re f", *_paint(drawn, height)]
    tiles = tuple((ornament.name, _code(ornament)) for ornament in drawn)
    return zlib.compress("\n".join(paint).encode(), 9), tiles


@cache
def seal_svg() -> str:
    """The seal alone as an SVG file, 84 units across."""
    return _svg(ornaments.seal((42.0, 42.0)), 84, 84)


def placed(pdf: pikepdf.Pdf, page: pikepdf.Page, drawn: Iterable[Ornament], height: float) -> bytes:
    """Operators that draw ornaments as decoration on a page of another file, `height` points high."""
    drawn = list(drawn)
    if Name.XObject not in page.Resources:
        page.Resources.XObject = Dictionary()
    for ornament in drawn:
        page.Resources.XObject[f"/{ornament.name}"] = _form(pdf, _code(ornament))
    return "\n".join(["/Artifact BMC q", *_paint(drawn, height), "Q EMC\n"]).encode()


def _paint(drawn: Iterable[Ornament], height: float) -> Iterator[str]:
    yield f"1 0 0 -1 0 {height} cm"
    for ornament in drawn:
        for place in ornament.places:
            matrix = " ".join(_number(value, 5) for value in place)
            yield f"q {matrix} cm /{ornament.name} Do Q"


def _code(ornament: Ornament) -> bytes:
    """The operators of a tile, packed."""
    code = "1 J 1 j\n" + "\n".join(_stroke_code(stroke) for stroke in ornament.strokes)
    return zlib.compress(code.encode(), 9)


def _form(pdf: pikepdf.Pdf, code: bytes) -> pikepdf.Stream:
    return pdf.make_stream(
        code,
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([-WIDTH, -WIDTH, WIDTH, WIDTH]),
        Resources=Dictionary(),
        Filter=Name.FlateDecode,
    )


def _stroke_code(stroke: Stroke) -> str:
    pen = f"{operands_of(stroke.colour)} rg" if stroke.fill else f"{operands_of(stroke.colour)} RG"
    if not stroke.fill:
        pen += f" {_number(stroke.width)} w"
    code = [pen, f"{_pair(stroke.points[0])} m"]
    for i in range(1, len(stroke.points), 3):
        code.append(" ".join(_pair(point) for point in stroke.points[i : i + 3]) + " c")
    return " ".join([*code, "f" if stroke.fill else "S"])


def _svg(drawn: Iterable[Ornament], width: float, height: float) -> str:
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_number(width)} {_number(height)}">']
    for ornament in drawn:
        parts.extend(_svg_ornament(ornament))
    return "".join([*parts, "</svg>\n"])


def _svg_ornament(ornament: Ornament) -> Iterator[str]:
    paths = "".join(_svg_path(stroke) for stroke in ornament.strokes)
    yield f'<defs><g id="{ornament.name}">{paths}</g></defs>'
    for place in ornament.places:
        matrix = " ".join(_number(value, 5) for value in place)
        yield f'<use href="#{ornament.name}" transform="matrix({matrix})"/>'


def _svg_path(stroke: Stroke) -> str:
    start, *rest = (_pair(point) for point in stroke.points)
    path = f"M{start}C{' '.join(rest)}"
    if stroke.fill:
        return f'<path fill="{stroke.colour}" d="{path}"/>'
    return f'<path fill="none" stroke="{stroke.colour}" stroke-width="{_number(stroke.width)}" d="{path}"/>'


def _pair(point: tuple[float, float]) -> str:
    return f"{_number(point[0])} {_number(point[1])}"


def _number(value: float, digits: int = 2) -> str:
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text
