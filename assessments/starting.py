"""Beginning an attempt, and allowing somebody more of them."""

import random
import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from assessments import papers, rooms, vignettes
from assessments.closing import submit
from assessments.models import Attempt, ExtraAttempts, PaperItem
from assessments.papers import QuizSpec
from assessments.rules import Obstacle, rules_for

# an answer sent in the last second may be this long on its way
GRACE = timedelta(seconds=30)


class CannotStart(Exception):
    """No attempt can be begun now; ``obstacle`` says why."""

    def __init__(self, obstacle: Obstacle) -> None:
        self.obstacle = obstacle
        super().__init__(obstacle.value)


class AttemptsExhausted(CannotStart):
    """The person has used all attempts that the quiz allows."""


@transaction.atomic
def start(
    *,
    person: User,
    quiz: QuizSpec,
    language: str,
    jurisdiction: str,
    context: Mapping[str, Any] | None = None,
    groups: Iterable[uuid.UUID] = (),
    password: str = "",
    ticket_code: str = "",
    now: datetime | None = None,
    rng: random.Random | None = None,
) -> Attempt:
    """Begin an attempt, or return the one that is open.

    ``context`` is kept with the attempt for the caller: where to go back to, which enrolment. Its
    ``marker_group`` names the group of the trainers who may mark what a person has to mark.
    ``groups`` are the keys of groups whose overrides reach the person. ``rng`` draws
    the questions where chance should not, as in the demo. Raises CannotStart, of which
    AttemptsExhausted is one, or papers.NothingToAsk when the quiz has no questions.
    """
    now = now or timezone.now()
    # two tabs that start at once take turns on the person's row
    person = User.objects.select_for_update().get(pk=person.pk)
    earlier = list(Attempt.objects.of(person, quiz.key))
    if earlier and earlier[0].is_open:
        if not earlier[0].is_overdue(now):
            return earlier[0]
        earlier[0] = submit(attempt=earlier[0], now=now)
    rules = rules_for(person, quiz, groups=groups, now=now)
    if obstacle := rules.obstacle(earlier, now):
        raise AttemptsExhausted(obstacle) if obstacle is Obstacle.EXHAUSTED else CannotStart(obstacle)
    ticket = _admitted(quiz, password=password, code=ticket_code, now=now)
    given = vignettes.variants_for(quiz, person, jurisdiction, rng)
    paper = papers.freeze(
        quiz,
        jurisdiction=jurisdiction,
        seen=papers.seen_by(person.pk, (quiz.key, *quiz.avoid)),
        variants=given,
        closes_at=rules.closes_at,
        rng=rng,
    )
    deadline = rules.deadline(now)
    attempt = Attempt.objects.create(
        person=person,
        quiz_key=quiz.key,
        number=earlier[0].number + 1 if earlier else 1,
        paper_data=paper.to_json(),
        context=dict(context or {}),
        jurisdiction=jurisdiction,
        language=language,
        extra_time=Decimal(rules.extra_time.numerator) / rules.extra_time.denominator,
        started_at=now,
        deadline=deadline,
        closes_at=deadline and deadline + GRACE,
        ticket=ticket,
    )
    PaperItem.objects.bulk_create(
        PaperItem(attempt=attempt, slot=slot.number, version_id=slot.version) for slot in paper.slots
    )
    vignettes.record(attempt, given)
    return attempt


@transaction.atomic
def allow_more(*, person: User, quiz_key: uuid.UUID, count: int, actor: User, reason: str) -> ExtraAttempts:
    """Give a person so many attempts more at a quiz; given twice, they add up.

    The audit does not hold the reason. Raises ValueError for fewer than one.
    """
    if count < 1:
        raise ValueError("at least one attempt is given")
    given = ExtraAttempts.objects.create(
        person=person, quiz_key=quiz_key, count=count, granted_by=actor, reason=reason
    )
    data = {"quiz": str(quiz_key), "count": count}
    audit.record(actor=actor, verb="attempts_given", target=person, data=data)
    return given


def _admitted(quiz: QuizSpec, *, password: str, code: str, now: datetime) -> Any:
    try:
        return rooms.admit(quiz, password=password, code=code, now=now)
    except rooms.NotAdmitted as error:
        raise CannotStart(Obstacle.PASSWORD) from error
    except rooms.RoomFull as error:
        raise CannotStart(Obstacle.ROOM_FULL) from error
