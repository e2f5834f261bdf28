"""Every real file from other products: what is read, and what is skipped or adapted, by name.

The files are not ours to pass on. They are looked for beside the repository, or where
QUESTION_SAMPLES says, and these tests are skipped without them.
"""

import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from assessments.interchange import InterchangeError, Item, read, write

SAMPLES = Path(
    os.environ.get("QUESTION_SAMPLES") or Path(__file__).parents[4] / "shared" / "data" / "questions"
)
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample files are not here")

# file → for each question its kind, or "-" where it is left out, and the notices
MOODLE = {
    "format/multianswer/multianswer-all-types.xml": ["- gap_type"],
    "format/xml/broken_cloze_questions.xml": [
        *("- no_gaps", "- no_gaps", "- too_few_answers", "- no_right_answer", "- bad_number"),
    ],
    "format/xml/categories_reverse_order.xml": ["essay category_text", "short category_text"],
    "format/xml/category_with_description.xml": ["true_false category_text"],
    "format/xml/error_invalid_grades.xml": ["multiple fraction_snapped"],
    "format/xml/export_category.xml": ["true_false category_text"],
    "format/xml/html_chars_in_idnumbers.xml": ["true_false category_text"],
    "format/xml/multianswer.xml": ["gap"],
    "format/xml/multichoice.xml": ["single"],
    "format/xml/nested_categories.xml": ["true_false category_text"],
    "format/xml/nested_categories_with_questions.xml": [
        *("true_false category_text", "essay category_text", "true_false"),
        *("true_false category_text", "true_false category_text"),
    ],
    "format/xml/old_format_file.xml": ["true_false", "true_false"],
    "format/xml/sample_questions_with_old_image_tag.xml": ["gap", "single"],
    "format/xml/truefalse.xml": ["true_false", "true_false"],
    "type/ddimageortext/testquestion.moodle.xml": ["- unknown_type"],
    "type/ddmarker/testquestion.moodle.xml": ["- unknown_type"],
    "type/ddwtos/testquestion.moodle.xml": ["gap"],
    "type/description/testquestion.moodle.xml": ["description"],
    "type/essay/testquestion.moodle.xml": ["essay"],
    "type/gapselect/testquestion.moodle.xml": ["gap"],
    "type/match/testquestion.moodle.xml": ["matching"],
    "type/multichoice/testquestion.moodle.xml": ["multiple most_choices"],
    "type/numerical/testquestion.moodle.xml": ["numeric"],
    "type/ordering/testexport.moodle.xml": ["ordering ordering_rule"],
    "type/ordering/testimport.moodle.xml": ["ordering ordering_rule"],
    "type/ordering/testimportlong.moodle.xml": ["ordering ordering_rule"],
    "type/ordering/testoldquestion.moodle.xml": ["ordering ordering_rule"],
    "type/ordering/testquestion.moodle.xml": ["ordering ordering_rule"],
    "type/shortanswer/testquestion.moodle.xml": ["short"],
    "type/truefalse/testquestion.moodle.xml": ["true_false"],
}
TEXTS = {
    "moodle-format/aiken/aiken_errors.txt": [
        *("- too_few_options", "- no_text", "- no_text", "single", "- no_right_answer", "single", "single"),
    ],
    "moodle-format/aiken/questions.aiken.txt": ["single", "single"],
    "moodle-format/gift/questions.gift.txt": [
        *("essay", "matching", "single", "multiple", "numeric", "short", "true_false"),
        *("true_false", "true_false"),
    ],
    "moodle-format/gift/questions_encoding_windows-1252.gift.txt": [
        *("essay guessed_encoding", "essay", "matching"),
    ],
    "moodle-format/gift/questions_in_category.gift.txt": ["matching", "single", "short", "true_false"],
    "moodle-format/missingword/question.missingword1.txt": ["single"],
    "moodle-format/missingword/question.missingword2.txt": ["short"],
    "moodle-format/missingword/question.missingword3.txt": ["single"],
    "moodle-type/ordering/testexport.gift.txt": ["ordering ordering_rule"],
    "moodle-type/ordering/testimport.gift.txt": ["ordering ordering_subset ordering_rule"],
}
QTI = {
    "items_2.1/Example02-feedbackInline.xml": "true_false",
    "items_2.1/categorization.xml": "matching part_weights",
    "items_2.1/choice.xml": "single missing_media",
    "items_2.1/essay.xml": "essay",
    "items_2.1/extended_text_rubric.xml": "essay missing_media",
    "items_2.1/gap_match.xml": "gap drag part_weights",
    "items_2.1/match.xml": "- unknown_type",
    "items_2.1/match2.xml": "matching feedback",
    "items_2.1/order.xml": "ordering",
    "items_2.1/text_entry.xml": "gap",
}
PACKAGES = {
    "test_qti_2.2": ["multiple test", "single", "gap", "true_false", "essay"],
    "qti21-sample-package": [
        *("single test", "multiple", "gap", "essay", "matching", "ordering", "gap drag", "words"),
        "- unknown_type",
    ],
}
GIFT_KINDS = {
    "MC": {"single", "multiple"},
    "TF": {"true_false"},
    "Short": {"short"},
    "Numerical": {"numeric"},
    "Matching": {"matching"},
    "Essay": {"essay"},
    "Description": {"description"},
}


