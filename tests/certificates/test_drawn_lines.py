"""Pages read by their lines: the same as when they are read operator by operator, or left to that."""

import io

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from certificates.pdf import drawn_lines, tags
from certificates.pdf.rendering import compose, draw
from certificates.pdf.shaping import drawing_language


@pytest.fixture
def engine_drew(sample):
    """Return a function that gives a certificate as the engine has drawn it, before it is finished."""

    def engine_drew(key):
        document = sample(key).normalised()
        token = drawing_language.set(document.language)
        try:
            return pikepdf.open(io.BytesIO(draw(compose(document).html(), engine_css="")))
        finally:
            drawing_language.reset(token)

    return engine_drew


@pytest.mark.parametrize("key", ["en", "ar", "bn", "en-ar", "ar-long"])
def test_both_readings_tell_the_same_texts_and_marks(key, engine_drew, monkeypatch):
    with engine_drew(key) as by_lines, engine_drew(key) as by_operators:
        content, texts = drawn_lines.read(by_lines.pages[0], {1})
        monkeypatch.setattr(drawn_lines, "read", lambda *_: None)
        slowly, told_slowly = tags.marked(by_operators.pages[0], {1})
    assert texts == told_slowly
    assert len(texts) > 8
    for operator in (b"TJ", b"Ts", b"rg", b"cm"):
        assert content.split().count(operator) == slowly.split().count(operator)
    assert content.count(b"/Pagination") == slowly.count(b"/Pagination") == 1


def test_the_font_that_draws_nothing_is_gone(engine_drew):
    with engine_drew("es") as pdf:
        fonts = pdf.pages[0].Resources.Font
        assert "/F1" in fonts
        content, _texts = drawn_lines.read(pdf.pages[0], set())
        assert "/F1" not in fonts
        assert b"/F1 " not in content


@pytest.mark.parametrize(
    "extra",
    [
        lambda canvas: canvas.rect(10, 10, 50, 50, fill=1),
        lambda canvas: canvas.line(10, 10, 50, 50),
        lambda canvas: canvas.drawString(10, 10, "Without a mark"),
    ],
    ids=["ground", "rule", "text without a mark"],
)
def test_a_page_with_anything_else_is_left_to_the_operators(extra):
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=0)
    extra(canvas)
    canvas.save()
    with pikepdf.open(io.BytesIO(out.getvalue())) as pdf:
        assert drawn_lines.read(pdf.pages[0], set()) is None
        content, texts = tags.marked(pdf.pages[0])
    assert texts == []
    assert b"/Artifact BMC" in content
