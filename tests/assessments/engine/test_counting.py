"""Which attempt counts."""

from dataclasses import dataclass
from fractions import Fraction
from types import SimpleNamespace

import pytest

from assessments.counting import Counted, counted


@dataclass
class Sat:
    number: int
    fraction: Fraction | None
    is_open: bool = False

    @property
    def passed(self) -> bool | None:
        return None if self.fraction is None else self.fraction >= Fraction(7, 10)

    @property
    def paper(self) -> SimpleNamespace:
        return SimpleNamespace(pass_mark=Fraction(7, 10))


SAT = [Sat(3, Fraction(1, 2)), Sat(2, Fraction(1)), Sat(1, Fraction(3, 10)), Sat(4, None, is_open=True)]


@pytest.mark.parametrize(
    ("counts", "fraction", "passed"),
    [
        ("highest", Fraction(1), True),
        ("last", Fraction(1, 2), False),
        ("first", Fraction(3, 10), False),
        ("mean", Fraction(3, 5), False),
    ],
)
def test_the_rule_says_which_result_counts(counts, fraction, passed):
    assert counted(SAT, counts) == Counted(fraction, passed)


@pytest.mark.parametrize("counts", ["highest", "last", "first", "mean"])
def test_while_nothing_is_marked_nothing_is_known(counts):
    assert counted([], counts) == Counted()
    assert counted([Sat(1, None, is_open=True)], counts) == Counted()
    assert counted([Sat(1, None)], counts) == Counted()


def test_a_last_attempt_that_waits_leaves_the_last_unknown_and_the_best_known():
    sat = [Sat(1, Fraction(1)), Sat(2, None)]
    assert counted(sat, "last") == Counted()
    assert counted(sat, "highest") == Counted(Fraction(1), True)
