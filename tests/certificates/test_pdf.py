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

from certificates.pdf import CertificateDocument, render
from certificates.pdf.background import form_of, seal_svg
from certificates.pdf.shaping import EngineChanged, install

GOLDEN = Path(__file__).parent / "golden"
SAMPLES = [
    key for name in ("documents", "languages") for key in json.loads((GOLDEN / f"{name}.json").read_text())
]
PICTURES = sorted(path.stem for path in GOLDEN.glob("*.png"))


def words(text: str) -> str:
    return " ".join(text.split())


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


def test_every_font_is_embedded(drawn, poppler):
    for key in ("en", "ar", "bn", "es-dv"):
        lines = poppler("pdffonts", drawn(key)).decode().splitlines()[2:]
        assert lines
        assert all(re.search(r"yes yes yes\s+\d+\s+\d+$", line) for line in lines), lines


def test_only_the_letters_that_are_drawn_are_embedded(drawn):
    with pikepdf.open(io.BytesIO(drawn("en"))) as pdf:
        for font in pdf.pages[0].Resources.Font.values():
            widths = [width for width in map(int, font.Widths) if width]
            assert len(widths) < 60  # all of ASCII alone are 95
    assert len(drawn("en")) < 45_000


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


def test_the_background_is_small_and_has_no_font():
    pdf = pikepdf.new()
    form = form_of(pdf)
    tiles = list(form.Resources.XObject.values())
    assert len(tiles) > 10
    assert sum(len(each.read_raw_bytes()) for each in (form, *tiles)) < 10_000
    assert not any("/Font" in each.Resources for each in (form, *tiles))


def test_the_seal_of_the_page_is_the_seal_of_the_paper():
    stored = Path(__file__).parents[2] / "certificates" / "static" / "certificates" / "seal.svg"
    assert stored.read_text() == seal_svg()


def test_the_document_is_frozen(sample):
    with pytest.raises(AttributeError):
        sample("en").name = "Somebody Else"
    assert isinstance(sample("en"), CertificateDocument)
