"""The drawn certificate: what it says, how it looks, what it holds."""

import io
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageStat

from certificates.pdf import CertificateDocument, UncoveredCharacters, faces, render, uncovered
from certificates.pdf.background import background_pdf, seal_svg
from certificates.pdf.shaping import EngineChanged, drawing_language, install

GOLDEN = Path(__file__).parent / "golden"
SAMPLES = json.loads((GOLDEN / "documents.json").read_text())
LEFT_TO_RIGHT = [key for key in SAMPLES if not re.search("ar|dv", key)]
PICTURES = sorted(path.stem for path in GOLDEN.glob("*.png"))
RUNS = json.loads((GOLDEN / "glyph_runs.json").read_text())


@pytest.fixture(scope="module")
def drawn(sample):
    """Return a function that draws a sample once."""
    made: dict[str, bytes] = {}

    def draw(key: str) -> bytes:
        if key not in made:
            made[key] = render(sample(key))
        return made[key]

    return draw


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("key", LEFT_TO_RIGHT)
def test_text_copied_from_the_file_is_exactly_what_was_set(key, drawn, sample, poppler):
    copied = words(poppler("pdftotext", drawn(key), "-raw").decode())
    document = sample(key).normalised()
    *body, number_label, number, verify_label, address = document.texts()
    expected = [*body, f"{number_label} {number} · {verify_label} {address}"]
    assert copied == " ".join(expected)


@pytest.mark.parametrize("key", ["ar", "ar-long", "en-ar", "es-dv"])
def test_right_to_left_words_carry_what_was_typed_with_their_vowel_marks(key, drawn, sample):
    document = sample(key).normalised()
    with pikepdf.open(io.BytesIO(drawn(key))) as pdf:
        content = pdf.pages[0].Contents.read_bytes().decode("latin-1")
    spans = re.findall(r"/ActualText <(?:feff)?([0-9a-f]+)>", content, re.IGNORECASE)
    typed = {bytes.fromhex(span).decode("utf-16-be").lstrip("\ufeff") for span in spans}
    for word in re.findall(r"[\u0600-\u06ff\u0780-\u07bf]+", document.name):
        assert any(word in span for span in typed), word


@pytest.mark.parametrize(("family", "language", "text", "expected"), RUNS)
def test_each_script_is_shaped_as_it_was(family, language, text, expected, golden):
    assert golden.glyph_run(family, language, text) == expected


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler-utils is not installed")
@pytest.mark.parametrize("key", PICTURES)
def test_the_page_looks_as_it_did(key, drawn, golden):
    seen = golden.picture(drawn(key))
    stored = Image.open(GOLDEN / f"{key}.png").convert("L")
    assert seen.size == stored.size
    difference = ImageChops.difference(seen, stored)
    # the stored ones have 16 greys, and other versions of poppler smooth edges a little differently
    assert ImageStat.Stat(difference).mean[0] < 2.5
    assert sum(difference.histogram()[96:]) < 0.001 * seen.width * seen.height


@pytest.mark.parametrize("key", sorted(SAMPLES))
def test_nothing_reaches_the_frame_or_the_seal(key, drawn, poppler):
    boxes = re.findall(
        r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"',
        poppler("pdftotext", drawn(key), "-bbox").decode(),
    )
    assert boxes
    for box in boxes:
        left, top, right, bottom = map(float, box)
        assert left > 53
        assert right < 789
        assert top > 90
        assert bottom < 545
        beside_seal = right < 421 - 42 or left > 421 + 42
        assert beside_seal or top > 515 or bottom < 478 - 30


def test_a_name_of_80_characters_fits_in_every_script(sample, poppler):
    for name in ("Ñandú " * 14, "ভট্টাচার্য্য " * 8, "القاضية المُعلَّى " * 5, "क्षेत्री " * 11, "ފަނޑިޔާރު " * 9):
        document = replace(sample("en"), name=name[:80])
        found = re.findall(
            r'xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)"',
            poppler("pdftotext", render(document), "-bbox").decode(),
        )
        assert min(float(left) for left, _ in found) > 53
        assert max(float(right) for _, right in found) < 789


def test_every_font_is_embedded(drawn, poppler):
    for key in ("en", "ar", "bn", "es-dv"):
        lines = poppler("pdffonts", drawn(key)).decode().splitlines()[2:]
        assert lines
        assert all(re.search(r"yes yes yes\s+\d+\s+\d+$", line) for line in lines), lines


