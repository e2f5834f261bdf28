"""Correcting a name: the certificate is replaced by one with a new number, and its holder is told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation

from accounts import mail, people
from certificates import issuing
from certificates.models import Certificate

if TYPE_CHECKING:
    from accounts.models import User


class Unchanged(ValueError):
    """The certificate says this name already."""


@transaction.atomic
def correct_name(
    *, certificate: Certificate, name: str, latin_name: str, with_profile: bool, actor: User
) -> Certificate:
    """Replace a certificate by one that says another name and is otherwise the same.

    With `with_profile` the holder's account takes the name too, so that later certificates are right.
    The holder is told in their language. Raises Unchanged, and issuing.NotStanding where the
    certificate was withdrawn or replaced before.
    """
    stated = certificate.stated
    if (stated.name, stated.latin_name) == (name, latin_name):
        raise Unchanged
    corrected = replace(stated, name=name, latin_name=latin_name)
    new = issuing.supersede(certificate=certificate, statement=corrected, actor=actor)
    if new.person is not None:
        if with_profile:
            people.correct_name(person=new.person, name=name, name_latin=latin_name, actor=actor)
        _tell(new.person, old=certificate, new=new)
    return new


def _tell(holder: User, *, old: Certificate, new: Certificate) -> None:
    with translation.override(holder.language):
        told = {
            "name": new.name,
            "course": new.course_title,
            "old": old.number,
            "number": new.number,
            "link": mail.absolute("certificates:certificate", new.number),
        }
    mail.send(name="certificate_corrected", to=holder.email, language=holder.language, context=told)
