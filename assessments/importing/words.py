"""Texts between HTML, which files hold, and the plain text that trainers write. Pure.

A text that plain text can say is stored as such, so that the editor shows no tags; all else stays
the HTML that it was. What ``plain_of`` gives, ``html_of`` says again.
"""

import re
from dataclasses import dataclass
from html import escape, unescape

from assessments import markup
from assessments.interchange.markup import clean

_TOKEN = re.compile(r"<(/?)([a-z][a-z0-9]*)([^<>]*)>")
_INLINE = {"b": "b", "strong": "b", "i": "i", "em": "i"}
_HREF = re.compile(r'\s*href="(https?://[^"\s]*)"\s*\Z')


@dataclass(frozen=True)
class Block:
    """A paragraph, or one list; each line is HTML with nothing but <b>, <i> and links."""

    kind: str
    lines: tuple[str, ...]


class _NotPlain(Exception):
    """The HTML holds something for which plain text has no sign."""


def html_of(text: str) -> str:
    """Clean HTML of a plain text; a single paragraph stands without its tag, as people type it."""
    blocks = markup.paragraphs(text)
    if not blocks:
        return ""
    html = str(markup.block_html(text))
    if len(blocks) == 1 and html.startswith("<p>"):
        html = str(markup.inline(blocks[0]))
    return clean(html)


def plain_of(html: str, *, in_line: bool = False) -> str | None:
    """The plain text that says the same; None where there is none. ``in_line``: one paragraph alone."""
    try:
        blocks = _blocks(html)
    except _NotPlain:
        return None
    if in_line and [block.kind for block in blocks] not in (["p"], []):
        return None
    text = "\n\n".join(_written(block) for block in blocks)
    try:
        # what an author means as a sign (**, a list) must not come out as another one
        return text if _blocks(html_of(text)) == blocks else None
    except _NotPlain:
        return None


def _written(block: Block) -> str:
    if block.kind == "p":
        return _signs(block.lines[0])
    marks = (f"{place}. " if block.kind == "ol" else "- " for place in range(1, len(block.lines) + 1))
    return "\n".join(mark + _signs(line) for mark, line in zip(marks, block.lines, strict=True))


def _signs(line: str) -> str:
    line = re.sub(r'<a href="([^"]*)">(.*?)</a>', r"[\2](\1)", line)
    line = re.sub(r"</?b>", "**", line)
    return unescape(re.sub(r"</?i>", "*", line))


class _Reader:
    """Collects the blocks of clean HTML, token by token."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.line: list[str] = []
        self.items: list[str] | None = None
        self.open: list[str] = []

    def text(self, words: str) -> None:
        if self.items is not None and "li" not in self.open and words.strip():
            raise _NotPlain
        self.line.append(escape(unescape(words).replace("\xa0", " "), quote=True))

    def tag(self, closing: str, name: str, rest: str) -> None:
        if name in _INLINE and not rest.strip():
            self.line.append(f"<{closing}{_INLINE[name]}>")
        elif name == "a":
            self._link(closing, rest)
        elif name == "br" and not rest.strip(" /"):
            self.line.append("\0")
        elif name in ("p", "div", "ul", "ol", "li") and not rest.strip():
            self._block(closing, name)
        else:
            raise _NotPlain

    def _link(self, closing: str, rest: str) -> None:
        href = _HREF.match(rest)
        if not closing and href is None:
            raise _NotPlain
        self.line.append("</a>" if closing or href is None else f'<a href="{href[1]}">')

    def _block(self, closing: str, name: str) -> None:
        if closing:
            if not self.open or self.open.pop() != name:
                raise _NotPlain
        elif name in ("p", "div") and "li" in self.open or name in ("ul", "ol") and self.items is not None:
            raise _NotPlain
        if name == "li":
            if self.items is None:
                raise _NotPlain
            line = self._taken()
            if closing:
                self.items.append(line)
            elif line:
                raise _NotPlain
        else:
            self.end_of_paragraph()
            if name in ("ul", "ol"):
                if closing and self.items:
                    self.blocks.append(Block(name, tuple(self.items)))
                self.items = None if closing else []
        if not closing:
            self.open.append(name)

    def _taken(self) -> str:
        words, self.line = "".join(self.line), []
        if "\0" in words:
            raise _NotPlain
        return _tidy(words)

    def end_of_paragraph(self) -> None:
        """Close the paragraph in hand; an empty line within it divides it, a single break has no sign."""
        words, self.line = "".join(self.line), []
        for piece in re.split(r"\0\s*\0\s*", words):
            if "\0" in piece:
                raise _NotPlain
            line = _tidy(piece)
            if line:
                self.blocks.append(Block("p", (line,)))


def _blocks(html: str) -> list[Block]:
    reader, at = _Reader(), 0
    for token in _TOKEN.finditer(html):
        reader.text(html[at : token.start()])
        reader.tag(*token.groups())
        at = token.end()
    reader.text(html[at:])
    reader.end_of_paragraph()
    if reader.open or any(_unbalanced(line) for block in reader.blocks for line in block.lines):
        raise _NotPlain
    return reader.blocks


def _tidy(words: str) -> str:
    """Words without idle spaces; ends of lines stay, as authors break theirs."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in words.split("\n"))))


def _unbalanced(line: str) -> bool:
    """Whether <b>, <i> or <a> in a line are empty, cross each other or are not closed in it."""
    opened: list[str] = []
    for closing, name, _rest in _TOKEN.findall(line):
        if not closing:
            if name in opened:
                return True
            opened.append(name)
        elif not opened or opened.pop() != name:
            return True
    return bool(opened) or "></" in line
