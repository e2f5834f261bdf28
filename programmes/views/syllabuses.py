"""Moving a cohort to the newest syllabus of its course: what it does to whom, then the move."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from courses.choices import ItemKind
from courses.comparison import Effect
from courses.models import Cohort, Enrolment
from courses.rules import Requirement
from programmes import access, syllabuses
from programmes.access import StaffRequest, done_by_staff, seen_by_staff
from programmes.lists import ON_A_PAGE
from programmes.requirements import title_in
from translation.reading import Reading


@dataclass(frozen=True, slots=True)
class Named:
    """A requirement with its title in the page's language and its kind in words."""

    title: Reading
    kind: str
    asked: Requirement


@dataclass(frozen=True, slots=True)
class Affected:
    """One person before and after."""

    enrolment: Enrolment
    effect: Effect


@seen_by_staff
@require_http_methods(["GET", "HEAD", "POST"])
def syllabus(request: StaffRequest, key: UUID) -> HttpResponseBase:
    """Show what the newest syllabus changes for a cohort. For programme staff, administrators and
    auditors; to move anybody is for programme staff and administrators.
    """
    found = access.cohort_of(key)
    if request.method == "POST":
        return _move(request, found)
    shown = syllabuses.preview(found)
    page = Paginator(shown.effects, ON_A_PAGE).get_page(request.GET.get("page"))
    source = found.course.source_language
    context = {
        "cohort": found,
        "version": shown.version,
        "people": len(shown.effects),
        "counts": {name: shown.counts[name] for name in ("rises", "falls", "stays", "completes")},
        "changes": [_change(one, source) for one in shown.changes],
        "page": page,
        "rows": _rows(list(page)),
        "may_act": access.may_act(request.user),
    }
    return render(request, "programmes/syllabus.html", context)


@done_by_staff
def _move(request: StaffRequest, cohort: Cohort) -> HttpResponse:
    given = request.POST.get("version", "")
    try:
        moved = syllabuses.move_to_newest(
            cohort=cohort, number=int(given) if given.isdecimal() else 0, actor=request.user
        )
    except syllabuses.NotNewest:
        messages.warning(request, _("The course has changed again. Nobody was moved; see what is new."))
        return redirect("programmes:cohort_syllabus", cohort.key)
    messages.success(request, _moved_sentence(len(moved)))
    if completed := sum(one.completed_at is not None for one in moved):
        messages.success(request, _completed_sentence(completed))
    return redirect("programmes:cohort", cohort.key)


def _moved_sentence(number: int) -> str:
    words = ngettext(
        "%(n)s learner follows the newest syllabus now.",
        "%(n)s learners follow the newest syllabus now.",
        number,
    )
    return words % {"n": number}


def _completed_sentence(number: int) -> str:
    words = ngettext(
        "%(n)s of them has completed the course by it.",
        "%(n)s of them have completed the course by it.",
        number,
    )
    return words % {"n": number}


def _change(one: syllabuses.Change, source_language: str) -> dict[str, Any]:
    found = one.differences
    return {
        "number": one.number,
        "people": one.people,
        "added": [_named(asked, source_language) for asked in found.added],
        "removed": [_named(asked, source_language) for asked in found.removed],
        "altered": [_named(asked, source_language) for asked in found.altered],
        "counted": [
            {
                "title": title_in(group.titles, source_language),
                "needed": group.required,
                "all": group.required == len(group.requirements),
            }
            for group in found.counted
        ],
    }


def _named(asked: Requirement, source_language: str) -> Named:
    return Named(title_in(asked.titles, source_language), str(ItemKind(asked.kind).label), asked)


def _rows(effects: list[tuple[int, Effect]]) -> list[Affected]:
    found = Enrolment.objects.filter(pk__in=[pk for pk, _effect in effects]).select_related("person")
    by_pk = found.defer("person__sex", "person__password").in_bulk()
    return [Affected(by_pk[pk], effect) for pk, effect in effects if pk in by_pk]
