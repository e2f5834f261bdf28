"""The verbs of an attempt: start, save an answer, flag, hand in; and allowing somebody more of them.

Every verb locks the attempt's row first, so two tabs, a retry and the clock take turns. The
server's clock decides what is in time.
"""

import math
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from assessments import papers
from assessments.choices import AttemptStatus, StepKind
from assessments.folding import State, fold
from assessments.grading import fractions_by_rule
from assessments.marking import finish_if_marked
from assessments.models import Attempt, ExtraAttempts, PaperItem, Step
from assessments.papers import QuizSpec
from assessments.scoring import ResponseError, clean_response
from assessments.steps import NewStep, append, record_answer

# an answer sent in the last second may be this long on its way
GRACE = timedelta(seconds=30)


class AttemptsExhausted(Exception):
    """The person has used all attempts that the quiz allows."""


class AttemptClosed(Exception):
    """The attempt was handed in, by the person or by the clock; nothing more is saved."""


@transaction.atomic
def start(
    *,
    person: User,
    quiz: QuizSpec,
    language: str,
    jurisdiction: str,
    context: Mapping[str, Any] | None = None,
    now: datetime | None = None,
) -> Attempt:
    """Begin an attempt, or return the one that is open.

    ``context`` is kept with the attempt for the caller: where to go back to, which enrolment. Its
    ``marker_group`` names the group of the trainers who may mark what a person has to mark.
    Raises AttemptsExhausted, or papers.NothingToAsk when the quiz has no questions.
    """
    now = now or timezone.now()
    # two tabs that start at once take turns on the person's row
    person = User.objects.select_for_update().get(pk=person.pk)
    earlier = list(Attempt.objects.of(person, quiz.key))
    if earlier and earlier[0].is_open:
        if not earlier[0].is_overdue(now):
            return earlier[0]
        submit(attempt=earlier[0], now=now)
    allowed = allowed_to(person, quiz.key, quiz.attempts_allowed)
    if allowed is not None and len(earlier) >= allowed:
        raise AttemptsExhausted(str(quiz.key))
    paper = papers.freeze(quiz, seen=papers.seen_by(person.pk, quiz.key))
    deadline = deadline_of(quiz, person, now)
    attempt = Attempt.objects.create(
        person=person,
        quiz_key=quiz.key,
        number=earlier[0].number + 1 if earlier else 1,
        paper_data=paper.to_json(),
        context=dict(context or {}),
        jurisdiction=jurisdiction,
        language=language,
        extra_time=person.extra_time,
        started_at=now,
        deadline=deadline,
        closes_at=deadline and deadline + GRACE,
    )
    PaperItem.objects.bulk_create(
        PaperItem(attempt=attempt, slot=slot.number, version_id=slot.version) for slot in paper.slots
    )
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


def allowed_to(person: User, quiz_key: uuid.UUID, stated: int | None) -> int | None:
    """How many attempts the person has: those the quiz states, and those given beyond; None: no limit."""
    if stated is None:
        return None
    return stated + ExtraAttempts.objects.of(person, quiz_key).total()


def deadline_of(quiz: QuizSpec, person: User, begun: datetime) -> datetime | None:
    """When time runs out, with the person's extra time; None without a limit."""
    if quiz.time_limit is None:
        return None
    seconds = Fraction(int(quiz.time_limit.total_seconds())) * Fraction(person.extra_time)
    return begun + timedelta(seconds=math.ceil(seconds))


def save_answer(
    *,
    attempt: Attempt,
    slot: int,
    response: Mapping[str, Any],
    language: str,
    client_id: str = "",
    flagged: bool | None = None,
    now: datetime | None = None,
) -> Step | None:
    """Save the answer to one question, and its flag if given; return the step that holds it.

    The same ``client_id`` twice is one step; an answer equal to the last makes none; an answer
    that its own page has overtaken is not saved over the newer one. None: still blank. Raises
    AttemptClosed, or ResponseError when the response does not fit the question.
    """
    return _record(
        attempt,
        slot,
        response=response,
        flagged=flagged,
        language=language,
        client_id=client_id,
        now=now or timezone.now(),
    )


