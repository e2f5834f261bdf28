"""My learning: one thing to go on with, then courses, dates, certificates and hours."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from certificates import transcripts
from certificates.choices import Kind
from certificates.models import Certificate
from courses import names, outline, renewals, syllabus
from courses.choices import EnrolmentStatus
from courses.deadlines import end_of
from courses.models import Enrolment, ItemCompletion, Renewal, RenewalItem
from courses.outline import OutlineItem
from courses.standing import Standing
from translation.reading import Reading, base_language


@dataclass(frozen=True, slots=True)
class Taken:
    """A course that the reader takes, has applied for or has completed.

    `gone` are the titles of what they still need and is no longer offered.
    """

    enrolment: Enrolment
    standing: Standing
    next: OutlineItem | None
    finish_by: datetime.datetime | None
    certificate: Certificate | None
    gone: list[Reading]
    renewal: Renewal | None = None

    @property
    def may_renew(self) -> bool:
        """Tell whether a renewal is under way or may be begun."""
        return self.renewal is not None or renewals.may_renew(self.certificate)


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """A day to keep: the end of a course, the beginning or end of a cohort, an item that opens."""

    day: datetime.date
    kind: str
    words: str
    url: str

    @property
    def days_left(self) -> int:
        """Return how many days there are until then."""
        return (self.day - timezone.localdate()).days


@require_safe
@login_required
def my_learning(request: HttpRequest) -> HttpResponse:
    """Show the reader's courses; six queries, however many there are."""
    mine = list(
        Enrolment.objects.of(request.user)
        .exclude(status=EnrolmentStatus.WITHDRAWN)
        .select_related("course__page", "cohort", "syllabus")
        .annotate(name_asked=names.asked_of(request.user))
        .order_by("-last_active_at", "-enrolled_at")
    )
    completed = list(ItemCompletion.objects.filter(enrolment__in=mine))
    standing = list(Certificate.objects.of(request.user))
    renewed = list(RenewalItem.objects.filter(renewal__enrolment__in=mine).select_related("renewal"))
    courses = list(_taken(mine, completed, standing, renewed))
    active = [one for one in courses if one.enrolment.status == EnrolmentStatus.ACTIVE]
    resume = next((one for one in active if one.next), None)
    context = {
        "resume": resume,
        "active": active,
        "applied": [one for one in courses if one.enrolment.status == EnrolmentStatus.APPLIED],
        "finished": [one for one in courses if one.enrolment.status == EnrolmentStatus.COMPLETED],
        "transcripts": [one for one in standing if one.kind == Kind.TRANSCRIPT],
        "may_list": transcripts.may_be_listed(standing),
        "dates": sorted(_dates(active)),
        "hours": hours_this_year(courses, completed),
        "year": timezone.localdate().year,
        "names_asked": [one for one in mine if one.name_asked],
    }
    return render(request, "courses/my_learning.html", context)


def _taken(
    mine: Sequence[Enrolment],
    completed: Iterable[ItemCompletion],
    standing_certificates: Iterable[Certificate],
    renewed: Sequence[RenewalItem],
) -> Iterable[Taken]:
    language = base_language(get_language())
    done: dict[int, set[UUID]] = defaultdict(set)
    for one in completed:
        done[one.enrolment_id].add(one.item_key)
    under_way = _renewals_under_way(renewed, done)
    certificates = _newest(standing_certificates, {one.key: one.pk for one in mine}, renewed)
    for enrolment in mine:
        page = getattr(enrolment.course, "page", None)
        if page is None:
            continue  # the record outlives the page: staff still see it
        found = outline.of(page_id=page.pk, edition=enrolment.course.edition, language=language)
        starts = enrolment.cohort.starts_on if enrolment.cohort else None
        standing = Standing(found, frozenset(done[enrolment.pk]), timezone.localdate(), starts)
        yield Taken(
            enrolment=enrolment,
            standing=standing,
            next=standing.resume(enrolment.last_item_key),
            finish_by=end_of(enrolment.due_on),
            certificate=certificates.get(enrolment.pk),
            gone=_gone(enrolment, standing),
            renewal=under_way.get(enrolment.pk),
        )


def _renewals_under_way(renewed: Iterable[RenewalItem], done: dict[int, set[UUID]]) -> dict[int, Renewal]:
    """Return the renewals that are not completed, by the enrolment; what they still ask for is not done."""
    found = {}
    for one in renewed:
        if one.renewal.completed_at is None:
            found[one.renewal.enrolment_id] = one.renewal
            if one.done_at is None:
                done[one.renewal.enrolment_id].discard(one.item_key)
    return found


def _newest(
    standing: Iterable[Certificate], enrolments: Mapping[UUID, int], renewed: Iterable[RenewalItem]
) -> dict[int, Certificate]:
    """Return the newest certificate of each enrolment; `standing` has the newest first."""
    awards = {**enrolments, **{one.renewal.key: one.renewal.enrolment_id for one in renewed}}
    found: dict[int, Certificate] = {}
    for one in standing:
        if one.award_key in awards:
            found.setdefault(awards[one.award_key], one)
    return found


def _gone(enrolment: Enrolment, standing: Standing) -> list[Reading]:
    if enrolment.status != EnrolmentStatus.ACTIVE:
        return []
    return syllabus.gone(
        syllabus.summary_of(enrolment.syllabus, standing.done),
        standing.outline.by_key,
        language=standing.outline.language,
        source_language=enrolment.course.source_language,
    )


def _dates(active: Iterable[Taken]) -> Iterable[Due]:
    today = timezone.localdate()
    for one in active:
        found, cohort = one.standing.outline, one.enrolment.cohort
        if one.enrolment.due_on and one.enrolment.due_on >= today:
            yield Due(one.enrolment.due_on, "finish", str(found.title), found.url)
        if cohort and cohort.starts_on and cohort.starts_on > today:
            yield Due(cohort.starts_on, "cohort", cohort.name, found.url)
        for item in found.items:
            opens = item.gate.opens_on
            if opens and opens > today and item.key not in one.standing.done:
                yield Due(opens, "opens", item.name, item.url)


def hours_this_year(courses: Iterable[Taken], completed: Iterable[ItemCompletion]) -> Decimal:
    """Return the hours of study of what was marked done this year, to one decimal."""
    minutes = {item.key: item.minutes for one in courses for item in one.standing.outline.items}
    year = timezone.localdate().year
    total = sum(minutes.get(one.item_key, 0) for one in completed if timezone.localtime(one.at).year == year)
    return (Decimal(total) / 60).quantize(Decimal("0.1"), ROUND_HALF_UP)
