"""The page behind an invitation's link."""

from allauth.account.utils import perform_login
from allauth.decorators import rate_limit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from .. import invitations
from ..access import invitation_of
from ..forms.joining import AcceptForm
from ..models import Invitation, User
from ..people import AlreadyRegistered


@never_cache
@sensitive_post_parameters("password", "password_again")
@rate_limit(action="accept_invitation")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: with a new account, or with the one that the address has."""
    found = invitation_of(token)
    if not found.is_open:
        return render(request, "account/invitation_closed.html", {"invitation": found}, status=410)
    if request.user.is_authenticated:
        return _as_member(request, request.user, found)
    if User.objects.filter(email=found.email).exists():
        return render(request, "account/invitation_sign_in.html", {"invitation": found})
    return _as_newcomer(request, found)


def _as_member(request: HttpRequest, person: User, found: Invitation) -> HttpResponse:
    context = {"invitation": found, "is_mine": found.email == person.email}
    if request.method != "POST":
        return render(request, "account/invitation_accept.html", context)
    try:
        invitations.accept(invitation=found, person=person)
    except (invitations.InvitationClosed, invitations.WrongPerson):
        return redirect(request.path)
    messages.success(request, _("You have accepted the invitation."))
    return redirect("courses:my_learning")


def _as_newcomer(request: HttpRequest, found: Invitation) -> HttpResponse:
    language = get_language() if request.method == "GET" else found.language
    form = AcceptForm(
        request.POST or None,
        instance=User(email=found.email, name=found.name, language=language),
    )
    if request.method != "POST" or not form.is_valid():
        return render(request, "account/invitation_join.html", {"form": form, "invitation": found})
    answers = dict(form.cleaned_data)
    password = answers.pop("password")
    del answers["password_again"]
    try:
        person = invitations.join(invitation=found, password=password, **answers)
    except (invitations.InvitationClosed, AlreadyRegistered):
        return redirect(request.path)
    messages.success(request, _("Your account is open. Welcome."))
    return perform_login(request, person, email=person.email, redirect_url=resolve_url("courses:my_learning"))
