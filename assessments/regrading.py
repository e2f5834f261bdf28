"""Marking again by another key: tried first, then committed; every change is a step with its actor.

An attempt that has passed is not failed by a regrade unless staff said so, with a reason.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import audit
from accounts.models import User
from assessments import drawing
from assessments.behaviours import StepRefused
from assessments.choices import RegradePolicy, StepKind
from assessments.closing import lock, state_of
from assessments.folding import State, fold
from assessments.grading import Grade, Standing, grade, standing_by, waiting_slots
from assessments.marking import finish_if_marked, reopen_for_marking
from assessments.models import Attempt, PaperItem, Question, Regrade, RegradeChange, Step
from assessments.paper import PaperSlot
from assessments.scoring import MARKED_BY_PERSON, UNSCORED, SpecError
from assessments.steps import NewStep, append

_FULL = Standing(Fraction(1), Fraction(1))


class AlreadyCommitted(Exception):
    """A regrade is committed once."""


@dataclass
class Plan:
    """What a regrade changes in one attempt; ``unfit`` are questions whose answer does not fit the key."""

    before: Grade | None
    after: Grade | None
    changed: dict[int, tuple[Standing, Standing, Mapping[str, Any]]] = field(default_factory=dict)
    unfit: tuple[int, ...] = ()

    @property
    def fails(self) -> bool:
        """Whether somebody who had passed would no longer."""
        return bool(self.before and self.before.passed and self.after and not self.after.passed)


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
    """Find out who would change from what to what; nothing is changed.

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
    counts: Counter[str] = Counter()
    keys = _Keys()
    for attempt in attempts_of(regrade).prefetch_related("steps").iterator(chunk_size=200):
        plan = plan_for(regrade, attempt, list(attempt.steps.all()), keys)
        counts.update(_counts(regrade, plan))
        if plan.changed:
            _changed(regrade, attempt, plan).save()
    regrade.summary = dict(counts)
    regrade.save(update_fields=["summary"])
    audit.record(actor=actor, verb="regrade_tried", target=regrade, data=regrade.summary)
    return regrade


@transaction.atomic
def commit(*, regrade: Regrade, actor: User, now: datetime | None = None) -> Regrade:
    """Write what was tried; attempts that changed since are worked out anew. Raises AlreadyCommitted."""
    now = now or timezone.now()
    regrade = Regrade.objects.select_for_update(of=("self",)).get(pk=regrade.pk)
    if regrade.committed_at is not None:
        raise AlreadyCommitted(str(regrade.key))
    counts: Counter[str] = Counter()
    keys = _Keys()
    regrade.changes.all().delete()
    for found in attempts_of(regrade).iterator(chunk_size=200):
        attempt = lock(found)
        plan = plan_for(regrade, attempt, list(attempt.steps.all()), keys)
        counts.update(_counts(regrade, plan))
        if plan.changed:
            change = _changed(regrade, attempt, plan)
            if not (plan.fails and not regrade.may_lower):
                _write(regrade, attempt, plan, actor, now)
                change.save()
    regrade.summary, regrade.committed_at, regrade.committed_by = dict(counts), now, actor
    regrade.save()
    audit.record(actor=actor, verb="regrade_committed", target=regrade, data=regrade.summary)
    return regrade


def attempts_of(regrade: Regrade) -> QuerySet[Attempt]:
    """All attempts that are handed in and that the regrade is about."""
    found = Attempt.objects.exclude(submitted_at=None).order_by("pk")
    if regrade.quiz_key:
        found = found.filter(quiz_key=regrade.quiz_key)
    if regrade.question_id:
        put = PaperItem.objects.filter(version__question=regrade.question_id)
        found = found.filter(pk__in=put.values("attempt"))
    return found


