"""What marking again by another key would do to an attempt. Nothing is written here.

An attempt that has passed is not failed by a regrade unless staff said so, with a reason.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any
from uuid import UUID

from assessments import drawing
from assessments.behaviours import StepRefused
from assessments.choices import RegradePolicy
from assessments.folding import State, fold
from assessments.grading import Grade, Standing, grade, standing_by, waiting_slots
from assessments.keys import spec_of
from assessments.models import Attempt, QuestionVersion, Regrade, RegradeChange, Step
from assessments.paper import PaperSlot
from assessments.scoring import MARKED_BY_PERSON, UNSCORED, SpecError

_FULL = Standing(Fraction(1), Fraction(1))


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

    def writes(self, regrade: Regrade) -> bool:
        """Whether the regrade changes the attempt: it does not fail who has passed, unless staff said so."""
        return bool(self.changed) and (regrade.may_lower or not self.fails)


def plan_for(regrade: Regrade, attempt: Attempt, steps: list[Step], keys: "Keys") -> Plan:
    """What the regrade would do to one attempt, given all its steps."""
    paper = attempt.paper
    state = fold(steps, paper)
    changed, unfit = {}, []
    for slot in _slots_of(regrade, attempt, state):
        before = Standing(state.fractions.get(slot.number), state.credits.get(slot.number))
        spec = keys.of(slot, attempt.jurisdiction)
        after = _standing(regrade.policy, attempt, slot, steps, before, spec)
        if after is None:
            unfit.append(slot.number)
        elif after != before:
            changed[slot.number] = (before, after, spec or slot.spec)
    marked = state.credits | {
        number: after.credit for number, (_b, after, _s) in changed.items() if after.credit is not None
    }
    waiting = set(waiting_slots(paper, state))
    return Plan(
        before=None if waiting else grade(paper, state.credits),
        after=None if waiting - changed.keys() else grade(paper, marked),
        changed=changed,
        unfit=tuple(unfit),
    )


def counts_of(regrade: Regrade, plan: Plan) -> dict[str, int]:
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


def result_of(change: RegradeChange) -> dict[str, int]:
    """What became of an attempt that was written, as ``counts_of`` says it beforehand."""
    before, after = change.fraction_before, change.fraction_after
    if before is None or after is None:
        return {}
    return {
        "higher": int(after > before),
        "lower": int(after < before),
        "passes": int(bool(change.passed_after) and not change.passed_before),
        "fails": int(bool(change.passed_before) and not change.passed_after),
    }


class Keys:
    """The current keys of questions, read once for each question and jurisdiction."""

    def __init__(self) -> None:
        self._known: dict[tuple[UUID, str], drawing.Candidate | None] = {}

    @property
    def asked(self) -> frozenset[UUID]:
        """The questions whose keys were read."""
        return frozenset(question for question, _jurisdiction in self._known)

    def of(self, slot: PaperSlot, jurisdiction: str) -> Mapping[str, Any] | None:
        """The key by which the newest version marks; None when it is of another kind, or cannot mark."""
        name = (slot.question, jurisdiction)
        if name not in self._known:
            self._known[name] = drawing.current(slot.question, jurisdiction)
        found = self._known[name]
        return found.spec if found and found.version.kind == slot.kind else None


def keys_now(questions: Iterable[UUID]) -> dict[str, str]:
    """A digest of the current key of each question, by which it is known whether it was changed."""
    newest = QuestionVersion.objects.latest_to_put().filter(question__key__in=list(questions))
    return {
        str(version.question.key): _digest(version)
        for version in newest.select_related("question").prefetch_related("options")
    }


def _digest(version: QuestionVersion) -> str:
    try:
        key: Any = spec_of(version)
    except SpecError:
        key = None
    written = json.dumps([version.kind, key], sort_keys=True, default=str)
    return hashlib.sha256(written.encode()).hexdigest()


def _slots_of(regrade: Regrade, attempt: Attempt, state: State) -> Iterator[PaperSlot]:
    """The questions of an attempt that are marked anew: what a person gives stands, but for full marks."""
    wanted = regrade.question.key if regrade.question else None
    full = regrade.policy == RegradePolicy.FULL
    for slot in attempt.paper.slots:
        by_person = slot.kind in MARKED_BY_PERSON or slot.number in state.person_marks
        waits = slot.number not in state.fractions
        if slot.kind in UNSCORED or ((waits or by_person) and not full):
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
