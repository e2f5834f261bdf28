"""A case in variants: making the second one, adding more, looking in what they differ."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments import policies, variants
from assessments.authoring.fields import line
from assessments.models import Question, Vignette
from assessments.policies import BankRequest, written_in_bank
from assessments.texts import known_by
from assessments.views.authoring import newest_of
from translation.reading import language_name


class VignetteForm(forms.Form):
    """What a case is called, and in what its variants differ."""

    use_required_attribute = False

    name = forms.CharField(
        label=gettext_lazy("What the case is called"),
        max_length=200,
        widget=line(),
        error_messages={"required": gettext_lazy("Give the case a name.")},
    )
    attribute = forms.CharField(
        label=gettext_lazy("The one thing that differs"),
        max_length=300,
        widget=line(),
        help_text=gettext_lazy("Shown when the cohort talks it over, for example: the sex of the applicant."),
        error_messages={"required": gettext_lazy("Write what differs from one variant to the next.")},
    )


@written_in_bank
def one(request: BankRequest, key: UUID) -> HttpResponse:
    """The variants of a question's case. For the trainers of the question and administrators."""
    question = policies.question_of(request.user, key, to_edit=True)
    if not variants.may_vary(newest_of(question).kind):
        raise Http404
    do, _colon, named = request.POST.get("do", "").partition(":")
    # sent twice, the second leads to what the first has made
    if question.vignette is None or do == "make":
        return _begin(request, question)
    if do == "add":
        return _add(request, question, question.vignette, named)
    if do == "take_out":
        return _take_out(request, question, question.vignette, named)
    return _page(request, question, question.vignette)


def _begin(request: BankRequest, question: Question) -> HttpResponse:
    form = VignetteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        second = variants.make_second(question=question, actor=request.user, **form.cleaned_data)
        return _to_editor(request, second)
    version = newest_of(question)
    context = {
        "form": form,
        "question": question,
        "words": known_by(version),
        "language": language_name(version.source_language),
    }
    return render(request, "assessments/bank/variants.html", context)


def _page(request: BankRequest, question: Question, vignette: Vignette) -> HttpResponse:
    source = vignette.source_language
    known = {name: getattr(vignette, f"{name}_{source}") for name in Vignette.TRANSLATED}
    form = VignetteForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        variants.correct(vignette=vignette, actor=request.user, **form.cleaned_data)
        messages.success(request, _("The name of the case and what differs were saved."))
        return redirect("bank:variants", question.key)
    rows = variants.rows_of(vignette)
    asked = request.GET.get("with", "")
    other = next((row for row in rows[1:] if row.question.variant == asked), None)
    # a variant may have been moved to a category of others, who alone read it there
    own = policies.questions_for(request.user, to_edit=True).filter(vignette=vignette)
    read = policies.questions_for(request.user, to_edit=False).filter(vignette=vignette)
    mine, readable = set(own.values_list("pk", flat=True)), set(read.values_list("pk", flat=True))
    shows = other is not None and {other.question.pk, rows[0].question.pk} <= readable
    context: dict[str, Any] = {
        "form": form,
        "question": question,
        "words": next(row.words for row in rows if row.question.pk == question.pk),
        "language": language_name(source),
        "vignette": vignette,
        "rows": [(row, row.question.pk in readable, row.question.pk in mine) for row in rows],
        "waiting": [row.question.variant for row in rows if not row.is_ready],
        "letter": variants.next_letter([row.question.variant for row in rows]),
        "copied": _copied(question, rows, mine).variant,
        "other": other if shows else None,
        "groups": variants.compared(rows[0].version, other.version) if other and shows else [],
    }
    return render(request, "assessments/bank/variants.html", context)


def _copied(question: Question, rows: list[variants.Row], mine: set[int]) -> Question:
    """The variant of which the next is a copy: the first, or the one at hand where that is not one's own."""
    return rows[0].question if rows[0].question.pk in mine else question


def _add(request: BankRequest, question: Question, vignette: Vignette, letter: str) -> HttpResponse:
    own = policies.questions_for(request.user, to_edit=True).filter(vignette=vignette)
    source = _copied(question, variants.rows_of(vignette), set(own.values_list("pk", flat=True)))
    try:
        added = variants.add(vignette=vignette, question=source, letter=letter, actor=request.user)
    except variants.CannotAdd:
        messages.error(request, _("A case has eight variants at most."))
        return redirect("bank:variants", question.key)
    return _to_editor(request, added)


def _take_out(request: BankRequest, question: Question, vignette: Vignette, letter: str) -> HttpResponse:
    own = policies.questions_for(request.user, to_edit=True)
    taken = get_object_or_404(own, vignette=vignette, variant=letter)
    try:
        variants.take_out(question=taken, actor=request.user)
    except variants.StaysIn:
        messages.error(request, _("A learner was given this variant, so it stays a variant of the case."))
    except variants.StillAsked:
        messages.error(
            request, _("A quiz asks for this case. Take the case out of the quiz before its last variant.")
        )
    else:
        messages.success(request, _("The variant is a question of its own again."))
    return redirect("bank:variants", question.key)


def _to_editor(request: BankRequest, question: Question) -> HttpResponse:
    messages.success(
        request,
        _("Variant %(letter)s is a draft copy. Change the one thing that differs, then make it ready.")
        % {"letter": question.variant},
    )
    return redirect("bank:edit", question.key)
