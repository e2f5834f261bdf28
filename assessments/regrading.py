"""Marking again by another key: tried first, then committed; every change is a step with its actor.

Both are done by tasks that may be killed and begun again, or run twice at once: each attempt is
locked and worked out anew, so that what was written before is not written again.
"""

from collections import Counter
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime

from accounts import audit, mail
from accounts.models import User
from assessments import tasks
from assessments.choices import AttemptStatus, StepKind
from assessments.closing import lock
from assessments.counting import counted
from assessments.marking import grade_anew
from assessments.models import Attempt, PaperItem, Question, Regrade, RegradeChange
from assessments.presentation import in_language
from assessments.regrade_plans import Keys, Plan, counts_of, keys_now, plan_for, result_of
from assessments.signals import attempt_lowered
from assessments.steps import NewStep, append

PIECE = 50
# a task that has said nothing for so long was killed; it says something after each piece
SILENT = timedelta(minutes=2)


class AlreadyCommitted(Exception):
    """A regrade is committed once."""


class NotTried(Exception):
    """The trial is not at its end, or a key was changed since."""


@transaction.atomic
def try_out(
    *,
    policy: str,
    reason: str,
    actor: User,
    quiz_key: UUID | None = None,
    question: Question | None = None,
    lower_reason: str = "",
) -> Regrade:
    """Ask who would change from what to what; a task finds out, and changes nothing.

    The regrade is of one quiz, of one question, or of one question in one quiz. A
    ``lower_reason`` says why people who have passed may fail by it; without one they do not.
    """
    regrade = Regrade.objects.create(
        quiz_key=quiz_key,
        question=question,
        policy=policy,
        reason=reason,
        may_lower=bool(lower_reason.strip()),
        lower_reason=lower_reason.strip(),
        actor=actor,
    )
    audit.record(actor=actor, verb="regrade_tried", target=regrade, data={"policy": policy})
    transaction.on_commit(partial(tasks.try_regrade.enqueue, str(regrade.key)))
    return regrade


def look(*, key: UUID) -> Regrade:
    """Find out what a regrade would change; begun again, it begins anew."""
    regrade = Regrade.objects.select_related("question").get(key=key)
    if regrade.committed_at is not None:
        return regrade
    found = attempts_of(regrade)
    total, counts, known, people = found.count(), Counter[str](), Keys(), set[int]()
    regrade.changes.all().delete()
    _say(regrade, {"of": total})
    changes: list[RegradeChange] = []
    for attempt in found.prefetch_related("steps").iterator(chunk_size=PIECE):
        plan = plan_for(regrade, attempt, list(attempt.steps.all()), known)
        counts.update(counts_of(regrade, plan))
        people.add(attempt.person_id)
        if plan.writes(regrade):
            changes.append(_change(regrade, attempt, plan))
        if counts["attempts"] % PIECE == 0:
            _keep(changes)
            _say(regrade, {"of": total, **counts})
    _keep(changes)
    questions = known.asked | ({regrade.question.key} if regrade.question else set())
    _say(regrade, {"of": total, **counts, "people": len(people), "keys": keys_now(questions), "tried": True})
    return regrade


@transaction.atomic
def commit(*, regrade: Regrade, actor: User, now: datetime | None = None) -> Regrade:
    """Decide that what was tried shall be; a task writes it and tells the learners.

    Attempts that changed since are worked out anew. Raises AlreadyCommitted; NotTried while the
    trial goes on, or when a key is not the one that was tried.
    """
    regrade = Regrade.objects.select_for_update(of=("self",)).get(pk=regrade.pk)
    if regrade.committed_at is not None:
        raise AlreadyCommitted(str(regrade.key))
    if "tried" not in regrade.summary or not _as_tried(regrade):
        raise NotTried(str(regrade.key))
    regrade.committed_at, regrade.committed_by = now or timezone.now(), actor
    regrade.save(update_fields=["committed_at", "committed_by"])
    data = {"policy": regrade.policy, "may_lower": regrade.may_lower}
    audit.record(actor=actor, verb="regrade_committed", target=regrade, data=data)
    transaction.on_commit(partial(tasks.write_regrade.enqueue, str(regrade.key)))
    return regrade


def write(*, key: UUID) -> Regrade:
    """Write what was decided, attempt by attempt, and tell each learner once; carries on where it stopped.

    When a key was changed in the meantime, what is left stays as it is: nobody has tried that key.
    """
    regrade = Regrade.objects.select_related("question", "committed_by").get(key=key)
    if regrade.committed_at is None or "written" in regrade.summary:
        return regrade
    if not _as_tried(regrade):
        regrade.changes.filter(told_at=None).delete()
        _say(regrade, {**regrade.summary, "stopped": True, "written": True})
        return regrade
    known, kept, unfit = Keys(), 0, 0
    for place, pk in enumerate(attempts_of(regrade).values_list("pk", flat=True).iterator(), start=1):
        plan = _write_one(regrade, pk, known)
        if place % PIECE == 0:
            _say(regrade, regrade.summary)
        kept += plan.fails and not plan.writes(regrade)
        unfit += bool(plan.unfit)
    done = regrade.changes.exclude(told_at=None)
    counts = Counter[str](attempts=attempts_of(regrade).count(), changed=done.count(), kept=kept, unfit=unfit)
    for change in done.defer("questions"):
        counts.update(result_of(change))
    _say(
        regrade,
        {**regrade.summary, "fails": 0, "passes": 0, "higher": 0, "lower": 0, **counts, "written": True},
    )
    return regrade


