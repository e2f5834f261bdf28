"""Changing many questions at once, after a page that says what will happen; and finding what is alike."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import ngettext

from assessments import bank_list, bulk, policies
from assessments.models import QuestionVersion
from assessments.policies import BankRequest, written_in_bank


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