def test_the_same_document_always_gives_the_same_bytes(sample):
    assert render(sample("ar")) == render(sample("ar"))


def test_the_file_says_what_it_is(drawn, sample):
    with pikepdf.open(io.BytesIO(drawn("ar"))) as pdf:
        root = pdf.Root
        assert str(root.Lang) == "ar"
        assert root.ViewerPreferences.DisplayDocTitle
        assert root.ViewerPreferences.Direction == pikepdf.Name.R2L
        assert str(pdf.docinfo["/Title"]) == f"شهادة إتمام – {sample('ar').name}"
        assert root.OutputIntents[0].OutputConditionIdentifier == "sRGB"
        with pdf.open_metadata() as about:
            assert about["dc:language"] == {"ar"} or about["dc:language"] == ["ar"]
            assert about["pdfaid:part"] == "3"
        assert len(pdf.pages) == 1


def test_the_structure_tells_the_title_the_paragraphs_and_the_link(drawn, sample):
    with pikepdf.open(io.BytesIO(drawn("es"))) as pdf:
        elements = list(pdf.Root.StructTreeRoot.K[0].K)
        roles = [str(element.S) for element in elements]
        assert roles.count("/H1") == 1
        assert roles.index("/H1") == 1  # after the institute
        assert roles.count("/Link") == 1
        assert str(elements[roles.index("/Link")].Alt) == sample("es").verify_url
        page = pdf.pages[0]
        assert [str(a.A.URI) for a in page.Annots] == [sample("es").verify_url]
        marks = pikepdf.unparse_content_stream(pikepdf.parse_content_stream(page)).count(b"MCID")
        assert marks == len([role for role in roles if role != "/Link"])


def test_everything_on_the_page_is_text_or_decoration(drawn):
    """PDF/UA: no drawing operator stands outside a mark."""
    with pikepdf.open(io.BytesIO(drawn("bn"))) as pdf:
        depth = 0
        for _operands, operator in pikepdf.parse_content_stream(pdf.pages[0]):
            name = str(operator)
            depth += (name in ("BDC", "BMC")) - (name == "EMC")
            if name in ("Tj", "TJ", "S", "f", "Do", "re", "m"):
                assert depth > 0, name
        assert depth == 0


def test_letters_that_no_font_has_are_refused_by_name(sample):
    with pytest.raises(UncoveredCharacters, match=r"U\+738B"):
        render(replace(sample("en"), name="王 Wang"))
    assert uncovered("Łukasz Žižek") == frozenset()
    assert uncovered("กข") == {"ก", "ข"}


def test_direction_marks_in_a_name_are_not_drawn(sample, poppler):
    document = replace(sample("en"), name="\u2067Amina\u2069 \u200eRahman")
    assert "Amina Rahman" in words(poppler("pdftotext", render(document), "-raw").decode())


def test_a_decomposed_name_is_drawn_composed(sample):
    decomposed = replace(sample("en"), name="Nguye\u0302\u0303n")
    assert decomposed.normalised().name == "Nguyễn"


def test_a_name_with_markup_is_drawn_as_typed(sample, poppler):
    document = replace(sample("en"), name="Amina <b>& Sons</b>")
    assert "Amina <b>& Sons</b>" in poppler("pdftotext", render(document), "-raw").decode()


def test_a_hook_that_has_gone_stops_the_start(monkeypatch):
    import xhtml2pdf.xhtml2pdf_reportlab as engine

    monkeypatch.delattr(engine, "MarkedCanvas")
    with pytest.raises(EngineChanged, match="MarkedCanvas"):
        install()


def test_the_language_of_the_document_chooses_local_letter_forms():
    font = faces.shaped_font("EBGaramond-Regular")
    forms = []
    for language in ("ru", "sr"):
        token = drawing_language.set(language)
        forms.append([glyphs for _run, glyphs in font.shape("б", visual=False)])
        drawing_language.reset(token)
    assert forms[0] != forms[1]


def test_the_background_is_small_and_has_no_font():
    data = background_pdf()
    assert len(data) < 20_000
    assert b"/Font" not in data


def test_the_seal_of_the_page_is_the_seal_of_the_paper():
    stored = Path(__file__).parents[2] / "certificates" / "static" / "certificates" / "seal.svg"
    assert stored.read_text() == seal_svg()


def test_the_document_is_frozen(sample):
    with pytest.raises(AttributeError):
        sample("en").name = "Somebody Else"
    assert isinstance(sample("en"), CertificateDocument)
