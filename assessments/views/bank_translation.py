"""Translating a question: its source beside each language, and the way from one question to the next."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments import policies, translating
from assessments.authoring.preview import preview
from assessments.keys import can_be_marked
from assessments.models import Question
from assessments.policies import BankRequest, translated_in_bank
from assessments.templatetags.questions import plain
from assessments.texts import known_by
from assessments.translating_list import next_after
from assessments.translating_sheet import Sheet, begun_with_source, said_in
from assessments.translating_texts import LANGUAGES
from translation.reading import direction, language_name

# the buttons that store
STORING = ("save", "finish", "next")


@translated_in_bank
def translate(request: BankRequest, key: UUID, language: str) -> HttpResponse:
    """Translate a question into a language. For translators, its trainers and administrators."""
    question = policies.question_to_translate(request.user, key)
    version = translating.newest_of(question)
    if language not in LANGUAGES or language == version.source_language:
        raise Http404
    if request.method != "POST":
        return _page(request, question, Sheet(version, language))
    act, said = request.POST.get("do", "preview"), said_in(request.POST)
    if act.startswith("copy:"):
        said = begun_with_source(version, said, act.removeprefix("copy:"))
    if act not in STORING:
        return _page(request, question, Sheet(version, language, said), act)
    sheet = translating.translate(
        question=question, language=language, said=said, actor=request.user, finish=act != "save"
    )
    if sheet.has_faults:
        return _page(request, question, sheet, act)
    messages.success(request, _said_of(sheet, finish=act != "save"))
    if act == "next":
        return _to_next(request, question, language)
    return redirect("bank:translate", key, language)


@translated_in_bank
@require_safe
def following(request: BankRequest, language: str) -> HttpResponse:
    """Lead to the next question that waits for a translator. For translators, trainers, administrators."""
    if language not in LANGUAGES:
        raise Http404
    after = request.GET.get("after", "")
    questions = policies.questions_to_translate(request.user)
    return _to_next(request, questions.filter(key=after).first() if _is_key(after) else None, language)


def _to_next(request: BankRequest, after: Question | None, language: str) -> HttpResponse:
    found = next_after(policies.questions_to_translate(request.user), language, after)
    if found is None:
        messages.info(
            request, _("No other question waits for %(language)s.") % {"language": language_name(language)}
        )
        return redirect("bank:list")
    return redirect("bank:translate", found.key, language)


def _page(request: BankRequest, question: Question, sheet: Sheet, act: str = "") -> HttpResponse:
    version = sheet.version
    waits = translating.waits_to_be_finished(version)
    context: dict[str, Any] = {
        "question": question,
        "version": version,
        "sheet": sheet,
        # a stem may hold a picture and no word
        "called": plain(known_by(version)) or question.name or version.get_kind_display(),
        "language": language_name(sheet.language),
        "direction": direction(sheet.language),
        "source_language": language_name(version.source_language),
        "source_direction": direction(version.source_language),
        "waits": waits,
        "can_finish": waits and translating.may_be_finished(version),
        "preview": preview(version, sheet.language) if can_be_marked(version) else None,
        "others": [(code, language_name(code)) for code in LANGUAGES if code != version.source_language],
    }
    name = "translate_preview" if act == "live" else "translate"
    return render(request, f"assessments/bank/{name}.html", context)


def _said_of(sheet: Sheet, *, finish: bool) -> str:
    if not sheet.version.is_draft:
        return _("The translation was saved.")
    if finish:
        return _(
            "The translation was saved in the draft. Learners read it when a trainer finishes the draft."
        )
    return _("The translation was saved as a draft. Learners read it when it is finished.")


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
