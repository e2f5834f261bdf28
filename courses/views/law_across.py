"""The law of several countries beside the treaty. Open to everybody: it is public law."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from courses import law_across
from courses.csv_file import csv_lines
from translation.reading import base_language


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Show the topics and countries that the address names, for anybody."""
    context = {
        "comparison": law_across.side_by_side(request),
        "reader_language": base_language(get_language()),
    }
    return render(request, "courses/law_across.html", context)


@require_safe
def as_file(request: HttpRequest) -> HttpResponse:
    """Send the same as a CSV file, to anybody."""
    rows = law_across.side_by_side(request).rows
    text = "".join(csv_lines(law_across.headings(), law_across.lines(rows)))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    name = f"law-{timezone.localdate().isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
