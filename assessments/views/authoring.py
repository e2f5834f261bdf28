"""Writing a question: choosing its kind, the form with its preview, and storing it."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments import policies
from assessments.authoring.about_kinds import ABOUT_KINDS
from assessments.authoring.begun_with import mark_of
from assessments.authoring.editor import Editor, blank_version, is_scored
from assessments.authoring.preview import Preview, preview
from assessments.bank import store_version
from assessments.choices import Kind, QuestionStatus
from assessments.keys import can_be_marked, spec_of
from assessments.models import Question, QuestionVersion
from assessments.policies import BankRequest, categories_for, written_in_bank
from assessments.scoring import SpecError
from assessments.scoring.jurisdictions import jurisdictions_of
from translation.reading import base_language, language_name

SAVING = ("save", "draft")


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
    version = blank_version(kind, category=category.pk if category else None)
    key = _key(request.POST.get("key", ""))
    if key is None:
        return _form(request, version)
    # a form that is sent twice makes one question
    if Question.objects.filter(key=key).exists():
        return _stored_question(request, key)
    version.question.key = key
    try:
        return _form(request, version)
    except IntegrityError:
        return _stored_question(request, key)


@written_in_bank
def edit(request: BankRequest, key: UUID) -> HttpResponse:
    """Change the newest version of a question. For its trainers and administrators."""
    return _stored_question(request, key)


def _stored_question(request: BankRequest, key: UUID) -> HttpResponse:
    if _act(request) not in SAVING:
        return _form(request, newest_of(policies.question_of(request.user, key, to_edit=True)))
    # two who save at once take turns, so that the second hears of the first
    with transaction.atomic():
        return _form(request, newest_of(policies.question_of(request.user, key, to_edit=True, locked=True)))


def newest_of(question: Question) -> QuestionVersion:
    """The newest version of a question, draft or not, with its pieces; raises Http404."""
    version = question.versions.prefetch_related("options").order_by("-number").first()
    if version is None:
        raise Http404
    version.question = question
    return version


def _form(request: BankRequest, version: QuestionVersion) -> HttpResponse:
    act = _act(request)
    stored_mark = mark_of(version, _tags(version)) if version.pk else ""
    begun_with = request.POST.get("begun_with", "") if act else stored_mark
    editor = Editor(version, person=request.user, data=request.POST if act else None, act=act)
    if act in SAVING and editor.is_valid():
        if begun_with == stored_mark or mark_of(editor.version, editor.tags) == stored_mark:
            return _stored(request, editor, as_draft=act == "draft")
        editor.problems.append(
            _(
                "This question was saved by somebody else, or in another window, since you opened the"
                " form. Look at it there first: if you save again, what stands here takes its place."
            )
        )
        begun_with = stored_mark
    stands = version.pk is not None if not act else act in ("preview", "live", "try") and editor.is_valid()
    shown = preview_of(version, request, act) if stands else None
    context: dict[str, Any] = {
        "editor": editor,
        "version": version,
        "is_new": version.question.pk is None,
        "is_ready": version.question.pk and version.question.status == QuestionStatus.READY,
        "begun_with": begun_with,
        "preview": shown,
        "is_live": act == "live",
        "can_try": is_scored(version.kind),
        **preview_choices(version, shown, request),
    }
    name = "preview" if act == "live" else "form"
    return render(request, f"assessments/bank/{name}.html", context)


def _stored(request: BankRequest, editor: Editor, *, as_draft: bool) -> HttpResponse:
    stored = store_version(
        version=editor.version,
        about=editor.common.about,
        tags=editor.tags,
        author=request.user,
        as_draft=as_draft,
    )
    messages.success(request, _said_of(stored))
    return redirect("bank:question", stored.question.key)


def _tags(version: QuestionVersion) -> list[str]:
    return [tag.name for tag in version.question.tags.all()]


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _act(request: BankRequest) -> str:
    """The button that was pressed, if one was; one of the preview's own tries what was answered in it."""
    if request.method != "POST":
        return ""
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
