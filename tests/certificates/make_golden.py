"""Draw the golden pictures and glyph runs anew: run it after a wanted change, and look at them."""

import io
import json
import subprocess
from datetime import datetime
from pathlib import Path

from PIL import Image

from certificates.pdf import CertificateDocument, Signatory, faces, render
from certificates.pdf.book import Book, Section
from certificates.pdf.book import render as render_book
from certificates.pdf.shaping import drawing_language

GOLDEN = Path(__file__).parent / "golden"
BOOKS = GOLDEN / "books"
LANGUAGES = ("en", "es", "pt", "fr", "ar", "bn")
# what each script's shaping must get right: conjuncts, marks, joined letters, local forms
STRINGS = {
    "EBGaramond": [
        ["en", "office fjord"],
        ["vi", "Nguyễn Thị Phượng"],
        ["mk", "Ѓорѓиевска"],
        ["sr", "бгдпт"],
    ],
    "NotoNaskhArabic": [
        ["ar", "المُعلَّى"],
        ["ar", "لا إله إلّا الله"],
        ["ur", "اظہارِ رائے"],
        ["fa", "می\u200cشود"],
    ],
    "NotoSerifBengali": [["bn", "কৃষ্ণেন্দু ভট্টাচার্য্য"], ["bn", "র\u200d্যাব উদ্বেগ স্ত্রী"], ["bn", "শাহ্\u200cনেওয়াজ"]],
    "NotoSerifDevanagari": [["ne", "श्रीमती लक्ष्मी कुँवर क्षेत्री"], ["ne", "गर्\u200dयो १४"], ["hi", "विट्ठल त्र्यंबक"]],
    "NotoSansThaana": [["dv", "އާމިނަތު ޢަބްދުﷲ"], ["dv", "މިނިވަންކަމާއެކު"]],
}


def document_of(key: str) -> CertificateDocument:
    """One of the sample documents."""
    fields = json.loads((GOLDEN / "documents.json").read_text())[key]
    fields["issued_at"] = datetime.fromisoformat(fields["issued_at"])
    fields["signatories"] = tuple(Signatory(**who) for who in fields["signatories"])
    return CertificateDocument(**fields)


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
    """Each glyph as [number in the font, advance, dx, dy], in thousandths of the size."""
    font = faces.shaped_font(f"{family}-Regular")
    token = drawing_language.set(language)
    try:
        runs = list(font.shape(text, visual=False))
    finally:
        drawing_language.reset(token)
    return [
        [font.face.charToGlyph[ord(g.character)], round(g.advance), round(g.dx), round(g.dy)]
        for _run, glyphs in runs
        for g in glyphs
    ]


def picture(pdf: bytes, page: int = 1) -> Image.Image:
    """What stands inside the border, small and in greys."""
    command = ["pdftoppm", "-r", "50", "-f", str(page), "-gray", "-png", "-singlefile", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    sheet = Image.open(io.BytesIO(done.stdout)).convert("L")
    return sheet.crop((38, 38, sheet.width - 38, sheet.height - 38))


def main() -> None:
    for key in (*LANGUAGES, "en-long", "ar-long", "en-ar", "es-dv", "bn-ne"):
        drawn = picture(render(document_of(key)))
        drawn.quantize(16).save(GOLDEN / f"{key}.png", optimize=True)
    for language in ("es", "ar", "bn"):
        drawn = picture(render_book(book_of(language)).data, page=3)
        drawn.quantize(16).save(BOOKS / f"{language}.png", optimize=True)
    runs = [
        [family, language, text, glyph_run(family, language, text)]
        for family, strings in STRINGS.items()
        for language, text in strings
    ]
    lines = ",\n".join(json.dumps(run, ensure_ascii=False) for run in runs)
    (GOLDEN / "glyph_runs.json").write_text(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    main()
