"""The catalogue of courses."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.catalogue import listing


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """List the courses that the filters in the address leave."""
    return render(request, "courses/catalogue.html", {"catalogue": listing(request)})
