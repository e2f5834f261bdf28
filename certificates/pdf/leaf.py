"""One page of text of any format, such as a card: drawn, tagged and described like a certificate."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime

import pikepdf

from certificates.pdf import coverage, faces
from certificates.pdf.document import UncoveredCharacters
from certificates.pdf.finish import written
from certificates.pdf.metadata import describe
from certificates.pdf.rendering import DrawingFailed, draw, drawing
from certificates.pdf.shaping import drawing_language
from certificates.pdf.tags import Tree, tag_page


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaf:
    """A page whose layout is settled: `html` says its size and the place of every text.

    `texts` is everything that is drawn as text; `underlay` holds PDF operators for decoration.
    """

    language: str
    title: str
    author: str
    made: datetime
    html: str
    texts: tuple[str, ...]
    underlay: bytes = b""


def render(leaf: Leaf) -> bytes:
    """Draw a leaf: one page, fonts embedded, tagged; the same leaf always gives the same bytes.

    Raises UncoveredCharacters when a text holds letters that no embedded font has, and
    DrawingFailed when the text runs over the page.
    """
    faces.register()
    missing = coverage.uncovered("".join(leaf.texts))
    if missing:
        raise UncoveredCharacters(missing)
    with drawing:
        token = drawing_language.set(leaf.language)
        try:
            pages = draw(leaf.html)
        finally:
            drawing_language.reset(token)
    with pikepdf.open(io.BytesIO(pages)) as pdf:
        if len(pdf.pages) != 1:
            raise DrawingFailed(f"{leaf.title!r} runs over {len(pdf.pages)} pages")
        tree = Tree(pdf)
        page = pdf.pages[0]
        text = tag_page(tree, page, leaf.title)
        page.Contents = pdf.make_stream(b"/Artifact BMC q\n" + leaf.underlay + b"\nQ EMC\n" + text)
        tree.close()
        describe(
            pdf,
            title=leaf.title,
            author=leaf.author,
            language=leaf.language,
            rtl=faces.is_right_to_left(leaf.title),
            made=leaf.made,
        )
        return written(pdf)
