"""Handing in a file of answers that a browser kept while there was no connection."""

from collections import Counter
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from assessments import access, kept_answers, presentation
from assessments.kept_answers import NotReadable, OfAnotherAttempt, Taken


class KeptAnswersForm(forms.Form):
    """The file as the question page saved it."""

    file = forms.FileField(
        label=gettext_lazy("File of answers"),
        help_text=gettext_lazy("The file that you saved on the page of a question; its name ends in .json."),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty."),
        },
    )


@login_required
@never_cache
def hand_over(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a file of one's own answers in; each counts, or waits for staff, as if it came by itself."""
    attempt = access.attempt_of(access.person_of(request), key)
    form = KeptAnswersForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            if upload.size > kept_answers.LARGEST:
                raise NotReadable
            answers = kept_answers.read(upload.read(), attempt)
        except NotReadable:
            form.add_error("file", _("This is not a file of answers. Nothing was changed."))
        except OfAnotherAttempt:
            form.add_error("file", _("These answers are of another attempt. Nothing was changed."))
        else:
            counts = kept_answers.take_in(attempt, answers, get_language() or attempt.language)
            _say(request, counts)
            return redirect("assessments:resume", attempt.key)
    context = {"attempt": attempt, "form": form, "title": presentation.in_language(attempt.paper.title)}
    return render(request, "assessments/kept_answers.html", context)


def _say(request: HttpRequest, counts: Counter[Taken]) -> None:
    if n := counts[Taken.COUNTS]:
        words = ngettext("%(n)s answer is saved and counts.", "%(n)s answers are saved and count.", n)
        messages.success(request, words % {"n": n})
    if n := counts[Taken.WAITS]:
        words = ngettext(
            "%(n)s answer came after the end. It is kept, and staff decide about it.",
            "%(n)s answers came after the end. They are kept, and staff decide about them.",
            n,
        )
        messages.warning(request, words % {"n": n})
    if n := counts[Taken.UNFIT]:
        words = ngettext(
            "%(n)s answer was not taken: its question is closed, or it does not fit.",
            "%(n)s answers were not taken: their questions are closed, or they do not fit.",
            n,
        )
        messages.warning(request, words % {"n": n})
    if not counts:
        messages.info(request, _("There is no answer in the file."))
