"""A written paper, marked by two people: some agree, some differ, and some answers wait for their markers."""

import datetime
from collections.abc import Sequence
from fractions import Fraction
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from assessments import marking
from assessments.models import Attempt

from .essays import ESSAYS
from .sitting import Answer, Quiz, Taken, sit

WRITTEN = UUID("ec44706a-089e-5dc7-af2d-b0405d242763")
FULL = 10
# the points of both markers for the three criteria; they may differ by one point of ten
GIVEN = (
    ((4, 2, 3), (4, 2, 2)),
    ((3, 2, 3), (3, 2, 3)),
    ((2, 1, 3), (2, 2, 3)),
    ((4, 3, 3), (4, 3, 3)),
    ((3, 1, 2), (3, 1, 1)),
    ((4, 2, 2), (3, 2, 2)),
    ((2, 2, 2), (2, 2, 2)),
    ((3, 3, 3), (3, 3, 2)),
    ((1, 1, 2), (1, 1, 2)),
    # too far apart: these wait for a moderator
    ((4, 3, 3), (2, 2, 2)),
    ((1, 1, 2), (3, 2, 2)),
)
WAITING = 4


def hand_in(
    quizzes: dict[UUID, Quiz], taken: Sequence[Taken], trainer: User, markers: Sequence[User]
) -> None:
    """Hand in the papers, mark most of them, and let the trainer have taken one of those that wait."""
    for number in range(len(GIVEN) + WAITING):
        one = taken[number * 2]
        attempt = _paper(quizzes[WRITTEN], one, number)
        if number < len(GIVEN):
            for marker, points in zip(markers, GIVEN[number], strict=True):
                _mark(attempt, marker, points, number)
    marking.take(attempt=attempt, marker=trainer)


def _paper(quiz: Quiz, one: Taken, number: int) -> Attempt:
    texts = ESSAYS[one.language]
    chance = one.chance("written")
    return sit(
        quiz,
        one.enrolment,
        at=timezone.now() - datetime.timedelta(days=34 - number, minutes=31 * number),
        answers=lambda _slot: Answer({"text": texts[number % len(texts)]}),
        language=one.language,
        chance=chance,
    )


def _mark(attempt: Attempt, marker: User, points: tuple[int, ...], number: int) -> None:
    at = timezone.now() - datetime.timedelta(days=32 - number, hours=2)
    marking.take(attempt=attempt, marker=marker)
    marking.give_mark(
        attempt=attempt,
        slot=1,
        fraction=Fraction(sum(points), FULL),
        points=tuple(str(one) for one in points),
        marker=marker,
        seconds=240 + 37 * number + 20 * (marker.language == "ar"),
        now=at,
    )
