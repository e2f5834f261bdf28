"""Transcripts: all training of a person on one paper, numbered and checked as a certificate is."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from certificates import designs, issuing, phrases
from certificates.choices import Kind
from certificates.clock import day_of
from certificates.models import Certificate
from certificates.statements import Statement, Training

if TYPE_CHECKING:
    from accounts.models import User

_NAMESPACE = uuid.UUID("a3a2b9f4-4a0f-4d59-9b49-3f4f1e6a0c57")


class NothingToList(ValueError):
    """The person has completed nothing yet."""


def request(*, person: User, actor: User | None) -> Certificate:
    """Issue a transcript of what the person has completed; without a change, the same one again.

    Withdrawn and replaced certificates are not on it. Raises NothingToList.
    """
    trainings = trainings_of(person)
    if not trainings:
        raise NothingToList
    return issuing.issue(
        statement=_statement(person, trainings), person=person, actor=actor, after_revocation=True
    )


def trainings_of(person: User) -> tuple[Training, ...]:
    """What the person's certificates vouch for today, in the order of completion."""
    standing = Certificate.objects.of(person).exclude(kind=Kind.TRANSCRIPT)
    standing = standing.select_related("renews").defer("renews__statement")
    renewed = {one.renews.award_key for one in standing if one.renews}
    found = [_training(one, counts=one.award_key not in renewed) for one in standing]
    return tuple(sorted(found, key=lambda one: (one.completed_on, one.number)))


def may_be_listed(certificates: Iterable[Certificate]) -> bool:
    """Whether a transcript of these certificates would have a line."""
    return any(one.kind != Kind.TRANSCRIPT for one in certificates)


def _training(certificate: Certificate, *, counts: bool) -> Training:
    stated = certificate.stated
    return Training(
        number=certificate.number,
        kind=certificate.kind,
        course_code=stated.course_code,
        course_titles=stated.course_titles,
        hours=stated.hours,
        started_on=stated.started_on,
        completed_on=stated.completed_on,
        languages=stated.languages,
        grade_band=stated.grade_band,
        state=certificate.state().value,
        counts=counts,
    )


def _statement(person: User, trainings: tuple[Training, ...]) -> Statement:
    title = phrases.PHRASES[Kind.TRANSCRIPT].title
    titles = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            titles[code] = str(title)
    today = day_of(timezone.now())
    name, latin_name = person.name or person.email, person.name_latin
    return Statement(
        award_key=_key(person, (name, latin_name), trainings),
        kind=Kind.TRANSCRIPT.value,
        name=name,
        latin_name=latin_name,
        course_code="",
        course_titles=titles,
        hours=sum((one.hours for one in trainings if one.counts), Decimal(0)),
        started_on=min(one.started_on or one.completed_on for one in trainings),
        completed_on=max(today, *(one.completed_on for one in trainings)),
        languages=tuple(dict.fromkeys(code for one in trainings for code in one.languages)),
        issuer=settings.INSTITUTE_NAME,
        syllabus_version=0,
        trainings=trainings,
        **designs.frozen(designs.design_for("")),
    )


def _key(person: User, names: tuple[str, str], trainings: tuple[Training, ...]) -> uuid.UUID:
    """The same for the same lines under the same name, so that asking twice gives one transcript."""
    lines = json.dumps([names, [one.to_json() for one in trainings]], sort_keys=True)
    return uuid.uuid5(_NAMESPACE, f"{person.key} {hashlib.sha256(lines.encode()).hexdigest()}")
