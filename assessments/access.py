"""Every "may this person…" of assessments: the object, or 404, never a hint that it exists."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role, has_role
from assessments.choices import AttemptStatus
from assessments.models import Attempt


def person_of(request: HttpRequest) -> User:
    """The person who is signed in; for views that nobody else reaches."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def attempt_of(person: User, key: UUID) -> Attempt:
    """The person's own attempt."""
    try:
        return Attempt.objects.get(key=key, person=person)
    except Attempt.DoesNotExist:
        raise Http404(_("There is no such attempt.")) from None


def may_mark(person: User, attempt: Attempt) -> bool:
    """Tell whether somebody may mark an attempt: a trainer of the group that it names, an administrator.

    Nobody marks their own.
    """
    if attempt.person_id == person.pk:
        return False
    if has_role(person, Role.ADMINISTRATOR):
        return True
    named = attempt.context.get("marker_group")
    return has_role(person, Role.TRAINER) and named in person.role_names


def attempts_to_mark(person: User) -> QuerySet[Attempt]:
    """What waits for this marker, as ``may_mark`` says: taken by them, or not yet taken. Else 404."""
    if not has_role(person, Role.TRAINER, Role.ADMINISTRATOR):
        raise Http404
    waiting = Attempt.objects.filter(status=AttemptStatus.SUBMITTED).exclude(person=person)
    if not has_role(person, Role.ADMINISTRATOR):
        waiting = waiting.filter(context__marker_group__in=sorted(person.role_names))
    return waiting.filter(Q(marker=person) | Q(marker=None)).order_by("submitted_at")


def attempt_to_mark(person: User, key: UUID) -> Attempt:
    """An attempt that this marker has taken."""
    attempt = attempts_to_mark(person).filter(key=key, marker=person).first()
    if attempt is None:
        raise Http404
    return attempt


def attempt_to_take(person: User, key: UUID) -> Attempt:
    """An attempt that this marker has taken or may take."""
    attempt = attempts_to_mark(person).filter(key=key).first()
    if attempt is None:
        raise Http404
    return attempt
