"""What single features of a file become."""

import io
import re
from fractions import Fraction

import pytest
import xlsxwriter

from assessments.interchange import Item, Media, Notice, Option, Skipped, read, write
from assessments.interchange.errors import FAULTS, NOTICES, InterchangeError
from assessments.interchange.markup import by_language
from assessments.interchange.moodle.reading import category_path
from assessments.scoring import score


def moodle(inside, kind):
    text = f'<quiz><question type="{kind}"><name><text>N</text></name>{inside}</question></quiz>'
    (entry,) = read(io.BytesIO(text.encode()))
    return entry


def asked(text="Q?"):
    return f'<questiontext format="html"><text><![CDATA[{text}]]></text></questiontext>'


def answers(*pairs):
    return "".join(
        f'<answer fraction="{share}" format="html"><text>{text}</text></answer>' for text, share in pairs
    )


def gift(text):
    (entry,) = read(io.BytesIO(text.encode()), form="gift")
    return entry


def sheet(*rows):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page = book.add_worksheet("Questions")
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    return list(read(stream))


def worth(item, response):
    return score(item.kind, item.spec, response, language="en").fraction


def codes(entry):
    return [notice.code for notice in entry.notices]


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("$course$/top/a/b", ("a", "b")),
        ("$module$/a//b/c", ("a/b", "c")),
        ("a", ("a",)),
        ("top", ()),
        ("$course$/top/Default for X", ("Default for X",)),
    ],
)
def test_a_category_is_a_path_and_two_slashes_are_one_in_a_name(written, path):
    assert category_path(written) == path


def test_languages_in_one_field_become_texts_by_language():
    html = (
        '<p>1. <span lang="en" class="multilang">Yes</span> <span class="multilang" lang="fr_ca">Oui</span>'
        '<span lang="es" class="multilang">Sí</span></p>'
    )
    texts = by_language(html, "es")
    assert texts == {"es": "<p>1. Sí</p>", "en": "<p>1. Yes</p>", "fr": "<p>1. Oui</p>"}
    assert list(texts) == ["es", "en", "fr"]
    assert by_language('<span lang="fr" class="multilang">seul</span>', "en") == {
        "en": '<span lang="fr" class="multilang">seul</span>'
    }
    assert moodle(asked(html) + answers(("<![CDATA[x]]>", 100)), "shortanswer").stem["fr"] == "<p>1. Oui</p>"


def test_weights_with_five_decimals_are_exact_again():
    item = moodle(
        "<single>false</single>"
        + asked()
        + answers(("a", "33.33333"), ("b", "33.33333"), ("c", "33.33333"), ("d", "-100")),
        "multichoice",
    )
    assert item.spec["options"] == {"1": "1/3", "2": "1/3", "3": "1/3", "4": "-1"}
    assert worth(item, {"choices": ["1", "2", "3"]}) == 1
    assert not item.notices


def test_a_wrong_option_below_zero_keeps_its_worth_beside_the_key():
    item = moodle(asked() + answers(("a", "100"), ("b", "-25"), ("c", "50")), "multichoice")
    assert item.spec["options"] == {"1": "1", "2": "0", "3": "1/2"}
    assert item.options[1].worth == Fraction(-1, 4)
    assert codes(item) == ["negative_fraction"]
    assert b'fraction="-25"' in write("moodle_xml", [item]).content


def test_units_are_brought_to_the_first_and_tolerance_is_kept():
    inside = (
        asked()
        + '<answer fraction="100"><text>1.5</text><tolerance>0.1</tolerance></answer>'
        + '<answer fraction="50"><text>2</text><tolerance>0</tolerance></answer>'
        + "<unitgradingtype>1</unitgradingtype><unitpenalty>0.1</unitpenalty>"
        + "<units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit>"
        + "<unit><multiplier>100</multiplier><unit_name>cm</unit_name></unit></units>"
    )
    item = moodle(inside, "numerical")
    assert worth(item, {"value": "155", "unit": "cm"}) == 1
    assert worth(item, {"value": "2", "unit": "m"}) == Fraction(1, 2)
    assert worth(item, {"value": "1.5", "unit": ""}) == Fraction(9, 10)


