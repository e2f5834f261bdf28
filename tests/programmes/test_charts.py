"""Where the bars stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes import charts


@pytest.mark.parametrize(
    ("values", "top"), [([], 2), ([0], 2), ([3], 4), ([9], 10), ([61, 112], 120), ([132], 140)]
)
def test_the_highest_line_is_a_round_even_number(values: list[int], top: int) -> None:
    assert charts.top_of(values) == top


@given(st.lists(st.integers(0, 50_000), max_size=12))
def test_bars_stay_within_the_drawing(values: list[int]) -> None:
    drawn = charts.bars(values)
    assert len(drawn) == len(values)
    for bar in drawn:
        assert charts.TOP - 0.1 <= float(bar.y) <= charts.FLOOR
        assert float(bar.x.rstrip("%")) + float(bar.width.rstrip("%")) <= 100


def test_measures_are_written_with_a_point_and_a_share_of_nobody_is_nothing() -> None:
    assert charts.width(1, 3) == "33.3%"
    assert charts.width(0, 0) == "0.0%"
