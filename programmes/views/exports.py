"""The list that is shown, as a file: the same filters, all pages."""

from uuid import UUID

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.privacy import Kind
from certificates.models import Certificate
from courses.csv_file import csv_lines, in_pieces
from courses.models import Cohort, Enrolment
from courses.xlsx_file import xlsx_file
from programmes import access, exports, lists
from programmes.access import StaffRequest, seen_by_staff
from programmes.register import RegisterForm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@seen_by_staff
@require_safe
def of_cohort(request: StaffRequest, key: UUID, kind: str) -> HttpResponseBase:
    """Send the learners of a cohort. For programme staff, administrators and auditors."""
    return _sent(request, kind, access.cohort_of(key))


@seen_by_staff
@require_safe
def of_all(request: StaffRequest, kind: str) -> HttpResponseBase:
    """Send the learners of all cohorts. For programme staff, administrators and auditors."""
    return _sent(request, kind, None)


def _sent(request: StaffRequest, kind: str, cohort: Cohort | None) -> HttpResponseBase:
    filters = lists.filters_for(request.user, request.GET, cohort)
    enrolments = lists.listed(filters, request.GET)
    export = exports.of_learners(enrolments, with_account=access.may_see(request.user, Kind.ACCOUNT))
    audit.record(actor=request.user, verb="exported", target=cohort or Enrolment, data={"kind": kind})
    name = slugify(cohort.name) if cohort else ""
    return _file(export, name or "learners", kind)


@seen_by_staff
@require_safe
def of_register(request: StaffRequest, kind: str) -> HttpResponseBase:
    """Send the register of certificates. For programme staff, administrators and auditors."""
    export = exports.of_register(RegisterForm(request.GET).apply())
    audit.record(actor=request.user, verb="exported", target=Certificate, data={"kind": kind})
    return _file(export, "certificates", kind)


def _file(export: exports.Export, name: str, kind: str) -> HttpResponseBase:
    filename = f"{name}-{timezone.localdate().isoformat()}.{kind}"
    if kind == "xlsx":
        file = xlsx_file(export.headings, export.rows(), title=export.title)
        return FileResponse(file, as_attachment=True, filename=filename, content_type=XLSX)
    lines = csv_lines(export.headings, export.rows())
    response = StreamingHttpResponse(in_pieces(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
