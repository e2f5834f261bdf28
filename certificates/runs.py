"""Print runs: asked for by staff, done by a task, carried on where they stopped, and cleared away.

One worker has a run in hand at a time. It says that it is alive with everything it finishes; once it has
been silent for `SILENT`, another may take over. What was drawn is kept and never drawn again, so what is
left is all that is done.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import batched
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts import audit
from certificates import documents, drawings, runs_drawing, runs_files, runs_mail, tasks
from certificates.choices import LineState, RunKind, RunProblem, RunState, Status
from certificates.models import Certificate, Run, RunLine, StoredDocument
from certificates.models.runs import DAYS_KEPT, UNDER_WAY, run_storage
from certificates.runs_drawing import Wanted

if TYPE_CHECKING:
    from accounts.models import User

PIECE = 50  # people looked at together


class LetGo(Exception):
    """The run was cancelled, or another worker has it in hand."""


@transaction.atomic
def start(
    *,
    kind: RunKind,
    group_key: UUID,
    label: str,
    language: str,
    certificates: Sequence[int],
    actor: User,
    attach: bool = True,
) -> Run:
    """Ask for a run over certificates (by primary key) in the order given; a task does it.

    Raises ValueError when there are none.
    """
    if not certificates:
        raise ValueError("A run needs certificates.")
    run = Run.objects.create(
        kind=kind, group_key=group_key, label=label, language=language, attach=attach, made_by=actor
    )
    lines = (RunLine(run=run, place=n, certificate_id=pk) for n, pk in enumerate(certificates, 1))
    RunLine.objects.bulk_create(lines, batch_size=500)
    audit.record(
        actor=actor,
        verb="run_started",
        target=run,
        data={"kind": kind.value, "group": str(group_key), "certificates": len(certificates)},
    )
    _ask(run)
    return run


@transaction.atomic
def cancel(*, run: Run, actor: User) -> Run:
    """Stop a run that is under way; its worker lets go with the next person."""
    locked = Run.objects.select_for_update().get(pk=run.pk)
    if locked.is_under_way:
        locked.state, locked.worker = RunState.CANCELLED, None
        locked.save(update_fields=["state", "worker"])
        audit.record(actor=actor, verb="run_cancelled", target=locked)
    return locked


@transaction.atomic
def again(*, run: Run, actor: User | None) -> Run:
    """Carry on what stopped, and try anew what failed: by the button of staff.

    A run that is in good hands stays as it is.
    """
    locked = Run.objects.select_for_update().get(pk=run.pk)
    if locked.is_under_way and not locked.is_silent:
        return locked
    failed = locked.lines.filter(state=LineState.FAILED)
    if locked.state == RunState.DONE and not failed.exists():
        return locked
    failed.update(state=LineState.WAITING, problem="", sent_at=None)
    if locked.file:
        # it gets a file with everybody in it
        transaction.on_commit(partial(run_storage().delete, str(locked.file)))
    locked.file, locked.sha256, locked.size = "", "", 0
    locked.state, locked.worker, locked.bound, locked.finished_at = RunState.WAITING, None, 0, None
    locked.touched_at = timezone.now()
    locked.save()
    audit.record(actor=actor, verb="run_carried_on", target=locked)
    _ask(locked)
    return locked


def tend() -> tuple[int, int]:
    """Carry on runs whose worker has died, and remove files that were kept long enough.

    Returns how many of each.
    """
    carried_on = 0
    for run in Run.objects.silent():
        # as it is: what failed stays failed until staff decide
        Run.objects.filter(pk=run.pk).update(touched_at=timezone.now())
        _ask(run)
        carried_on += 1
    before = timezone.now() - datetime.timedelta(days=DAYS_KEPT)
    old = Run.objects.filter(finished_at__lt=before).exclude(file="")
    removed = 0
    for run in old:
        run_storage().delete(str(run.file))
        Run.objects.filter(pk=run.pk).update(file="", sha256="", size=0)
        removed += 1
    return carried_on, removed


def carry_on(*, key: UUID, cores: int | None = None) -> Run | None:
    """Do what is left of a run; None when it is in other hands, finished or gone.

    An error that is nobody's fault among the people, no keys for example, stops the run; it is raised
    for the log, and staff may carry on.
    """
    worker = uuid.uuid4()
    run = _claim(key, worker)
    if run is None:
        return None
    try:
        _draw(run, cores)
        _leave_out_withdrawn(run)
        if run.kind == RunKind.MAIL:
            runs_mail.send_all(run, lambda: _touch(run))
        else:
            runs_files.make(run, lambda bound: _touch(run, bound=bound))
        _finish(run)
    except LetGo:
        return None
    except Exception:
        # not BaseException: a worker that is told to end leaves the run to the next one
        Run.objects.filter(pk=run.pk, worker=worker).update(state=RunState.FAILED, worker=None)
        raise
    return run


def _ask(run: Run) -> None:
    transaction.on_commit(partial(tasks.carry_on_run.enqueue, str(run.key)))


def _claim(key: UUID, worker: UUID) -> Run | None:
    free = Q(worker=None) | Q(pk__in=Run.objects.silent().values("pk"))
    mine = {"worker": worker, "state": RunState.RUNNING, "touched_at": timezone.now()}
    if not Run.objects.filter(free, key=key, state__in=UNDER_WAY).update(**mine):
        return None
    run = Run.objects.get(key=key)
    # the worker before was interrupted at these: whether the mail left, nobody knows
    run.lines.filter(state=LineState.SENDING).update(state=LineState.FAILED, problem=RunProblem.UNSURE)
    return run


def _touch(run: Run, **changes: int) -> None:
    """Say that the run is in good hands; raises LetGo when it is not in these any more."""
    mine = Run.objects.filter(pk=run.pk, worker=run.worker, state=RunState.RUNNING)
    if not mine.update(touched_at=timezone.now(), **changes):
        raise LetGo


def _finish(run: Run) -> None:
    mine = Run.objects.filter(pk=run.pk, worker=run.worker, state=RunState.RUNNING)
    made = {"file": run.file.name or "", "sha256": run.sha256, "size": run.size}
    if not mine.update(state=RunState.DONE, worker=None, finished_at=timezone.now(), **made):
        if run.file:
            run_storage().delete(str(run.file))
        raise LetGo


def _draw(run: Run, cores: int | None) -> None:
    """Have a drawing for every line, or the reason why there is none."""
    waiting = run.lines.filter(state=LineState.WAITING)
    with runs_drawing.drawing(waiting.count(), cores) as draw:
        for wanted, made in draw(_wanted(run, waiting)):
            line = RunLine.objects.filter(pk=wanted.line)
            if isinstance(made, RunProblem):
                line.update(state=LineState.FAILED, problem=made)
            else:
                certificate = Certificate(pk=wanted.certificate)
                documents.keep(certificate=certificate, language=wanted.language, drawn=made)
                line.update(state=LineState.DRAWN)
            _touch(run)


def _leave_out_withdrawn(run: Run) -> None:
    """A certificate may have been withdrawn or replaced since it was drawn."""
    gone = run.lines.filter(state=LineState.DRAWN).exclude(certificate__status=Status.ISSUED)
    gone.update(state=LineState.FAILED, problem=RunProblem.NOT_STANDING)


def _wanted(run: Run, waiting: QuerySet[RunLine]) -> Iterator[Wanted]:
    """What is still to be drawn; lines that need no drawing, or can have none, are settled on the way."""
    for piece in batched(list(waiting.values_list("pk", flat=True)), PIECE, strict=False):
        lines = RunLine.objects.filter(pk__in=piece).select_related("certificate__person").order_by("place")
        for line in lines:
            problem = _settle_language(run, line)
            if problem:
                line.state, line.problem = LineState.FAILED, problem
            elif _kept(line):
                line.state = LineState.DRAWN
            line.save(update_fields=["state", "problem", "language"])
            if line.state == LineState.WAITING:
                yield Wanted(line.pk, line.certificate_id, line.language)
        _touch(run)


def _settle_language(run: Run, line: RunLine) -> RunProblem | None:
    certificate = line.certificate
    if certificate.status != Status.ISSUED:
        return RunProblem.NOT_STANDING
    own = certificate.person.language if certificate.person else None
    line.language = run.language or certificate.nearest_language(own)
    return None if drawings.languages_of(certificate, line.language) else RunProblem.LANGUAGE


def _kept(line: RunLine) -> bool:
    return StoredDocument.objects.filter(certificate_id=line.certificate_id, language=line.language).exists()
