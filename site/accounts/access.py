"""May this person …? Each answer is the object, or 404: an outsider is not told that a thing exists."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from .models import Application, Invitation, User
from .roles import Role, has_role


def invitation_of(token: str) -> Invitation:
    """Return the invitation to which a mailed link belongs, open or not."""
    invitation = Invitation.objects.of_token(token).select_related("invited_by").first()
    if invitation is None:
        raise Http404
    return invitation


def application_of(token: str) -> Application:
    """Return the application whose address a mailed link confirms."""
    application = Application.objects.to_confirm(token).first()
    if application is None:
        raise Http404
    return application


def outbox_for(person: User | AnonymousUser) -> Path:
    """Return the folder of the demo's letters, for programme staff and administrators."""
    if not settings.DEMO or not has_role(person, Role.PROGRAMME_STAFF, Role.ADMINISTRATOR):
        raise Http404
    return settings.DEMO_MAIL_FOLDER
