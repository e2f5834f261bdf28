"""When very sure you were right in 62 %."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.behaviours import State, Status
from assessments.behaviours.calibration import Judgement, calibration, range_of
from assessments.behaviours.certainty import points_for
from assessments.scoring import Outcome

SHARES = st.fractions(0, 1, max_denominator=60)


def judged(fraction, certainty, outcome=None):
    fraction = Fraction(fraction)
    return State(
        allowed=frozenset(),
        status=Status.DONE,
        certainty=certainty,
        outcome=outcome or Outcome.of(fraction),
        fraction=fraction,
    )


def test_the_share_right_is_given_for_each_certainty():
    states = [judged(1, 3)] * 31 + [judged(0, 3)] * 19 + [judged(1, 1)] + [judged("1/2", 0)]
    figures = calibration(states)
    unsure, fairly, very = figures.levels
    assert (very.answers, very.share, very.judgement) == (50, Fraction(62, 100), Judgement.OVERCONFIDENT)
    assert (unsure.answers, unsure.share, unsure.judgement) == (2, Fraction(3, 4), Judgement.TOO_FEW)
    assert (fairly.answers, fairly.share) == (0, None)
    assert figures.points == 31 * 3 - 19 * 6 + Fraction(3, 2)
    # "not sure" for a share of 62 %, and "fairly sure" for one of 75 %
    assert figures.attainable == 31 + 2 * (-2 + 4 * Fraction(3, 4))


@pytest.mark.parametrize(
    ("right", "certainty", "judgement"),
    [
        (9, 3, Judgement.FITS),
        (8, 3, Judgement.FITS),
        (7, 3, Judgement.OVERCONFIDENT),
        (7, 2, Judgement.FITS),
        (6, 2, Judgement.OVERCONFIDENT),
        (9, 2, Judgement.UNDERCONFIDENT),
        (7, 1, Judgement.UNDERCONFIDENT),
        (6, 1, Judgement.FITS),
        (0, 1, Judgement.FITS),
    ],
)
def test_a_certainty_fits_where_it_brings_most(right, certainty, judgement):
    states = [judged(1, certainty)] * right + [judged(0, certainty)] * (10 - right)
    assert calibration(states).levels[certainty - 1].judgement == judgement


def test_what_says_nothing_of_certainty_is_left_out():
    states = [
        judged(0, 3, Outcome.blank()),
        judged(0, 3, Outcome.unscored()),
        State(allowed=frozenset(), certainty=3),
        State(allowed=frozenset(), certainty=3, outcome=Outcome.waiting()),
    ]
    assert [level.answers for level in calibration(states).levels] == [0, 0, 0]


def test_the_ranges_meet_at_two_thirds_and_four_fifths():
    assert [range_of(certainty) for certainty in (1, 2, 3)] == [
        (0, Fraction(2, 3)),
        (Fraction(2, 3), Fraction(4, 5)),
        (Fraction(4, 5), 1),
    ]


@given(SHARES)
def test_the_certainty_whose_range_holds_the_share_brings_most(share):
    best = max(points_for(share, certainty) for certainty in (1, 2, 3))
    for certainty in (1, 2, 3):
        lowest, highest = range_of(certainty)
        assert (lowest <= share <= highest) == (points_for(share, certainty) == best)


@given(st.lists(st.tuples(st.sampled_from(["0", "1/2", "1"]), st.integers(0, 3))))
def test_honest_certainty_never_brings_less(answers):
    figures = calibration(judged(*answer) for answer in answers)
    assert figures.points <= figures.attainable
    assert sum(level.answers for level in figures.levels) == len(answers)
