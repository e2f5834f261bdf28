"""Sheets with a design, in two languages, and transcripts: how they look, and that nothing overflows."""

import io
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageStat

from certificates.pdf import BilingualDocument, fits, render
from tests.certificates.layouts import EIGHTY, designed, documents, transcript

GOLDEN = Path(__file__).parent / "golden" / "layouts"
KEYS = sorted(path.stem for path in GOLDEN.glob("*.png"))
BOX = r'<(word|page) (?:xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)")?'
LANDSCAPE, PORTRAIT = (53, 50, 789, 546), (40, 46, 555, 832)  # inside the frame; inside the margins


@pytest.fixture(scope="module")
def layouts(sample):
    return documents(sample)


@pytest.fixture
def boxes(poppler):
    """Return a function that gives the box of every word of a file."""

    def of(pdf):
        found = poppler("pdftotext", pdf, "-bbox").decode()
        return [tuple(map(float, box[1:])) for box in re.findall(BOX, found) if box[0] == "word"]

    return of


def inside(found, frame):
    return [
        box
        for box in found
        if box[0] < frame[0] or box[1] < frame[1] or box[2] > frame[2] or box[3] > frame[3]
    ] == []


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler-utils is not installed")
@pytest.mark.parametrize("key", KEYS)
def test_each_layout_looks_as_it_did(key, layouts, golden):
    seen = golden.picture(render(layouts[key]))
    stored = Image.open(GOLDEN / f"{key}.png").convert("L")
    assert seen.size == stored.size
    difference = ImageChops.difference(seen, stored)
    assert ImageStat.Stat(difference).mean[0] < 2.5
    assert sum(difference.histogram()[96:]) < 0.001 * seen.width * seen.height


def test_every_layout_has_a_picture(layouts):
    assert set(KEYS) == set(layouts)


@pytest.mark.parametrize("script", sorted(EIGHTY))
def test_a_name_a_title_and_an_office_of_80_characters_fit_on_the_sheet(script, sample, boxes):
    text = EIGHTY[script]
    assert len(text) >= 80
    for language in ("es", "ar", "bn"):
        sheet = designed(sample(language), name=text, course=text)
        who = replace(sheet.signatories[0], name=text, office=text)
        sheet = replace(sheet, signatories=(who, who), organisation=text)
        assert inside(boxes(render(sheet)), LANDSCAPE), language


@pytest.mark.parametrize("script", sorted(EIGHTY))
def test_a_name_and_titles_of_80_characters_fit_in_two_languages(script, sample, boxes):
    text = EIGHTY[script]
    first = designed(sample("es"), name=text, course=text, organisation=text)
    second = designed(sample("ar"), course=text, organisation=text)
    assert inside(boxes(render(BilingualDocument(first=first, second=second))), LANDSCAPE)
    assert inside(boxes(render(BilingualDocument(first=second, second=first))), LANDSCAPE)


@pytest.mark.parametrize("script", sorted(EIGHTY))
def test_a_name_and_titles_of_80_characters_fit_on_a_transcript(script, sample, boxes):
    text = EIGHTY[script]
    for language in ("es", "ar"):
        document = transcript(sample(language), 2, name=text, organisation=text)
        line = replace(document.lines[0], course=text, kind=text, language=text)
        assert inside(boxes(render(replace(document, lines=(line, line)))), PORTRAIT), language


def test_a_title_of_300_characters_without_a_space_is_still_inside_and_is_warned_of(sample, boxes):
    sheet = replace(sample("en"), course="Rindfleischetikettierung" * 12)
    assert inside(boxes(render(sheet)), LANDSCAPE)
    (warned,) = fits(sheet)
    assert (warned.part, warned.least) == ("course", 13)
    assert warned.size < 13


def test_what_fits_is_not_warned_of(sample, layouts):
    assert fits(sample("es")) == []
    assert fits(layouts["es-ar"]) == []
    assert fits(layouts["transcript-es"]) == []


