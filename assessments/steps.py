"""Writing steps. The caller holds the lock on the attempt's row, so sequence numbers are its own."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Q

from accounts.models import User
from assessments.choices import StepKind
from assessments.models import Attempt, Step
from assessments.replaying import SEALING, digest_of

# both hold an answer; only a check has it judged
ANSWERS = (StepKind.ANSWER, StepKind.CHECK)


@dataclass(frozen=True)
class NewStep:
    """A step that is about to be written."""

    kind: StepKind
    data: Mapping[str, Any]
    slot: int = 0
    client_id: str = ""


def append(
    attempt: Attempt,
    new: Sequence[NewStep],
    *,
    at: datetime,
    after: int | None = None,
    language: str = "",
    actor: User | None = None,
) -> list[Step]:
    """Write steps at the end, in one query; ``after`` is the last sequence number, if known.

    A step that marks is given the digest of all steps before it.
    """
    if after is None:
        after = attempt.steps.aggregate(last=Max("sequence"))["last"] or 0
    rows = [
        Step(
            attempt=attempt,
            sequence=sequence,
            client_id=step.client_id or uuid.uuid4().hex,
            kind=step.kind,
            slot=step.slot,
            data=dict(step.data),
            language=language,
            at=at,
            actor=actor,
        )
        for sequence, step in enumerate(new, start=after + 1)
    ]
    if any(step.kind in SEALING for step in rows):
        _seal(attempt, rows)
    return Step.objects.bulk_create(rows)


def record_answer(
    attempt: Attempt,
    slot: int,
    *,
    data: Mapping[str, Any] | None,
    flagged: bool | None,
    language: str,
    client_id: str,
    at: datetime,
) -> Step | None:
    """Write what is new of an answer and a flag; None leaves either as it is.

    Returns the step that holds the slot's answer, or None while there is no answer.
    """
    near = steps_near(attempt, slot, client_id)
    known = next((step for step in near if client_id and step.client_id == client_id), None)
    if known:
        return known
    last = newest(near, slot, *ANSWERS)
    last_flag = newest(near, slot, StepKind.FLAG)
    if last and is_overtaken(client_id, last.client_id):
        return last
    new = []
    if data is not None and not says_the_same(last, data):
        new.append(NewStep(StepKind.ANSWER, data, slot, client_id))
    if flagged is not None and flagged != bool(last_flag and last_flag.data["on"]):
        new.append(NewStep(StepKind.FLAG, {"on": flagged}, slot))
    after = max((step.sequence for step in near), default=0)
    written = append(attempt, new, at=at, after=after, language=language) if new else []
    return next((step for step in written if step.kind == StepKind.ANSWER), last)


def says_the_same(last: Step | None, data: Mapping[str, Any]) -> bool:
    """Whether an answer is the one that is held already; at first, nothing is."""
    held = last.data if last else {"response": {}}
    return (held["response"], held.get("certainty")) == (data["response"], data.get("certainty"))


def newest(steps: Sequence[Step], slot: int, *kinds: StepKind) -> Step | None:
    """The newest of these steps of a slot; they come in order."""
    return next((step for step in reversed(steps) if step.slot == slot and step.kind in kinds), None)


def is_overtaken(client_id: str, newest: str) -> bool:
    """Whether a page sends an older answer ("page-7") than one it already sent ("page-9")."""
    if not _of_one_page(client_id, newest):
        return False
    return int(client_id.rpartition("-")[2]) < int(newest.rpartition("-")[2])


def came_before(client_id: str, answered_at: datetime | None, last: Step) -> bool:
    """Whether an answer that waited was given before one that is held.

    Of one page its count decides, else the clock.
    """
    if _of_one_page(client_id, last.client_id):
        return is_overtaken(client_id, last.client_id)
    return answered_at is not None and answered_at < last.at


def _of_one_page(client_id: str, other: str) -> bool:
    (page, _, count), (other_page, _, other_count) = client_id.rpartition("-"), other.rpartition("-")
    return bool(page) and page == other_page and (count + other_count).isdecimal()


def steps_near(attempt: Attempt, slot: int, client_id: str) -> list[Step]:
    """All that a new answer has to know, in one query: the newest step of each kind of the slot, the
    attempt's last step, and the step itself if it came before."""
    steps = attempt.steps.order_by()
    of_slot = steps.filter(slot=slot).values("kind").annotate(newest=Max("sequence"))
    of_all = steps.values("attempt").annotate(newest=Max("sequence"))
    wanted = Q(sequence__in=of_slot.values("newest")) | Q(sequence__in=of_all.values("newest"))
    if client_id:
        wanted |= Q(client_id=client_id)
    return list(attempt.steps.filter(wanted).order_by("sequence"))


def _seal(attempt: Attempt, rows: Sequence[Step]) -> None:
    digest = digest_of(attempt.steps.all())
    for step in rows:
        if step.kind in SEALING:
            step.data = {**step.data, "digest": digest}
        digest = digest_of([step], digest)
