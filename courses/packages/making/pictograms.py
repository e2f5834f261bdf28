"""Simple pictures on a grid of 24, and the one that fits a slide by the words it is about."""

from __future__ import annotations

import re

from . import look

PICTURES = {
    "person": "M12 4a3.5 3.5 0 1 1 0 7a3.5 3.5 0 1 1 0-7M5 21c0-5 2.5-7.5 7-7.5s7 2.5 7 7.5",
    "people": "M8 5a3 3 0 1 1 0 6a3 3 0 1 1 0-6M2 20c0-4.5 2-6.5 6-6.5s6 2 6 6.5M16 5.5a2.7 2.7 0 1 1"
    " 0 5.4M17.5 13.7c3 .4 4.5 2.5 4.5 6.3",
    "child": "M12 7a2.8 2.8 0 1 1 0 5.6a2.8 2.8 0 1 1 0-5.6M6.5 21c0-4 2-6 5.5-6s5.5 2 5.5 6",
    "columns": "M3.5 4h17v16h-17zM9.2 4v16M14.8 4v16M3.5 8.5h17",
    "file": "M6 2.5h8l4.5 4.5v14.5H6zM14 2.5V7h4.5M9 12h6.5M9 16h6.5",
    "passport": "M5 3h14v18H5zM12 7.5a3 3 0 1 1 0 6a3 3 0 1 1 0-6M9 17.5h6",
    "coins": "M9 5c3.5 0 6 1 6 2.3S12.5 9.6 9 9.6S3 8.6 3 7.3S5.5 5 9 5M3 7.3v5c0 1.3 2.5 2.3 6 2.3"
    "M3 12.3v5c0 1.3 2.5 2.3 6 2.3M15 7.3v2.3M15 11c3.5 0 6 1 6 2.3s-2.5 2.3-6 2.3s-6-1-6-2.3"
    "S11.5 11 15 11M9 13.3v5c0 1.3 2.5 2.3 6 2.3s6-1 6-2.3v-5",
    "phone": "M7 2.5h10v19H7zM10.5 18.5h3",
    "speech": "M3 4.5h18v12h-9l-5 4.5v-4.5H3zM7 9h10M7 12.5h6",
    "gavel": "M9 3l7 7M6 6l7 7M10.5 4.5l-3 3M14.5 8.5l-3 3M12.5 9.5l8 8M3.5 21h10M5 18h7",
    "clock": "M12 3a9 9 0 1 1 0 18a9 9 0 1 1 0-18M12 7.5V12l3.5 2.5",
    "lens": "M10.5 4a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13M15.5 15.5L21 21",
    "book": "M12 6c-2-1.6-5-2-8.5-2v14.5c3.5 0 6.5.4 8.5 2c2-1.6 5-2 8.5-2V4C17 4 14 4.4 12 6M12 6v14.5",
    "thought": "M8 15.5a4.5 4.5 0 0 1-.5-9a5.5 5.5 0 0 1 10-.5a4.8 4.8 0 0 1-.5 9.5z"
    "M7.5 18.5a1.2 1.2 0 1 1 0 2.4a1.2 1.2 0 1 1 0-2.4",
    "road": "M4 21L9 3M20 21L15 3M12 4v3M12 10.5v3M12 17v3",
    "lock": "M5 10.5h14V21H5zM8 10.5V7.5a4 4 0 0 1 8 0v3M12 14.5v2.5",
    "pen": "M4 20l1-4.5L16.5 4l3.5 3.5L8.5 19zM14 6.5L17.5 10M12 21h8",
    "scales": "M12 3v17M8 20.5h8M4.5 6.5h15M4.5 6.5L2 13h5zM19.5 6.5L17 13h5zM2 13a2.5 2.5 0 0 0 5 0"
    "M17 13a2.5 2.5 0 0 0 5 0",
    "house": "M3 11.5L12 4l9 7.5M5.5 9.5V20.5h13V9.5M10 20.5v-6h4v6",
    "shield": "M12 3l8 3v5.5c0 4.5-3 8-8 9.5c-5-1.5-8-5-8-9.5V6zM8.5 12l2.5 2.5l4.5-5",
    "tick": "M12 3a9 9 0 1 1 0 18a9 9 0 1 1 0-18M7.5 12.5l3 3l6-6.5",
    "swap": "M4 8h15M15 4l4 4l-4 4M20 16H5M9 12l-4 4l4 4",
    "chart": "M4 3.5V20.5H21M8 16.5v-4M12.5 16.5V8M17 16.5V5.5",
    "globe": "M12 3a9 9 0 1 1 0 18a9 9 0 1 1 0-18M3 12h18M12 3c-3 2.5-4 5.5-4 9s1 6.5 4 9M12 3"
    "c3 2.5 4 5.5 4 9s-1 6.5-4 9",
}