def plan_for(regrade: Regrade, attempt: Attempt, steps: list[Step], keys: "_Keys") -> Plan:
    """What the regrade would do to one attempt, given all its steps."""
    paper = attempt.paper
    state = fold(steps, paper)
    changed, unfit = {}, []
    for slot in _slots_of(regrade, attempt, state):
        before = Standing(state.fractions[slot.number], state.credits[slot.number])
        spec = keys.of(slot, attempt.jurisdiction)
        after = _standing(regrade.policy, attempt, slot, steps, before, spec)
        if after is None:
            unfit.append(slot.number)
        elif after != before:
            changed[slot.number] = (before, after, spec or slot.spec)
    marked = state.credits | {
        number: after.credit for number, (_b, after, _s) in changed.items() if after.credit is not None
    }
    complete = not waiting_slots(paper, state)
    return Plan(
        before=grade(paper, state.credits) if complete else None,
        after=grade(paper, marked) if complete else None,
        changed=changed,
        unfit=tuple(unfit),
    )


def _slots_of(regrade: Regrade, attempt: Attempt, state: State) -> Iterator[PaperSlot]:
    """The questions of an attempt that are marked anew: what a person gave stands, but for full marks."""
    wanted = regrade.question.key if regrade.question else None
    full = regrade.policy == RegradePolicy.FULL
    for slot in attempt.paper.slots:
        by_person = slot.kind in MARKED_BY_PERSON or slot.number in state.person_marks
        if slot.kind in UNSCORED or slot.number not in state.fractions or (by_person and not full):
            continue
        if wanted in (None, slot.question):
            yield slot


def _standing(
    policy: str,
    attempt: Attempt,
    slot: PaperSlot,
    steps: list[Step],
    before: Standing,
    spec: Mapping[str, Any] | None,
) -> Standing | None:
    """What the question earns by the policy; None when its answer does not fit the current key."""
    if policy == RegradePolicy.FULL:
        return _FULL
    if spec is None:
        return None
    try:
        after = standing_by(attempt.paper, slot, steps, spec)
    except (StepRefused, SpecError):
        return None
    if after.credit is None or before.credit is None:
        return None
    return before if policy == RegradePolicy.BETTER and before.credit > after.credit else after


def _write(regrade: Regrade, attempt: Attempt, plan: Plan, actor: User, now: datetime) -> None:
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
    append(attempt, new, at=now, actor=actor)
    reopen_for_marking(attempt)
    finish_if_marked(attempt, state_of(attempt), now)


def _changed(regrade: Regrade, attempt: Attempt, plan: Plan) -> RegradeChange:
    before, after = plan.before, plan.after
    return RegradeChange(
        regrade=regrade,
        attempt=attempt,
        questions={
            str(number): [str(old.fraction), str(new.fraction)]
            for number, (old, new, _spec) in plan.changed.items()
        },
        fraction_before=before.fraction if before else None,
        fraction_after=after.fraction if after else None,
        passed_before=before.passed if before else None,
        passed_after=after.passed if after else None,
    )


def _counts(regrade: Regrade, plan: Plan) -> dict[str, int]:
    """What the summary counts: attempts, those changed, raised or lowered, who passes or fails by it."""
    counts = {"attempts": 1, "changed": int(bool(plan.changed)), "unfit": int(bool(plan.unfit))}
    if plan.before is None or plan.after is None:
        return counts
    return counts | {
        "higher": int(plan.after.fraction > plan.before.fraction),
        "lower": int(plan.after.fraction < plan.before.fraction),
        "passes": int(plan.after.passed and not plan.before.passed),
        "fails": int(plan.fails and regrade.may_lower),
        "kept": int(plan.fails and not regrade.may_lower),
    }


class _Keys:
    """The current keys of questions, read once for each question and jurisdiction."""

    def __init__(self) -> None:
        self._known: dict[tuple[UUID, str], drawing.Candidate | None] = {}

    def of(self, slot: PaperSlot, jurisdiction: str) -> Mapping[str, Any] | None:
        """The key by which the newest version marks; None when it is of another kind, or cannot mark."""
        name = (slot.question, jurisdiction)
        if name not in self._known:
            self._known[name] = drawing.current(slot.question, jurisdiction)
        found = self._known[name]
        return found.spec if found and found.version.kind == slot.kind else None
