"""Take it with you: the handbook of a course and of each module, asked for, waited for, downloaded."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from courses import access, handbooks, law
from courses.access import Place
from courses.choices import HandbookState
from courses.models import Course, Handbook
from courses.outline import OutlineModule
from courses.standing import Standing
from translation.reading import base_language

SECONDS = 5  # after which a page that waits is looked at again


@dataclass(frozen=True, slots=True)
class Part:
    """The course (`module` is None) or a module, with its handbook in the language chosen."""

    module: OutlineModule | None
    is_open: bool
    handbook: Handbook | None

    @property
    def state(self) -> str:
        """Return locked, ready, waiting, late, failed or none."""
        one = self.handbook
        if not self.is_open:
            return "locked"
        if one is None or (one.outdated and one.state != HandbookState.ASKED):
            return "none"
        if one.is_ready:
            return "ready"
        if one.state == HandbookState.FAILED:
            return "failed"
        return "waiting" if handbooks.is_under_way(one) else "late"


@require_http_methods(["GET", "HEAD", "POST"])
def handbook(request: HttpRequest, course: str) -> HttpResponse:
    """Show what of a course can be taken along, for those who may read it; POST asks for a part."""
    at = access.place(request.user, course)
    if not access.may_read(request.user, at):
        messages.info(request, _("Lessons are open to those who take part in the course."))
        return redirect("courses:course", course)
    standing = at.standing(at.outline(base_language(get_language())))
    if request.method == "POST":
        return _ask(request, at, standing)
    return _show(request, at, standing)


@require_safe
@cache_control(private=True, no_cache=True)
def handbook_file(request: HttpRequest, course: str, key: UUID) -> HttpResponse:
    """Hand out a handbook as it is kept, to those to whom its lessons are open."""
    at = access.place(request.user, course)
    found = Handbook.objects.filter(key=key, course_id=at.course_id, edition=at.edition).first()
    if found is None or not found.is_ready or not access.may_read(request.user, at):
        raise Http404
    standing = at.standing(at.outline(found.language))
    module = standing.outline.module_with(found.module_key) if found.module_key else None
    if not handbooks.is_open(at, standing, module):
        raise Http404
    response = HttpResponse(handbooks.read(found), content_type="application/pdf")
    part = module.slug if module else "handbook"
    response["Content-Disposition"] = f'attachment; filename="{at.slug}-{part}-{found.language}.pdf"'
    return response


def _show(request: HttpRequest, at: Place, standing: Standing) -> HttpResponse:
    languages = handbooks.languages_of(standing.outline)
    language = _language(request.GET.get("language"), standing, languages)
    jurisdiction = handbooks.jurisdiction_of(request.user)
    shelf = handbooks.on_shelf(at=at, language=language, jurisdiction=jurisdiction)
    parts = [
        Part(module, handbooks.is_open(at, standing, module), shelf.get(module.key if module else None))
        for module in (None, *standing.outline.modules)
    ]
    waits = any(part.state == "waiting" for part in parts)
    again = waits and "wait" in request.GET
    context = {
        "outline": standing.outline,
        "parts": parts,
        "languages": languages,
        "written": standing.outline.written.get(language, 0),
        "language": language,
        "country": law.country_name(jurisdiction),
        "has_country": bool(getattr(request.user, "country", "")),
        "waits": waits,
        "again": SECONDS if again else 0,
    }
    response = render(request, "courses/handbook.html", context)
    if again:
        response["Refresh"] = str(SECONDS)
    return response


def _ask(request: HttpRequest, at: Place, standing: Standing) -> HttpResponse:
    """Ask for the part that the form names, then show the page, which looks again by itself."""
    found = standing.outline
    asked = request.POST.get("part", "")
    module = found.module_at(asked) if asked else None
    if asked and module is None:
        raise Http404
    if not handbooks.is_open(at, standing, module):
        messages.error(request, _("Some of its lessons are not open to you yet."))
        return redirect("courses:handbook", at.slug)
    language = _language(request.POST.get("language"), standing, handbooks.languages_of(found))
    handbooks.ask(
        course=Course.objects.get(pk=at.course_id),
        module_key=module.key if module else None,
        language=language,
        jurisdiction=handbooks.jurisdiction_of(request.user),
    )
    query = urlencode({"language": language, "wait": "1"})
    return redirect(f"{reverse('courses:handbook', args=[at.slug])}?{query}")


def _language(asked: str | None, standing: Standing, languages: list[str]) -> str:
    """Return the language asked for if something is written in it, else the page's, else that of most."""
    found = standing.outline
    for code in (asked, found.language):
        if code in languages:
            return str(code)
    return max(languages, key=lambda code: found.written[code], default=found.language)
