"""Marking by persons, most of all essays and files: what waits, and one answer at a time without any name."""

import time
from decimal import Decimal
from fractions import Fraction
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.paginator import Paginator
from django.db.models import F
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from assessments import access, annotating, attempts, correcting, guides, marking, presentation
from assessments.choices import MarkerRole
from assessments.folding import State
from assessments.forms import MarkForm
from assessments.marking import NotMarkable
from assessments.models import AnswerFile, Marking, MarkingTask, QuestionVersion
from assessments.paper import PaperSlot
from assessments.reviewing_lines import given_lines, right_lines

ON_A_PAGE = 25
SALT = "marking"
LONGEST = 60 * 60  # seconds; who leaves a page open for longer was not marking


@require_safe
@login_required
def queue(request: HttpRequest) -> HttpResponse:
    """The answers that wait, mine first, and those I have marked last. For trainers and administrators."""
    person = access.person_of(request)
    tasks = access.tasks_to_mark(person).select_related("attempt").order_by("attempt__submitted_at", "slot")
    listed = tasks.defer("attempt__paper_data").annotate(title=F("attempt__paper_data__title"))
    free = Paginator(listed.filter(marker=None), ON_A_PAGE).get_page(request.GET.get("page"))
    mine = listed.filter(marker=person)
    marked = access.tasks_marked(person).select_related("attempt").defer("attempt__paper_data")
    context = {
        "mine": _rows(mine[:ON_A_PAGE]),
        "mine_count": mine.count(),
        "free": _rows(free),
        "page": free,
        "marked": _rows(marked.annotate(title=F("attempt__paper_data__title"))[:ON_A_PAGE]),
    }
    return render(request, "assessments/marking_queue.html", context)