def told(entries):
    """Each question in a word, with its notices."""
    return [
        " ".join([getattr(entry, "kind", "-"), *(notice.code for notice in entry.notices)])
        for entry in entries
    ]


def packed(folder):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder).as_posix())
    return stream


def entries_of(path):
    return list(read(io.BytesIO(path.read_bytes())))


@pytest.mark.parametrize("name", MOODLE)
def test_moodle_files_are_read_and_their_skipped_features_named(name):
    assert told(entries_of(SAMPLES / f"moodle-{name}")) == MOODLE[name]


@pytest.mark.parametrize("name", TEXTS)
def test_text_files_are_read_and_their_skipped_features_named(name):
    assert told(entries_of(SAMPLES / name)) == TEXTS[name]


def test_all_of_moodles_own_gift_examples_are_read():
    entries = entries_of(SAMPLES / "moodle-format/gift/examples.txt")
    assert len(entries) == 43
    assert {word for line in told(entries) for word in line.split()[1:]} == {"most_choices"}


def test_no_xml_of_moodle_is_left_out_of_the_list():
    found = {path.relative_to(SAMPLES).as_posix() for path in SAMPLES.glob("moodle-*/**/*.xml")}
    assert found == {f"moodle-{name}" for name in MOODLE}


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("gift/*.gift")), ids=lambda path: path.stem)
def test_gift_files_hold_the_kinds_that_their_twins_in_json_say(path):
    twins = json.loads(path.with_suffix(".json").read_text())
    expected = [GIFT_KINDS[twin["type"]] for twin in twins if twin["type"] != "Category"]
    found = entries_of(path) if expected else []
    assert len(found) == len(expected)
    assert all(entry.kind in kinds for entry, kinds in zip(found, expected, strict=True))


@pytest.mark.parametrize("name", QTI)
def test_items_of_qti_2_are_read(name):
    assert told(entries_of(SAMPLES / "qti" / name)) == [QTI[name]]


@pytest.mark.parametrize("name", PACKAGES)
def test_packages_of_qti_2_and_3_are_read(name):
    assert told(read(packed(SAMPLES / "qti" / name))) == PACKAGES[name]


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("qti/items_1.2/*.xml")), ids=lambda path: path.stem)
def test_qti_1_is_refused_with_a_sentence(path):
    with pytest.raises(InterchangeError) as caught:
        entries_of(path)
    assert caught.value.code in ("qti_1", "not_well_formed", "declarations")


@pytest.mark.parametrize("name", MOODLE)
@pytest.mark.parametrize("form", ["moodle_xml", "sheet"])
def test_moodle_questions_keep_text_marks_feedback_and_pictures(name, form):
    items = [entry for entry in entries_of(SAMPLES / f"moodle-{name}") if isinstance(entry, Item)]
    if not items:
        return
    written = write(form, items)
    assert not written.notices
    again = list(read(io.BytesIO(written.content)))
    assert [entry.content() for entry in again] == [item.content() for item in items]


def test_the_pictures_of_a_moodle_question_are_all_there():
    (item,) = entries_of(SAMPLES / "moodle-format/xml/multichoice.xml")
    assert len(item.media) == 5
    assert all(len(media.content) > 100 for media in item.media)
    assert "@@" not in str(item)


@pytest.mark.parametrize("form", ["gift", "qti"])
def test_every_sample_can_be_exported_and_what_is_lost_is_named(form):
    for path in sorted(SAMPLES.glob("moodle-*/**/*.xml")):
        items = [entry for entry in entries_of(path) if isinstance(entry, Item)]
        written = write(form, items)
        codes = [[notice.code for notice in written.notices.get(at, ())] for at in range(len(items))]
        kept = [item for item, said in zip(items, codes, strict=True) if "not_exported" not in said]
        again = list(read(io.BytesIO(written.content))) if kept else []
        assert [entry.kind for entry in again] == [item.kind for item in kept]
        for entry, item in zip(again, kept, strict=True):
            assert item.media or (entry.stem, entry.passage) == (item.stem, item.passage)
