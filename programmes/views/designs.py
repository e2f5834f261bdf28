"""Designs of certificates: what they look like, tried with invented people, and changing them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from certificates import designs, samples
from certificates.choices import Kind
from certificates.drawings import BETWEEN
from certificates.forms import PairForm
from certificates.models import Design
from certificates.pdf import UncoveredCharacters
from certificates.pdf import render as draw
from courses.models import Course
from programmes import access, trials
from programmes.access import StaffRequest, done_by_staff, tried_by_trainers
from programmes.design_forms import LANGUAGES, DesignForm, TrialForm
from programmes.forms import posted


@tried_by_trainers
@require_safe
def design_list(request: StaffRequest) -> HttpResponse:
    """Show all designs. For programme staff, administrators, auditors and trainers."""
    found = list(Design.objects.prefetch_related("signatories"))
    titles = {one.code: one for one in Course.objects.filter(code__in=[one.course_code for one in found])}
    context = {
        "designs": [(one, titles.get(one.course_code)) for one in found],
        "may_act": access.may_act(request.user),
    }
    return render(request, "programmes/designs.html", context)


@tried_by_trainers
@require_safe
def design(request: StaffRequest, key: UUID) -> HttpResponse:
    """Try a design: every language in a kind. For programme staff, administrators, auditors and trainers."""
    found = access.design_of(key)
    courses = trials.courses_for(found)
    form = TrialForm(request.GET, courses=courses)
    pair = PairForm(request.GET if "first" in request.GET else None, codes=LANGUAGES)
    form.is_valid()
    kind = Kind(form.cleaned_data.get("kind") or Kind.COMPLETION)
    course = form.cleaned_data.get("course") or courses.first()
    sample = trials.sample_of(course, has_long_name=form.cleaned_data.get("names") == "long")
    wanted: list[tuple[str, ...]] = [(code,) for code in LANGUAGES]
    if pair.is_valid() and kind != Kind.TRANSCRIPT:
        wanted = [(pair.cleaned_data["first"], pair.cleaned_data["second"])]
    query = f"?course={course.code if course else ''}&names={form.cleaned_data.get('names') or ''}"
    context = {
        "design": found,
        "form": TrialForm(
            {"kind": kind, "course": course.code if course else "", "names": form.cleaned_data.get("names")},
            courses=courses,
        ),
        "pair": pair,
        "kind": kind,
        "trials": [
            trials.shown(samples.trial_of(found, sample, kind, codes), found, query) for codes in wanted
        ],
        "signatories": found.signatories.all(),
        "may_act": access.may_act(request.user),
    }
    return render(request, "programmes/design.html", context)


@tried_by_trainers
@require_safe
def sample_pdf(request: StaffRequest, key: UUID, kind: str, language: str) -> HttpResponse:
    """Draw a sample, neither signed nor kept. For programme staff, administrators, auditors, trainers."""
    found = access.design_of(key)
    codes = language.split(BETWEEN)
    is_pair = len(codes) == 2 and codes[0] != codes[1] and kind != Kind.TRANSCRIPT
    if kind not in Kind or set(codes) - set(LANGUAGES) or not (len(codes) == 1 or is_pair):
        raise Http404
    courses = trials.courses_for(found)
    course = courses.filter(code=request.GET.get("course", "")).first() or courses.first()
    sample = trials.sample_of(course, has_long_name=request.GET.get("names") == "long")
    try:
        data = draw(samples.document_of(found, sample, Kind(kind), codes))
    except UncoveredCharacters as fault:
        words = _("Our fonts have no letters for this: %(letters)s")
        messages.error(request, words % {"letters": fault.characters})
        return redirect("programmes:design", found.key)
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="sample-{kind}-{language}.pdf"'
    return response


@tried_by_trainers
@require_safe
def design_picture(request: StaffRequest, key: UUID, slot: str) -> HttpResponse:
    """A picture of a design. For programme staff, administrators, auditors and trainers."""
    image = trials.picture_of(access.design_of(key), slot)
    if not image:
        raise Http404
    with image.open("rb") as file:
        return HttpResponse(file.read(), content_type="image/png")


@done_by_staff
def new(request: StaffRequest) -> HttpResponse:
    """Make a design. For programme staff and administrators."""
    return _form(request, Design(source_language=request.LANGUAGE_CODE))


@done_by_staff
def edit(request: StaffRequest, key: UUID) -> HttpResponse:
    """Change a design. For programme staff and administrators."""
    return _form(request, access.design_of(key))


@done_by_staff
def remove(request: StaffRequest, key: UUID) -> HttpResponse:
    """Delete a design. For programme staff and administrators."""
    found = access.design_of(key)
    if request.method == "POST":
        designs.remove(design=found, actor=request.user)
        messages.success(request, _("The design was deleted."))
        return redirect("programmes:designs")
    return render(request, "programmes/design_remove.html", {"design": found})


def _form(request: StaffRequest, found: Design) -> HttpResponse:
    form = DesignForm(posted(request), request.FILES or None, design=found)
    if request.method == "POST" and form.is_valid():
        saved = form.save(request.user)
        messages.success(request, _("The design was saved. See below how it comes out."))
        return redirect("programmes:design", saved.key)
    back: dict[str, Any] = {"form": form, "design": found if found.pk else None}
    back["back"] = (
        reverse("programmes:design", args=[found.key]) if found.pk else reverse("programmes:designs")
    )
    return render(request, "programmes/design_form.html", back)
