"""Changing many questions at once, after a page that says what will happen; and finding what is alike."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from accounts.models import User
from assessments import bank_duplicates, bank_list, bulk, policies
from assessments.models import Category, QuestionVersion
from assessments.policies import BankRequest, read_in_bank, written_in_bank
from translation.reading import base_language, language_name


@written_in_bank
def bulk_edit(request: BankRequest) -> HttpResponse:
    """Change the questions that were chosen. For trainers and administrators, within their own categories."""
    said = request.POST if request.method == "POST" else request.GET
    act = said.get("act", "")
    act = act if act in bulk.ACTS else "status"
    wanted = [key for key in said.getlist("who") if _is_key(key)][: bulk.MOST]
    questions = list(policies.questions_for(request.user, to_edit=True).filter(key__in=wanted))
    form = bulk.BulkForm(request.POST if request.method == "POST" else None, act=act, person=request.user)
    back = _back(request, said.get("next", ""))
    if request.method == "POST" and questions and form.is_valid():
        blocked = bulk.cannot_be_ready(questions) if (act, form.value) == ("status", "ready") else []
        if not blocked:
            count = bulk.change(questions=questions, act=act, value=form.value, actor=request.user)
            said_so = ngettext("%(n)s question was changed.", "%(n)s questions were changed.", count)
            messages.success(request, said_so % {"n": count})
            return redirect(back)
    else:
        blocked = []
    newest = QuestionVersion.objects.latest_of_each().filter(question__in=questions)
    context = {
        "form": form,
        "act": act,
        "title": bulk.ACTS[act].title,
        "button": bulk.ACTS[act].button,
        "rows": bank_list.rows_of(newest.select_related("question__category").order_by("question")),
        "left_out": len(wanted) - len(questions),
        "blocked": {question.pk for question in blocked},
        "next": back,
    }
    return render(request, "assessments/bank/bulk.html", context)


def _is_key(text: str) -> bool:
    return len(text) == 36 and set(text) <= set("0123456789abcdef-")


def _back(request: BankRequest, address: str) -> str:
    good = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if good else reverse("bank:list")


class DuplicatesForm(forms.Form):
    """Where to look, and in which language."""

    category = forms.ModelChoiceField(
        Category.objects.none(),
        label=gettext_lazy("Category"),
        required=False,
        empty_label=gettext_lazy("Any category"),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=[(code, language_name(code)) for code, _name in settings.LANGUAGES],
    )

    def __init__(self, data: Any, *, person: User) -> None:
        super().__init__(data)
        field = self.fields["category"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = policies.categories_for(person, to_edit=False)


@read_in_bank
@require_safe
def duplicates(request: BankRequest) -> HttpResponse:
    """List questions that say nearly the same. For who reads the bank, among what they may read."""
    here = {"language": base_language(get_language())}
    form = DuplicatesForm({**here, **request.GET.dict()}, person=request.user)
    questions = policies.questions_for(request.user, to_edit=False)
    pairs: list[bank_duplicates.Alike] = []
    is_cut = False
    if form.is_valid():
        if form.cleaned_data["category"]:
            questions = questions.filter(category=form.cleaned_data["category"])
        pairs, is_cut = bank_duplicates.alike_among(questions, form.cleaned_data["language"])
    context = {"form": form, "pairs": pairs, "is_cut": is_cut}
    return render(request, "assessments/bank/duplicates.html", context)
