"""Writing a question: choosing its kind, the form with its preview, and storing it."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments import policies
from assessments.authoring.about_kinds import ABOUT_KINDS
from assessments.authoring.editor import Editor, blank_version, is_scored
from assessments.authoring.preview import Preview, preview
from assessments.bank import store_version
from assessments.choices import Kind, QuestionStatus
from assessments.keys import can_be_marked, spec_of
from assessments.models import QuestionVersion
from assessments.policies import BankRequest, categories_for, written_in_bank
from assessments.scoring import SpecError
from assessments.scoring.jurisdictions import jurisdictions_of
from translation.reading import base_language, language_name


@written_in_bank
@require_safe
def kinds(request: BankRequest) -> HttpResponse:
    """Choose what kind of question to write. For trainers and administrators."""
    context = {
        "kinds": [(kind, ABOUT_KINDS[kind]) for kind in Kind],
        "category": request.GET.get("category", ""),
        "has_category": categories_for(request.user, to_edit=True).exists(),
    }
    return render(request, "assessments/bank/kinds.html", context)


@written_in_bank
def new(request: BankRequest, kind: str) -> HttpResponse:
    """Write a question. For trainers and administrators."""
    if kind not in Kind.values:
        raise Http404
    asked = request.GET.get("category", "")
    own = categories_for(request.user, to_edit=True)
    category = own.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 10 else own.first()
    return _form(request, blank_version(kind, category=category.pk if category else None))


@written_in_bank
def edit(request: BankRequest, key: UUID) -> HttpResponse:
    """Change the newest version of a question. For its trainers and administrators."""
    question = policies.question_of(request.user, key, to_edit=True)
    version = question.versions.prefetch_related("options").order_by("-number").first()
    if version is None:
        raise Http404
    version.question = question
    return _form(request, version)


def _form(request: BankRequest, version: QuestionVersion) -> HttpResponse:
    act = _act(request) if request.method == "POST" else ""
    editor = Editor(version, person=request.user, data=request.POST if act else None, act=act)
    if act in ("save", "draft") and editor.is_valid():
        stored = store_version(
            version=editor.version,
            about=editor.common.about,
            tags=editor.tags,
            author=request.user,
            as_draft=act == "draft",
        )
        messages.success(request, _said_of(stored))
        return redirect("bank:question", stored.question.key)
    stands = version.pk is not None if not act else act in ("preview", "live", "try") and editor.is_valid()
    shown = preview_of(version, request, act) if stands else None
    context: dict[str, Any] = {
        "editor": editor,
        "version": version,
        "is_new": version.question.pk is None,
        "is_ready": version.question.pk and version.question.status == QuestionStatus.READY,
        "preview": shown,
        "is_live": act == "live",
        "can_try": is_scored(version.kind),
        **preview_choices(version, shown, request),
    }
    name = "preview" if act == "live" else "form"
    return render(request, f"assessments/bank/{name}.html", context)


def _act(request: BankRequest) -> str:
    """The button that was pressed; one of the preview's own tries what was answered in it."""
    return request.POST.get("do") or ("try" if "go" in request.POST else "preview")


def preview_of(version: QuestionVersion, request: BankRequest, act: str) -> Preview | None:
    """The question as the page asks for it, with the answer that is tried; None when it cannot be put."""
    if not can_be_marked(version):
        return None
    said = request.POST if request.method == "POST" else request.GET
    language = said.get("try-language", "")
    if language not in dict(settings.LANGUAGES):
        language = base_language(get_language())
    country = said.get("try-country", "")
    if country not in _countries(version):
        country = ""
    answer = request.POST if act == "try" else None
    return preview(version, language, country=country, answer=answer)


def preview_choices(version: QuestionVersion, shown: Preview | None, request: BankRequest) -> dict[str, Any]:
    """The languages and countries in which a question can be looked at."""
    language = shown.language if shown else base_language(get_language())
    return {
        "languages": [(code, language_name(code), code == language) for code, _n in settings.LANGUAGES],
        "countries": [(code, code == (shown.country if shown else "")) for code in _countries(version)],
    }


def _countries(version: QuestionVersion) -> tuple[str, ...]:
    try:
        return jurisdictions_of(spec_of(version))
    except SpecError:
        return ()


def _said_of(stored: QuestionVersion) -> str:
    values = {"number": stored.number}
    if stored.is_draft:
        return (
            _("The draft of version %(number)s was saved. Quizzes go on asking the version before.") % values
        )
    return _("The question was saved. This is version %(number)s.") % values
