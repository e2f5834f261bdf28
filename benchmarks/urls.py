"""The product's addresses, and the reference: a view with session, user and one query."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from courses.models import Enrolment
from portal.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

TEMPLATE = "<!doctype html><title>{{ user }}</title><p>{{ percent }}</p>"


def bare(request: HttpRequest) -> HttpResponse:
    """Answer with the signed-in person's progress: three queries and a template of one line."""
    percent = Enrolment.objects.filter(person_id=request.user.pk).values_list("percent", flat=True).first()
    page = engines["django"].from_string(TEMPLATE)
    return HttpResponse(page.render({"user": request.user, "percent": percent}, request))


urlpatterns = [path("bare/", bare), *urlpatterns]