def attempts_of(regrade: Regrade) -> QuerySet[Attempt]:
    """All attempts that are handed in and that the regrade is about."""
    return _about(regrade).exclude(submitted_at=None).order_by("pk")


def still_open(regrade: Regrade) -> int:
    """How many people are answering now; they are marked by the key with which they began."""
    return _about(regrade).filter(status=AttemptStatus.OPEN).count()


def is_silent(regrade: Regrade, now: datetime | None = None) -> bool:
    """Whether its task was killed: nothing was heard of it for a while."""
    if "written" in regrade.summary or (regrade.committed_at is None and "tried" in regrade.summary):
        return False
    told = regrade.changes.aggregate(last=Max("told_at"))["last"]
    said = parse_datetime(regrade.summary.get("said", ""))
    heard = max(filter(None, (regrade.tried_at, regrade.committed_at, told, said)))
    return heard + SILENT < (now or timezone.now())


def carry_on(*, regrade: Regrade) -> None:
    """Begin the task anew that was killed."""
    task = tasks.try_regrade if regrade.committed_at is None else tasks.write_regrade
    transaction.on_commit(partial(task.enqueue, str(regrade.key)))


def tend() -> int:
    """Carry on all that was killed; how many there were."""
    recent = Regrade.objects.filter(tried_at__gt=timezone.now() - timedelta(days=30))
    silent = [one for one in recent.exclude(summary__has_key="written") if is_silent(one)]
    for one in silent:
        carry_on(regrade=one)
    return len(silent)


def _about(regrade: Regrade) -> QuerySet[Attempt]:
    found = Attempt.objects.all()
    if regrade.quiz_key:
        found = found.filter(quiz_key=regrade.quiz_key)
    if regrade.question_id:
        put = PaperItem.objects.filter(version__question=regrade.question_id)
        found = found.filter(pk__in=put.values("attempt"))
    return found


def _as_tried(regrade: Regrade) -> bool:
    tried = regrade.summary["keys"]
    return bool(tried == keys_now(UUID(key) for key in tried))


def _say(regrade: Regrade, summary: dict[str, Any]) -> None:
    """Keep how far it has come, and when it was last heard of."""
    regrade.summary = {**summary, "said": timezone.now().isoformat()}
    regrade.save(update_fields=["summary"])


def _keep(changes: list[RegradeChange]) -> None:
    RegradeChange.objects.bulk_create(changes, ignore_conflicts=True)
    changes.clear()


@transaction.atomic
def _write_one(regrade: Regrade, pk: int, known: Keys) -> Plan:
    """Mark one attempt anew, as far as it differs from what it should be, and tell the learner."""
    attempt = lock(Attempt(pk=pk))
    now = timezone.now()
    plan = plan_for(regrade, attempt, list(attempt.steps.all()), known)
    if plan.writes(regrade):
        _mark(regrade, attempt, plan, now)
        change = _change(regrade, attempt, plan)
        regrade.changes.filter(attempt=attempt).delete()
        change.told_at = now
        change.save()
        tell(attempt, regrade.reason)
        if regrade.may_lower:
            _say_lowered(regrade, attempt, plan)
    else:
        # somebody else's regrade has done it since
        regrade.changes.filter(attempt=attempt, told_at=None).delete()
    return plan


def _mark(regrade: Regrade, attempt: Attempt, plan: Plan, now: datetime) -> None:
    new = [
        NewStep(
            StepKind.REGRADE,
            {
                "fraction": str(after.fraction),
                "credit": str(after.credit),
                "policy": regrade.policy,
                "regrade": str(regrade.key),
                "spec": dict(spec),
            },
            number,
        )
        for number, (_before, after, spec) in plan.changed.items()
    ]
    append(attempt, new, at=now, actor=regrade.committed_by)
    grade_anew(attempt, now)


def _say_lowered(regrade: Regrade, attempt: Attempt, plan: Plan) -> None:
    if plan.before is None or plan.after is None or plan.after.fraction >= plan.before.fraction:
        return
    every = Attempt.objects.of(attempt.person_id, attempt.quiz_key)
    result = counted(every, attempt.paper.counts)
    attempt_lowered.send(
        sender=Attempt,
        attempt=attempt,
        passed=bool(result.passed),
        fraction=result.fraction,
        actor=regrade.committed_by,
    )


def tell(attempt: Attempt, reason: str) -> None:
    """Tell a learner, in their language, that a result has changed, and why; not what it is."""
    person = attempt.person
    if not person.is_active:
        return
    with translation.override(person.language):
        context = {
            "name": person.name,
            "quiz": str(in_language(attempt.paper.title)),
            "reason": reason,
            "link": mail.absolute("assessments:result", attempt.key),
        }
    mail.send(name="marked_again", to=person.email, language=person.language, context=context)


def _change(regrade: Regrade, attempt: Attempt, plan: Plan) -> RegradeChange:
    before, after = plan.before, plan.after
    return RegradeChange(
        regrade=regrade,
        attempt=attempt,
        questions={
            str(number): ["" if old.fraction is None else str(old.fraction), str(new.fraction)]
            for number, (old, new, _spec) in plan.changed.items()
        },
        fraction_before=before.fraction if before else None,
        fraction_after=after.fraction if after else None,
        passed_before=before.passed if before else None,
        passed_after=after.passed if after else None,
    )
