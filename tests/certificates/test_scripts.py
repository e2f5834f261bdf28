"""Every script: shaped as HarfBuzz shapes it, copied as it was set, and refused where no font has it."""

import json
import re
import shutil
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from certificates.pdf import UncoveredCharacters, faces, render, uncovered
from certificates.pdf.coverage import drawn_in_every_style
from certificates.pdf.shaping import shared_out
from tests.certificates import make_table, reading

GOLDEN = Path(__file__).parent / "golden"
RUNS = json.loads((GOLDEN / "glyph_runs.json").read_text())
SAMPLES = [
    key for name in ("documents", "languages") for key in json.loads((GOLDEN / f"{name}.json").read_text())
]
RIGHT_TO_LEFT = [key for key in SAMPLES if re.search(r"\b(ar|dv|fa|ur)\b", key)]
LEFT_TO_RIGHT = [key for key in SAMPLES if key not in RIGHT_TO_LEFT]
# where every letter is one glyph in its place, even a reader of bare glyphs finds the very same text
PLAIN = {"en", "es", "pt", "fr", "ht", "sq", "bs", "id", "fil", "sw", "vi", "mk", "sr", "uk"}
ONE_GLYPH_A_LETTER = [
    key for key in LEFT_TO_RIGHT if set(key.split("-")) <= PLAIN | {"long", "word", "decomposed"}
]
NAMES = {
    "Latin": "Ñandú Łukasz Žižek ",
    "Vietnamese, decomposed": unicodedata.normalize("NFD", "Nguyễn Thị Phượng "),
    "Cyrillic": "Ђорђе Їжакевич Ѓорѓи ",
    "Arabic": "القاضية المُعلَّى ",
    "Urdu": "جسٹس عائشہ گھرکی ",
    "Thaana": "ފަނޑިޔާރު ޢަބްދުﷲ ",
    "Bangla": "ভট্টাচার্য্য কৃষ্ণেন্দু ",
    "Devanagari": "क्षेत्री लक्ष्मी कुँवर ",
    "Thai": "ผู้พิพากษา ปิ่นเกล้า ",
}
FOREIGN = {
    "Han": "王小明",
    "Hangul": "김민준",
    "Kana": "さくら",
    "Hebrew": "שרה",
    "Tamil": "கமலா",
    "Sinhala": "නිමල්",
    "Georgian": "ნინო",
    "Armenian": "Արամ",
    "Ethiopic": "አበበ",
    "Khmer": "សុខា",
    "Burmese": "အောင်",
    "Lao": "ສົມ",
    "Gujarati": "હરિ",
}


@pytest.mark.parametrize(("name", "language", "family", "text", "expected"), RUNS)
def test_each_script_is_shaped_as_harfbuzz_shapes_it(name, language, family, text, expected, golden):
    assert golden.our_glyph_run(family, language, text) == expected


@pytest.mark.parametrize(
    ("name", "language", "family", "text", "expected"),
    [row for row in RUNS if faces.is_right_to_left(row[3]) and not row[3].isdecimal()],
)
def test_words_handed_over_in_drawing_order_are_shaped_the_same(
    name, language, family, text, expected, golden
):
    """xhtml2pdf turns right-to-left words round before they are drawn."""
    for word in text.split():
        turned = golden.our_glyph_run(family, language, word[::-1], visual=True)
        assert turned == golden.glyph_run(family, language, word)


def test_the_sets_are_thirty():
    assert len({name for name, *_ in RUNS}) == 30


def test_a_decomposed_name_is_shaped_like_a_composed_one(golden):
    for text in ("Nguyễn Thị Phượng Quỳnh", "Đặng Hữu Ước"):
        decomposed = unicodedata.normalize("NFD", text)
        assert decomposed != text
        assert golden.our_glyph_run("EBGaramond", "vi", decomposed) == golden.our_glyph_run(
            "EBGaramond", "vi", text
        )


@pytest.mark.parametrize(
    ("family", "text", "plain", "local"),
    [("EBGaramond", "б", "ru", "sr"), ("NotoSerifDevanagari", "झ५८", "hi", "ne")],
)
def test_the_language_of_the_document_chooses_local_letter_forms(family, text, plain, local, golden):
    assert golden.our_glyph_run(family, plain, text) != golden.our_glyph_run(family, local, text)


@pytest.mark.parametrize("key", LEFT_TO_RIGHT)
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_text_copied_from_the_file_is_exactly_what_was_set(key, drawn, sample):
    assert reading.copied(drawn(key)) == reading.set_text(sample(key))


