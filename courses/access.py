"""May this person …? Each answer is the object, or 404: an outsider is not told that a thing exists."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils import timezone

from accounts.models import User
from accounts.roles import EDITORS, STAFF, Role, has_role
from certificates.models import Certificate
from courses import enrolled, outline, progress, renewals
from courses.choices import EnrolmentStatus
from courses.outline import Outline, OutlineItem
from courses.standing import Standing

from .models import Course, CoursePage, Enrolment

Person = User | AnonymousUser


@dataclass(frozen=True, slots=True)
class Place:
    """A live course as one person finds it: with their enrolment, if they have one.

    `again` is what a renewal under way still asks for: it counts as not done.
    """

    page_id: int
    course_id: int
    edition: UUID
    slug: str
    enrolment: Enrolment | None
    cohort_starts: datetime.date | None = None
    done: frozenset[UUID] = frozenset()
    again: frozenset[UUID] = frozenset()

    @property
    def takes_part(self) -> bool:
        """Tell whether the person is enrolled, not waiting."""
        return self.enrolment is not None and self.enrolment.status in progress.TAKING_PART

    def outline(self, language: str) -> Outline:
        """Return the outline of the course in a language."""
        return outline.of(page_id=self.page_id, edition=self.edition, language=language)

    def standing(self, found: Outline) -> Standing:
        """Return how the person stands; who does not take part has done nothing."""
        done = self.done if self.takes_part else frozenset()
        return Standing(found, done, timezone.localdate(), self.cohort_starts)


def place(person: Person, slug: str) -> Place:
    """Return a live course as the person finds it, in one query for those who are enrolled.

    Raises Http404 where there is no such course.
    """
    if isinstance(person, User) and (found := enrolled.in_course(person.pk, slug)) is not None:
        return Place(
            page_id=found.page_id,
            course_id=found.enrolment.course_id,
            edition=found.edition,
            slug=slug,
            enrolment=found.enrolment,
            cohort_starts=found.cohort_starts,
            done=found.done - found.again,
            again=found.again,
        )
    page = (
        CoursePage.objects.filter(slug=slug, live=True)
        .values_list("pk", "course_id", "course__edition")
        .first()
    )
    if page is None:
        raise Http404
    return Place(*page, slug=slug, enrolment=None)


def signed_in(person: Person) -> User:
    """Return the person who is signed in; raises Http404 for nobody."""
    if not isinstance(person, User):
        raise Http404
    return person


def item_in(found: Outline, path: str) -> OutlineItem:
    """Return the lesson or quiz at a path below the course; raises Http404."""
    try:
        return found.by_path[path]
    except KeyError:
        raise Http404 from None


def may_read(person: Person, at: Place) -> bool:
    """Tell whether the person may read the lessons: who takes part, and who works on the course."""
    return at.takes_part or works_on(person, at.course_id)


def works_on(person: Person, course_id: int) -> bool:
    """Tell whether the person teaches, reviews, translates or administers the course."""
    if not person.is_authenticated or not (person.is_staff or person.is_programme_staff):
        return False
    if has_role(person, *(EDITORS | STAFF) - {Role.TRAINER}):
        return True
    return Course.objects.filter(pk=course_id, trainers=person).exists()


def course_of(key: UUID) -> Course:
    """Return a course that has a live page; raises Http404."""
    course = Course.objects.filter(key=key, page__live=True).select_related("page").first()
    if course is None:
        raise Http404
    return course


def renewable_by(person: Person, key: UUID) -> tuple[Enrolment, Certificate]:
    """Return one's own completed enrolment and the certificate of it that has an end; raises Http404."""
    mine = Enrolment.objects.filter(key=key, person_id=person.pk, status=EnrolmentStatus.COMPLETED)
    enrolment = mine.filter(course__page__live=True).select_related("course__page", "syllabus").first()
    certificate = renewals.standing_of(enrolment) if enrolment else None
    if enrolment is None or certificate is None or certificate.valid_until is None:
        raise Http404
    return enrolment, certificate


def outline_for(course: Course, language: str) -> Outline:
    """Return the outline of a course that has a live page."""
    return outline.of(page_id=course.page.pk, edition=course.edition, language=language)


def item_read_by(person: Person, key: UUID, language: str) -> OutlineItem:
    """Return a lesson of a course in which the person takes part; raises Http404."""
    mine = Enrolment.objects.current().filter(person_id=person.pk, course__page__live=True)
    for page_id, edition in mine.values_list("course__page", "course__edition"):
        found = outline.of(page_id=page_id, edition=edition, language=language)
        if key in found.by_key:
            return found.by_key[key]
    raise Http404