def flag(*, attempt: Attempt, slot: int, on: bool, now: datetime | None = None) -> None:
    """Flag a question to come back to it, or take the flag away. Raises AttemptClosed."""
    _record(
        attempt,
        slot,
        response=None,
        flagged=on,
        language="",
        client_id="",
        now=now or timezone.now(),
    )


@transaction.atomic
def submit(*, attempt: Attempt, now: datetime | None = None) -> Attempt:
    """Hand in and mark by rule; handing in twice changes nothing.

    After the deadline it counts as handed in at the deadline, with what was saved.
    """
    locked = _lock(attempt)
    if locked.is_open:
        _close(locked, now or timezone.now())
    return locked


def close_if_overdue(*, attempt: Attempt, now: datetime | None = None) -> Attempt:
    """Hand in an attempt whose time has run out; else return it as it is, without a query."""
    now = now or timezone.now()
    return submit(attempt=attempt, now=now) if attempt.is_overdue(now) else attempt


def close_overdue(*, now: datetime | None = None) -> int:
    """Hand in every attempt whose time has run out; return how many there were."""
    now = now or timezone.now()
    overdue = list(Attempt.objects.overdue(now))
    for attempt in overdue:
        submit(attempt=attempt, now=now)
    return len(overdue)


def state_of(attempt: Attempt) -> State:
    """The attempt as its steps have left it; one query."""
    return fold(attempt.steps.latest_of_each())


def latest_for(person: User, quiz_key: uuid.UUID) -> Attempt | None:
    """The newest attempt of a person at a quiz."""
    return Attempt.objects.of(person, quiz_key).first()


def used_by(person: User, quiz_key: uuid.UUID) -> int:
    """How many attempts at a quiz a person has begun."""
    return Attempt.objects.of(person, quiz_key).count()


def best_fraction(person: User, quiz_key: uuid.UUID, *, since: datetime | None = None) -> Fraction | None:
    """The best result of a person at a quiz, of attempts begun `since`; None while nothing is marked."""
    found = Attempt.objects.of(person, quiz_key)
    fractions = (found.filter(started_at__gte=since) if since else found).values_list("fraction", flat=True)
    return max((fraction for fraction in fractions if fraction is not None), default=None)


def _lock(attempt: Attempt) -> Attempt:
    return Attempt.objects.select_for_update().get(pk=attempt.pk)


def _record(
    attempt: Attempt,
    slot: int,
    *,
    response: Mapping[str, Any] | None,
    flagged: bool | None,
    language: str,
    client_id: str,
    now: datetime,
) -> Step | None:
    with transaction.atomic():
        locked = _lock(attempt)
        if locked.is_overdue(now):
            _close(locked, now)
        elif locked.is_open:
            return record_answer(
                locked,
                slot,
                response=_cleaned(locked, slot, response),
                flagged=flagged,
                language=language,
                client_id=client_id,
                at=now,
            )
    # outside the transaction, which may just have closed the attempt and must not be undone
    raise AttemptClosed(str(attempt.key))


def _cleaned(attempt: Attempt, slot: int, response: Mapping[str, Any] | None) -> dict[str, Any] | None:
    asked = attempt.paper.slot(slot)
    if asked is None:
        raise ResponseError(f"the paper has no question {slot}")
    return None if response is None else clean_response(asked.kind, asked.spec, response)


def _close(attempt: Attempt, now: datetime) -> None:
    """Hand in and mark what rules can mark; the caller holds the lock."""
    submitted_at = min(now, attempt.deadline or now)
    by_clock = submitted_at < now
    state = state_of(attempt)
    fractions = fractions_by_rule(attempt.paper, state)
    marks = {str(slot): str(fraction) for slot, fraction in fractions.items()}
    append(
        attempt,
        [
            NewStep(StepKind.SUBMIT, {"by": "clock" if by_clock else "person"}),
            NewStep(StepKind.GRADE, {"fractions": marks}),
        ],
        at=submitted_at,
    )
    attempt.status = AttemptStatus.SUBMITTED
    attempt.submitted_at = submitted_at
    attempt.save(update_fields=["status", "submitted_at"])
    finish_if_marked(attempt, state_of(attempt), now)