@pytest.mark.parametrize("key", ONE_GLYPH_A_LETTER)
def test_a_reader_of_glyphs_alone_finds_exactly_what_was_set(key, drawn, sample):
    assert reading.by_glyphs(drawn(key)) == reading.set_text(sample(key))


@pytest.mark.parametrize("key", [key for key in LEFT_TO_RIGHT if key not in ONE_GLYPH_A_LETTER])
def test_a_reader_of_glyphs_alone_finds_every_letter_in_its_order(key, drawn, sample):
    """It may see spaces where a mark is moved, and a vowel of two parts taken apart."""
    found, wanted = reading.by_glyphs(drawn(key)), reading.set_text(sample(key))
    assert reading.letters(found) == reading.letters(wanted)


@pytest.mark.parametrize("key", RIGHT_TO_LEFT)
def test_right_to_left_words_carry_what_was_typed_in_logical_order(key, drawn, sample):
    assert reading.right_to_left_words(sample(key)) - reading.said(drawn(key)) == set()


def test_a_letter_that_takes_two_glyphs_leaves_none_without_meaning():
    # drawn before and after its consonant: e, l, aa
    assert shared_out("\u09b2\u09cb", [0, 0, 1], right_to_left=False) == ["\u09b2", "\u09c7", "\u09be"]
    # the end of the word is drawn first, its dots before the letter
    assert shared_out("\u0628\u0627", [1, 0, 0], right_to_left=True) == ["\u0627", "\u200f", "\u0628"]
    assert shared_out("ffi", [0], right_to_left=False) == ["ffi"]
    assert shared_out("", [], right_to_left=False) == []


def boxes(pdf: bytes, poppler) -> list[tuple[float, float]]:
    found = re.findall(
        r'xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)"', poppler("pdftotext", pdf, "-bbox").decode()
    )
    return [(float(left), float(right)) for left, right in found]


@pytest.mark.parametrize("sheet", ["en", "ar"])
@pytest.mark.parametrize("script", NAMES)
def test_a_name_of_80_characters_stays_in_the_frame(script, sheet, sample, poppler):
    for name in ((NAMES[script] * 8)[:80].strip(), (NAMES[script].replace(" ", "") * 8)[:80]):
        sides = boxes(render(replace(sample(sheet), name=name)), poppler)
        assert min(left for left, _ in sides) > 53
        assert max(right for _, right in sides) < 789


@pytest.mark.parametrize("script", NAMES)
def test_a_course_of_160_characters_stays_in_the_frame(script, sample, poppler):
    sides = boxes(render(replace(sample("en"), course=(NAMES[script] * 12)[:160].strip())), poppler)
    assert min(left for left, _ in sides) > 53
    assert max(right for _, right in sides) < 789


@pytest.mark.parametrize("script", FOREIGN)
def test_letters_that_no_font_has_are_refused_by_name(script, sample):
    with pytest.raises(UncoveredCharacters) as refused:
        render(replace(sample("en"), name=f"{FOREIGN[script]} Wang"))
    for letter in FOREIGN[script]:
        assert letter in str(refused.value)
        assert f"U+{ord(letter):04X}" in str(refused.value)
    assert "W" not in refused.value.characters


def test_a_name_may_mix_scripts_that_fonts_have(sample):
    assert uncovered("Łukasz Ђорђе فاطمة އާމިނަތު কৃষ্ণ लक्ष्मी ปิ่น") == frozenset()
    render(replace(sample("en"), name="Łukasz Ђорђе فاطمة އާމިނަތު কৃষ্ণ लक्ष्मी ปิ่น"))


def test_the_fonts_of_a_family_draw_the_same_letters():
    for face in faces.FACES:
        assert face.scripts
        assert (faces.FONTS / f"{face.family}-OFL.txt").exists()
        assert len(drawn_in_every_style(face)) > 300


@pytest.mark.parametrize("language", ["vi", "sr", "ar", "dv", "bn", "ne", "th"])
def test_the_table_in_the_guides_is_what_is_measured(language):
    """One language of each script, for time; the table is made whole by `make_table`."""
    table = make_table.TABLE.read_text()
    assert make_table.line(language) in table, "python -m tests.certificates.make_table"


def test_the_table_in_the_guides_names_every_language_there_is_a_sheet_of():
    listed = re.findall(r"^\| (\w[^|]*?) \|", make_table.TABLE.read_text(), re.MULTILINE)
    assert set(map(make_table.english, make_table.languages())) <= set(listed)
