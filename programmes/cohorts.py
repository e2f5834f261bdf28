"""Opening a cohort, and changing what was said about it."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from accounts import audit
from accounts.models import User
from courses.choices import EnrolmentStatus
from courses.models import Cohort
from programmes import figures

UNDER_WAY = (EnrolmentStatus.APPLIED, EnrolmentStatus.ACTIVE)


class NotThisCourse(ValueError):
    """A cohort with people in it keeps its course."""


@transaction.atomic
def open_cohort(*, actor: User, staff: Iterable[User] = (), **fields: Any) -> Cohort:
    """Open a cohort; `fields` are those of `Cohort`."""
    cohort = Cohort.objects.create(**fields)
    cohort.staff.set(staff)
    audit.record(actor=actor, verb="cohort_opened", target=cohort, data={"course": cohort.course.code})
    return cohort


@transaction.atomic
def change_cohort(*, cohort: Cohort, actor: User, staff: Iterable[User], **fields: Any) -> Cohort:
    """Change a cohort. Whoever was to finish on its last day follows a new last day.

    Raises NotThisCourse when the course of a cohort with people in it would change.
    """
    before = Cohort.objects.select_for_update().get(pk=cohort.pk)
    course = fields.get("course", before.course)
    if course.pk != before.course_id and before.enrolments.exists():
        raise NotThisCourse
    ended = before.ends_on
    changed = sorted(name for name, value in fields.items() if getattr(before, name) != value)
    for name, value in fields.items():
        setattr(before, name, value)
    before.save()
    before.staff.set(staff)
    if "ends_on" in changed:
        before.enrolments.filter(status__in=UNDER_WAY, due_on=ended).update(due_on=before.ends_on)
    audit.record(actor=actor, verb="cohort_changed", target=before, data={"fields": changed})
    figures.forget(before.pk)
    return before


def with_counts(cohorts: QuerySet[Cohort]) -> QuerySet[Cohort]:
    """Return cohorts with `people`, `completed` and `waiting`: one query."""
    return cohorts.annotate(
        people=Count("enrolments", filter=Q(enrolments__status__in=["active", "completed"])),
        completed=Count("enrolments", filter=Q(enrolments__status="completed")),
        waiting=Count("enrolments", filter=Q(enrolments__status="applied")),
    )
