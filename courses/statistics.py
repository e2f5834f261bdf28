"""Figures of the tests of a course: who belongs to which group, and what is counted of it.

assessments counts; here stands who is counted. A group is a cohort, or those without one. Everybody
together are the groups of ten people and more, each up to its own cut; while there is no such group,
they are one group. The rules are those of assessments/reports.py.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from accounts.models import User
from accounts.roles import STAFF, Role, has_role
from assessments import reports, reports_vignettes
from assessments.choices import AttemptStatus, Figures
from assessments.models import Attempt, StatisticsReport
from assessments.reports import Asked
from assessments.statistics.sittings import Which
from courses import tasks, tree
from courses.choices import EnrolmentStatus

from .models import Cohort, Course, Enrolment, QuizPage

EVERYBODY, WITHOUT, TOGETHER = "", "none", "all"


@dataclass(frozen=True, slots=True)
class Test:
    """A live quiz and its course."""

    page: QuizPage
    course: Course

    @property
    def key(self) -> UUID:
        """The key by which attempts name it."""
        return self.page.key

    @property
    def before(self) -> QuizPage | None:
        """The pre-test it is paired with."""
        return self.page.paired_with


@dataclass(frozen=True, slots=True)
class Groups:
    """How many people of each group were marked by now, and up to when those with figures are counted."""

    people: Mapping[str, int]
    cuts: Mapping[str, datetime]

    @property
    def total(self) -> int:
        """Everybody who was marked."""
        return sum(self.people.values())

    @property
    def left_out(self) -> int:
        """People of groups that are too small to be counted among everybody."""
        if TOGETHER in self.cuts or not self.cuts:
            return 0
        return sum(number for group, number in self.people.items() if group not in self.cuts)

    def cuts_for(self, group: str) -> dict[str, datetime]:
        """The cuts of one group, or of everybody; none where it is too small."""
        if group == EVERYBODY:
            return dict(self.cuts)
        return {group: self.cuts[group]} if group in self.cuts else {}


def works_with(person: User, course: Course) -> bool:
    """Tell whether the person sees figures of a course: its trainers, staff, auditors, administrators."""
    if has_role(person, *STAFF):
        return True
    return has_role(person, Role.TRAINER) and course.trainers.filter(pk=person.pk).exists()


def test_seen_by(person: User, key: UUID) -> Test:
    """Return a live test whose figures the person may see; raises Http404."""
    found = any_test(key)
    if not works_with(person, found.course):
        raise Http404
    return found


def any_test(key: UUID) -> Test:
    """Return a live test; raises Http404. Who may see what of it is for the caller to ask."""
    page = QuizPage.objects.live().filter(key=key).select_related("paired_with").first()
    course_page = tree.course_page_of(page.path) if page else None
    if page is None or course_page is None:
        raise Http404
    return Test(page, course_page.course)


def cohort_in(course: Course, group: str) -> Cohort | None:
    """Return the cohort that a group is, None for everybody and those without one; raises Http404."""
    if group in (EVERYBODY, WITHOUT):
        return None
    try:
        return Cohort.objects.get(course=course, key=UUID(group))
    except (ValueError, Cohort.DoesNotExist):
        raise Http404 from None


def people_in(course: Course, group: str) -> QuerySet[Any]:
    """Return the people of a group, or of the whole course, as a subquery."""
    return _in_group(course, group or TOGETHER).values("person")


def paired(page_ids: Iterable[int]) -> set[int]:
    """Return which of these tests have a test before them to compare with."""
    found = QuizPage.objects.filter(pk__in=list(page_ids), paired_with__isnull=False)
    return set(found.values_list("pk", flat=True))


def groups_of(test: Test, subject: Figures) -> Groups:
    """Return the groups of a test; for progress, those who took the test before it, too."""
    people = _marked_people(test, subject)
    cuts = reports.cuts_of(test.key, subject, people)
    if not cuts and subject != Figures.VIGNETTES:
        cuts = reports.cuts_of(test.key, subject, {TOGETHER: sum(people.values())})
    return Groups(people, cuts)


def of_test(test: Test, groups: Groups, group: str, which: Which) -> StatisticsReport | None:
    """Return the figures of a test, or None for a group that is too small."""
    return _kept(test, Figures.TEST, groups, group, which.value)


def of_gain(test: Test, groups: Groups, group: str) -> StatisticsReport | None:
    """Return what was gained since the pre-test, or None for a group that is too small."""
    return _kept(test, Figures.GAIN, groups, group, "")


def of_vignettes(test: Test, groups: Groups, group: str) -> StatisticsReport | None:
    """Return how a cohort answered the variants, or None for one that is too small."""
    return _kept(test, Figures.VIGNETTES, groups, group, "")


def count(pk: int) -> None:
    """Count what was asked for; nothing where the test is gone."""
    report = StatisticsReport.objects.filter(pk=pk).first()
    try:
        test = any_test(report.quiz_key) if report else None
    except Http404:
        return
    if report is None or test is None:
        return
    subject = Figures(report.subject)
    cuts = groups_of(test, subject).cuts_for(report.group)
    basis = Asked(test.key, subject, cuts, report.group, report.which).basis
    attempts = _attempts(test.course, test.key, cuts)
    narrow = report.group != EVERYBODY
    if subject == Figures.TEST:
        reports.count_test(report, attempts, basis, narrow=narrow)
    elif subject == Figures.VIGNETTES:
        reports_vignettes.count_vignettes(report, attempts, basis)
    elif test.before is not None:
        before = _attempts(test.course, test.before.key, cuts)
        reports.count_gain(report, before, attempts, _about(test.course, cuts), basis, narrow=narrow)


def _kept(test: Test, subject: Figures, groups: Groups, group: str, which: str) -> StatisticsReport | None:
    cuts = groups.cuts_for(group)
    if not cuts:
        return None
    asked = Asked(test.key, subject, cuts, group, which)
    attempts = _attempts(test.course, test.key, cuts)
    return reports.kept(asked, attempts, now_count=count, later=tasks.count_figures.enqueue)


def _enrolled(course: Course) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(course=course).exclude(status=EnrolmentStatus.WITHDRAWN).order_by()


def _marked_people(test: Test, subject: Figures) -> dict[str, int]:
    enrolled = _enrolled(test.course)
    keys = [test.key]
    if subject == Figures.GAIN:
        keys += [test.before.key] if test.before else []
    for key in keys:
        enrolled = enrolled.filter(
            person__attempts__quiz_key=key, person__attempts__status=AttemptStatus.GRADED
        )
    counted = enrolled.values_list("cohort__key").annotate(people=Count("person", distinct=True))
    return {str(cohort or WITHOUT): people for cohort, people in counted}


def _in_group(course: Course, group: str) -> QuerySet[Enrolment]:
    enrolled = _enrolled(course)
    if group == TOGETHER:
        return enrolled
    return enrolled.filter(cohort=None) if group == WITHOUT else enrolled.filter(cohort__key=group)


def _attempts(course: Course, key: UUID, cuts: Mapping[str, datetime]) -> QuerySet[Attempt]:
    wanted = Q(pk__in=())
    for group, until in cuts.items():
        wanted |= Q(person__in=_in_group(course, group).values("person"), graded_at__lte=until)
    return reports.marked(key).filter(wanted)


def _about(course: Course, cuts: Mapping[str, datetime]) -> dict[Hashable, tuple[str, str]]:
    """The sex and jurisdiction of everybody who may be counted."""
    found: dict[Hashable, tuple[str, str]] = {}
    for group in cuts:
        rows = _in_group(course, group).values_list("person", "person__sex", "person__country")
        found |= {person: (sex, str(country or "")) for person, sex, country in rows}
    return found