def test_a_cloze_becomes_gaps_with_their_weights():
    text = (
        "<p>Read.</p><p>Paris is {2:MULTICHOICE:=in France#Yes~in Spain},"
        " {1:SHORTANSWER_C:=Madrid~%50%madrid} has {1:NM:=3.3:0.1} million.</p>"
    )
    item = moodle(asked(text), "cloze")
    assert item.stem == {"en": "<p>Read.</p>"}
    assert item.passage == {"en": "<p>Paris is {{1}}, {{2}} has {{3}} million.</p>"}
    assert item.weight == 4
    assert worth(item, {"gaps": {"1": "1", "2": "madrid", "3": "3.35"}}) == Fraction(7, 8)
    assert item.gaps["1"][0].feedback == {"en": "Yes"}


def test_a_cloze_with_a_part_that_cannot_be_taken_is_skipped_by_name():
    entry = moodle(asked("{1:MULTIRESPONSE:=a~b}"), "cloze")
    assert isinstance(entry, Skipped)
    assert entry.notices == (Notice("gap_type", {"name": "MULTIRESPONSE"}),)


@pytest.mark.parametrize("kind", ["calculated", "calculatedsimple", "calculatedmulti"])
def test_calculated_questions_are_skipped_and_said_so(kind):
    assert codes(moodle(asked(), kind)) == ["calculated"]


def test_an_essay_for_files_alone_takes_files():
    inside = (
        asked()
        + "<responseformat>noinline</responseformat><attachments>2</attachments>"
        + "<filetypeslist>.pdf,.docx</filetypeslist><maxbytes>500000</maxbytes>"
    )
    item = moodle(inside, "essay")
    assert (item.kind, item.spec) == ("file", {"types": [".pdf", ".docx"], "most": 2, "largest": 500000})


def test_a_missing_word_leaves_a_line_in_the_question():
    assert gift("Grant is {~buried =entombed} in a tomb.").stem == {"en": "Grant is _____ in a tomb."}


def test_a_range_in_gift_is_a_value_and_its_tolerance():
    item = gift("From 1 to 5? {#1..5}")
    assert (item.spec["value"], item.spec["tolerance"]) == ("3", "2")


def test_escaped_signs_and_lines_of_gift_are_themselves():
    item = gift("::a\\:b::x \\{y\\} \\= 1\\n2 {=\\#\\~ z}")
    assert item.name == "a:b"
    assert item.stem == {"en": "x {y} = 1<br>2"}
    assert item.spec["accepted"] == {"en": ["#~ z"]}


def test_a_spreadsheet_as_a_trainer_fills_it():
    header = [
        "Kind",
        "Part",
        "Text",
        "Text [es]",
        "Worth",
        "Match",
        "Feedback",
        "Tolerance",
        "Gap",
        "Settings",
    ]
    single, multiple, numeric, matching, gap = sheet(
        header,
        ["single", "", "Who decides?\n\nOne only.", "¿Quién decide?", 2],
        ["", "", "The judge", "El juez", "x", "", "Yes."],
        ["", "", "The clerk < the judge", "El secretario", ""],
        ["multiple", "", "Which?"],
        ["", "", "a", "", "x"],
        ["", "", "b", "", "x"],
        ["", "", "c"],
        ["numeric", "", "How long?"],
        ["", "number", 1.5, "", "", "", "", "5 %"],
        ["matching", "", "Match."],
        ["", "", "Spain", "", "", "Madrid"],
        ["", "", "", "", "", "Rome"],
        ["gap", "", "Fill in."],
        ["", "passage", "The {{1}} decides."],
        ["", "accepted", "judge", "juez", "", "", "", "", "1"],
    )
    assert single.stem == {"en": "Who decides?<br><br>One only.", "es": "¿Quién decide?"}
    assert single.weight == 2
    assert single.options[1].text["en"] == "The clerk &lt; the judge"
    assert worth(multiple, {"choices": ["1", "2"]}) == 1
    assert worth(numeric, {"value": "1.57"}) == 1
    assert worth(numeric, {"value": "1.58"}) == 0
    assert matching.spec == {"pairs": {"1": "a1"}, "distractors": ["a2"]}
    assert worth(gap, {"gaps": {"1": "juez"}}) == 1


def test_a_cell_that_cannot_be_read_is_named_with_its_line():
    with pytest.raises(InterchangeError) as caught:
        sheet(["kind", "text", "worth"], ["single", "Q?", ""], ["", "a", "many"], ["", "b", ""])
    assert (caught.value.code, caught.value.place.line) == ("bad_cell", 3)


