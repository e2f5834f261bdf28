"""Changing the enrolments of one or many people, each change confirmed on a page of its own."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import Cohort, Enrolment
from programmes import access, changes
from programmes.access import StaffRequest, done_by_staff
from programmes.forms import AttemptForm, DeadlineForm, ExtraTimeForm, MoveForm, posted
from programmes.requirements import Requirements

MOST = 500  # people changed at once


@done_by_staff
def change(request: StaffRequest) -> HttpResponse:
    """Confirm and make a change to the people chosen. For programme staff and administrators.

    The address names the change (`act`), the enrolments (`who`) and where to return (`next`).
    """
    asked = request.POST if request.method == "POST" else request.GET
    chosen, back = _chosen(asked), _back(request, asked)
    if not chosen:
        messages.warning(request, _("Choose at least one learner in the list first."))
        return redirect(back)
    act = asked.get("act", "")
    if act == "move" and (refusal := _why_not_move(chosen)):
        messages.warning(request, refusal)
        return redirect(back)
    form = _form(act, chosen, posted(request))
    if request.method == "POST" and form.is_valid():
        done = _DONE[act](request.user, chosen, form.cleaned_data)
        messages.success(request, _sentence(act, len(done)))
        return redirect(back)
    context = {"act": act, "chosen": chosen, "form": form, "back": back}
    return render(request, "programmes/change.html", context)


def _why_not_move(chosen: list[Enrolment]) -> str:
    if len({one.course_id for one in chosen}) > 1:
        return _("Choose learners of one course: the cohorts of each are its own.")
    if not _other_cohorts(chosen).exists():
        return _("There is no other cohort of this course. Open one first.")
    return ""


def _other_cohorts(chosen: list[Enrolment]) -> QuerySet[Cohort]:
    """Return where people who take one course may be moved; not where they all are already."""
    found = Cohort.objects.filter(course=chosen[0].course_id).select_related("course")
    left = {one.cohort_id for one in chosen}
    return found.exclude(pk__in=[pk for pk in left if pk is not None]) if len(left) == 1 else found


def _chosen(asked: QueryDict) -> list[Enrolment]:
    keys = []
    for text in asked.getlist("who")[:MOST]:
        try:
            keys.append(UUID(text))
        except ValueError:
            raise Http404 from None
    found = Enrolment.objects.filter(key__in=keys).select_related("person", "cohort", "course")
    return list(found.defer("person__sex", "person__password").order_by("person__name", "pk"))


def _back(request: StaffRequest, asked: QueryDict) -> str:
    wanted = asked.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return reverse("programmes:learners")


def _form(act: str, chosen: list[Enrolment], data: Any) -> forms.Form:
    if act == "extend":
        days = {one.due_on for one in chosen}
        return DeadlineForm(data, initial={"due_on": days.pop() if len(days) == 1 else None})
    if act == "move":
        return MoveForm(data, cohorts=_other_cohorts(chosen))
    if act == "withdraw":
        return forms.Form(data)
    raise Http404


_DONE: dict[str, Callable[[Any, list[Enrolment], dict[str, Any]], list[Enrolment]]] = {
    "extend": lambda actor, chosen, answers: changes.extend(enrolments=chosen, actor=actor, **answers),
    "move": lambda actor, chosen, answers: changes.move(enrolments=chosen, actor=actor, **answers),
    "withdraw": lambda actor, chosen, answers: changes.withdraw(enrolments=chosen, actor=actor),
}


def _sentence(act: str, number: int) -> str:
    words = {
        "extend": ngettext(
            "The deadline of %(n)s learner was changed.",
            "The deadline of %(n)s learners was changed.",
            number,
        ),
        "move": ngettext(
            "%(n)s learner was moved to the other cohort.",
            "%(n)s learners were moved to the other cohort.",
            number,
        ),
        "withdraw": ngettext("%(n)s learner was withdrawn.", "%(n)s learners were withdrawn.", number),
    }
    return words[act] % {"n": number}


@done_by_staff
def extra_time(request: StaffRequest, key: UUID) -> HttpResponse:
    """Set a learner's extra time in quizzes. For programme staff and administrators."""
    person = access.learner_of(key)
    form = ExtraTimeForm(posted(request), instance=access.learner_of(key))
    if request.method == "POST" and form.is_valid():
        changes.give_extra_time(person=person, multiplier=form.multiplier, actor=request.user)
        messages.success(request, _("The extra time was saved."))
        return redirect("programmes:learner", person.key)
    return render(request, "programmes/extra_time.html", {"form": form, "person": person})


@done_by_staff
def attempts(request: StaffRequest, key: UUID, quiz: UUID) -> HttpResponse:
    """Give a learner one more attempt at a quiz. For programme staff and administrators.

    How earlier attempts went is neither read nor shown.
    """
    taken = access.enrolment_of(key)
    asked = Requirements([taken]).missing_quiz(taken, quiz)
    if asked is None:
        raise Http404
    form = AttemptForm(posted(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        changes.give_attempt(enrolment=taken, quiz_key=quiz, reason=reason, actor=request.user)
        messages.success(request, _("The learner may begin the quiz once more and was told by e-mail."))
        return redirect("programmes:learner", taken.person.key)
    context = {"form": form, "person": taken.person, "quiz": asked.title}
    return render(request, "programmes/attempts.html", context)
