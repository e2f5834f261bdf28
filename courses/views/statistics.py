"""Figures of tests for those who work with a course: groups of people, never a person.

For its trainers, programme staff, auditors and administrators; for everybody else they do not exist.
"""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.roles import STAFF, has_role
from assessments import reports, reports_pages, reports_words
from assessments.choices import AttemptStatus, Figures
from assessments.models import Attempt, QuestionVersion, StatisticsReport
from assessments.statistics.sittings import Which
from courses import statistics, tree
from courses.access import signed_in
from courses.models import Cohort, Course, CoursePage, QuizSlot
from courses.statistics import EVERYBODY, WITHOUT, Groups, Test
from translation.reading import Reading, read

QUESTIONS_ON_A_PAGE = 50
AGAIN = "5"  # seconds until a page that waits is asked for again


@never_cache
@login_required
@require_safe
def tests(request: HttpRequest, key: UUID) -> HttpResponse:
    """List the tests of a course. For its trainers, staff, auditors and administrators."""
    person = signed_in(request.user)
    page = get_object_or_404(CoursePage.objects.live().select_related("course"), course__key=key)
    if not statistics.works_with(person, page.course):
        raise Http404
    group = request.GET.get("group", EVERYBODY)
    cohort = statistics.cohort_in(page.course, group)
    context = {
        "course": page.course,
        "cohort": cohort,
        "group": group,
        "cohort_url": _cohort_url(request, cohort),
        "tests": _tests(page, group),
        "groups": _offered(page.course, group),
    }
    return render(request, "courses/statistics/tests.html", context)


