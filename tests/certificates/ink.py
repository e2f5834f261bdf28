"""The same texts drawn by xhtml2pdf with our shaping and by Chromium, and how much ink they share."""

import io
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter
from playwright.sync_api import Browser, sync_playwright
from xhtml2pdf import pisa

from certificates.pdf import faces
from certificates.pdf.shaping import drawing_language

PAGE = "@page { size: 560pt 70pt; margin: 12pt 20pt } body { margin: 0; font-size: 22pt; line-height: 34pt }"
DOTS = 100  # an inch


@contextmanager
def launched() -> Iterator[Browser]:
    """A Chromium of the system's."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def ours(family: str, language: str, texts: list[str]) -> Iterator[Image.Image]:
    """Each text on a page of its own, as certificates are drawn."""
    faces.register()
    direction = "rtl" if faces.is_right_to_left(texts[0]) else "ltr"
    lines = "<pdf:nextpage/>".join(f"<div>{escape(text)}</div>" for text in texts)
    html = (
        f'<html dir="{direction}"><head><style>{PAGE} div {{ font-family: {family} }}</style></head>'
        f"<body>{lines}</body></html>"
    )
    out = io.BytesIO()
    token = drawing_language.set(language)
    try:
        assert not pisa.CreatePDF(html, dest=out).err
    finally:
        drawing_language.reset(token)
    return _pictures(out.getvalue())


def chromiums(browser: Browser, family: str, language: str, texts: list[str]) -> Iterator[Image.Image]:
    """The same pages as Chromium prints them, with the same file of the font."""
    font = (faces.FONTS / f"{family}-Regular.ttf").as_uri()
    lines = "".join(f'<div dir="auto">{escape(text)}</div>' for text in texts)
    html = (
        f'<html lang="{language}"><head><meta charset="utf-8"><style>{PAGE}'
        f" @font-face {{ font-family: F; src: url({font}) }} div {{ font-family: F }}"
        f" div + div {{ break-before: page }}</style></head><body>{lines}</body></html>"
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "texts.html"
        file.write_text(html, encoding="utf-8")
        page = browser.new_page()
        page.goto(file.as_uri())
        page.evaluate("document.fonts.ready")
        data = page.pdf(prefer_css_page_size=True)
        page.close()
    return _pictures(data)


def shared(first: Image.Image, second: Image.Image) -> float:
    """How much of the ink of two pictures lies where the other has ink, or a dot beside it."""
    width = max(first.width, second.width) + 8
    height = max(first.height, second.height) + 8
    one, best = _on(first, 4, 4, width, height), 0.0
    for left in range(2, 7):
        for top in range(2, 7):
            other = _on(second, left, top, width, height)
            common = _ink(ImageChops.multiply(one, _wider(other))) + _ink(
                ImageChops.multiply(other, _wider(one))
            )
            best = max(best, common / (_ink(one) + _ink(other)))
    return best


def _pictures(pdf: bytes) -> Iterator[Image.Image]:
    with tempfile.TemporaryDirectory() as folder:
        command = ["pdftoppm", "-r", str(DOTS), "-gray", "-png", "-", f"{folder}/page"]
        subprocess.run(command, input=pdf, check=True)
        for file in sorted(Path(folder).iterdir()):
            page = Image.open(file).convert("L").point(lambda grey: 255 if grey < 128 else 0)
            yield page.crop(page.getbbox())


def _on(picture: Image.Image, left: int, top: int, width: int, height: int) -> Image.Image:
    sheet = Image.new("L", (width, height))
    sheet.paste(picture, (left, top))
    return sheet


def _wider(picture: Image.Image) -> Image.Image:
    return picture.filter(ImageFilter.MaxFilter(3))


def _ink(picture: Image.Image) -> int:
    return picture.histogram()[255]
