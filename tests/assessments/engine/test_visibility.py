"""The review matrix."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.visibility import RIGHT_AFTER, Facet, Phase, ReviewMatrix, phase_of, shown_at

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
FACETS = st.frozensets(st.sampled_from(Facet))


@pytest.mark.parametrize(
    ("submitted", "closes", "phase"),
    [
        (None, None, Phase.DURING),
        (NOON, None, Phase.RIGHT_AFTER),
        (NOON - RIGHT_AFTER, None, Phase.LATER),
        (NOON - RIGHT_AFTER, NOON + timedelta(days=1), Phase.LATER),
        (NOON, NOON, Phase.AFTER_CLOSE),
    ],
)
def test_the_clock_says_in_which_phase_it_is_looked_at(submitted, closes, phase):
    assert phase_of(submitted_at=submitted, closes_at=closes, now=NOON) == phase


@given(st.builds(ReviewMatrix, FACETS, FACETS, FACETS, FACETS))
def test_a_matrix_survives_being_stored(matrix):
    assert ReviewMatrix.from_json(matrix.to_json()) == matrix


@given(
    st.builds(ReviewMatrix, FACETS, FACETS, FACETS, FACETS),
    st.sampled_from(Phase),
    st.sampled_from(["never", "after_submit", "after_pass_or_last"]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_no_rule_shows_more_than_the_matrix(matrix, phase, when, answers, passed, last):
    shown = shown_at(matrix, phase, feedback_when=when, show_answers=answers, passed=passed, is_last=last)
    assert shown <= matrix.at(phase)
    if not answers:
        assert not shown & {Facet.RIGHT_ANSWER, Facet.REASON}


def test_an_unknown_facet_is_refused_and_a_missing_phase_shows_nothing():
    assert ReviewMatrix.from_json({"later": ["marks"]}).right_after == frozenset()
    with pytest.raises(ValueError, match="colour"):
        ReviewMatrix.from_json({"later": ["colour"]})
