"""The bench cards: one A4 page for each module and language, drawn by the renderer of the certificates."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

from certificates.pdf import faces
from certificates.pdf.leaf import Leaf, render
from certificates.pdf.ornaments import operands_of
from certificates.pdf.shaping import drawing_language

from . import breaking, lessons, look, record
from .lessons import CARDS, Module

WIDTH, HEIGHT = 595.28, 841.89  # A4
SIDE = 50.0
ROOM = WIDTH - 2 * SIDE
HEADINGS, BETWEEN = 132.0, 20.0  # the column of the headings, and the space beside it
TICK = 17.0  # from the small square of an item to its words
BOTTOM = HEIGHT - 46
SMALLEST, LARGEST = 11.0, 15.5
SLACK = 40.0  # boxes are wider than their lines, so that nothing breaks by itself
MADE = datetime(2026, 11, 1, tzinfo=UTC)  # fixed: the same words give the same file
INSTITUTE = os.environ.get("INSTITUTE_NAME", "Judicial Learning")
WORDS = lessons.load(CARDS.parent / "words.yaml")


class TooLong(ValueError):
    """The words of a card do not fit on one page; the message names its file."""


@dataclass(frozen=True, slots=True)
class Style:
    """How words are set; the size in points, for Latin letters."""

    size: float
    bold: bool = False
    italic: bool = False
    colour: str = look.TEXT
    tag: str = "p"

    def faces(self, text: str) -> tuple[faces.Face, ...]:
        return faces.families_for(text, faces.face_of(text))

    def actual(self, text: str) -> float:
        return self.size * self.faces(text)[0].scale

    def wanted_leading(self, text: str) -> float:
        return self.actual(text) * self.faces(text)[0].leading

    def leading(self, text: str) -> float:
        """The height of a line as xhtml2pdf draws it: five sixths of what is wanted above the letters'
        foot and one sixth below, or more where the font reaches further."""
        wanted, face = self.wanted_leading(text), self.faces(text)[0]
        font = faces.shaped_font(face.font(bold=self.bold, italic=self.italic)).face
        size = self.actual(text) / 1000
        return float(max(font.ascent * size, wanted * 5 / 6) + max(-font.descent * size, wanted / 6))

    def middle(self, text: str) -> float:
        """How far below the top of the first line the middle of its small letters is."""
        return self.actual(text) * (self.faces(text)[0].baseline - 0.22)

    def lines(self, text: str, room: float, *, even: bool) -> tuple[str, ...]:
        size, family = self.actual(text), self.faces(text)

        def width(piece: str) -> float:
            return faces.width(piece, size, family, bold=self.bold, italic=self.italic)

        return breaking.lines(text, width, room, even=even)


@dataclass(slots=True)
class Page:
    """A card in the making: its texts as HTML, and what is drawn under them."""

    mirrored: bool
    html: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    underlay: list[str] = field(default_factory=list)

    def put(
        self,
        style: Style,
        text: str,
        x: float,
        y: float,
        room: float,
        *,
        far: bool = False,
        draw: bool = True,
    ) -> float:
        """Set a text from the height y in a column that begins at x; returns its height.

        x counts from the side where reading begins; `far` sets the text at the column's other side.
        """
        lines = style.lines(text, room, even=style.tag != "p")
        height = style.leading(text) * len(lines)
        if not draw:
            return height
        family = style.faces(text)
        size = style.actual(text)
        lift = family[0].raised(bold=style.bold, italic=style.italic) * size
        right = self.mirrored != far
        left = WIDTH - x - room if self.mirrored else x
        direction = "rtl" if faces.is_right_to_left(text) else "ltr"
        # the direction stands on the box: on the paragraph it would bring an alignment of its own
        self.html.append(
            f'<div class="at" dir="{direction}" style="left: {left - (SLACK if right else 0):.2f}pt;'
            f" top: {y - lift:.2f}pt;"
            f' width: {room + SLACK:.2f}pt">'
            f'<{style.tag} style="text-align: {"right" if right else "left"};'
            f" color: {style.colour}; font-family: {', '.join(face.family for face in family)};"
            f" font-weight: {'bold' if style.bold else 'normal'};"
            f" font-style: {'italic' if style.italic and not style.bold else 'normal'};"
            f' font-size: {size:.2f}pt; line-height: {style.wanted_leading(text):.2f}pt">'
            f"{'<br/>'.join(escape(line) for line in lines)}</{style.tag}></div>"
        )
        self.texts.append(text)
        return height

    def rule(
        self, y: float, *, x: float = SIDE, length: float = ROOM, pen: float = 0.7, colour: str = look.RULE
    ) -> None:
        left = WIDTH - x - length if self.mirrored else x
        line = f"{left:.2f} {HEIGHT - y:.2f} m {left + length:.2f} {HEIGHT - y:.2f} l S"
        self.underlay.append(f"{operands_of(colour)} RG {pen} w {line}")

    def square(self, x: float, y: float, side: float) -> None:
        """A small box to tick."""
        left = WIDTH - x - side if self.mirrored else x
        box = f"{left:.2f} {HEIGHT - y - side:.2f} {side:.2f} {side:.2f} re S"
        self.underlay.append(f"{operands_of(look.GOLD)} RG 0.9 w {box}")


def make_cards(module: Module, language: str = "") -> list[Path]:
    """Draw the card of a module in every language it holds, or in one; TooLong if one does not fit."""
    source = CARDS / module.course / f"{module.slug}.yaml"
    if not source.exists():
        return []
    card, made = lessons.load(source), []
    for spoken in card["title"] if not language else {language} & set(card["title"]):
        try:
            content = draw(card, module, spoken)
        except TooLong as problem:
            raise TooLong(f"{source.name} ({spoken}): {problem}") from problem
        target = module.media / f"card-{module.slug}.{spoken}.pdf"
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(content)
        record.note(target, words_of(card, module, spoken))
        made.append(target)
    return made


def words_of(card: dict[str, Any], module: Module, language: str) -> list[str]:
    """All that is printed on a card in a language."""
    sections = [text[language] for part in card["sections"] for text in (part["heading"], *part["items"])]
    fixed = [WORDS[name][language] for name in ("bench_card", "sources", "disclaimer")]
    return [card["title"][language], *_names(module, language), *sections, card["sources"][language], *fixed]


def _names(module: Module, language: str) -> list[str]:
    """Course and module, as far as they have a name in the language."""
    titles = (module.course_data["title"], module.data["title"])
    return [lessons.typeset(texts[language]) for texts in titles if language in texts]


def draw(card: dict[str, Any], module: Module, language: str) -> bytes:
    """One card in one language as a PDF file."""
    title = title_of(card, language)
    page = Page(faces.is_right_to_left(title))
    token = drawing_language.set(language)
    try:
        top = _head(page, title, module, language)
        foot = _foot(page, card, language)
        _sections(page, card, language, top, foot)
    finally:
        drawing_language.reset(token)
    html = (
        f'<html lang="{language}" dir="{"rtl" if page.mirrored else "ltr"}"><head><style>'
        f"@page {{ size: {WIDTH}pt {HEIGHT}pt; margin: 0 }} "
        "h1, h2, p { margin: 0 } .at { position: absolute }"
        f"</style></head><body>{''.join(page.html)}</body></html>"
    )
    leaf = Leaf(
        language=language,
        title=f"{WORDS['bench_card'][language]}: {title}",
        author=INSTITUTE,
        made=MADE,
        html=html,
        texts=tuple(page.texts),
        underlay="\n".join(page.underlay).encode(),
    )
    return render(leaf)


def title_of(card: dict[str, Any], language: str) -> str:
    """The title without the words "bench card", which stand above it."""
    title, label = lessons.typeset(card["title"][language]), WORDS["bench_card"][language]
    found = re.match(rf"{re.escape(label)}\s*:\s*", title, re.IGNORECASE)
    rest = title[found.end() :] if found else title
    return rest[:1].upper() + rest[1:]


def _head(page: Page, title: str, module: Module, language: str) -> float:
    """What the card is, its title and its module; returns where the sections may begin."""
    label = Style(11.5, bold=True, colour=look.GOLD_TEXT)
    page.put(label, WORDS["bench_card"][language], SIDE, 40, ROOM / 2)
    page.put(Style(11.5, colour=look.MUTED), INSTITUTE, SIDE + ROOM / 2, 40, ROOM / 2, far=True)
    page.rule(60)
    top = 74.0
    top += page.put(Style(28, bold=True, colour=look.INK, tag="h1"), title, SIDE, top, ROOM) + 4
    names = _names(module, language)
    if names:
        top += page.put(Style(12, italic=True, colour=look.MUTED), " · ".join(names), SIDE, top, ROOM) + 11
    page.rule(top, length=64, pen=2.2, colour=look.GOLD)
    return top + 6


def _foot(page: Page, card: dict[str, Any], language: str) -> float:
    """Sources and disclaimer at the bottom of the page; returns where they begin."""
    small, slanted = Style(10, colour=look.MUTED), Style(10, italic=True, colour=look.MUTED)
    sources = f"{WORDS['sources'][language]}: {lessons.typeset(card['sources'][language])}"
    if language == "fr":
        sources = sources.replace(":", "\u00a0:", 1)
    disclaimer = WORDS["disclaimer"][language]
    heights = [
        page.put(style, text, SIDE, 0, ROOM, draw=False)
        for style, text in ((small, sources), (slanted, disclaimer))
    ]
    top = BOTTOM - sum(heights) - 4
    page.rule(top - 9)
    page.put(small, sources, SIDE, top, ROOM)
    page.put(slanted, disclaimer, SIDE, top + heights[0] + 4, ROOM)
    return top - 9


def _sections(page: Page, card: dict[str, Any], language: str, top: float, end: float) -> None:
    """Headings on one side, what to do on the other; as large as fits, spread over the page."""
    size = LARGEST
    while size >= SMALLEST:
        needed = sum(_heights(page, card, language, size)) + len(card["sections"]) * size * 1.5
        if needed <= end - top:
            break
        size -= 0.25
    else:
        raise TooLong(f"{needed - (end - top):.0f} points too long for one page")
    heights = list(_heights(page, card, language, size))
    # spare room opens the space around the sections, but not so far that they fall apart
    air = min((end - top - sum(heights)) / len(heights) / 2, size * 2.2)
    for index, (section, height) in enumerate(zip(card["sections"], heights, strict=True)):
        if index:
            page.rule(top)
        _section(page, section, language, size, top + air)
        top += height + 2 * air


def _heights(page: Page, card: dict[str, Any], language: str, size: float) -> Iterator[float]:
    for section in card["sections"]:
        yield _section(page, section, language, size, 0, draw=False)


def _section(
    page: Page, section: dict[str, Any], language: str, size: float, top: float, *, draw: bool = True
) -> float:
    """One section; returns its height."""
    heading = Style(size + 1, bold=True, colour=look.INK, tag="h2")
    words = lessons.typeset(section["heading"][language])
    beside = page.put(heading, words, SIDE, top, HEADINGS, draw=draw)
    column, item = SIDE + HEADINGS + BETWEEN, Style(size)
    height = 0.0
    for number, texts in enumerate(section["items"]):
        words = lessons.typeset(texts[language])
        height += size * 0.5 if number else 0.0
        if draw:
            side = size * 0.56
            page.square(column, top + height + item.middle(words) - side / 2, side)
        height += page.put(
            item, words, column + TICK, top + height, ROOM - HEADINGS - BETWEEN - TICK, draw=draw
        )
    return max(beside, height)
