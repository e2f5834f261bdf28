"""Draw the golden pictures and glyph runs anew: run it after a wanted change, and look at them."""

import io
import json
import re
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import uharfbuzz as hb
from PIL import Image

from certificates.pdf import CertificateDocument, Signatory, faces, render
from certificates.pdf.book import Book, Section
from certificates.pdf.book import render as render_book
from certificates.pdf.shaping import drawing_language

GOLDEN = Path(__file__).parent / "golden"
BOOKS = GOLDEN / "books"
# one sample of each language, long texts, and names in another script than the sheet's
PICTURES = (
    *("en", "es", "pt", "fr", "ht", "sq", "bs", "id", "fil", "sw", "vi", "mk", "sr", "uk"),
    *("ar", "fa", "ur", "dv", "bn", "ne", "hi", "th"),
    *("en-long", "ar-long", "en-ar", "es-dv", "bn-ne", "ar-vi", "th-ar", "mk-th"),
)


def samples() -> dict[str, dict[str, Any]]:
    """The fields of every sample document, by key.

    `languages.json` has one for each language that the site does not speak yet, and names in a script
    other than the sheet's: those are `like` another sample but for the name.
    """
    found = json.loads((GOLDEN / "documents.json").read_text())
    common = {key: found["en"][key] for key in ("number", "issued_at")}
    for key, fields in json.loads((GOLDEN / "languages.json").read_text()).items():
        like = found.get(fields.pop("like", ""), common)
        language = fields.get("language", like.get("language"))
        address = f"https://learn.example.org/{language}/verify/2026-7F3K-9QXD/"
        found[key] = {**like, **fields, "verify_url": address}
    return found


def document_of(key: str) -> CertificateDocument:
    """One of the sample documents."""
    fields = samples()[key]
    fields["issued_at"] = datetime.fromisoformat(fields["issued_at"])
    fields["signatories"] = tuple(Signatory(**who) for who in fields["signatories"])
    return CertificateDocument(**fields)


def strings() -> list[tuple[str, str, str, str]]:
    """What each script's shaping must get right, as (set, language, family of fonts, text)."""
    sets = json.loads((GOLDEN / "strings.json").read_text())
    return [(name, language, family, text) for name, language, family, texts in sets for text in texts]


def book_of(language: str) -> Book:
    """The sample book in one of the languages of books.json."""
    fields = json.loads((BOOKS / "books.json").read_text())[language]
    return Book(
        language=language,
        title=fields["title"],
        author=fields["author"],
        made=datetime.fromisoformat(fields["made"]),
        cover=fields["cover"],
        sections=tuple(Section(running=running, html=html) for running, html in fields["sections"]),
    )


def glyph_run(family: str, language: str, text: str) -> list[list[int]]:
    """Each glyph that HarfBuzz by itself makes of a text: [number in the font, advance, dx, dy].

    Thousandths of the size, in drawing order; right-to-left words are taken one by one.
    """
    font = hb.Font(hb.Face(hb.Blob.from_file_path(str(faces.FONTS / f"{family}-Regular.ttf"))))
    words = re.findall(" +|[^ ]+", text) if faces.is_right_to_left(text) else [text]
    return [glyph for word in words for glyph in _shaped(font, language, word)]


def our_glyph_run(family: str, language: str, text: str, *, visual: bool = False) -> list[list[int]]:
    """The same as `ShapedFont` makes it; `visual` when the text is handed over in drawing order."""
    font = faces.shaped_font(f"{family}-Regular")
    token = drawing_language.set(language)
    try:
        glyphs = [glyph for _run, run in font.shape(text, visual=visual) for glyph in run]
    finally:
        drawing_language.reset(token)
    return [
        [font.face.charToGlyph[ord(glyph.character)], *map(round, (glyph.advance, glyph.dx, glyph.dy))]
        for glyph in glyphs
    ]


def _shaped(font: hb.Font, language: str, text: str) -> list[list[int]]:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.language = language
    hb.shape(font, buffer)
    scale = 1000 / font.face.upem
    return [
        [info.codepoint, *(round(x * scale) for x in (place.x_advance, place.x_offset, place.y_offset))]
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    ]


def picture(pdf: bytes, page: int = 1) -> Image.Image:
    """What stands inside the border, small and in greys."""
    command = ["pdftoppm", "-r", "50", "-f", str(page), "-gray", "-png", "-singlefile", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    sheet = Image.open(io.BytesIO(done.stdout)).convert("L")
    return sheet.crop((38, 38, sheet.width - 38, sheet.height - 38))


def main() -> None:
    from tests.certificates import layouts

    for key in PICTURES:
        drawn = picture(render(document_of(key)))
        drawn.quantize(16).save(GOLDEN / f"{key}.png", optimize=True)
    for key, document in layouts.documents(document_of).items():
        picture(render(document)).quantize(16).save(GOLDEN / "layouts" / f"{key}.png", optimize=True)
    for language in ("es", "ar", "bn"):
        drawn = picture(render_book(book_of(language)).data, page=3)
        drawn.quantize(16).save(BOOKS / f"{language}.png", optimize=True)
    runs = [[*row, glyph_run(row[2], row[1], row[3])] for row in strings()]
    lines = ",\n".join(json.dumps(run, ensure_ascii=False, separators=(",", ":")) for run in runs)
    (GOLDEN / "glyph_runs.json").write_text(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    main()
