"""A name drawn for a page as it is printed."""

import pytest

from certificates.pdf import lettering


@pytest.mark.parametrize("name", ["Núñez", "سلمى", "আমিনা", "सीता", "ޢާއިޝަތު", "Ђорђевић", "สมชาย"])
def test_every_script_is_drawn_in_one_picture_that_bears_the_name(name: str) -> None:
    drawn = lettering.svg(name, language="und")
    assert f'aria-label="{name}"' in drawn
    assert drawn.count("Z") >= len(set(name)) - 2
    assert "style" not in drawn


def test_right_to_left_words_begin_at_the_right() -> None:
    first, both = (lettering.svg(name, language="ar") for name in ("سلمى", "سلمى الخطيب"))
    ends = [float(drawn.split('viewBox="0 -950 ')[1].split()[0]) for drawn in (first, both)]
    moves = [float(part.split()[0]) for part in both.split("M")[1:]]
    # the second word is drawn first, from the left edge on
    assert min(moves) < ends[0] < ends[1]


def test_markup_in_a_name_stays_text() -> None:
    assert "<b>" not in lettering.svg('<b>"x"', language="en")
    assert lettering.svg("", language="en") == ""
