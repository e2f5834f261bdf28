"""A page of a list of enrolments: as cheap for twenty thousand people as for two thousand.

First the keys of one page are found on the narrow enrolment rows alone; only these few rows are then
read with what they show, and their completions in one query.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.privacy import Kind
from courses.choices import EnrolmentStatus
from courses.models import Cohort, Course, Enrolment
from programmes import access
from programmes.filters import MAY_BE_EMPTY, SORTS, EnrolmentFilter, ordering, sort_of
from programmes.pace import pace
from programmes.requirements import Requirements
from translation.reading import Reading

ON_A_PAGE = 25
NAMED_AS_MISSING = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One enrolment as staff see it: never a mark, never an answer."""

    enrolment: Enrolment
    course: Course
    state: str
    missing: tuple[Reading, ...]

    @property
    def person(self) -> User:
        """Return whose enrolment it is."""
        return self.enrolment.person

    @property
    def missing_first(self) -> tuple[Reading, ...]:
        """Return the titles that are named; all of them when only one more would be left out."""
        most = NAMED_AS_MISSING
        return self.missing if len(self.missing) <= most + 1 else self.missing[:most]

    @property
    def missing_more(self) -> int:
        """Return how many more are missing than are named."""
        return len(self.missing) - len(self.missing_first)

    @property
    def all_missing(self) -> bool:
        """Tell whether nothing has been done yet."""
        return self.enrolment.done_count == 0 and len(self.missing) > NAMED_AS_MISSING


@dataclass(frozen=True)
class EnrolmentList:
    """The filters of an address, and the page of rows that they leave."""

    filters: EnrolmentFilter
    sort: str
    page: Page[Any]
    rows: list[Row]


def state_of(enrolment: Enrolment, today: datetime.date | None = None) -> str:
    """Return one of `filters.STATES`; the cohort must be at hand."""
    if enrolment.status != EnrolmentStatus.ACTIVE:
        return enrolment.status
    cohort = enrolment.cohort
    return pace(
        percent=enrolment.percent,
        started=enrolment.started_at is not None,
        due_on=enrolment.due_on,
        starts=cohort.starts_on if cohort else None,
        ends=cohort.ends_on if cohort else None,
        today=today or timezone.localdate(),
    ).value


def filters_for(person: Any, data: Any, cohort: Cohort | None = None) -> EnrolmentFilter:
    """Return the filters that an address sets, as far as the person may use them."""
    sees_account = access.may_see(person, Kind.ACCOUNT)
    return EnrolmentFilter(data, cohort=cohort, sees_account=sees_account)


def listed(filters: EnrolmentFilter, data: Any) -> QuerySet[Enrolment]:
    """Return all enrolments that an address lists, in its order."""
    return filters.apply().order_by(*ordering(sort_of(data)))


def page_of(person: Any, data: Any, cohort: Cohort | None = None) -> EnrolmentList:
    """Return the page of enrolments that an address asks for."""
    filters, sort = filters_for(person, data, cohort), sort_of(data)
    found = filters.apply()
    page = Paginator(found.order_by(*ordering(sort)), ON_A_PAGE).get_page(data.get("page"))
    return EnrolmentList(filters, sort, page, rows_of(_keys(found, sort, page)))


def _keys(found: QuerySet[Enrolment], sort: str, page: Page[Any]) -> list[int]:
    """Return the primary keys of a page, in the order of an index where there is one.

    "Without a value last" is an order that no index has, so a full page is first looked for among
    those who have a value.
    """
    if not page.paginator.count:
        return []
    rows = slice(page.start_index() - 1, page.end_index())
    column = SORTS[sort.removeprefix("-")]
    if column in MAY_BE_EMPTY and rows.stop - rows.start == ON_A_PAGE:
        valued = found.filter(**{f"{column}__isnull": False})
        order = f"-{column}" if sort.startswith("-") else column
        keys = list(valued.order_by(order, "pk").values_list("pk", flat=True)[rows])
        if len(keys) == ON_A_PAGE:
            return keys
    return list(found.order_by(*ordering(sort)).values_list("pk", flat=True)[rows])


def rows_of(keys: list[int]) -> list[Row]:
    """Return the rows with these primary keys, in this order: three queries."""
    found = (
        Enrolment.objects.filter(pk__in=keys)
        .select_related("person__institution", "cohort")
        .defer("person__sex", "person__password")
    )
    by_pk = {one.pk: one for one in found}
    enrolments = [by_pk[pk] for pk in keys if pk in by_pk]
    asked = Requirements(enrolments)
    return [Row(one, asked.course_of(one), state_of(one), _missing(one, asked)) for one in enrolments]


def _missing(enrolment: Enrolment, asked: Requirements) -> tuple[Reading, ...]:
    if enrolment.status != EnrolmentStatus.ACTIVE:
        return ()
    return asked.missing(enrolment)
