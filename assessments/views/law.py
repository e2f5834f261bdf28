"""What differs by country: adding it, changing it, taking it away."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django_countries import countries

from assessments import policies
from assessments.authoring.law import LawForm, may_differ, without
from assessments.bank import store_version
from assessments.keys import can_be_marked
from assessments.models import QuestionVersion
from assessments.policies import BankRequest, written_in_bank
from assessments.views.authoring import newest_of


@written_in_bank
def new(request: BankRequest, key: UUID) -> HttpResponse:
    """State what is right in one more country. For the trainers of the question and administrators."""
    with _in_turn(request):
        return _form(request, _version(request, key), "")


@written_in_bank
def edit(request: BankRequest, key: UUID, code: str) -> HttpResponse:
    """Change what is right in a country. For the trainers of the question and administrators."""
    with _in_turn(request):
        version = _version(request, key)
        if code not in (version.marking or {}).get("jurisdictions", {}):
            raise Http404
        if request.method == "POST" and request.POST.get("do") == "remove":
            version.marking = without(version, code)
            _store(version, request)
            messages.success(request, _("What holds everywhere now holds there, too."))
            return redirect("bank:question", key)
        return _form(request, version, code)


def _in_turn(request: BankRequest) -> AbstractContextManager[Any]:
    """Two who store at once take turns, so that the second adds to what the first has stored."""
    return transaction.atomic() if request.method == "POST" else nullcontext()


def _form(request: BankRequest, version: QuestionVersion, code: str) -> HttpResponse:
    form = LawForm(request.POST if request.method == "POST" else None, version=version, code=code)
    if request.method == "POST" and form.is_valid():
        version.marking = form.marking
        _store(version, request)
        messages.success(request, _("The answer for this country was saved."))
        return redirect("bank:question", version.question.key)
    context: dict[str, Any] = {
        "form": form,
        "version": version,
        "code": code,
        "country": countries.name(code) if code else "",
    }
    return render(request, "assessments/bank/law.html", context)


def _version(request: BankRequest, key: UUID) -> QuestionVersion:
    """The newest version of a question that may differ by country and that can be put."""
    locked = request.method == "POST"
    version = newest_of(policies.question_of(request.user, key, to_edit=True, locked=locked))
    if not may_differ(version.kind) or not can_be_marked(version):
        raise Http404
    return version


def _store(version: QuestionVersion, request: BankRequest) -> None:
    store_version(version=version, about={}, author=request.user, as_draft=version.is_draft)
