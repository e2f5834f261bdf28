"""Fitting text: pure arithmetic, with a measure in which every character is half its size wide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.pdf.breaking import pieces
from certificates.pdf.layout import Block, balanced, fit, stack


def half(text: str, size: float) -> float:
    return len(text) * size / 2


def block(text: str, **more) -> Block:
    fields = {"size": 20.0, "one_line_from": 12.0, "leading": 1.2, "gap": 10.0}
    return Block(name="name", text=text, measure=half, **{**fields, **more})


lengths = st.lists(st.integers(1, 90), min_size=1, max_size=30)
words = lengths.map(lambda sizes: " ".join("x" * size for size in sizes))


def test_a_short_text_keeps_its_size_on_one_line():
    assert fit(block("Amina Rahman"), 600) == (20.0, ("Amina Rahman",))


def test_a_longer_text_shrinks_on_one_line_before_it_breaks():
    size, lines = fit(block("a" * 40 + " " + "b" * 39), 600)
    assert lines == ("a" * 40 + " " + "b" * 39,)
    assert size == pytest.approx(15.0)


def test_a_long_text_breaks_into_even_lines():
    size, lines = fit(block("aaaa " * 30), 600)
    assert len(lines) == 2
    assert abs(len(lines[0]) - len(lines[1])) <= 5
    assert size < 20


def test_a_single_word_shrinks_as_far_as_it_must():
    size, lines = fit(block("x" * 500), 600)
    assert lines == ("x" * 500,)
    assert half(lines[0], size) == pytest.approx(600)


def test_a_line_never_ends_between_the_parts_of_a_name():
    lines = balanced("فاطمة بنت عبد الرحمن محمد", half, 10, 70)
    assert not any(line.endswith(("عبد", "بنت")) for line in lines)
    assert balanced("Juana de la Cruz", half, 10, 60) == ("Juana", "de la Cruz")
    assert balanced("de la", half, 10, 10) == ("de la",)


def test_no_line_begins_with_a_stop_that_french_sets_apart():
    assert balanced("Traite : les victimes", half, 10, 60) == ("Traite :", "les victimes")


@given(words)
def test_no_line_is_ever_wider_than_the_column(text):
    size, lines = fit(block(text), 600)
    assert all(half(line, size) <= 600.001 for line in lines)
    assert " ".join(lines) == text
    assert len(lines) <= 2


@given(words, st.floats(100, 600))
def test_balanced_lines_keep_every_word_in_order(text, width):
    assert " ".join(balanced(text, half, 10, width)) == text


@given(st.lists(words, min_size=1, max_size=8))
def test_a_stack_never_leaves_its_height(texts):
    placed = stack([[block(text)] for text in texts], width=600, height=300)
    assert sum(item.height for (item,) in placed) <= 300.001
    assert placed[0][0].gap == 0


@given(st.lists(st.tuples(words, words), min_size=1, max_size=5))
def test_blocks_side_by_side_share_the_height_of_the_taller(pairs):
    rows = [[block(left, room=250), block(right, room=250)] for left, right in pairs]
    placed = stack(rows, width=600, height=300)
    assert sum(max(item.height for item in row) for row in placed) <= 300.001
    assert all(half(line, item.size) <= 250.001 for row in placed for item in row for line in item.lines)


def test_gaps_close_before_the_text_shrinks():
    roomy = stack([[block("a")], [block("b")]], width=600, height=200)
    tight = stack([[block("a")], [block("b")]], width=600, height=57)
    crowded = stack([[block("a")], [block("b")]], width=600, height=40)
    assert roomy[1][0].gap == pytest.approx(22)
    assert tight[1][0].gap == pytest.approx(9)
    assert tight[1][0].size == 20
    assert crowded[1][0].size < 20


def test_thai_breaks_at_spaces_and_where_the_author_says():
    text = "การค้ามนุษย์\u200bและการลักลอบ ขนผู้ย้ายถิ่น"
    assert pieces(text) == ["การค้ามนุษย์", "และการลักลอบ ", "ขนผู้ย้ายถิ่น"]
    assert balanced(text, half, 10, 130) == ("การค้ามนุษย์และการลักลอบ", "ขนผู้ย้ายถิ่น")
    assert balanced(text, half, 10, 65) == ("การค้ามนุษย์", "และการลักลอบ", "ขนผู้ย้ายถิ่น")
    assert fit(block(text), 900) == (20.0, ("การค้ามนุษย์และการลักลอบ ขนผู้ย้ายถิ่น",))


def test_a_thai_sentence_too_long_for_a_line_breaks_between_syllables():
    text = "เสรีภาพในการแสดงออกและความปลอดภัยของผู้สื่อข่าวในเอเชียตะวันออกเฉียงใต้" * 2
    size, lines = fit(block(text), 600)
    assert "".join(lines) == text
    assert len(lines) == 2
    assert size > 12
    assert all(line[0] in "เแโใไ" for line in lines)


def test_the_sign_of_repetition_stays_with_its_word():
    assert pieces("เด็ก ๆ เล่น") == ["เด็ก ๆ ", "เล่น"]
    assert pieces("กรุงเทพฯ") == ["กรุงเทพฯ"]


def test_thai_within_a_word_is_left_alone_while_it_fits():
    _size, lines = fit(block("ประเทศไทย " * 12), 600)
    assert " ".join(lines) == ("ประเทศไทย " * 12).strip()
    assert all(word == "ประเทศไทย" for line in lines for word in line.split())
