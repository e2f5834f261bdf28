"""The tables of figures as files: about groups, without anybody's marks."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import audit
from assessments import reports, reports_gain, reports_pages
from assessments.choices import Figures
from assessments.models import StatisticsReport
from assessments.statistics.sittings import Which
from courses import statistics
from courses.access import signed_in
from courses.csv_file import Cell, csv_lines, in_pieces
from courses.statistics import EVERYBODY, Test
from courses.views.comparisons import country_named, sex_named
from courses.xlsx_file import xlsx_file

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLACES = 4


@never_cache
@login_required
@require_safe
def questions(request: HttpRequest, key: UUID, kind: str) -> HttpResponseBase:
    """Send the figures of all questions. For the course's trainers, staff, auditors, administrators."""
    test, group = _asked(request, key)
    groups = statistics.groups_of(test, Figures.TEST)
    report = statistics.of_test(test, groups, group, Which.FIRST)
    which = request.GET.get("which", Which.FIRST)
    if report and report.counted_at and group == EVERYBODY and which in reports.which_of(report):
        report = statistics.of_test(test, groups, group, Which(which))
    headings = (
        _("Place"), _("Question"), _("Learning outcome"), _("Attempts"), _("People"), _("Facility"),
        _("From"), pgettext("end of a range", "To"), _("By guessing"), _("Standard deviation"),
        _("Discrimination"), _("Efficiency"),
        _("Weight meant"), _("Weight in effect"), _("Seconds"), _("In short"),
    )  # fmt: skip
    return _sent(request, test, report, kind, "questions", headings, _of_questions)


@never_cache
@login_required
@require_safe
def progress(request: HttpRequest, key: UUID, kind: str) -> HttpResponseBase:
    """Send what people learnt. For the course's trainers, staff, auditors and administrators."""
    test, group = _asked(request, key)
    if test.before is None:
        raise Http404
    groups = statistics.groups_of(test, Figures.GAIN)
    report = statistics.of_gain(test, groups, group)
    headings = (
        _("Group"), _("People"), _("Before"), _("After"), _("Gain"), _("From"),
        pgettext("end of a range", "To"),
        _("Of what was missing"), _("Effect size"), _("From"), pgettext("end of a range", "To"),
    )  # fmt: skip
    return _sent(request, test, report, kind, "progress", headings, _of_progress)


def _asked(request: HttpRequest, key: UUID) -> tuple[Test, str]:
    test = statistics.test_seen_by(signed_in(request.user), key)
    group = request.GET.get("group", EVERYBODY)
    statistics.cohort_in(test.course, group)
    return test, group


def _of_questions(report: StatisticsReport) -> Iterator[list[Cell]]:
    for row in reports_pages.rows(report.data["questions"]):
        one, details = row.kept, row.kept["details"] or {}
        times = details.get("times") or {}
        yield [
            one["position"], str(row.words), one["objective"], one["sittings"], one["people"],
            *_estimate(one["facility"]), _cell(one["guess"]), _cell(details.get("deviation")),
            _cell(row.discrimination), _cell(row.efficiency), _cell(row.intended), _cell(row.effective),
            _cell(times.get("median")), row.said.name,
        ]  # fmt: skip


def _of_progress(report: StatisticsReport) -> Iterator[list[Cell]]:
    rows = [reports_gain.Row(_("Everybody"), reports_gain.shown(report.data["of_all"]))]
    rows += reports_gain.rows(report.data["by_objective"])
    if found := reports_gain.breakdowns(report.data, sex_named, country_named):
        rows += [*found.by_sex, *found.by_jurisdiction, *found.by_both]
    for row in rows:
        if row.gain is None:
            yield [row.name, _("not shown")]
            continue
        gain = row.gain.kept
        yield [
            row.name, gain["people"], _cell(gain["before"]), _cell(gain["after"]), *_estimate(gain["raw"]),
            _cell(gain["normalised"]), *_estimate(gain["effect"]),
        ]  # fmt: skip


def _estimate(estimate: dict[str, Any] | None) -> list[Cell]:
    """A figure and the two ends of its interval."""
    interval = (estimate or {}).get("interval") or {}
    return [_cell((estimate or {}).get("value")), _cell(interval.get("lower")), _cell(interval.get("upper"))]


def _cell(value: float | None) -> Cell:
    return "" if value is None else round(value, PLACES)


def _sent(
    request: HttpRequest,
    test: Test,
    report: StatisticsReport | None,
    kind: str,
    name: str,
    headings: Iterable[str],
    rows: Any,
) -> HttpResponseBase:
    """The file; 404 where there are no figures, as the page that leads here says."""
    if report is None or report.counted_at is None:
        raise Http404
    audit.record(
        actor=signed_in(request.user),
        verb="exported",
        target=test.course,
        data={"kind": kind, "figures": name, "quiz": str(test.key)},
    )
    title = f"{slugify(test.course.code)}-{name}-{timezone.localdate().isoformat()}.{kind}"
    # settled now, in the reader's language
    lines = list(rows(report))
    if kind == "xlsx":
        file = xlsx_file(headings, lines, title=name)
        return FileResponse(file, as_attachment=True, filename=title, content_type=XLSX)
    response = StreamingHttpResponse(
        in_pieces(csv_lines(headings, lines)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{title}"'
    return response