def test_a_crowded_sheet_is_warned_of_by_each_text_that_became_too_small(sample):
    crowded = designed(sample("es"), course=EIGHTY["Latin"] * 4)
    crowded = replace(
        crowded, accreditation="Acreditado por el Consejo. " * 40, wording="Seis módulos. " * 60
    )
    assert {"course", "accreditation", "wording"} <= {one.part for one in fits(crowded)}


def test_warning_draws_nothing_and_is_the_same_each_time(sample):
    sheet = replace(sample("bn"), course=EIGHTY["Bangla"] * 6)
    assert fits(sheet) == fits(sheet) != []


def test_a_transcript_goes_on_over_the_pages_with_its_headings(sample, poppler):
    document = transcript(sample("es"), 40)
    pdf = render(document)
    pages = poppler("pdftotext", pdf, "-layout").decode().split("\f")[:-1]
    assert len(pages) == 4
    for number, page in enumerate(pages, 1):
        assert re.search(rf"\b{number} ?/ ?4\b", page)
        assert re.search(r"A +B +C +D +E +F", page)
    assert sum(page.count("TIP-101") for page in pages) == 40
    assert document.signatories[0].name in pages[-1]


def test_a_table_is_told_as_one_with_its_headings_once(sample):
    with pikepdf.open(io.BytesIO(render(transcript(sample("es"), 40)))) as pdf:
        (table,) = [one for one in pdf.Root.StructTreeRoot.K[0].K if one.S == "/Table"]
        rows = list(table.K)
        assert len(rows) == 1 + 40 + 1
        assert [str(cell.S) for cell in rows[0].K] == ["/TH"] * 6
        assert [str(cell.S) for cell in rows[1].K] == ["/TH"] + ["/TD"] * 5
        assert str(rows[0].K[0].A.Scope) == "/Column"
        assert str(rows[1].K[0].A.Scope) == "/Row"


def test_the_second_language_is_told_by_its_name(layouts):
    with pikepdf.open(io.BytesIO(render(layouts["es-ar"]))) as pdf:
        assert str(pdf.Root.Lang) == "es"
        told = [str(one.get("/Lang", "")) for one in pdf.Root.StructTreeRoot.K[0].K]
        roles = [str(one.S) for one in pdf.Root.StructTreeRoot.K[0].K]
        assert told.index("ar") > roles.index("/H1")
        # each language whole, one after the other
        body = [code for code, role in zip(told, roles, strict=True) if role in ("/H1", "/P")]
        assert body[: body.index("ar")] == [""] * body.index("ar")
        assert body.count("ar") >= 7


def test_pictures_are_told_by_their_words_and_stay_see_through(layouts):
    with pikepdf.open(io.BytesIO(render(layouts["design-es"]))) as pdf:
        figures = [one for one in pdf.Root.StructTreeRoot.K[0].K if one.S == "/Figure"]
        assert [str(one.Alt) for one in figures] == [
            *("logo", "second_logo", "signature_1", "signature_2", "seal")
        ]
        for figure in figures:
            left, bottom, right, top = map(float, figure.A.BBox)
            assert 53 < left < right < 789
            assert 50 < bottom < top < 546
        images = [one for one in pdf.pages[0].Resources.XObject.values() if one.Subtype == "/Image"]
        assert len(images) == 5
        assert all("/SMask" in image for image in images)


def test_a_design_without_pictures_has_the_mark_and_the_seal_of_ours(sample):
    with_ours = render(sample("es"))
    without = render(designed(sample("es")))
    with pikepdf.open(io.BytesIO(with_ours)) as ours, pikepdf.open(io.BytesIO(without)) as theirs:
        forms = [
            set(pdf.pages[0].Resources.XObject.Background.Resources.XObject.keys()) for pdf in (ours, theirs)
        ]
    assert {"/seal-outer", "/mark-27"} <= forms[0]
    assert not {"/seal-outer", "/mark-27"} & forms[1]


def test_the_order_of_two_languages_follows_their_directions(layouts, poppler):
    """Arabic stands on the right, whichever language leads."""
    for key in ("es-ar", "ar-es"):
        found = poppler("pdftotext", render(layouts[key]), "-bbox").decode()
        spanish = float(re.search(r'xMin="([\d.]+)"[^>]*>Certificado\b', found)[1])
        assert spanish < 421
