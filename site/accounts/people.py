"""Opening an account, and the link by which its holder sets the password."""

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.utils import translation

from . import audit, mail, roles
from .choices import usual_time_zone
from .models import User
from .roles import Role


class AlreadyRegistered(Exception):
    """The address has an account."""


@transaction.atomic
def register(*, email: str, actor: User | None, password: str | None = None, **fields: Any) -> User:
    """Open a learner's account for an address that is known to be the person's own.

    `fields` are those of `User`. Raises AlreadyRegistered if the address has an account.
    """
    email = User.objects.normalize_email(email)
    if User.objects.filter(email=email).exists():
        raise AlreadyRegistered
    fields.setdefault("time_zone", usual_time_zone(str(fields.get("country", ""))))
    person = User.objects.create_user(email, password, **fields)
    # whoever is waiting elsewhere to confirm this address has lost it
    EmailAddress.objects.filter(email=email).delete()
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    audit.record(actor=actor or person, verb="account_opened", target=person)
    roles.grant(person=person, role=Role.LEARNER, actor=actor)
    return person


@transaction.atomic
def replace_email(*, person: User, email: str, actor: User) -> None:
    """Give a person another address on staff's word, without asking the new address."""
    email = User.objects.normalize_email(email)
    EmailAddress.objects.filter(user=person).delete()
    EmailAddress.objects.filter(email=email).delete()
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    person.email = email
    person.save(update_fields=["email"])
    audit.record(actor=actor, verb="email_replaced", target=person)


@transaction.atomic
def correct_name(*, person: User, name: str, name_latin: str, actor: User) -> None:
    """Write a person's name as staff corrected it; the audit log does not repeat it."""
    person.name, person.name_latin = name, name_latin
    person.save(update_fields=["name", "name_latin"])
    audit.record(actor=actor, verb="name_corrected", target=person)


def password_link(person: User) -> str:
    """Return the address, in the active language, where the person sets a password, once."""
    return mail.absolute(
        "account_reset_password_from_key",
        uidb36=user_pk_to_url_str(person),
        key=default_token_generator.make_token(person),
    )


def send_welcome(*, person: User) -> None:
    """Tell a person that staff have opened an account for them, with a link to set a password."""
    with translation.override(person.language):
        link = password_link(person)
    mail.send(
        name="account_opened",
        to=person.email,
        language=person.language,
        context={"name": person.name, "link": link, "days": link_days()},
    )


def link_days() -> int:
    """Return for how many days a link to set a password is good."""
    return settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60)


def note_active(*, person: User, actor: User) -> None:
    """Write down that an account was closed or opened again, as it now stands."""
    verb = "account_reopened" if person.is_active else "account_closed"
    audit.record(actor=actor, verb=verb, target=person)
