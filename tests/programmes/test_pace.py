"""Who keeps up: dates and percentages in, a word out; and the same in the database."""

import datetime
import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from courses.models import Cohort, Enrolment
from programmes.filters import in_state
from programmes.lists import state_of
from programmes.pace import Pace, behind_below, expected, pace

DAY = datetime.date(2026, 11, 27)
days = st.dates(datetime.date(2026, 1, 1), datetime.date(2027, 12, 31))


def after(number: int) -> datetime.date:
    return DAY + datetime.timedelta(days=number)


@pytest.mark.parametrize(
    ("starts", "ends", "percent"), [(-50, 50, 50), (0, 100, 0), (10, 20, 0), (-100, 0, 100), (-100, -1, 100)]
)
def test_a_cohort_is_expected_to_go_on_evenly(starts: int, ends: int, percent: int) -> None:
    assert expected(after(starts), after(ends), DAY) == percent


def test_without_two_dates_nothing_is_expected() -> None:
    assert expected(None, DAY, DAY) is None
    assert expected(DAY, None, DAY) is None
    assert behind_below(None, None, DAY) == 0


@given(starts=days, length=st.integers(0, 400), day=days, later=st.integers(0, 100))
def test_what_is_expected_never_falls_and_stays_within_0_and_100(
    starts: datetime.date, length: int, day: datetime.date, later: int
) -> None:
    ends = starts + datetime.timedelta(days=length)
    now = expected(starts, ends, day)
    then = expected(starts, ends, day + datetime.timedelta(days=later))
    assert now is not None
    assert then is not None
    assert 0 <= now <= then <= 100


def stands(percent: int = 50, *, started: bool = True, due: int | None = 50) -> Pace:
    due_on = None if due is None else after(due)
    return pace(percent=percent, started=started, due_on=due_on, starts=after(-50), ends=after(50), today=DAY)


def test_behind_is_who_has_not_reached_what_was_expected_two_weeks_ago() -> None:
    assert stands(36) is Pace.ON_TIME
    assert stands(35) is Pace.BEHIND
    assert stands(0, started=False) is Pace.BEHIND


def test_whoever_was_given_more_time_is_behind_only_when_that_is_over() -> None:
    assert stands(0, due=60) is Pace.ON_TIME
    assert stands(99, due=-1) is Pace.BEHIND


def test_not_started_is_said_of_who_is_not_late_yet() -> None:
    found = pace(percent=0, started=False, due_on=None, starts=None, ends=None, today=DAY)
    assert found is Pace.NOT_STARTED


@pytest.mark.database
@pytest.mark.parametrize("within", [True, False])
def test_the_filter_and_the_word_in_the_row_agree(
    run: Any, enrolled: Callable[..., Enrolment], within: bool
) -> None:
    today = timezone.localdate()
    cohorts = [
        Cohort.objects.create(course=run.cohort.course, name=str(number), starts_on=starts, ends_on=ends)
        for number, (starts, ends) in enumerate(
            [
                (None, None),
                (today, None),
                (None, today - datetime.timedelta(days=3)),
                (today - datetime.timedelta(days=40), today + datetime.timedelta(days=40)),
                (today - datetime.timedelta(days=90), today - datetime.timedelta(days=10)),
                (today + datetime.timedelta(days=9), today + datetime.timedelta(days=90)),
            ]
        )
    ]
    dues = [None, *(today + datetime.timedelta(days=number) for number in (-1, 0, 40, 60))]
    for number, (cohort, due, percent) in enumerate(itertools.product(cohorts, dues, (0, 25, 50))):
        person = User.objects.create_user(f"p{number}@example.org")
        enrolled(person, done=percent // 25, cohort=cohort, due_on=due)
    for cohort in cohorts if within else [None]:
        found = Enrolment.objects.filter(cohort=cohort) if cohort else Enrolment.objects.all()
        for state in Pace:
            by_query = set(found.filter(in_state(state, cohort=cohort)).values_list("pk", flat=True))
            by_word = {one.pk for one in found.select_related("cohort") if state_of(one) == state}
            assert by_query == by_word, (cohort, state)
