"""The bank: its list, one question with its use and its versions, and what reviewers say."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django_countries import countries

from assessments import bank_list, outside, policies, reviews
from assessments.authoring.editor import is_scored
from assessments.authoring.law import may_differ
from assessments.differences import differences
from assessments.keys import spec_of
from assessments.models import PaperItem, Question, QuestionComment, QuestionVersion
from assessments.policies import BankRequest, read_in_bank
from assessments.scoring import SpecError
from assessments.scoring.jurisdictions import changes_for, jurisdictions_of
from assessments.translating import overview
from assessments.variants import may_vary
from assessments.views.authoring import newest_of, preview_choices, preview_of


class CommentForm(forms.Form):
    """A remark on a question."""

    text = forms.CharField(
        label=gettext_lazy("Comment"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Write what you want to say.")},
    )


@read_in_bank
@require_safe
def listing(request: BankRequest) -> HttpResponse:
    """List the questions. For trainers, administrators, legal reviewers and translators."""
    filters, page, rows = bank_list.page_of(request.user, request.GET)
    context = {
        "form": filters,
        "page": page,
        "rows": rows,
        "writes": policies.may_write(request.user),
        "translates": policies.may_translate(request.user),
        "sort": request.GET.get("sort", ""),
    }
    return render(request, "assessments/bank/list.html", context)


@read_in_bank
@require_safe
def question(request: BankRequest, key: UUID) -> HttpResponse:
    """Show one question. For who may read its category."""
    return _page(request, policies.question_of(request.user, key, to_edit=False), CommentForm())


@read_in_bank
@require_safe
def versions(request: BankRequest, key: UUID) -> HttpResponse:
    """Show what has changed between two versions. For who may read its category."""
    found = policies.question_of(request.user, key, to_edit=False)
    every = list(found.versions.select_related("created_by").order_by("-number"))
    numbers = [version.number for version in every]
    after = _number(request.GET.get("to"), numbers) or numbers[0]
    before = _number(request.GET.get("from"), [0, *numbers])
    if before is None:
        before = max((number for number in numbers if number < after), default=0)
    pair = {
        one.number: one
        for one in found.versions.filter(number__in=[before, after]).prefetch_related("options")
    }
    # beside nothing, all of a version is new
    nothing = QuestionVersion(question=found, kind=pair[after].kind, marking={})
    context = {
        "question": found,
        "words": bank_list.rows_of([pair[after]])[0].words,
        "versions": every,
        "before": before,
        "after": after,
        "groups": differences(pair.get(before, nothing), pair[after]),
    }
    return render(request, "assessments/bank/versions.html", context)


@read_in_bank
@require_POST
def comment(request: BankRequest, key: UUID) -> HttpResponse:
    """Comment on a question. For legal reviewers, its trainers and administrators."""
    found = policies.question_of(request.user, key, to_edit=False)
    if not policies.may_comment(request.user, found):
        raise Http404
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    reviews.comment(version=newest_of(found), text=form.cleaned_data["text"], author=request.user)
    messages.success(request, _("Your comment was saved."))
    return redirect("bank:question", found.key)


@read_in_bank
@require_POST
def settle(request: BankRequest, pk: int) -> HttpResponse:
    """Settle a comment. For who commented it, the trainers of the question and administrators."""
    found = get_object_or_404(
        QuestionComment.objects.select_related("question"),
        pk=pk,
        question__in=policies.questions_for(request.user, to_edit=False),
    )
    if found.author_id != request.user.pk and not policies.may_edit(request.user, found.question):
        raise Http404
    reviews.settle(comment=found, actor=request.user)
    messages.success(request, _("The comment is settled."))
    return redirect("bank:question", found.question.key)


def _page(request: BankRequest, found: Question, form: CommentForm) -> HttpResponse:
    every = list(found.versions.select_related("created_by").order_by("-number"))
    version = QuestionVersion.objects.prefetch_related("options").get(pk=every[0].pk)
    version.question = found
    shown = preview_of(version, request, "")
    edits = policies.may_edit(request.user, found)
    context: dict[str, Any] = {
        "question": found,
        "version": version,
        "row": bank_list.rows_of([version])[0],
        "versions": every,
        "put": next((one for one in every if not one.is_draft), None),
        "preview": shown,
        "can_try": is_scored(version.kind),
        "laws": _laws(version),
        "may_vary": may_vary(version.kind),
        "may_differ": may_differ(version.kind) and shown is not None,
        "papers": PaperItem.objects.filter(version__question=found).count(),
        "uses": outside.quizzes_of([found]).get(found.key, ()),
        "tags": [tag.name for tag in found.tags.all()],
        "comments": found.comments.select_related("author", "settled_by", "version"),
        "form": form,
        "edits": edits,
        "translations": overview(version),
        "translates": policies.questions_to_translate(request.user).filter(pk=found.pk).exists(),
        "may_comment": edits or policies.may_comment(request.user, found),
        **preview_choices(version, shown, request),
    }
    return render(request, "assessments/bank/question.html", context)


def _laws(version: QuestionVersion) -> list[tuple[str, str, list[str]]]:
    """The countries whose key differs, with what makes it so."""
    try:
        spec = spec_of(version)
        return [
            (
                code,
                str(countries.name(code)) or code,
                [str(change.get("citation", "")) for change in changes_for(spec, code)],
            )
            for code in jurisdictions_of(spec)
        ]
    except SpecError:
        return []


def _number(said: str | None, known: list[int]) -> int | None:
    found = int(said) if said and said.isdecimal() and len(said) < 6 else None
    return found if found in known else None
