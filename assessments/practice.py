"""Another question like this one, inside a practice quiz."""

import random
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from assessments import drawing, papers
from assessments.behaviours import behaviour_for
from assessments.choices import StepKind
from assessments.closing import AttemptClosed, lock
from assessments.drawing import Drawn, Stock
from assessments.models import Attempt, PaperItem
from assessments.paper import Paper, PaperSlot
from assessments.quiz_spec import QuizSpec, SlotSpec
from assessments.scoring import UNSCORED
from assessments.steps import NewStep, append


class NoneLeft(Exception):
    """The bank has no other question like this one, or the quiz is no practice."""


@transaction.atomic
def another_like(
    *, attempt: Attempt, slot: int, now: datetime | None = None, rng: random.Random | None = None
) -> PaperSlot:
    """Put one more question at the end of the paper: of the same category and outcome, met least.

    It is for practice: its marks are shown and do not count, so that none is put that waits for a
    marker or asks nothing. The paper grows by it and is otherwise as it was. Raises AttemptClosed
    or NoneLeft.
    """
    now, rng = now or timezone.now(), rng or random.SystemRandom()
    locked = lock(attempt)
    if not locked.is_open or locked.is_overdue(now):
        raise AttemptClosed(str(attempt.key))
    paper = locked.paper
    asked = paper.slot(slot)
    if asked is None or not paper.practice:
        raise NoneLeft(str(attempt.key))
    wanted = SlotSpec(category_key=asked.category, objective=asked.objective)
    quiz = QuizSpec(
        key=locked.quiz_key,
        title=paper.title,
        slots=(wanted,),
        shuffle_options=True,
        tries=asked.tries,
        penalty=asked.penalty,
    )
    alike = Stock.of(quiz, paper.country).candidates(wanted)
    found = drawing.sample(
        [one for one in alike if _is_for_practice(paper, one.version.kind)],
        1,
        seen=papers.seen_by(locked.person_id, (locked.quiz_key,)),
        without=_asked_on(paper),
        rng=rng,
    )
    if not found:
        raise NoneLeft(f"{attempt.key} {slot}")
    number = len(paper.slots) + 1
    drawn = Drawn(found[0], wanted, position=number)
    added = replace(papers.frozen_slot(number, drawn, quiz, rng, like=slot), section=asked.section)
    _put(locked, added, now)
    return added


def _is_for_practice(paper: Paper, kind: str) -> bool:
    return kind not in UNSCORED and not behaviour_for(paper.behaviour, kind).by_person


def _asked_on(paper: Paper) -> set[UUID]:
    return {slot.question for slot in paper.slots}


def _put(attempt: Attempt, added: PaperSlot, now: datetime) -> None:
    append(attempt, [NewStep(StepKind.ANOTHER, {"slot": added.to_json()}, added.like)], at=now)
    attempt.paper_data = {**attempt.paper_data, "slots": [*attempt.paper_data["slots"], added.to_json()]}
    attempt.save(update_fields=["paper_data"])
    PaperItem.objects.create(attempt=attempt, slot=added.number, version_id=added.version)
