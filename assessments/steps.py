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
    """Write steps at the end, in one query; ``after`` is the last sequence number, if known."""
    if after is None:
        after = attempt.steps.aggregate(last=Max("sequence"))["last"] or 0
    return Step.objects.bulk_create(
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
    )


def record_answer(
    attempt: Attempt,
    slot: int,
    *,
    response: Mapping[str, Any] | None,
    flagged: bool | None,
    language: str,
    client_id: str,
    at: datetime,
) -> Step | None:
    """Write what is new of an answer and a flag; None leaves either as it is.

    Returns the step that holds the slot's answer, or None while there is no answer.
    """
    near = _steps_near(attempt, slot, client_id)
    known = next((step for step in near if client_id and step.client_id == client_id), None)
    if known:
        return known
    mine = {step.kind: step for step in near if step.slot == slot}
    last, last_flag = mine.get(StepKind.ANSWER), mine.get(StepKind.FLAG)
    if last and is_overtaken(client_id, last.client_id):
        return last
    new = []
    if response is not None and response != (last.data["response"] if last else {}):
        new.append(NewStep(StepKind.ANSWER, {"response": dict(response)}, slot, client_id))
    if flagged is not None and flagged != bool(last_flag and last_flag.data["on"]):
        new.append(NewStep(StepKind.FLAG, {"on": flagged}, slot))
    after = max((step.sequence for step in near), default=0)
    written = append(attempt, new, at=at, after=after, language=language) if new else []
    return next((step for step in written if step.kind == StepKind.ANSWER), last)


def is_overtaken(client_id: str, newest: str) -> bool:
    """Whether a page sends an older answer ("page-7") than one it already sent ("page-9")."""
    page, _, count = client_id.rpartition("-")
    newest_page, _, newest_count = newest.rpartition("-")
    if not page or page != newest_page or not (count + newest_count).isdecimal():
        return False
    return int(count) < int(newest_count)


def _steps_near(attempt: Attempt, slot: int, client_id: str) -> list[Step]:
    """All that a new step has to know, in one query: the slot's newest answer and flag, the
    attempt's last step, and the step itself if it came before."""
    steps = attempt.steps.order_by()
    of_slot = steps.filter(slot=slot).values("kind").annotate(newest=Max("sequence"))
    of_all = steps.values("attempt").annotate(newest=Max("sequence"))
    wanted = Q(sequence__in=of_slot.values("newest")) | Q(sequence__in=of_all.values("newest"))
    if client_id:
        wanted |= Q(client_id=client_id)
    return list(attempt.steps.filter(wanted).order_by("sequence"))
