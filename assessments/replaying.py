"""The whole of an attempt from its steps, for those who have to show where a mark came from. Pure.

Every step that marks or hands in holds a digest of all steps before it. Replaying them says
whether they are still what they were, and what they lead to.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC
from fractions import Fraction
from typing import Any, Protocol

from assessments.behaviours import StepLike
from assessments.folding import State, fold
from assessments.grading import credits_by_rule, fractions_by_rule, grade, waiting_slots
from assessments.paper import Paper

# steps that say what came before them
SEALING = frozenset({"grade", "mark", "regrade"})


class StoredStep(StepLike, Protocol):
    """A step with all that is stored of it."""

    client_id: str
    actor_id: Any


@dataclass(frozen=True)
class Replay:
    """What the steps lead to.

    ``digest`` stands for all of them; ``altered`` are the sequence numbers of steps whose digest
    of what came before them is not what is found. ``by_rule`` and ``credits`` are worked out
    anew; ``as_recorded`` tells whether they are what was recorded. ``fraction`` and ``passed``
    are None while a question waits for a person.
    """

    state: State
    digest: str
    altered: tuple[int, ...]
    by_rule: dict[int, Fraction]
    credits: dict[int, Fraction]
    as_recorded: bool
    fraction: Fraction | None
    passed: bool | None

    @property
    def intact(self) -> bool:
        """Whether nothing speaks against the steps."""
        return not self.altered and self.as_recorded


def digest_of(steps: Iterable[StoredStep], before: str = "") -> str:
    """A digest of these steps, each bound to those before it."""
    digest = before
    for step in sorted(steps, key=lambda step: step.sequence):
        written = json.dumps(_written(step), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        digest = hashlib.sha256(f"{digest}\n{written}".encode()).hexdigest()
    return digest


def replay(paper: Paper, steps: Sequence[StoredStep]) -> Replay:
    """Fold all steps of an attempt anew; StepRefused when they cannot have been taken."""
    taken = sorted(steps, key=lambda step: step.sequence)
    state = fold(taken, paper)
    digest, altered = "", []
    for step in taken:
        said = step.data.get("digest") if step.kind in SEALING else None
        if said is not None and said != digest:
            altered.append(step.sequence)
        digest = digest_of([step], digest)
    ended = fold(_until_graded(taken), paper)
    by_rule, by_certainty = fractions_by_rule(ended), credits_by_rule(ended)
    recorded = fold(step for step in taken if step.kind == "grade")
    complete = state.submitted_at is not None and not waiting_slots(paper, state)
    result = grade(paper, state.credits) if complete else None
    return Replay(
        state=state,
        digest=digest,
        altered=tuple(altered),
        by_rule=by_rule,
        credits={**by_rule, **by_certainty},
        as_recorded=state.submitted_at is None
        or (by_rule, by_certainty) == (recorded.rule_marks, recorded.rule_credits),
        fraction=result.fraction if result else None,
        passed=result.passed if result else None,
    )


def _until_graded(steps: Sequence[StoredStep]) -> list[StoredStep]:
    """The steps that the rules marked: what persons said afterwards is left out."""
    return [step for step in steps if step.kind not in SEALING and step.kind != "late"]


def _written(step: StoredStep) -> dict[str, Any]:
    return {
        "sequence": step.sequence,
        "client_id": step.client_id,
        "kind": step.kind,
        "slot": step.slot,
        "data": dict(step.data),
        "language": step.language,
        "at": step.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": step.actor_id,
    }
