"""Quizzes as staff run them: which there are, what waits at each, and where one belongs.

Nothing here reads an answer or a mark.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from assessments import marking_desk
from assessments.choices import LateDecision
from assessments.marking_desk import Waiting
from assessments.models import LateAnswer, Override, RoomTicket
from courses.models import Cohort, Course, CoursePage, QuizPage

TICKETS_SHOWN = 30
EXCEPTIONS_SHOWN = 100
# what the pages read of a late answer: never what was answered
_SEEN = (
    "pk",
    "slot",
    "sequence",
    "answered_at",
    "received_at",
    "decision",
    "attempt__key",
    "attempt__quiz_key",
    "attempt__deadline",
    "attempt__submitted_at",
    "attempt__person__key",
    "attempt__person__name",
    "attempt__person__email",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One quiz of a course, with what waits there."""

    page: QuizPage
    waiting: Waiting | None
    late: int


def by_course() -> list[tuple[Course, list[Line]]]:
    """Return the live quizzes of each course in order; four queries, however many there are."""
    courses = list(CoursePage.objects.live().select_related("course").order_by("course__code"))
    waiting = marking_desk.waiting_by_quiz()
    late = dict(late_waiting().values_list("attempt__quiz_key").annotate(n=Count("pk")).order_by())
    pages = list(QuizPage.objects.live().order_by("path"))
    found = []
    for one in courses:
        below = [page for page in pages if page.path.startswith(one.path)]
        lines = [Line(page, waiting.get(page.key), late.get(page.key, 0)) for page in below]
        if lines:
            found.append((one.course, lines))
    return found


def quiz_of(key: UUID) -> tuple[QuizPage, Course]:
    """Return a quiz and its course; raises Http404."""
    page = QuizPage.objects.filter(key=key).first()
    if page is None:
        raise Http404
    above = CoursePage.objects.ancestor_of(page).select_related("course").first()
    if above is None:
        raise Http404
    return page, above.course


def cohorts_of(course: Course) -> QuerySet[Cohort]:
    """Return the cohorts of a course, the newest first."""
    return Cohort.objects.filter(course=course).order_by("-starts_on", "name", "pk")


def exceptions_of(page: QuizPage) -> list[tuple[Override, Cohort | None]]:
    """Return the exceptions that are in force at a quiz, those of groups with their cohort."""
    found = list(
        Override.objects.in_force(page.key, timezone.now())
        .select_related("person", "granted_by")
        .defer("person__sex", "person__password")[:EXCEPTIONS_SHOWN]
    )
    keys = [one.group_key for one in found if one.group_key]
    cohorts = {one.key: one for one in Cohort.objects.filter(key__in=keys)} if keys else {}
    return [(one, cohorts.get(one.group_key) if one.group_key else None) for one in found]


def tickets_of(page: QuizPage) -> QuerySet[RoomTicket]:
    """Return the newest room tickets of a quiz with how many have begun by each."""
    return RoomTicket.objects.filter(quiz_key=page.key).annotate(begun=Count("attempts"))[:TICKETS_SHOWN]


def late_waiting() -> QuerySet[LateAnswer]:
    """Return late answers that wait for a decision, the oldest first, without what was answered."""
    return _late().filter(decision=LateDecision.WAITING).order_by("received_at", "pk")


def late_of(pk: int) -> LateAnswer:
    """Return a late answer without what was answered; raises Http404."""
    return get_object_or_404(_late(), pk=pk)


def _late() -> QuerySet[LateAnswer]:
    return LateAnswer.objects.select_related("attempt__person").only(*_SEEN)


def titles_of(keys: Iterable[UUID]) -> dict[UUID, QuizPage]:
    """Return the pages of quizzes by their keys, for their titles."""
    return {page.key: page for page in QuizPage.objects.filter(key__in=list(keys))}
