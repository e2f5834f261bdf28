"""From attempts to what the statistics read, in pieces: a hundred attempts are held at a time.

The rows are read as plain values; a paper is read for what the figures need alone. No name is read.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any

from django.db.models import CharField, QuerySet, TextField
from django.db.models.functions import Cast

from assessments.choices import Kind, StepKind
from assessments.folding import fold
from assessments.models import Attempt, PaperItem, Step
from assessments.statistics.guessing import random_guess
from assessments.statistics.sittings import Response, Sitting
from assessments.statistics.times import seconds_by_slot

PIECE = 100
ANSWERING = (StepKind.ANSWER, StepKind.CHECK, StepKind.LATE)
MARKING = (StepKind.GRADE, StepKind.MARK, StepKind.REGRADE)
BY_CERTAINTY = ("certainty_deferred", "certainty_immediate")
# what stands for an answer that was typed: nobody's own words are counted
RIGHT, PARTLY, WRONG = "=right", "=partly", "=wrong"
ZERO, ONE = Fraction(0), Fraction(1)

type Slot = Mapping[str, Any]
type Answers = Callable[[Slot, Mapping[str, Any], Fraction, str], tuple[str, ...]]

# the same few marks and choices come again and again: what is written alike is read once
_exact = lru_cache(maxsize=4096)(Fraction)
_read_once = lru_cache(maxsize=4096)(json.loads)
SHORT = 200  # characters; nobody's essay is kept


@dataclass(frozen=True, slots=True)
class Met:
    """A question as it was last put: its version, kind, objective and what a blind guess earns."""

    version: int
    kind: str
    objective: str
    language: str
    guess: Fraction | None


@dataclass(slots=True)
class _Told:
    """What the steps of one attempt say."""

    answers: dict[int, tuple[Mapping[str, Any], str]] = field(default_factory=dict)
    moments: list[tuple[int, datetime]] = field(default_factory=list)
    marking: list[Step] = field(default_factory=list)


class Reader:
    """Reads marked attempts as sittings, and notes on the way which questions were met.

    ``answers`` says what is counted of a response; ``passed`` is told how many attempts were read.
    """

    def __init__(
        self,
        attempts: QuerySet[Attempt],
        *,
        answers: Answers | None = None,
        passed: Callable[[int], None] | None = None,
    ) -> None:
        self._attempts = attempts
        self._answers = answers or chosen_in
        self._passed = passed
        self.met: dict[str, Met] = {}
        self.objectives: dict[str, tuple[str, ...]] = {}

    def sittings(self) -> Iterator[Sitting]:
        """Yield the sittings, those of one person together."""
        # the keys alone are sorted: with their papers the database would hold all of them
        keys = list(self._attempts.order_by("person_id", "number").values_list("pk", flat=True))
        for start in range(0, len(keys), PIECE):
            yield from self._of_piece(keys[start : start + PIECE])
            if self._passed:
                self._passed(start + PIECE)

    def _of_piece(self, keys: list[int]) -> Iterator[Sitting]:
        attempts = Attempt.objects.filter(pk__in=keys).order_by("person_id", "number")
        read = attempts.values_list("pk", "person_id", "number", "language", "started_at", "paper_data")
        rows, fractions = list(read), _fractions(keys)
        certain = any(row[5].get("behaviour") in BY_CERTAINTY for row in rows)
        told = _told(keys, with_marking=certain)
        for pk, person, number, language, started, paper in rows:
            said = told.get(pk, _Told())
            earned = fractions.get(pk, {})
            if paper.get("behaviour") in BY_CERTAINTY:
                earned = {**earned, **fold(said.marking).credits}
            seconds = seconds_by_slot(started, said.moments)
            slots = (slot for slot in paper["slots"] if _counts(slot))
            yield Sitting(
                person,
                number,
                tuple(self._response(slot, said, earned, seconds, language) for slot in slots),
            )

    def _response(
        self,
        slot: Slot,
        said: _Told,
        earned: Mapping[int, Fraction | None],
        seconds: Mapping[int, int],
        language: str,
    ) -> Response:
        number = slot["number"]
        self._meet(slot)
        response, spoken = said.answers.get(number, ({}, language))
        fraction = earned.get(number) or ZERO
        weight = _exact(slot["weight"])
        return Response(
            position=slot.get("position", number),
            question=slot["question"],
            mark=fraction if slot["weight"] == "1" else fraction * weight,
            weight=weight,
            answers=self._answers(slot, response, fraction, spoken or language) if response else (),
            seconds=seconds.get(number),
            language=spoken or language,
        )

    def _meet(self, slot: Slot) -> None:
        known = self.met.get(slot["question"])
        if known is None or known.version < slot["version"]:
            self.met[slot["question"]] = Met(
                version=slot["version"],
                kind=slot["kind"],
                objective=slot.get("objective", ""),
                language=slot["language"],
                guess=random_guess(slot["kind"], slot["spec"]),
            )
            if slot.get("objective"):
                self.objectives[slot["question"]] = (slot["objective"],)


def chosen_in(slot: Slot, response: Mapping[str, Any], fraction: Fraction, language: str) -> tuple[str, ...]:
    """Return the ids of what was chosen; of what was typed or put in order only how right it was."""
    match slot["kind"]:
        case Kind.SINGLE | Kind.TRUE_FALSE | Kind.SURVEY if "choice" in response:
            return (str(response["choice"]),)
        case Kind.MULTIPLE:
            return tuple(response.get("choices", ()))
        case Kind.WORDS:
            return tuple(response.get("words", ()))
        case Kind.SCENARIO:
            return tuple(response.get("path", ()))
        case Kind.MATCHING:
            return tuple(f"{prompt}>{answer}" for prompt, answer in response.get("pairs", {}).items())
    return (RIGHT if fraction == ONE else WRONG if fraction <= ZERO else PARTLY,)


def _read(written: str) -> Any:
    return _read_once(written) if len(written) < SHORT else json.loads(written)


def _counts(slot: Slot) -> bool:
    """Whether a question belongs to the test: not one asked for as another like it, nor a mere text."""
    return not slot.get("like") and slot["kind"] != Kind.DESCRIPTION


def _fractions(keys: list[int]) -> dict[int, dict[int, Fraction | None]]:
    found: dict[int, dict[int, Fraction | None]] = {}
    items = PaperItem.objects.filter(attempt__in=keys).order_by()
    written = items.annotate(written=Cast("fraction", CharField(max_length=60)))
    for attempt, slot, fraction in written.values_list("attempt_id", "slot", "written"):
        found.setdefault(attempt, {})[slot] = _exact(fraction) if fraction else None
    return found


def _told(keys: list[int], *, with_marking: bool) -> dict[int, _Told]:
    kinds = ANSWERING + (MARKING if with_marking else ())
    steps = Step.objects.filter(attempt__in=keys, kind__in=kinds).order_by("attempt", "sequence")
    found: dict[int, _Told] = {}
    rows: Iterable[tuple[Any, ...]] = steps.annotate(written=Cast("data", TextField())).values_list(
        "attempt_id", "sequence", "kind", "slot", "written", "language", "at"
    )
    for attempt, sequence, kind, slot, written, language, at in rows:
        told, data = found.setdefault(attempt, _Told()), _read(written)
        if kind in ANSWERING:
            told.answers[slot] = data["response"], language
        if kind in (StepKind.ANSWER, StepKind.CHECK):
            told.moments.append((slot, at))
        if kind in MARKING or kind == StepKind.LATE:
            told.marking.append(Step(sequence=sequence, kind=kind, slot=slot, data=data, at=at))
    return found