@never_cache
@login_required
@require_safe
def whole(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show a test and its questions. For the course's trainers, staff, auditors and administrators."""
    test = statistics.test_seen_by(signed_in(request.user), key)
    context, groups = context_of(request, test, Figures.TEST)
    report = _chosen_report(request, context, test, groups)
    if report is None or report.counted_at is None:
        return without_figures(request, context, report)
    page = Paginator(report.data["questions"], QUESTIONS_ON_A_PAGE).get_page(request.GET.get("page"))
    context |= {
        "report": report,
        "counting": reports.is_under_way(report, timezone.now()),
        **exports_of("courses:figures_questions_file", test, request),
        "figures": reports_pages.whole_test(report),
        "page": page,
        "rows": reports_pages.rows(page),
    }
    context["look_at"] = [row for row in context["rows"] if row.deserves]
    return render(request, "courses/statistics/whole.html", context)


@never_cache
@login_required
@require_safe
def question(request: HttpRequest, key: UUID, question: UUID) -> HttpResponse:
    """Show one question of a test. For the course's trainers, staff, auditors and administrators."""
    test = statistics.test_seen_by(signed_in(request.user), key)
    context, groups = context_of(request, test, Figures.TEST)
    report = _chosen_report(request, context, test, groups)
    if report is None or report.counted_at is None:
        return without_figures(request, context, report)
    kept = next((one for one in report.data["questions"] if one["key"] == str(question)), None)
    version = (
        QuestionVersion.objects.select_related("question")
        .prefetch_related("options")
        .filter(pk=kept["version"])
        if kept
        else QuestionVersion.objects.none()
    ).first()
    if kept is None or version is None:
        raise Http404
    details = kept["details"]
    context |= {
        "report": report,
        "kept": kept,
        "row": reports_pages.row_of(kept, version),
        "stem": read(version, "stem") if version.text_form == "plain" else reports_pages.title_of(version),
        "ease": reports_words.of_facility(
            kept["facility"]["value"] if kept["facility"] else None, kept["guess"]
        ),
        "weighs": reports_words.of_weight(kept),
        "languages": reports_pages.language_rows(kept),
    }
    if details:
        context |= {
            "tells": reports_words.of_discrimination(details["discrimination"]),
            "does": reports_words.of_efficiency(details["efficiency"]),
            "curve": reports_pages.curve(kept),
            "answers": reports_pages.answer_rows(kept, version),
        }
    return render(request, "courses/statistics/question.html", context)


def exports_of(name: str, test: Test, request: HttpRequest) -> dict[str, str]:
    """Return the address of the same figures as a file, without its ending, and what goes with it."""
    kept = {name: value for name, value in request.GET.items() if name in ("group", "which") and value}
    return {
        "exports": reverse(name, args=[test.key, "csv"]).removesuffix("csv"),
        "export_query": f"?{urlencode(kept)}" if kept else "",
    }


def context_of(
    request: HttpRequest, test: Test, subject: Figures, group: str | None = None
) -> tuple[dict[str, Any], Groups]:
    """What the pages of a test share, and its groups."""
    group = request.GET.get("group", EVERYBODY) if group is None else group
    cohort = statistics.cohort_in(test.course, group)
    groups = statistics.groups_of(test, subject)
    return {
        "test": test,
        "course": test.course,
        "title": read(test.page, "title"),
        "group": group,
        "cohort": cohort,
        "cohort_url": _cohort_url(request, cohort),
        "groups": _offered(test.course, group, groups),
        "people": groups.total if group == EVERYBODY else groups.people.get(group, 0),
        "left_out": groups.left_out if group == EVERYBODY else 0,
        "query": f"?group={group}" if group else "",
        "base": "base_staff.html",
    }, groups


def without_figures(
    request: HttpRequest, context: dict[str, Any], report: StatisticsReport | None
) -> HttpResponse:
    """Say that a group is too small, or that its figures are being counted."""
    response = render(request, "courses/statistics/none.html", context | {"report": report})
    if report is not None:
        response["Refresh"] = AGAIN
    return response


def _chosen_report(
    request: HttpRequest, context: dict[str, Any], test: Test, groups: Groups
) -> StatisticsReport | None:
    """The figures of a test for the group and the attempts that are asked for; the choice is noted."""
    report = statistics.of_test(test, groups, context["group"], Which.FIRST)
    if report is None or not report.counted_at or context["group"] != EVERYBODY:
        return report
    context["choices"] = _choices(request, report)
    chosen = next(Which(value) for value, _words, on in context["choices"] if on)
    if chosen == Which.FIRST:
        return report
    context["query"] = f"?which={chosen}"
    return statistics.of_test(test, groups, EVERYBODY, chosen)


def _choices(request: HttpRequest, report: StatisticsReport) -> list[tuple[str, str, bool]]:
    offered = [one.value for one in reports.which_of(report)]
    asked = request.GET.get("which", Which.FIRST)
    return reports_pages.attempt_choices(asked if asked in offered else Which.FIRST.value, offered)


def _offered(course: Course, group: str, groups: Groups | None = None) -> list[dict[str, Any]]:
    """Everybody and each group that has somebody in it, in the order of cohorts."""
    names = [(str(one.key), one.name) for one in Cohort.objects.filter(course=course)]
    if groups is not None:
        names = [(key, name) for key, name in names if key in groups.people]
        if WITHOUT in groups.people and names:
            names.append((WITHOUT, pgettext("people", "Without a cohort")))
    offered = [(EVERYBODY, pgettext("people", "Everybody")), *names]
    return [{"key": key, "name": name, "on": key == group} for key, name in offered]


def _cohort_url(request: HttpRequest, cohort: Cohort | None) -> str:
    """The page of the cohort, for those who may open it."""
    may = cohort is not None and has_role(signed_in(request.user), *STAFF)
    return reverse("programmes:cohort", args=[cohort.key]) if cohort and may else ""


def _tests(page: CoursePage, group: str) -> list[dict[str, Any]]:
    """The live tests of a course, each with how many people were marked and what else is compared."""
    quizzes = [item for item in tree.read(page).items if item.pass_mark is not None]
    keys = [item.key for item in quizzes]
    people = dict(
        Attempt.objects.filter(quiz_key__in=keys, status=AttemptStatus.GRADED)
        .filter(person__in=statistics.people_in(page.course, group))
        .order_by()
        .values_list("quiz_key")
        .annotate(people=Count("person", distinct=True))
    )
    slots = QuizSlot.objects.filter(page__in=[item.page_id for item in quizzes])
    with_vignettes = set(slots.filter(vignette__isnull=False).values_list("page", flat=True))
    paired = statistics.paired([item.page_id for item in quizzes])
    return [
        {
            "key": item.key,
            "title": _title(item),
            "people": people.get(item.key, 0),
            "gain": item.page_id in paired,
            "vignettes": item.page_id in with_vignettes,
        }
        for item in quizzes
    ]


def _title(item: tree.Item) -> Reading:
    language = reports_pages.here()
    found = language if language in item.titles else item.source_language
    return Reading(item.titles.get(found) or _("A test without a title"), found)
