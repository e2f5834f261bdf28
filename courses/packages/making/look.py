"""The look of what is drawn: the site's colours, and a drawing as an SVG file."""

from __future__ import annotations

from xml.sax.saxutils import escape

PAPER, SURFACE, TINT = "#fbfaf6", "#ffffff", "#f3f0e7"
INK, TEXT, MUTED, RULE, EDGE = "#10284b", "#1b2433", "#465063", "#d8d3c5", "#6b7384"
BAND, ON_BAND, BAND_MUTED, BAND_GOLD = "#0f2444", "#f7f4ec", "#c3cede", "#dcb565"
GOLD, GOLD_TEXT, GOLD_TINT, INFO_TINT = "#ad7c22", "#69490b", "#fbf4e2", "#eaeff7"


def svg(width: float, height: float, *parts: str, title: str = "", language: str = "") -> str:
    """A drawing of that size, without any style sheet, script or reference to another file."""
    named = f"<title>{escape(title)}</title>" if title else ""
    spoken = f' xml:lang="{language}"' if language else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}"'
        f' viewBox="0 0 {width:g} {height:g}"{spoken}>{named}{"".join(parts)}</svg>\n'
    )


def box(
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    fill: str = SURFACE,
    stroke: str = "",
    pen: float = 2,
    corner: float = 4,
    dashed: bool = False,
) -> str:
    """A rectangle."""
    line = f' stroke="{stroke}" stroke-width="{pen:g}"' if stroke else ""
    if dashed:
        line += ' stroke-dasharray="9 8"'
    rounded = f' rx="{corner:g}"' if corner else ""
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"{rounded} fill="{fill}"{line}/>'


def stroke(path: str, *, colour: str = INK, pen: float = 4, dashed: bool = False) -> str:
    """A line along a path."""
    dashes = ' stroke-dasharray="3 11"' if dashed else ""
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{pen:g}"'
        f' stroke-linecap="round" stroke-linejoin="round"{dashes}/>'
    )
