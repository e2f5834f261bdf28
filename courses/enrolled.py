"""How a person stands in a course, in one query: asked by every page of every course.

Written in SQL, as building the same join through the ORM took a third of the time of a lesson page
(docs/decisions/0012).
"""

import datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from courses.choices import EnrolmentStatus
from courses.models import Enrolment

KEYS = {
    "sqlite": "group_concat({table}.item_key, ',')",
    "postgresql": "string_agg(CAST({table}.item_key AS text), ',')",
}
STATEMENT = """
SELECT {columns}, page.id AS page_id, course.edition AS edition, cohort.starts_on AS cohort_starts,
  (SELECT {keys_done} FROM courses_itemcompletion done WHERE done.enrolment_id = enrolment.id) AS keys_done,
  CASE WHEN enrolment.completed_at IS NOT NULL THEN (
    SELECT {keys_again} FROM courses_renewalitem again
    JOIN courses_renewal renewal ON renewal.id = again.renewal_id
    WHERE renewal.enrolment_id = enrolment.id AND renewal.completed_at IS NULL AND again.done_at IS NULL
  ) END AS keys_again
FROM courses_enrolment enrolment
JOIN courses_course course ON course.id = enrolment.course_id
JOIN courses_coursepage course_page ON course_page.course_id = course.id
JOIN pages_basepage page ON page.id = course_page.basepage_ptr_id
LEFT JOIN courses_cohort cohort ON cohort.id = enrolment.cohort_id
WHERE enrolment.person_id = %s AND page.slug = %s AND page.live AND enrolment.status <> %s
"""


class Enrolled(NamedTuple):
    """An enrolment with the live page and edition of its course, its cohort's first day and what is done.

    `again` is what a renewal under way still asks for.
    """

    enrolment: Enrolment
    page_id: int
    edition: UUID
    cohort_starts: datetime.date | None
    done: frozenset[UUID]
    again: frozenset[UUID]


def in_course(person_id: int, slug: str) -> Enrolled | None:
    """Return how a person stands in the live course at an address; None for who is not enrolled."""
    values = [person_id, slug, EnrolmentStatus.WITHDRAWN]
    row: Any
    for row in Enrolment.objects.raw(_statement(connection.vendor), values):
        # the databases differ in the types they give for what is no field of the model
        starts = row.cohort_starts
        return Enrolled(
            enrolment=row,
            page_id=row.page_id,
            edition=UUID(str(row.edition)),
            cohort_starts=datetime.date.fromisoformat(starts) if isinstance(starts, str) else starts,
            done=_keys(row.keys_done),
            again=_keys(row.keys_again),
        )
    return None


def _keys(joined: str | None) -> frozenset[UUID]:
    return frozenset(map(UUID, joined.split(","))) if joined else frozenset()


@cache
def _statement(vendor: str) -> str:
    columns = ", ".join(f"enrolment.{field.column}" for field in Enrolment._meta.concrete_fields)
    keys = KEYS[vendor]
    return STATEMENT.format(
        columns=columns, keys_done=keys.format(table="done"), keys_again=keys.format(table="again")
    )
