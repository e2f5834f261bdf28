"""The file of answers that quiz.js saves while there is no connection, read back in."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.http import QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware

from assessments.attempts import save_late
from assessments.models import Attempt, LateAnswer
from assessments.responses import CLIENT_ID, NEEDS_SERVER, certainty_in, response_in
from assessments.scoring import ResponseError

LARGEST = 1024 * 1024
MOST = 1000


class NotReadable(Exception):
    """This is no file of answers."""


class OfAnotherAttempt(Exception):
    """The answers are of another attempt."""


class Taken(StrEnum):
    """What became of an answer of the file."""

    COUNTS = "counts"
    WAITS = "waits"
    UNFIT = "unfit"


@dataclass(frozen=True)
class KeptAnswer:
    """One answer as the browser kept it: its fields as the page would have sent them."""

    slot: int
    client_id: str
    sequence: int
    answered_at: datetime | None
    fields: QueryDict


def read(written: bytes, attempt: Attempt) -> list[KeptAnswer]:
    """The answers of a file, in the order in which they were given.

    Raises NotReadable, or OfAnotherAttempt.
    """
    try:
        found = json.loads(written)
        of, answers = found["attempt"], found["answers"]
        kept = [_answer(one) for one in answers[: MOST + 1]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise NotReadable from error
    if not isinstance(answers, list) or len(kept) > MOST:
        raise NotReadable
    if of != str(attempt.key):
        raise OfAnotherAttempt
    return sorted(kept, key=lambda answer: answer.sequence)


def take_in(attempt: Attempt, answers: list[KeptAnswer], language: str) -> Counter[Taken]:
    """Save the answers as those that waited for a connection are saved; how many went which way.

    A file that is handed in twice adds nothing.
    """
    counts: Counter[Taken] = Counter()
    for answer in answers:
        counts[_take_one(attempt, answer, language)] += 1
    return counts


def _take_one(attempt: Attempt, answer: KeptAnswer, language: str) -> Taken:
    asked = attempt.paper.slot(answer.slot)
    if asked is None or asked.kind in (*NEEDS_SERVER, "description"):
        return Taken.UNFIT
    try:
        held = save_late(
            attempt=attempt,
            slot=asked.number,
            response=response_in(asked, answer.fields, touched=True),
            language=language,
            client_id=answer.client_id,
            sequence=answer.sequence,
            answered_at=answer.answered_at,
            certainty=certainty_in(answer.fields),
        )
    except ResponseError:
        return Taken.UNFIT
    return Taken.WAITS if isinstance(held, LateAnswer) else Taken.COUNTS


def _answer(one: dict[str, Any]) -> KeptAnswer:
    fields = QueryDict(mutable=True)
    for name, value in one["fields"]:
        if not isinstance(name, str) or not isinstance(value, str):
            raise NotReadable
        fields.appendlist(name, value)
    slot, sequence, name = int(one["slot"]), int(one["sequence"]), one["id"]
    if not (0 < slot < 10_000 and 0 < sequence < 2**31 and CLIENT_ID.fullmatch(name)):
        raise NotReadable
    moment = parse_datetime(str(one.get("at", ""))[:40])
    return KeptAnswer(slot, name, sequence, moment if moment and is_aware(moment) else None, fields)
