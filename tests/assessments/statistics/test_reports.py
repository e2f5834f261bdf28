"""What a report shows of groups of which size, and what holds for every report."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.statistics.quartiles import in_quarters, memberships
from assessments.statistics.questions import effective_weights
from assessments.statistics.reports import report
from assessments.statistics.sittings import Response, Sitting, Which
from assessments.statistics.small_groups import Level

PARTS = st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(1)])
WEIGHTS = (Fraction(1), Fraction(2), Fraction(1, 2))


@st.composite
def cohorts(draw):
    people = draw(st.integers(30, 45))
    number = draw(st.integers(1, 4))
    rows = draw(st.lists(st.lists(PARTS, min_size=number, max_size=number), min_size=people, max_size=people))
    return [_sitting(person, row) for person, row in enumerate(rows)]


def _sitting(person, fractions, *, number=1, language="es", questions=None):
    return Sitting(
        person,
        number,
        tuple(
            Response(
                position=place,
                question=questions[place] if questions else f"q{place}",
                mark=fraction * WEIGHTS[place % 3],
                weight=WEIGHTS[place % 3],
                answers=("right",) if fraction == 1 else (),
                seconds=20 + person,
                language=language,
            )
            for place, fraction in enumerate(fractions)
        ),
    )


def _scaled(sittings, factor):
    return [
        replace(
            sitting,
            responses=tuple(
                replace(one, mark=one.mark * factor, weight=one.weight * factor) for one in sitting.responses
            ),
        )
        for sitting in sittings
    ]


def _cohort(people, *, start=0, language="es", seed=1):
    random = Random(seed)
    return [
        _sitting(start + person, [Fraction(random.randrange(3), 2) for _ in range(3)], language=language)
        for person in range(people)
    ]


def test_nine_people_are_only_counted():
    found = report(_cohort(9))
    assert (found.people, found.sittings, found.level) == (9, 9, Level.COUNTS)
    assert found.score is None
    assert found.whole is None
    for part in (*found.questions, *found.places):
        assert part.people == 9
        assert part.weight.effective is None
    for question in found.questions:
        assert question.facility is None
        assert question.details is None
        assert all(one.facility is None for one in question.languages)


@pytest.mark.parametrize("people", [10, 29])
def test_from_ten_people_there_is_a_facility_with_an_interval_and_no_more(people):
    found = report(_cohort(people))
    assert found.level is Level.FACILITY
    assert found.score.interval.lower < found.score.value < found.score.interval.upper
    assert found.whole is None
    for question in found.questions:
        assert question.facility.interval.lower < question.facility.value < question.facility.interval.upper
        assert question.details is None
        assert question.weight.effective is None


def test_from_thirty_people_there_is_everything():
    found = report(_cohort(30))
    assert found.level is Level.ALL
    assert found.whole.alpha is not None
    for question in found.questions:
        assert question.details.discrimination is not None
        assert question.details.times.median == 34.5
        assert question.weight.negative is (question.weight.effective is None)


def test_thirty_attempts_of_three_people_are_three_people():
    sittings = [
        _sitting(person, [Fraction(1), Fraction(0)], number=number)
        for person in range(3)
        for number in range(1, 11)
    ]
    found = report(sittings, Which.ALL)
    assert (found.sittings, found.people, found.level) == (30, 3, Level.COUNTS)
    assert all(question.details is None for question in found.questions)


def _drawn(numbers):
    """So many people each for the questions of one place, and two questions that everybody has."""
    keys = [key for key, number in numbers.items() for _ in range(number)]
    return [
        _sitting(person, [Fraction(person % 2), Fraction(1, 2), Fraction(0)], questions=[key, "all1", "all2"])
        for person, key in enumerate(keys)
    ]


def test_where_all_drawn_questions_had_ten_people_all_are_shown():
    found = report(_drawn({"one": 40, "other": 10}))
    assert {question.key for question in found.questions if question.facility} == {
        "one",
        "other",
        "all1",
        "all2",
    }
    assert {question.key for question in found.questions if question.details} == {"one", "all1", "all2"}


def test_a_question_drawn_for_few_people_takes_the_smallest_other_with_it():
    # the marks of all questions add up to the score of the test
    found = report(_drawn({"rare": 3, "common": 40, "usual": 31}))
    for question in found.questions:
        hidden = question.key in {"rare", "usual"}
        assert (question.facility is None) is hidden
        assert (question.details is None) is hidden
        assert hidden is all(one.facility is None for one in question.languages)


def test_a_question_that_shares_its_place_has_no_effective_weight_of_its_own():
    found = report(_drawn({"one": 40, "other": 30}))
    weights = {question.key: question.weight.effective for question in found.questions}
    assert weights["one"] is None
    assert weights["other"] is None
    assert found.places[0].weight.effective == pytest.approx(100)


def test_a_question_drawn_for_two_places_has_no_effective_weight_of_its_own():
    sittings = [
        _sitting(
            person, [Fraction(person % 2), Fraction(1)], questions=["a", "b"] if person % 3 else ["b", "a"]
        )
        for person in range(40)
    ]
    found = report(sittings)
    assert [(question.key, question.position) for question in found.questions] == [("a", 0), ("b", 0)]
    assert all(question.weight.effective is None for question in found.questions)


def test_one_person_of_a_language_hides_the_smallest_other():
    sittings = _cohort(40) + _cohort(12, start=40, language="en") + _cohort(1, start=60, language="fr")
    for question in report(sittings).questions:
        shown = {one.language: one.facility is not None for one in question.languages}
        assert shown == {"es": True, "en": False, "fr": False}
        assert {one.language: one.people for one in question.languages} == {"es": 40, "en": 12, "fr": 1}


def test_other_languages_are_compared_with_the_one_asked_for_where_it_has_thirty_people():
    sittings = _cohort(40) + _cohort(35, start=40, language="en") + _cohort(12, start=80, language="fr")
    assert {question.reference for question in report(sittings, reference="en").questions} == {"en"}
    assert {question.reference for question in report(sittings, reference="fr").questions} == {"es"}
    assert {question.reference for question in report(sittings).questions} == {"es"}


def test_a_question_with_different_weights_says_so_and_compares_no_languages():
    sittings = _cohort(40) + _cohort(40, start=40, language="en")
    doubled = [
        replace(
            sitting,
            responses=tuple(
                replace(one, mark=one.mark * 2, weight=one.weight * 2) for one in sitting.responses
            ),
        )
        for sitting in _cohort(40, start=80)
    ]
    assert not any(question.mixed_weights for question in report(sittings).questions)
    found = report(sittings + doubled)
    assert found.highest is None
    for question in found.questions:
        assert question.mixed_weights
        assert {one.difference.flag for one in question.languages if one.difference} == {"watch"}


def test_papers_with_different_places_have_no_alpha():
    short = [_sitting(person, [Fraction(person % 2)]) for person in range(100, 140)]
    found = report(_cohort(40) + short)
    assert found.whole.alpha is None
    assert found.whole.skewness is not None


def test_what_earns_no_marks_has_no_facility_and_does_not_count_for_alpha():
    sittings = _cohort(40)
    described = [
        replace(one, responses=(*one.responses, Response(9, "text", Fraction(0), Fraction(0))))
        for one in sittings
    ]
    found, plain = report(described), report(sittings)
    assert found.whole == plain.whole
    assert found.questions[-1].facility is None
    assert found.questions[-1].weight.intended == 0


def test_marks_below_nothing_have_a_mean_and_no_interval():
    sittings = [
        Sitting(person, 1, (Response(1, "q", Fraction(3 if person % 4 == 0 else -6), Fraction(3)),))
        for person in range(40)
    ]
    found = report(sittings)
    assert found.questions[0].facility.value == pytest.approx((3 * 10 - 6 * 30) / 40 / 3)
    assert found.questions[0].facility.interval is None


def test_nobody_makes_an_empty_report():
    found = report([])
    assert (found.people, found.questions, found.places) == (0, (), ())
    assert found.score is None


@given(cohorts(), st.randoms())
def test_the_order_of_people_changes_nothing(sittings, random):
    shuffled = list(sittings)
    random.shuffle(shuffled)
    assert report(shuffled) == report(sittings)


@given(cohorts())
def test_weights_add_up_to_a_hundred(sittings):
    found = report(sittings)
    assert sum(place.weight.intended for place in found.places) == pytest.approx(100)
    effective = [place.weight.effective for place in found.places if place.weight.effective is not None]
    assert sum(effective) == pytest.approx(100) or not any(effective)


@given(cohorts())
def test_every_figure_keeps_inside_its_bounds(sittings):
    found = report(sittings)
    whole = found.whole
    assert 0 <= found.score.value <= 1
    assert whole.alpha is None or whole.alpha <= 100
    assert whole.standard_error is None or whole.standard_error >= 0
    for question in found.questions:
        details = question.details
        assert 0 <= question.facility.value <= 1
        if details.discrimination is not None:
            assert -100 - 1e-9 <= details.discrimination <= 100 + 1e-9
        if details.efficiency is not None:
            assert details.efficiency <= 100
            assert details.discrimination is not None
            assert abs(details.efficiency) + 1e-9 >= abs(details.discrimination) or details.efficiency < 0
        assert all(0 <= quarter <= 1 + 1e-12 for quarter in details.quarters)
        assert sum(answer.times for answer in details.answers) == len(sittings)


@given(cohorts(), st.sampled_from([Fraction(2), Fraction(1, 7), Fraction(10)]))
def test_another_scale_of_marks_changes_only_what_is_in_marks(sittings, factor):
    one, other = report(sittings), report(_scaled(sittings, factor))
    assert other.whole.deviation == pytest.approx(one.whole.deviation * float(factor))
    assert other.whole.alpha == pytest.approx(one.whole.alpha)
    assert other.whole.skewness == pytest.approx(one.whole.skewness)
    for first, second in zip(one.questions, other.questions, strict=True):
        assert first.facility == second.facility
        assert second.weight.intended == pytest.approx(first.weight.intended)
        assert second.weight.effective == pytest.approx(first.weight.effective)
        assert second.details.discrimination == pytest.approx(first.details.discrimination)
        assert second.details.efficiency == pytest.approx(first.details.efficiency)


@given(cohorts())
def test_a_question_that_everybody_gets_right_discriminates_nothing(sittings):
    extended = [
        replace(one, responses=(*one.responses, Response(99, "sure", Fraction(1), Fraction(1))))
        for one in sittings
    ]
    details = report(extended).questions[-1].details
    assert details.deviation == 0
    assert details.discrimination is None
    assert details.efficiency is None


def test_without_a_positive_covariance_no_part_has_a_weight():
    assert effective_weights({"a": Fraction(0), "b": Fraction(-1)}) == {"a": None, "b": None}
    assert effective_weights({"a": Fraction(4), "b": Fraction(-1)}) == {"a": 100.0, "b": None}


@given(st.dictionaries(st.integers(0, 50), st.integers(1, 9), min_size=1))
def test_the_quarters_are_equally_large_and_hold_everybody_once(people):
    within = memberships(sorted(people.items()))
    assert all(sum(shares) == pytest.approx(1) for shares in within.values())
    quarter = sum(people.values()) / 4
    assert in_quarters(people, within) == pytest.approx([quarter] * 4)


def test_the_report_reads_a_stream_once_and_keeps_no_sitting():
    alive = Counter()

    class Counted(tuple):
        __slots__ = ()

        def __del__(self):
            alive["now"] -= 1

    def stream():
        for sitting in _cohort(300):
            alive["now"] += 1
            alive["most"] = max(alive["most"], alive["now"])
            yield replace(sitting, responses=Counted(sitting.responses))

    assert report(stream()).people == 300
    assert alive["most"] <= 5
