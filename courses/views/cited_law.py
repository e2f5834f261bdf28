"""The list of questions whose law has to be looked at again."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.roles import Role, has_role
from assessments.policies import (
    BankRequest,
    may_comment,
    question_of,
    questions_for,
    read_in_bank,
)
from courses import cited_law
from courses.models import LegalProvision


@read_in_bank
@require_safe
def listing(request: BankRequest) -> HttpResponse:
    """List them. For trainers, administrators, legal reviewers and translators, each with what they read."""
    found = cited_law.doubts(questions_for(request.user, to_edit=False))
    own = set(questions_for(request.user, to_edit=True).values_list("pk", flat=True))
    reviews = has_role(request.user, Role.LEGAL_REVIEWER)
    rows = [(one, reviews or one.question.pk in own) for one in found]
    return render(request, "courses/cited_law.html", {"doubts": rows})


@read_in_bank
@require_POST
def checked(request: BankRequest, key: UUID, provision: UUID) -> HttpResponse:
    """Say that the key still holds. For legal reviewers, the trainers of the question, administrators."""
    question = question_of(request.user, key, to_edit=False)
    cited = get_object_or_404(LegalProvision, key=provision)
    if not may_comment(request.user, question):
        raise Http404
    cited_law.still_right(question=question, provision=cited, actor=request.user)
    messages.success(request, _("It was written down that the key still holds."))
    return redirect("courses:cited_law")