@pytest.mark.parametrize(("written", "value"), [("133,000", None), ("133000", "133000"), ("0,125", "0.125")])
def test_a_cell_of_thousands_or_decimals_is_not_guessed(written, value):
    lines = (["kind", "part", "text"], ["numeric", "", "Q?"], ["", "number", written])
    if value is None:
        with pytest.raises(InterchangeError) as caught:
            sheet(*lines)
        assert (caught.value.code, caught.value.place.line) == ("bad_cell", 3)
    else:
        (item,) = sheet(*lines)
        assert item.spec["value"] == value


def test_a_text_longer_than_a_cell_is_kept_whole():
    item = gift("A {T}")
    long = Item(item.kind, "en", item.spec, stem={"en": "word " * 19_999 + "end"}, options=item.options)
    (again,) = read(io.BytesIO(write("sheet", [long]).content))
    assert again.content() == long


def test_pictures_of_equal_names_stay_apart():
    first, second = (
        Item("description", "en", {}, weight=Fraction(0), stem={"en": '<img src="media:a.png">'}, media=media)
        for media in ((png(b"1"),), (png(b"2"),))
    )
    for form in ("sheet", "qti", "moodle_xml"):
        again = [entry.content() for entry in read(io.BytesIO(write(form, [first, second]).content))]
        assert [item.media for item in again] == [first.media, second.media]


def png(end):
    return Media("a.png", b"\x89PNG\r\n\x1a\n" + end)


def test_words_that_begin_like_a_worth_stay_words():
    options = [Option(str(at), {"en": text}) for at, text in enumerate(("%50%a", "=b", "~c"), 1)]
    weights = {"1": "0", "2": "0", "3": "1"}
    single = Item("single", "en", {"options": weights}, name="S", stem={"en": "Q?"}, options=tuple(options))
    gap = Item(
        "gap",
        "en",
        {
            "gaps": {
                "1": {"options": weights},
                "2": {"accepted": {"en": ["%c", "=d"]}, "accents": True, "case": True},
            }
        },
        name="G",
        passage={"en": "{{1}} {{2}}"},
        gaps={"1": tuple(options)},
        weight=Fraction(2),
    )
    short = Item(
        "short",
        "en",
        {"accepted": {"en": ["%9%x", "=y"]}, "case": False, "accents": True},
        name="T",
        stem={"en": "Q?"},
    )
    for form, items in (
        ("gift", [single, short]),
        ("moodle_xml", [single, gap, short]),
        ("sheet", [single, gap, short]),
    ):
        written = write(form, items)
        assert not written.notices
        assert [entry.content() for entry in read(io.BytesIO(written.content))] == items


def test_a_formula_like_text_is_written_as_text():
    item = gift("\\=1+1 is? {=2}")
    assert item.stem == {"en": "=1+1 is?"}
    (again,) = read(io.BytesIO(write("sheet", [item]).content))
    assert again.content() == item.content()


def test_a_unit_with_the_signs_of_a_setting_comes_back():
    unit = {"label": {"en": "a; b = [c]"}, "factors": {"x=1": "2"}, "required": False}
    spec = {"value": "1", "tolerance": "0", "tolerance_kind": "absolute", "unit": unit}
    item = Item("numeric", "en", spec, name="N", stem={"en": "How much?"})
    written = write("sheet", [item])
    assert not written.notices
    assert [entry.content() for entry in read(io.BytesIO(written.content))] == [item]


def test_words_marked_across_elements_are_named_as_not_written():
    spec = {"words": {"1": True, "2": False}, "rule": "partial"}
    passage = {"en": "<b>{{1|a</b>}} {{2|b}}"}
    item = Item("words", "en", spec, name="W", stem={"en": "Which?"}, passage=passage)
    assert write("qti", [item]).notices == {0: (Notice("not_exported", {"name": "words"}),)}


def test_a_kind_that_only_we_have_goes_through_our_spreadsheet_and_is_named_elsewhere():
    spec = {"start": "s", "situations": {"s": {"decisions": {"a": {"worth": "1"}, "b": {"worth": "0"}}}}}
    item = Item("scenario", "en", spec, name="S", stem={"en": "Decide."})
    (again,) = read(io.BytesIO(write("sheet", [item]).content))
    assert again.content() == item
    for form in ("moodle_xml", "gift", "qti"):
        assert write(form, [item]).notices == {0: (Notice("not_exported", {"name": "scenario"}),)}


def test_every_sentence_takes_values_by_name_and_nothing_else():
    for sentence in (*FAULTS.values(), *NOTICES.values()):
        rest = re.sub(r"%\([a-z]+\)s|%%", "", sentence)
        assert "%" not in rest
