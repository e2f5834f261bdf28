"""Accounts of the demo's people."""

from typing import Any

from allauth.account.models import EmailAddress

from accounts import roles
from accounts.models import Institution, User

from .people import PASSWORD, Guide

ZONES = {
    "MX": "America/Mexico_City",
    "CO": "America/Bogota",
    "JO": "Asia/Amman",
    "BD": "Asia/Dhaka",
    "BR": "America/Fortaleza",
}


def guide(row: Guide) -> User:
    """Return somebody who signs in with the demo's password; who is there stays as they are."""
    found = User.objects.filter(email=row.email).first()
    return found or _person(
        row.email,
        PASSWORD,
        row.role,
        name=row.name,
        country=row.country,
        language=row.language,
        role=row.profession,
    )


def learner(number: int, *, court: str, country: str, **fields: Any) -> User:
    """Make a judge, or now and then a prosecutor, who cannot sign in: nobody knows so many passwords."""
    institution, _created = Institution.objects.get_or_create(name=court, country=country)
    return _person(
        f"judge{number:02}@demo.example",
        None,
        roles.Role.LEARNER,
        country=country,
        institution=institution,
        role="judge" if number % 5 else "prosecutor",
        **fields,
    )


def colleague(email: str, **fields: Any) -> User:
    """Make a trainer who cannot sign in, and marks beside the one who can."""
    return _person(email, None, roles.Role.TRAINER, role="other", **fields)


def _person(email: str, password: str | None, granted: roles.Role, **fields: Any) -> User:
    zone = ZONES.get(fields["country"], "UTC")
    person = User.objects.create_user(email, password, time_zone=zone, **fields)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    roles.grant(person=person, role=granted, actor=None)
    return person
