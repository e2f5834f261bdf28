"""The proof of names before a ceremony: people are asked how theirs is spelt, and confirm or correct it.

A name is confirmed as it stands: once it changes in the account, it counts as unconfirmed again.
"""

import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone, translation

from accounts import audit, mail
from accounts.models import User
from courses import tasks
from courses.choices import EnrolmentStatus
from courses.models import Cohort, NameCheck, NameProof

COUNTS = (EnrolmentStatus.ACTIVE, EnrolmentStatus.COMPLETED)
# Whoever was written to so shortly before is not reminded: a second click is no reminder.
JUST_NOW = datetime.timedelta(minutes=10)


@transaction.atomic
def ask(*, cohort: Cohort, due_on: datetime.date, actor: User) -> NameProof:
    """Ask everybody in a cohort who has not confirmed the name, by a day; again is a reminder.

    The letters go out by a task. Whoever has confirmed the name as it is now is left alone, and whoever
    was asked JUST_NOW.
    """
    proof, _made = NameProof.objects.update_or_create(cohort=cohort, defaults={"due_on": due_on})
    people = User.objects.filter(enrolments__cohort=cohort, enrolments__status__in=COUNTS, is_active=True)
    asked = {one.person_id: one for one in proof.checks.all()}
    missing = [NameCheck(proof=proof, person=one) for one in people if one.pk not in asked]
    NameCheck.objects.bulk_create(missing, batch_size=500)
    again = [asked[one.pk].pk for one in people if one.pk in asked and _is_to_be_reminded(asked[one.pk], one)]
    proof.checks.filter(pk__in=again).update(letter_due=True)
    data = {"due_on": due_on.isoformat(), "people": len(missing) + len(again)}
    audit.record(actor=actor, verb="names_asked", target=cohort, data=data)
    transaction.on_commit(partial(tasks.ask_for_names.enqueue, str(proof.key)))
    return proof


def send_letters(*, key: UUID) -> int:
    """Send the letters of a proof that are due, each once; returns how many.

    What is about to be sent is written down first: after a crash nobody gets a letter twice.
    """
    due = NameCheck.objects.filter(proof__key=key, letter_due=True)
    sent = 0
    for pk in list(due.values_list("pk", flat=True)):
        if NameCheck.objects.filter(pk=pk, letter_due=True).update(letter_due=False, asked_at=timezone.now()):
            _send(NameCheck.objects.select_related("person", "proof__cohort").get(pk=pk))
            sent += 1
    return sent


@transaction.atomic
def confirm(*, check: NameCheck, name: str, name_latin: str) -> NameCheck:
    """Write down that somebody's name is spelt so; a correction changes the account, too."""
    locked = NameCheck.objects.select_for_update().get(pk=check.pk)
    person = User.objects.select_for_update().get(pk=locked.person_id)
    before = (person.name, person.name_latin)
    if before != (name, name_latin):
        person.name, person.name_latin = name, name_latin
        person.save(update_fields=["name", "name_latin"])
        if not locked.was_corrected:
            locked.name_before, locked.latin_before = before
        locked.was_corrected = True
    locked.name, locked.name_latin, locked.confirmed_at = name, name_latin, timezone.now()
    locked.letter_due = False
    locked.save()
    # the names themselves stay out of the log
    changed = before != (name, name_latin)
    data = {"proof": str(locked.proof.key), "corrected": changed}
    audit.record(actor=person, verb="name_confirmed", target=person, data=data)
    return locked


def asked_of(person: Any) -> Subquery:
    """The key of the proof of an enrolment's cohort that still waits for the person's answer."""
    waiting = NameCheck.objects.open_for(person).filter(
        proof__cohort=OuterRef("cohort"), proof__due_on__gte=timezone.localdate()
    )
    return Subquery(waiting.values("proof__key")[:1])


def _is_to_be_reminded(check: NameCheck, person: User) -> bool:
    just_asked = check.asked_at is not None and check.asked_at > timezone.now() - JUST_NOW
    return not just_asked and not check.holds_for(person)


def _send(check: NameCheck) -> None:
    person, proof = check.person, check.proof
    with translation.override(person.language):
        context = {
            "name": person.name,
            "cohort": proof.cohort.name,
            "due": proof.due_on,
            "link": mail.absolute("courses:name", proof.key),
        }
    mail.send(name="name_asked", to=person.email, language=person.language, context=context)
