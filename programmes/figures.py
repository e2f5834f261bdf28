"""The figures of a cohort: counted over everybody in it, kept for some minutes, never about one person."""

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncWeek
from django.utils import timezone

from accounts.models import Invitation
from certificates.choices import Status
from certificates.models import Certificate
from courses import rules
from courses.choices import EnrolmentStatus
from courses.models import Cohort, Enrolment, ItemCompletion, SyllabusVersion
from courses.progress import TAKING_PART
from programmes import suppression
from programmes.filters import in_state
from programmes.pace import expected

KEPT = 300  # seconds; the page says when they were counted
WEEKS = 12


@dataclass(frozen=True, slots=True)
class Stage:
    """How many people have finished a module, or an item directly under the course."""

    key: str
    titles: Mapping[str, str]
    people: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted of a cohort. `median`, `stages` and `weeks` are None in a group too small.

    `followed` says how many people who are still to finish follow which syllabus version (its
    primary key).
    """

    enrolled: int
    started: int
    active_this_week: int
    completed: int
    certificates: int
    waiting: int
    invited: int
    behind: int
    median: Fraction | None
    expected: int | None
    stages: tuple[Stage, ...] | None
    weeks: tuple[tuple[datetime.date, int], ...] | None
    followed: tuple[tuple[int, int], ...]
    counted_at: datetime.datetime


def of(cohort: Cohort) -> Figures:
    """Return the figures of a cohort, counted at most some minutes ago."""
    found = cache.get(_key(cohort.pk))
    if found is None:
        found = count(cohort)
        cache.set(_key(cohort.pk), found, KEPT)
    return found


def forget(*cohort_ids: int | None) -> None:
    """Have the figures of cohorts counted anew when they are next looked at."""
    cache.delete_many([_key(pk) for pk in cohort_ids if pk is not None])


def _key(cohort_id: int) -> str:
    return f"programmes:figures:{cohort_id}"


def count(cohort: Cohort, now: datetime.datetime | None = None) -> Figures:
    """Count everything about a cohort; a number of queries that does not depend on its size."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    enrolments = Enrolment.objects.filter(cohort=cohort).order_by()
    current = enrolments.filter(status__in=TAKING_PART)
    sums = _sums(enrolments, now)
    taking_part = [
        row for row in sums if row["status"] in (EnrolmentStatus.ACTIVE, EnrolmentStatus.COMPLETED)
    ]
    enrolled = sum(row["people"] for row in taking_part)
    progress: Counter[int] = Counter()
    for row in taking_part:
        progress[row["percent"]] += row["people"]
    return Figures(
        enrolled=enrolled,
        started=sum(row["started"] for row in taking_part),
        active_this_week=sum(row["recent"] for row in taking_part),
        completed=sum(row["people"] for row in sums if row["status"] == EnrolmentStatus.COMPLETED),
        certificates=Certificate.objects.filter(
            status=Status.ISSUED, award_key__in=enrolments.values("key")
        ).count(),
        waiting=sum(row["people"] for row in sums if row["status"] == EnrolmentStatus.APPLIED),
        invited=Invitation.objects.open(now).filter(context__cohort=str(cohort.key)).count(),
        behind=enrolments.filter(in_state("behind", cohort=cohort, today=today)).count(),
        median=suppression.median(progress),
        expected=expected(cohort.starts_on, cohort.ends_on, today),
        stages=_stages(current) if suppression.large_enough(enrolled) else None,
        weeks=_weeks(current, today) if suppression.large_enough(enrolled) else None,
        followed=_followed(enrolments),
        counted_at=now,
    )


def _sums(enrolments: QuerySet[Enrolment], now: datetime.datetime) -> list[dict[str, Any]]:
    week_ago = now - datetime.timedelta(days=7)
    counted = enrolments.values("status", "percent").annotate(
        people=Count("pk"),
        started=Count("started_at"),
        recent=Count("pk", filter=Q(last_active_at__gte=week_ago)),
    )
    return [dict(row) for row in counted]


def _followed(enrolments: QuerySet[Enrolment]) -> tuple[tuple[int, int], ...]:
    active = enrolments.filter(status=EnrolmentStatus.ACTIVE)
    return tuple(active.values_list("syllabus").annotate(people=Count("pk")))


def _stages(current: QuerySet[Enrolment]) -> tuple[Stage, ...]:
    """Count who has finished each module, under the syllabus version of each."""
    people: Counter[str] = Counter()
    titles: dict[str, Mapping[str, str]] = {}
    for pk, asked in _versions(current):
        groups = [group for group in asked.groups if group.required]
        done = _finished(current.filter(syllabus=pk), groups)
        for group, number in zip(groups, done, strict=True):
            key = str(group.key or group.requirements[0].key)
            titles.setdefault(key, group.titles)
            people[key] += number
    return tuple(Stage(key, words, people[key]) for key, words in titles.items())


def _versions(current: QuerySet[Enrolment]) -> Iterator[tuple[int, rules.Syllabus]]:
    """Yield the syllabus versions of a cohort, the newest first: its titles and order are shown."""
    used = SyllabusVersion.objects.filter(pk__in=current.values("syllabus")).order_by("-number")
    for version in used:
        yield version.pk, rules.from_json(version.requirements)


def _finished(current: QuerySet[Enrolment], groups: list[rules.Group]) -> list[int]:
    """Return how many people have done enough of each group: one query."""
    done = ItemCompletion.objects.filter(enrolment__in=current.values("pk")).order_by()
    per_person = done.values("enrolment").annotate(
        **{
            f"done_{number}": Count("pk", filter=Q(item_key__in=[one.key for one in group.requirements]))
            for number, group in enumerate(groups)
        }
    )
    totals = per_person.aggregate(
        **{
            f"people_{number}": Count("enrolment", filter=Q(**{f"done_{number}__gte": group.required}))
            for number, group in enumerate(groups)
        }
    )
    return [totals[f"people_{number}"] for number in range(len(groups))]


def _weeks(current: QuerySet[Enrolment], today: datetime.date) -> tuple[tuple[datetime.date, int], ...]:
    """Return how many lessons were finished in each of the last weeks, from the first that has any."""
    this_week = today - datetime.timedelta(days=today.weekday())
    mondays = [this_week - datetime.timedelta(weeks=back) for back in reversed(range(WEEKS))]
    since = timezone.make_aware(datetime.datetime.combine(mondays[0], datetime.time()))
    done = ItemCompletion.objects.filter(enrolment__in=current.values("pk"), how="read", at__gte=since)
    counted = done.order_by().annotate(week=TruncWeek("at")).values_list("week").annotate(Count("pk"))
    lessons = {timezone.localtime(week).date(): number for week, number in counted}
    found = [(monday, lessons.get(monday, 0)) for monday in mondays]
    while found and not found[0][1]:
        found.pop(0)
    return tuple(found)
