"""A supervised test in a room, and an answer that came after its end because the line was down."""

import datetime
from collections.abc import Callable, Sequence
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from assessments import attempts, rooms
from assessments.paper import PaperSlot

from .answers import right_answer
from .sitting import BLANK, Answer, Answers, Quiz, Taken, begin, sit

SUPERVISED = UUID("5554f6f5-a1ec-5a42-a897-556926b9ac68")
ROOM = "Sala 2, Escuela Judicial"
PLACES = 30
LATER = datetime.timedelta(minutes=27)  # far beyond the grace of the quiz

type Knowing = Callable[[Taken], Answers]


def sit_in_a_room(
    quizzes: dict[UUID, Quiz], taken: Sequence[Taken], registrar: User, *, answers: Knowing
) -> None:
    """Issue the code of a room, and let four people begin by it this morning; one of them loses the line."""
    quiz, now = quizzes[SUPERVISED], timezone.now()
    ticket = rooms.issue(
        quiz_key=SUPERVISED,
        room=ROOM,
        valid_from=now - datetime.timedelta(hours=4),
        valid_until=now + datetime.timedelta(days=14),
        places=PLACES,
        actor=registrar,
    )
    began = now - datetime.timedelta(hours=3)
    for one in taken[:3]:
        sit(
            quiz,
            one.enrolment,
            at=began,
            answers=answers(one),
            language=one.language,
            chance=one.chance("room"),
            ticket_code=ticket.code,
        )
    _lose_the_line(quiz, taken[3], began, ticket.code)


def _lose_the_line(quiz: Quiz, one: Taken, began: datetime.datetime, code: str) -> None:
    """Answer three questions; the clock hands in, and the fourth answer comes half an hour later."""

    def answer(slot: PaperSlot) -> Answer:
        return Answer(right_answer(slot, one.language)) if slot.number <= 3 else BLANK

    attempt, _moment = begin(
        quiz,
        one.enrolment,
        at=began,
        answers=answer,
        language=one.language,
        chance=one.chance("room"),
        ticket_code=code,
    )
    ended = attempt.deadline or began
    attempts.submit(attempt=attempt, now=ended + datetime.timedelta(minutes=1))
    fourth = attempt.paper.slot(4)
    if fourth is not None:
        attempts.save_late(
            attempt=attempt,
            slot=4,
            response=right_answer(fourth, one.language),
            language=one.language,
            client_id="demo-4",
            sequence=4,
            answered_at=ended - datetime.timedelta(minutes=2),
            now=ended + LATER,
        )
