"""Figures about groups, counted and kept. The caller says who belongs to a group.

Two rules keep single people out of the difference between two figures. A group is counted up to
a moment (its *cut*), which moves on only when ten people more have been marked; and the figures of
everybody are those of all groups up to their own cuts, so that the groups add up to them.
"""

import hashlib
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from assessments import reports_data
from assessments.choices import AttemptStatus, Figures
from assessments.models import Attempt, Regrade, StatisticsReport
from assessments.reports_reading import Reader
from assessments.statistics import gain
from assessments.statistics.reports import report as report_of
from assessments.statistics.sittings import Which, choices_for, chosen
from assessments.statistics.small_groups import SMALLEST_GROUP

# a count that has not ended after this has died with its worker, and is begun again
GIVEN_UP = timedelta(minutes=15)
# so many attempts are counted while somebody waits for the page; more by a task
AT_ONCE = 200
STEP = 500  # attempts between two reports of progress

type Cuts = Mapping[str, datetime]
type About = Mapping[Hashable, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """Figures that somebody asks for; see StatisticsReport. ``cuts`` are those of the groups in it."""

    quiz_key: UUID
    subject: Figures
    cuts: Cuts
    group: str = ""
    which: str = ""

    @property
    def basis(self) -> str:
        """A name for what the count rests on: the cuts, and the regrades, decided and written.

        What is counted while a regrade is being written is so counted again at its end.
        """
        regraded = Regrade.objects.filter(committed_at__isnull=False)
        found = regraded.filter(Q(quiz_key=self.quiz_key) | Q(quiz_key=None)).aggregate(
            at=Max("committed_at"), written=Count("pk", filter=Q(summary__has_key="written"))
        )
        parts = [f"{group} {until.isoformat()}" for group, until in sorted(self.cuts.items())]
        parts += [f"{found['at']} {found['written']}"]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def marked(quiz_key: UUID) -> QuerySet[Attempt]:
    """The attempts at a quiz whose marks are known."""
    return Attempt.objects.filter(quiz_key=quiz_key, status=AttemptStatus.GRADED)


def cuts_of(
    quiz_key: UUID, subject: Figures, people: Mapping[str, int], now: datetime | None = None
) -> dict[str, datetime]:
    """Return up to when each group is counted, given how many of it have been marked by now.

    Groups of fewer than ten people are counted in no figure, and have none.
    """
    now = now or timezone.now()
    rows = StatisticsReport.objects.filter(quiz_key=quiz_key, subject=Figures.CUT, which=subject)
    kept = {row.group: row for row in rows}
    found: dict[str, datetime] = {}
    moved = []
    for group, number in people.items():
        row = kept.get(group)
        if row is not None and row.until and number < row.people + SMALLEST_GROUP:
            found[group] = row.until
        elif number >= SMALLEST_GROUP:
            found[group] = now
            moved.append(
                StatisticsReport(
                    quiz_key=quiz_key,
                    subject=Figures.CUT,
                    which=subject,
                    group=group,
                    people=number,
                    until=now,
                )
            )
    if moved:
        StatisticsReport.objects.bulk_create(
            moved,
            update_conflicts=True,
            unique_fields=["quiz_key", "subject", "group", "which"],
            update_fields=["people", "until"],
        )
    return found


def kept(
    asked: Asked,
    attempts: QuerySet[Attempt],
    *,
    now_count: Callable[[int], object],
    later: Callable[[int], object],
) -> StatisticsReport:
    """Return what is kept, and have it counted anew where it rests on something else by now.

    ``now_count`` and ``later`` are given the primary key of the report: to count it at once, where
    the attempts are few, or by a task.
    """
    basis, now = asked.basis, timezone.now()
    report = _row(asked)
    if report.basis == basis and report.counted_at is not None or is_under_way(report, now):
        return report
    total = attempts.count()
    with transaction.atomic():
        report = StatisticsReport.objects.select_for_update().get(pk=report.pk)
        if is_under_way(report, now):
            return report
        report.asked_at, report.done, report.total = now, 0, total
        report.save(update_fields=["asked_at", "done", "total"])
        if total > AT_ONCE:
            transaction.on_commit(lambda: later(report.pk))
    if total <= AT_ONCE:
        now_count(report.pk)
    report.refresh_from_db()
    return report


def is_under_way(report: StatisticsReport, now: datetime) -> bool:
    """Tell whether a task is counting it."""
    waits = report.total > AT_ONCE and (report.counted_at is None or report.counted_at < report.asked_at)
    return waits and now - report.asked_at < GIVEN_UP


def count_test(
    report: StatisticsReport, attempts: QuerySet[Attempt], basis: str, *, narrow: bool
) -> StatisticsReport:
    """Count a test in one pass and keep the figures."""
    reader = Reader(attempts, passed=progress_of(report))
    found = report_of(reader.sittings(), Which(report.which or Which.FIRST), _source_language(attempts))
    several = attempts.order_by().values("person").annotate(times=Count("pk")).filter(times__gt=1).count()
    return keep(
        report, basis, found.people, reports_data.of_test(found, reader.met, several=several, narrow=narrow)
    )


def count_gain(
    report: StatisticsReport,
    before: QuerySet[Attempt],
    after: QuerySet[Attempt],
    about: About,
    basis: str,
    *,
    narrow: bool,
) -> StatisticsReport:
    """Count what was gained between the first attempt at one test and the last at another."""
    pairs = gain.matched(
        _scores(Reader(before), Which.FIRST),
        _scores(Reader(after, passed=progress_of(report)), Which.LAST),
        about,
    )
    data = reports_data.of_gains(gain.gains(pairs), narrow=narrow)
    return keep(report, basis, len(pairs), data)


def which_of(report: StatisticsReport) -> tuple[Which, ...]:
    """The choices of attempts that may be offered beside this one."""
    return choices_for(report.data.get("several", 0))


def _scores(reader: Reader, which: Which) -> Iterable[gain.Score]:
    for sitting in chosen(reader.sittings(), which):
        if sitting.highest:
            yield gain.score_of(sitting, reader.objectives)


def _source_language(attempts: QuerySet[Attempt]) -> str:
    """The language that most questions of the newest paper were written in."""
    newest = attempts.order_by("-graded_at").first()
    written = [slot.language for slot in newest.paper.slots] if newest else []
    return max(sorted(set(written)), key=written.count, default="")


def progress_of(report: StatisticsReport) -> Callable[[int], None]:
    row = StatisticsReport.objects.filter(pk=report.pk)

    def tell(read: int) -> None:
        if read % STEP == 0:
            row.update(done=read)

    return tell


def _row(asked: Asked) -> StatisticsReport:
    return StatisticsReport.objects.get_or_create(
        quiz_key=asked.quiz_key, subject=asked.subject, group=asked.group, which=asked.which
    )[0]


def keep(report: StatisticsReport, basis: str, people: int, data: Mapping[str, object]) -> StatisticsReport:
    report.data, report.people, report.basis = dict(data), people, basis
    report.counted_at = timezone.now()
    report.done = report.total
    report.save()
    return report
