"""Reading a posted order, and the few marks that authors may use."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.markup import block_html, inline, paragraphs
from assessments.responses import order_of_places
from assessments.steps import is_overtaken

NAMES = list("abcde")


@pytest.mark.parametrize(
    ("places", "order"),
    [
        ("12345", "abcde"),
        ("54321", "edcba"),
        ("12341", "eabcd"),  # only the last was changed: to the top
        ("52345", "bcdea"),  # only the first: to the bottom
        ("32345", "bcade"),  # only the first: to the third place
        ("12245", "acbde"),  # only the third: one up
        ("1x345", "abcde"),
    ],
)
def test_changing_one_number_moves_that_item_there(places, order):
    given_places = dict(zip(NAMES, places, strict=True))
    assert "".join(order_of_places(given_places)) == order


@given(st.permutations(NAMES))
def test_a_complete_numbering_means_what_it_says(wanted):
    places = {name: str(wanted.index(name) + 1) for name in NAMES}
    assert order_of_places(places) == wanted


@given(st.lists(st.integers(1, 5), min_size=5, max_size=5))
def test_any_numbering_gives_every_item_once(numbers):
    places = {name: str(number) for name, number in zip(NAMES, numbers, strict=True)}
    assert sorted(order_of_places(places)) == NAMES


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**bold** and *italic*", "<b>bold</b> and <i>italic</i>"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("[words](https://example.org/a?b=1)", '<a href="https://example.org/a?b=1">words</a>'),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("a [[means|medio]] or [[means]]", "a medio or means"),
        ('<b onclick="x">', "&lt;b onclick=&quot;x&quot;&gt;"),
        ('[a](https://x.org/"onmouseover="x)', '<a href="https://x.org/&quot;onmouseover=&quot;x">a</a>'),
    ],
)
def test_a_line_may_hold_a_few_marks_and_nothing_else(text, html):
    assert inline(text) == html


def test_blocks_are_paragraphs_and_lists():
    text = "First.\n\n- one\n- two\n\n1. a\n2. b\n\n- not\na list"
    assert block_html(text).split("\n") == [
        "<p>First.</p>",
        "<ul><li>one</li><li>two</li></ul>",
        "<ol><li>a</li><li>b</li></ol>",
        "<p>- not",
        "a list</p>",
    ]
    assert paragraphs(" \n\n ") == []


def test_no_text_makes_live_markup():
    rng = random.Random(3)
    parts = ["<", ">", '"', "'", "&", "*", "**", "[", "](", ")", "https://", "x", " ", "script"]
    for _ in range(2000):
        html = inline("".join(rng.choices(parts, k=20)))
        rest = html
        for allowed in ("<b>", "</b>", "<i>", "</i>", "</a>"):
            rest = rest.replace(allowed, "")
        assert rest.count("<") == rest.count('<a href="http')
        assert "'" not in rest


@pytest.mark.parametrize(
    ("sent", "newest", "overtaken"),
    [
        ("page-2", "page-3", True),
        ("page-9", "page-10", True),
        ("page-3", "page-3", False),
        ("page-4", "page-3", False),
        ("other-2", "page-3", False),
        ("", "page-3", False),
        ("page", "page", False),
        ("page-x", "page-3", False),
    ],
)
def test_only_a_page_overtakes_itself(sent, newest, overtaken):
    assert is_overtaken(sent, newest) is overtaken
