"""Importing questions: hand in a file, look over what it holds, choose, and take it into the bank."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from assessments import media
from assessments.choices import ImportState
from assessments.importing import files, pending, preview, sentences
from assessments.importing.stored import notices_from_json
from assessments.importing.uploads import LARGEST, BoundedUpload
from assessments.interchange import InterchangeError, detect
from assessments.models import Category, ImportedQuestion, QuestionImport
from assessments.policies import BankRequest, categories_for, may_write, written_in_bank
from assessments.views.media import sent
from translation.reading import base_language

SECONDS = 3
ON_A_PAGE = 20
SHOWN = {
    "": Q(),
    "noted": ~Q(notices=[]) & ~Q(kind=""),
    "known": Q(same_as__isnull=False) | Q(repeats__isnull=False),
    "skipped": Q(kind=""),
}


class UploadForm(forms.Form):
    """The file, and the language of texts that do not say theirs."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "Moodle XML, GIFT, Aiken, a QTI package (2.1, 2.2 or 3), or our spreadsheet; up to 100 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ".xml,.txt,.gift,.aiken,.zip,.xlsx"}),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty."),
        },
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the questions"),
        choices=settings.LANGUAGES,
        help_text=gettext_lazy("Counts where the file does not say in which language a text is."),
    )


class TakeForm(forms.Form):
    """The category into which the questions go."""

    use_required_attribute = False  # turning the pages and removing need none

    category = forms.ModelChoiceField(
        Category.objects.none(),
        label=gettext_lazy("Category"),
        error_messages={"required": gettext_lazy("Choose the category into which the questions go.")},
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["category"]
        field.queryset = categories_for(person, to_edit=True)


@csrf_exempt  # only until the handler is set: reading the form's word reads the whole form
def start(request: HttpRequest) -> HttpResponseBase:
    """Hand in a file, and see those that wait. For trainers and administrators."""
    most = LARGEST if request.user.is_authenticated and may_write(request.user) else 0
    handler = BoundedUpload(request, most)
    request.upload_handlers = [handler]
    request.upload = handler  # type: ignore[attr-defined]
    return _start(request)


@csrf_protect
@written_in_bank
@require_http_methods(["GET", "HEAD", "POST"])
def _start(request: BankRequest) -> HttpResponse:
    if request.method != "POST":
        return _upload(request, UploadForm(initial={"language": base_language(get_language())}))
    form = UploadForm(request.POST, request.FILES)
    if request.upload.too_large:  # type: ignore[attr-defined]
        problem = {"code": "too_large", "values": {"most": LARGEST // 2**20}}
        form.errors["file"] = form.error_class([sentences.of_problem(problem)], renderer=form.renderer)
        return _upload(request, form, status=413)
    if not form.is_valid():
        return _upload(request, form)
    found, problem = _handed_in(request, form)
    if found is None:
        form.add_error("file", sentences.of_problem(problem))
        return _upload(request, form)
    return redirect("bank:import_one", found.key)


def _handed_in(request: BankRequest, form: UploadForm) -> tuple[QuestionImport | None, dict[str, Any]]:
    file = form.cleaned_data["file"]
    try:
        detect(file)
    except InterchangeError as error:
        return None, sentences.problem_of(error)
    file.seek(0)
    found = pending.hand_in(
        person=request.user,
        content=file,
        name=file.name,
        size=file.size,
        language=form.cleaned_data["language"],
    )
    if found.state == ImportState.FAILED:
        # said at once, beside the field; nothing of the file is kept
        pending.remove(found=found, actor=request.user)
        return None, found.problem
    return found, {}


def _upload(request: BankRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    waiting = QuestionImport.objects.kept().filter(person=request.user).exclude(state=ImportState.TAKEN)
    context = {"form": form, "waiting": waiting[:50]}
    return render(request, "assessments/exchange/import.html", context, status=status)


@written_in_bank
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: BankRequest, key: UUID) -> HttpResponse:
    """How far an import is, or all of its questions, to choose from. For the one who handed it in."""
    found = _own(request, key)
    if request.method == "POST":
        return _done(request, found)
    if found.state == ImportState.READY:
        return _looked_over(request, found, TakeForm(person=request.user))
    if found.state == ImportState.FAILED:
        form = UploadForm(initial={"language": found.language})
        context = {"found": found, "form": form, "problem": sentences.of_problem(found.problem)}
        return render(request, "assessments/exchange/failed.html", context)
    waits = found.is_under_way and not found.is_silent
    context = {"found": found, "again": SECONDS if waits and "still" not in request.GET else 0}
    return render(request, "assessments/exchange/under_way.html", context)


@written_in_bank
@require_safe
def picture(request: BankRequest, key: UUID, place: int, name: str) -> HttpResponseBase:
    """A picture of a question that waits. For the one who handed it in."""
    line = get_object_or_404(ImportedQuestion, batch=_own(request, key), place=place)
    if name not in line.media or not media.type_of(name):
        raise Http404
    file = files.open_media(key, line.media[name])
    return sent(request, file, name, size=file.size, content_type=media.type_of(name))


def _own(request: BankRequest, key: UUID) -> QuestionImport:
    return get_object_or_404(QuestionImport.objects.kept(), key=key, person=request.user)


def _done(request: BankRequest, found: QuestionImport) -> HttpResponse:
    act, _colon, argument = request.POST.get("go", "").partition(":")
    if act == "remove":
        if not pending.remove(found=found, actor=request.user):
            return redirect("bank:import_one", found.key)
        messages.success(request, _("The import was removed. The bank is as it was."))
        return redirect("bank:import")
    if act == "again":
        pending.again(found=found)
        return redirect("bank:import_one", found.key)
    pending.choose(
        found=found,
        shown=_numbers(request.POST.getlist("shown")),
        chosen=_numbers(request.POST.getlist("pick")),
    )
    if act in ("all", "none") and found.state == ImportState.READY:
        found.lines.exclude(kind="").update(chosen=act == "all")
    if act != "take":
        query = {
            "page": argument if act == "page" else request.GET.get("page"),
            "show": request.GET.get("show"),
        }
        return redirect(
            reverse("bank:import_one", args=[found.key], query={k: v for k, v in query.items() if v})
        )
    form = TakeForm(request.POST, person=request.user)
    if not form.is_valid():
        return _looked_over(request, found, form)
    try:
        pending.take_in(found=found, category=form.cleaned_data["category"], actor=request.user)
    except pending.NothingChosen:
        form.add_error(None, _("Choose at least one question."))
        return _looked_over(request, found, form)
    return redirect("bank:import_one", found.key)


def _looked_over(request: BankRequest, found: QuestionImport, form: TakeForm) -> HttpResponse:
    show = request.GET.get("show", "")
    show = show if show in SHOWN else ""
    lines = found.lines.filter(SHOWN[show]).select_related("same_as")
    page: Page[ImportedQuestion] = Paginator(lines, ON_A_PAGE).get_page(request.GET.get("page"))
    for line in page:
        line.batch = found
    counts = found.lines.aggregate(
        all=Count("pk"),
        chosen=Count("pk", filter=Q(chosen=True)),
        **{name: Count("pk", filter=condition) for name, condition in SHOWN.items() if name},
    )
    said = (
        notice
        for kept in found.lines.exclude(notices=[]).values_list("notices", flat=True)
        for notice in kept
    )
    context = {
        "found": found,
        "form": form,
        "page": page,
        "seen": preview.seen_all(page),
        "counts": counts,
        "show": show,
        "shows": [
            ("", _("All questions"), counts["all"]),
            ("noted", _("Adapted"), counts["noted"]),
            ("known", _("In the bank already"), counts["known"]),
            ("skipped", _("Left out"), counts["skipped"]),
        ],
        "notices": sentences.counted(notices_from_json(said)),
        "days": max(0, (found.expires_at - timezone.now()).days),
    }
    return render(request, "assessments/exchange/look_over.html", context)


def _numbers(texts: list[str]) -> set[int]:
    return {int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 10}
