"""Apply for an account, confirm the address, and decide.

Nothing that the applicant is shown tells whether an address has an account: that is said only in the
letter to the address.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from . import audit, mail, people
from .models import Application, Institution, User
from .models.joining import ApplicationStatus, hash_token, new_token
from .signals import application_approved


class NotWaiting(Exception):
    """The application is decided, or its address is not confirmed."""


@transaction.atomic
def submit(*, email: str, language: str, context: dict[str, Any] | None = None, **fields: Any) -> None:
    """Take an application and ask the address to confirm it; `fields` are those of `Application`.

    Returns nothing, whatever is known about the address. Who has an account, or an application
    that waits, is told so by letter.
    """
    email = User.objects.normalize_email(email)
    known = User.objects.filter(email=email).first()
    if known:
        _write_to_member(known)
        return
    if Application.objects.waiting().filter(email=email).exists():
        mail.send(name="application_waiting", to=email, language=language, context=fields)
        return
    Application.objects.filter(email=email, confirmed_at=None, status=ApplicationStatus.SUBMITTED).delete()
    token = new_token()
    application = Application.objects.create(
        token_hash=hash_token(token), email=email, language=language, context=context or {}, **fields
    )
    with translation.override(language):
        link = mail.absolute("accounts:confirm_application", token=token)
    mail.send(
        name="application_confirm",
        to=email,
        language=language,
        context={"name": application.name, "link": link},
    )


@transaction.atomic
def confirm(*, application: Application) -> Application:
    """Note that the address is the applicant's own; from now on staff see the application."""
    application.confirmed_at = timezone.now()
    application.save(update_fields=["confirmed_at"])
    audit.record(actor=None, verb="application_confirmed", target=application)
    return application


@transaction.atomic
def approve(*, application: Application, actor: User) -> User:
    """Open the account, tell the applicant how to sign in, and tell the floors above.

    Raises NotWaiting. If the address has got an account meanwhile, that one is used.
    """
    application = _locked(application)
    person = User.objects.filter(email=application.email).first()
    is_new = person is None
    if person is None:
        person = people.register(
            email=application.email,
            actor=actor,
            name=application.name,
            country=application.country,
            role=application.role,
            language=application.language,
            court=application.institution,
            institution=_institution_named(application.institution, str(application.country)),
        )
    _decide(application, ApplicationStatus.APPROVED, actor, person)
    application_approved.send(
        sender=Application,
        person=person,
        context=application.context,
        application=application,
        actor=actor,
    )
    _send_approval(person, is_new=is_new)
    return person


@transaction.atomic
def decline(*, application: Application, actor: User, reason: str = "") -> Application:
    """Decline and tell the applicant; `reason` goes into the letter and is kept nowhere.

    Raises NotWaiting.
    """
    application = _locked(application)
    _decide(application, ApplicationStatus.DECLINED, actor, None)
    mail.send(
        name="application_declined",
        to=application.email,
        language=application.language,
        context={"name": application.name, "reason": " ".join(reason.split())},
    )
    return application


def _locked(application: Application) -> Application:
    waiting = Application.objects.waiting().select_for_update()
    found = waiting.filter(pk=application.pk).first()
    if found is None:
        raise NotWaiting
    return found


def _decide(application: Application, status: ApplicationStatus, actor: User, person: User | None) -> None:
    application.status = status
    application.decided_by = actor
    application.decided_at = timezone.now()
    application.person = person
    application.save(update_fields=["status", "decided_by", "decided_at", "person"])
    audit.record(actor=actor, verb=f"application_{status.value}", target=application)


def _institution_named(name: str, country: str) -> Institution | None:
    return Institution.objects.filter(name__iexact=name, country__in=[country, ""]).first()


def _send_approval(person: User, *, is_new: bool) -> None:
    with translation.override(person.language):
        link = people.password_link(person) if is_new else mail.absolute("account_login")
    mail.send(
        name="application_approved",
        to=person.email,
        language=person.language,
        context={
            "name": person.name,
            "link": link,
            "is_new": is_new,
            "days": people.link_days(),
        },
    )


def _write_to_member(person: User) -> None:
    with translation.override(person.language):
        sign_in = mail.absolute("account_login")
        reset = mail.absolute("account_reset_password")
    mail.send(
        name="application_known",
        to=person.email,
        language=person.language,
        context={"name": person.name, "sign_in": sign_in, "reset": reset},
    )