# the first that fits wins: what a slide shows stands before what nearly every slide speaks of
_ABOUT = (
    ("columns", r"columns?|matrix|table|cells?|rows?"),
    ("swap", r"change one|reverse|reversal|swap\w*|change the|turn(ed|s)? (it )?round|other way"),
    ("child", r"child(ren)?|under eighteen|under 18|girl|boy|age|minor|guardian"),
    ("passport", r"passports?|identity documents?|documents?"),
    (
        "coins",
        r"money|debts?|prices?|pay(s|ment|ments)?|wages?|fees?|restitution|compensation|profits?|cost",
    ),
    ("phone", r"phones?|messages?|screenshots?|chats?|digital|data|device"),
    ("lock", r"lock(ed)?|control|held|confine|movement|custody|seal(ed)?|hash"),
    ("road", r"route|road|journey|border|boat|truck|driver|crossing|arriv\w+|route"),
    ("thought", r"memory|trauma|remember\w*|stereotypes?|belief|assum\w+|myths?|bias|instinct"),
    ("house", r"house|home|family|kitchen|domestic|household"),
    ("speech", r"questions?|ask(s|ed|ing)?|say|says|said|tell|told|words?|speak|language|counsel|rephrase"),
    ("globe", r"abroad|states?|foreign|mutual|cooperation|countr(y|ies)|request"),
    ("clock", r"time|hours?|days?|dates?|late|later|before|wait|delay\w*"),
    ("shield", r"protect\w*|measures?|safe\w*|punish\w*|screen|rights?|dignity"),
    ("pen", r"write|written|reasons?|draft|paragraph|record|note"),
    ("book", r"law|article|protocol|treaty|convention|rule|rules"),
    ("lens", r"look|read|search|indicators?|signs?|evidence|proof|proves?|facts?|check|inference"),
    ("gavel", r"decide|decision|judg\w+|sentence|court|ruling|rule"),
    ("chart", r"impact|effect|figures?|study|studies|measure|percent"),
    ("people", r"people|persons|women|men|workers|witness\w*|part(y|ies)|role|roles|group"),
    ("person", r"person|victim|witness|accused|migrant|someone|who"),
)


def fitting(heading: str, text: str, taken: list[str]) -> str:
    """The name of the picture for a slide's English words, another than the slides before have."""
    for words in (heading, text):
        for name, about in _ABOUT:
            if name not in taken and re.search(rf"\b({about})\b", words, re.IGNORECASE):
                return name
    return next(name for name in ("scales", "tick", "file", "people", *PICTURES) if name not in taken)


def picture(name: str, x: float, y: float, size: float, *, colour: str = look.INK, pen: float = 1.5) -> str:
    """A picture in a square whose top left corner is at x, y."""
    return (
        f'<g transform="translate({x:g} {y:g}) scale({size / 24:.4g})">'
        f"{look.stroke(PICTURES[name], colour=colour, pen=pen)}</g>"
    )


def disc(
    name: str, x: float, y: float, radius: float, *, colour: str = look.INK, fill: str = look.INFO_TINT
) -> str:
    """A picture on a disc whose middle is at x, y."""
    side = radius * 1.16
    drawn = picture(name, x - side / 2, y - side / 2, side, colour=colour)
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{fill}"/>{drawn}'
