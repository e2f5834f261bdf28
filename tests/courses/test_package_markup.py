"""Rich text of package files is exact both ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.package.markup import MarkupError, to_html, to_markdown

WORDS = st.text(
    alphabet=st.characters(
        blacklist_categories=("Cs", "Cc", "Zl", "Zp", "Zs"), blacklist_characters="\u200b"
    ),
    min_size=1,
    max_size=12,
)
PARAGRAPH = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("One.\n\nTwo.", "<p>One.</p><p>Two.</p>"),
        (
            "## Title\n\nA **bold** and *soft* word.",
            "<h2>Title</h2><p>A <b>bold</b> and <i>soft</i> word.</p>",
        ),
        ("- one\n- two", "<ul><li>one</li><li>two</li></ul>"),
        ("1. one\n2. two", "<ol><li>one</li><li>two</li></ol>"),
        ("[law](https://un.org/a?b=1&c=2)", '<p><a href="https://un.org/a?b=1&amp;c=2">law</a></p>'),
        ("[[harbouring|harbours]]", '<p><a linktype="term" slug="harbouring">harbours</a></p>'),
        ("Art. 3 a) < 4 & 5 [sic]", "<p>Art. 3 a) &lt; 4 &amp; 5 [sic]</p>"),
        ("الاتجار **بالأشخاص**", "<p>الاتجار <b>بالأشخاص</b></p>"),
    ],
)
def test_text_and_html_say_the_same(markdown: str, html: str) -> None:
    assert to_html(markdown) == html
    assert to_markdown(html) == markdown


def test_a_paragraph_that_looks_like_a_list_stays_a_paragraph() -> None:
    html = "<p>- no list</p><p>1. no number</p><p># no heading</p>"
    assert to_html(to_markdown(html)) == html


@pytest.mark.parametrize("html", ["<table><tr><td>x</td></tr></table>", "<p><img src='x'></p>", "<h1>x</h1>"])
def test_what_the_editor_does_not_offer_is_refused(html: str) -> None:
    with pytest.raises(MarkupError):
        to_markdown(html)


def test_markup_in_the_text_is_shown_and_never_obeyed() -> None:
    assert to_html("<script>alert(1)</script>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"


@given(st.lists(PARAGRAPH, min_size=1, max_size=4))
def test_any_words_survive_the_way_to_text_and_back(paragraphs: list[str]) -> None:
    from html import escape

    html = "".join(f"<p>{escape(words, quote=False)}</p>" for words in paragraphs)
    assert to_html(to_markdown(html)) == html


def test_a_space_that_must_not_break_survives() -> None:
    french = "Une question\u00a0: «\u00a0qui décide\u00a0?\u00a0»"
    assert to_markdown(to_html(french)) == french