@login_required
@require_POST
def take(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take what waits of an attempt, or one answer of it, and begin. For trainers and administrators."""
    person = access.person_of(request)
    attempt = access.attempt_to_take(person, key)
    named = request.POST.get("slot", "")
    try:
        held = marking.take(attempt=attempt, marker=person, slot=int(named) if named.isdecimal() else None)
    except NotMarkable:
        messages.info(request, _("A colleague has just taken this one."))
        return redirect("assessments:marking")
    return redirect("assessments:mark", attempt.key, held[0].slot)


@login_required
@require_POST
def put_back(request: HttpRequest, key: UUID, slot: int) -> HttpResponse:
    """Put an answer back for somebody else. For the marker who has it."""
    person = access.person_of(request)
    task = access.task_to_mark(person, key, slot)
    try:
        marking.put_back(attempt=task.attempt, slot=slot, marker=person)
    except NotMarkable:
        return _decided_since(request)
    messages.success(request, _("The answer waits for another marker."))
    return redirect("assessments:marking")


@login_required
def mark(request: HttpRequest, key: UUID, slot: int) -> HttpResponse:
    """Mark one answer, or correct one's mark. For the marker who has it or has marked it."""
    person = access.person_of(request)
    task = access.task_to_mark(person, key, slot)
    attempt, state = task.attempt, attempts.state_of(task.attempt)
    asked = attempt.paper.slot(slot)
    if asked is None:
        raise Http404
    given = correcting.given_by(attempt, state, slot, person) if task.done_at else None
    if task.done_at and given is None:
        return _decided_since(request)
    version = presentation.versions_of([asked])[asked.version]
    text = str(state.response(slot).get("text", ""))
    data, more = _sent(request)
    criteria = guides.criteria_of(version)
    form = MarkForm(
        data if not more else None,
        initial=more or (_as_given(given, text) if given else {}),
        criteria=criteria,
        weight=asked.weight,
        text=text,
        explains=given is not None and attempt.is_graded,
    )
    if data is not None and not more and form.is_valid():
        try:
            is_saved = _save(request, form, task, person)
        except NotMarkable:
            return _decided_since(request)
        if is_saved:
            messages.success(request, _("Your mark is saved."))
            return _next(request)
    context = _shown(task, asked, version, state)
    context["others"] = [(one, _points(form, one.points)) for one in context["others"]]
    context |= {"form": form, "criteria": criteria, "opened": _opened(request, task), "text": text}
    context["left"] = access.tasks_to_mark(person).filter(marker=person).count()
    return render(request, "assessments/mark.html", context)


@login_required
@require_safe
def answer_file(request: HttpRequest, key: UUID, slot: int, file: UUID) -> HttpResponseBase:
    """Hand out a file to be marked, under a name that tells nobody's. For the marker who has it."""
    task = access.task_to_mark(access.person_of(request), key, slot)
    found = get_object_or_404(AnswerFile, key=file, attempt=task.attempt, slot=slot)
    ending = PurePosixPath(found.name).suffix.lower()
    return FileResponse(
        found.file.open("rb"),
        as_attachment=True,
        filename=f"{str(found.key)[:8]}{ending}",
        content_type="application/octet-stream",
    )


def _save(request: HttpRequest, form: MarkForm, task: MarkingTask, marker: User) -> bool:
    """Keep what was filled in, or say in the form why it cannot be. Raises NotMarkable."""
    said = {
        "attempt": task.attempt,
        "slot": task.slot,
        "marker": marker,
        "fraction": form.fraction,
        "points": form.points,
        "comment": form.cleaned_data["comment"],
        "annotations": form.annotations,
    }
    if task.done_at is None:
        marking.give_mark(**said, seconds=_seconds(request, task))
        return True
    try:
        correcting.correct_mark(**said, reason=form.cleaned_data.get("reason", ""))
    except correcting.NoReason:
        form.ask_for_reason()
    except correcting.TakesBack:
        form.add_error(None, _("The learner has passed, and a correction does not take that back."))
    except correcting.TooFarApart:
        form.add_error(None, _("The two marks would then differ by more than the quiz allows."))
    return form.is_valid()


def _as_given(given: Marking, text: str) -> dict[str, Any]:
    """The form as one filled it in when one marked."""
    found: dict[str, Any] = {"comment": given.comment, "rows": len(given.annotations) + 1}
    for index, points in enumerate(given.points):
        exact = Fraction(points)
        found[f"points_{index}"] = Decimal(exact.numerator) / Decimal(exact.denominator)
    for index, note in enumerate(given.annotations, start=1):
        found |= {f"quote_{index}": text[note["start"] : note["end"]], f"remark_{index}": note["text"]}
    return found


def _decided_since(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("Somebody else has decided about this answer since."))
    return redirect("assessments:marking")


def _sent(request: HttpRequest) -> tuple[Any, dict[str, Any]]:
    """What was filled in; with it as the beginning of a page with more remarks, where these are asked for."""
    if request.method != "POST":
        return None, {}
    if request.POST.get("go") != "more":
        return request.POST, {}
    rows = request.POST.get("rows", "")
    return request.POST, {**request.POST.dict(), "rows": (int(rows) if rows.isdecimal() else 0) + 2}


def _rows(tasks: Any) -> list[tuple[MarkingTask, Any]]:
    return [(task, presentation.in_language(task.title or {})) for task in tasks]


def _next(request: HttpRequest) -> HttpResponse:
    """The next of one's answers, by question, or the list where one wants it or nothing is left."""
    tasks = access.tasks_to_mark(access.person_of(request)).filter(marker=access.person_of(request))
    first = tasks.order_by("attempt__quiz_key", "slot", "assigned_at", "pk").values_list(
        "attempt__key", "slot"
    )
    found = first.first() if request.POST.get("go") != "list" else None
    return redirect("assessments:mark", *found) if found else redirect("assessments:marking")


def _shown(task: MarkingTask, asked: PaperSlot, version: QuestionVersion, state: State) -> dict[str, Any]:
    facts, legend = presentation.stem_of(version)
    given = marking.given_for(task.attempt, state, asked.number)
    others = [given[role] for role in (MarkerRole.FIRST, MarkerRole.SECOND) if role in given]
    moderates = task.role == MarkerRole.MODERATOR
    response = state.response(asked.number)
    text = str(response.get("text", ""))
    notes = [note for one in others for note in one.annotations] if moderates else []
    return {
        "task": task,
        "title": presentation.in_language(task.attempt.paper.title),
        "asked": asked,
        "facts": facts,
        "legend": legend,
        "notes": guides.notes_of(version),
        "answer": state.answers.get(asked.number),
        "given": given_lines(asked, version, response) if response else (),
        "right": right_lines(asked, version, asked.spec, task.attempt.paper.country),
        "stretches": annotating.stretches(text, notes),
        "remarks": annotating.remarks(text, notes),
        "files": _files(task, state),
        "others": others if moderates else [],
    }


def _points(form: MarkForm, given: list[str]) -> list[tuple[str, Fraction]]:
    """The points that somebody gave, by the words of each criterion."""
    words = (strip_tags(str(criterion.words)) for criterion in form.criteria)
    return [(one, Fraction(points)) for one, points in zip(words, given, strict=False)]


def _files(task: MarkingTask, state: State) -> list[tuple[str, int, str]]:
    """Ending, size and address of each file of the answer, in its order; names may tell who wrote it."""
    wanted = [one["sha256"] for one in state.response(task.slot).get("files", ())]
    if not wanted:
        return []
    held = {one.sha256: one for one in AnswerFile.objects.filter(attempt=task.attempt, slot=task.slot)}
    return [
        (
            PurePosixPath(held[digest].name).suffix.lower().lstrip(".").upper(),
            held[digest].size,
            reverse("assessments:answer_file", args=[task.attempt.key, task.slot, held[digest].key]),
        )
        for digest in wanted
        if digest in held
    ]


def _opened(request: HttpRequest, task: MarkingTask) -> str:
    """When the page was first opened, signed; it goes along until the mark is saved."""
    return request.POST.get("opened") or signing.dumps([task.pk, time.time()], salt=SALT)


def _seconds(request: HttpRequest, task: MarkingTask) -> int | None:
    """How long the answer was open; None where that cannot be known."""
    try:
        pk, began = signing.loads(request.POST.get("opened", ""), salt=SALT, max_age=LONGEST)
    except signing.BadSignature:
        return None
    return round(time.time() - began) if pk == task.pk else None
