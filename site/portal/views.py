"""The home page, the plain pages, the display settings and the health checks."""

from django.conf import settings
from django.contrib import messages
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.choices import Theme
from accounts.privacy import DATA_CLASSES
from courses import reading_mode
from courses.catalogue import listing
from portal.forms import DisplayForm
from portal.styleguide import context as styleguide_context
from portal.templatetags.aula import THEME_COOKIE

ONE_YEAR = 60 * 60 * 24 * 365


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say in one sentence what the site is, and show the catalogue."""
    return render(request, "home.html", {"catalogue": listing(request)})


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Answer the first questions and say whom to ask."""
    return render(request, "help.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what was done for accessibility, what is not, and how to complain."""
    return render(request, "accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show who sees what."""
    return render(request, "privacy.html", {"data_classes": DATA_CLASSES})


def display(request: HttpRequest) -> HttpResponse:
    """Choose the colours, kept with the account and in a cookie for when one is signed out; and text only."""
    person = request.user
    kept = person.theme if person.is_authenticated else request.COOKIES.get(THEME_COOKIE)
    now = {"theme": kept or Theme.SYSTEM, "text_only": reading_mode.wants_text(request)}
    form = DisplayForm(request.POST or None, initial=now)
    if request.method != "POST" or not form.is_valid():
        return render(request, "display.html", {"form": form})
    theme = form.cleaned_data["theme"]
    if person.is_authenticated:
        person.theme = theme
        person.save(update_fields=["theme"])
    messages.success(request, _("Your display settings are saved."))
    response = _with_theme(redirect("display"), theme)
    return reading_mode.remember(response, text_only=form.cleaned_data["text_only"])


def _with_theme(response: HttpResponseRedirect, theme: str) -> HttpResponseRedirect:
    response.set_cookie(
        THEME_COOKIE,
        theme,
        max_age=ONE_YEAR,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component in every state; for those who work on the site, not in production."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    return render(request, "styleguide/page.html", styleguide_context())


@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Answer while the process runs; touches nothing else."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "no database"}, status=503)
    return JsonResponse({"status": "ok"})
