"""Questions of the bank as a file for other products; and our spreadsheet, empty, to be filled in."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from assessments import exporting
from assessments.interchange import Written
from assessments.models import Category, Question
from assessments.policies import BankRequest, categories_for, written_in_bank


class ExportForm(forms.Form):
    """What is to be exported, unless questions were chosen in the list, and as what."""

    category = forms.ModelChoiceField(
        Category.objects.none(), label=gettext_lazy("Category"), required=False, to_field_name="key"
    )
    form = forms.ChoiceField(
        label=gettext_lazy("Format"), choices=list(exporting.FORMS.items()), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, person: Any, chosen: list[UUID], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = chosen
        field: Any = self.fields["category"]
        field.queryset = categories_for(person, to_edit=False)
        field.required = not chosen
        field.error_messages["required"] = gettext_lazy("Choose a category.")
        if chosen:
            del self.fields["category"]

    def questions(self, person: Any) -> QuerySet[Question]:
        """The questions that were asked for."""
        category = self.cleaned_data.get("category")
        return exporting.selected(person, category=category, keys=self.chosen)


@written_in_bank
@require_safe
def export(request: BankRequest) -> HttpResponse:
    """Choose what to export, and see what the file will not hold. For trainers and administrators."""
    asked = "form" in request.GET
    form = _form(request) if asked else _form(request, bound=False)
    losses = None
    if asked and form.is_valid():
        losses = exporting.losses_of(form.questions(request.user), form.cleaned_data["form"])
    context = {
        "form": form,
        "losses": losses,
        "count": len(form.chosen),
        "most": exporting.MOST,
        "name": exporting.FORMS.get(request.GET.get("form", ""), ""),
    }
    return render(request, "assessments/exchange/export.html", context)


@written_in_bank
@require_safe
def export_file(request: BankRequest) -> HttpResponse:
    """Send the file, or lead to where it is chosen. For trainers and administrators."""
    form = _form(request)
    if not form.is_valid():
        return redirect("bank:export")
    questions = form.questions(request.user)
    return _sent(exporting.file_of(questions, form.cleaned_data["form"], actor=request.user))


@written_in_bank
@require_safe
def template(request: BankRequest) -> HttpResponse:
    """Send our spreadsheet without questions. For trainers and administrators."""
    return _sent(exporting.empty_sheet(), dated=False)


def _form(request: BankRequest, *, bound: bool = True) -> ExportForm:
    chosen = [key for text in request.GET.getlist("who") if (key := _key(text))]
    first = {"form": "moodle_xml", "category": request.GET.get("category", "")}
    return ExportForm(request.GET if bound else None, person=request.user, chosen=chosen, initial=first)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _sent(written: Written, *, dated: bool = True) -> HttpResponse:
    name, _dot, ending = written.file_name.partition(".")
    file_name = f"{name}-{timezone.localdate().isoformat()}.{ending}" if dated else written.file_name
    response = HttpResponse(written.content, content_type=written.content_type)
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response
