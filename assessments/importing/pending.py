"""The verbs of an import: hand in, read, choose, take in, remove.

A task reads what may take long; one worker at a time has an import in hand. Nothing enters the bank
before ``take_in``, which stores all that was chosen in one transaction, once.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from functools import partial
from typing import IO, TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts import audit
from assessments import tasks
from assessments.choices import ImportState
from assessments.importing import files, reading, taking
from assessments.importing.sentences import problem_of
from assessments.interchange import InterchangeError
from assessments.models import Category, QuestionImport
from assessments.models.imports import SILENT

if TYPE_CHECKING:
    from accounts.models import User

# read or stored while the trainer waits for the page; anything larger may take two seconds
AT_ONCE_BYTES = 60_000
AT_ONCE_QUESTIONS = 60


class NothingChosen(Exception):
    """No question of the import is chosen, or it is not ready to be taken."""


def hand_in(*, person: User, content: IO[bytes], name: str, size: int, language: str) -> QuestionImport:
    """Take a file to be imported, and have it read: at once if it is small, else by a task."""
    found = QuestionImport(person=person, name=name[:200], size=size, language=language)
    found.file = files.keep_file(found.key, content)
    with transaction.atomic():
        found.save()
        audit.record(actor=person, verb="import_handed_in", target=found, data={"bytes": size})
    if size <= AT_ONCE_BYTES:
        carry_on(key=found.key)
    else:
        _ask(found)
    return QuestionImport.objects.get(pk=found.pk)


def carry_on(*, key: UUID) -> None:
    """Do what waits: read the file, or take in what was chosen. Does nothing when it is in other hands."""
    if _claimed(key, ImportState.WAITING, ImportState.READING):
        _read(QuestionImport.objects.get(key=key))
        return
    found = QuestionImport.objects.filter(key=key, state=ImportState.TAKING).first()
    if found is not None:
        taking.store(found)


def again(*, found: QuestionImport) -> None:
    """Have the work done anew by another worker when the one before has died."""
    now = timezone.now()
    dead = QuestionImport.objects.filter(pk=found.pk, touched_at__lt=now - SILENT)
    dead.filter(state=ImportState.READING).update(state=ImportState.WAITING)
    if dead.filter(state__in=(ImportState.WAITING, ImportState.TAKING)).update(touched_at=now):
        _ask(found)


def choose(*, found: QuestionImport, shown: Collection[int], chosen: Collection[int]) -> None:
    """Choose some of the questions shown, by place, and leave out the others of them."""
    if found.state != ImportState.READY:
        return
    lines = found.lines.filter(place__in=shown).exclude(kind="")
    wanted = set(chosen) & set(shown)
    lines.filter(place__in=wanted).update(chosen=True)
    lines.exclude(place__in=wanted).update(chosen=False)


def take_in(*, found: QuestionImport, category: Category, actor: User) -> None:
    """Put the chosen questions into the bank, in a category, as drafts; a second time does nothing.

    Raises NothingChosen.
    """
    with transaction.atomic():
        locked = QuestionImport.objects.select_for_update().get(pk=found.pk)
        if locked.state in (ImportState.TAKING, ImportState.TAKEN):
            return
        count = locked.lines.filter(chosen=True).count()
        if locked.state != ImportState.READY or not count:
            raise NothingChosen
        locked.state, locked.category, locked.done = ImportState.TAKING, category, 0
        locked.touched_at = timezone.now()
        locked.save(update_fields=["state", "category", "done", "touched_at"])
        audit.record(
            actor=actor,
            verb="import_confirmed",
            target=locked,
            data={"questions": count, "category": str(category.key)},
        )
        if count > AT_ONCE_QUESTIONS:
            _ask(locked)
    if count <= AT_ONCE_QUESTIONS:
        taking.store(locked)


@transaction.atomic
def remove(*, found: QuestionImport, actor: User | None) -> bool:
    """Forget an import with its file; what it has put into the bank stays there.

    False, and nothing changes, while its questions are being put into the bank.
    """
    locked = QuestionImport.objects.select_for_update().filter(pk=found.pk).first()
    if locked is None or locked.state == ImportState.TAKING:
        return locked is None
    files_gone = files.paths_of(locked.key)
    audit.record(actor=actor, verb="import_removed", target=locked)
    locked.delete()
    transaction.on_commit(partial(files.delete, files_gone))
    return True


def tend(now: datetime.datetime | None = None) -> int:
    """Remove imports whose week is over; return how many."""
    old = QuestionImport.objects.filter(expires_at__lte=now or timezone.now())
    count = 0
    for found in old.exclude(Q(state=ImportState.TAKING, touched_at__gt=timezone.now() - SILENT)):
        QuestionImport.objects.filter(pk=found.pk, state=ImportState.TAKING).update(state=ImportState.FAILED)
        remove(found=found, actor=None)
        count += 1
    return count


def _read(found: QuestionImport) -> None:
    found.lines.all().delete()  # of a worker that died
    try:
        reading.read_all(found)
        end: dict[str, object] = {"state": ImportState.READY, "position": found.size}
    except InterchangeError as error:
        found.lines.all().delete()
        end = {"state": ImportState.FAILED, "problem": problem_of(error)}
    except reading.LetGo:
        if not QuestionImport.objects.filter(pk=found.pk).exists():
            # it was removed while its pictures were still being kept
            files.delete(files.paths_of(found.key))
        return
    except Exception:
        # a fault of ours: it is raised for the log, and the trainer may try again or remove it
        _of_ours(found).update(state=ImportState.FAILED, problem={"code": ""})
        raise
    _of_ours(found).update(touched_at=timezone.now(), **end)


def _of_ours(found: QuestionImport) -> QuerySet[QuestionImport]:
    return QuestionImport.objects.filter(pk=found.pk, state=ImportState.READING)


def _claimed(key: UUID, before: ImportState, after: ImportState) -> bool:
    free = QuestionImport.objects.filter(key=key, state=before)
    return bool(free.update(state=after, touched_at=timezone.now()))


def _ask(found: QuestionImport) -> None:
    transaction.on_commit(partial(tasks.carry_on_import.enqueue, str(found.key)))
