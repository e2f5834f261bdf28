"""How a question goes on, said to its learner: the rules beforehand, and what a check has brought."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assessments.behaviours import CERTAINTIES, State, Status, behaviour_for
from assessments.behaviours.certainty import POINTS
from assessments.bench import scene_of
from assessments.choices import OptionRole
from assessments.folding import State as AttemptState
from assessments.models import QuestionVersion
from assessments.paper import Paper, PaperSlot
from assessments.reviewing import CERTAINTY_WORDS, AnswerReview, review_of
from assessments.scoring import UNSCORED
from assessments.showing import facets_during
from assessments.texts import piece
from translation.reading import Reading


@dataclass(frozen=True)
class Level:
    """One level of certainty with what it brings and costs, in thirds of the question's marks."""

    value: int
    words: str
    right: int
    wrong: int
    chosen: bool

    @property
    def wrong_cost(self) -> int:
        """What a wrong answer takes away."""
        return -self.wrong


@dataclass(frozen=True)
class Telling:
    """What stands about a question beside its answer; its templates put the rules into words.

    ``hints`` are those shown so far, ``right_count`` how many parts of the last try were right
    where the author lets it be told.
    """

    behaviour: str
    by_person: bool
    is_closed: bool
    penalty: Fraction
    try_now: int
    tries: int
    levels: tuple[Level, ...]
    is_locked: bool
    can_check: bool
    can_again: bool
    can_another: bool
    can_decide: bool
    hints: tuple[Reading, ...]
    right_count: int | None
    review: AnswerReview | None


def telling_of(paper: Paper, slot: PaperSlot, version: QuestionVersion, state: AttemptState) -> Telling:
    """What is said of one question as it stands."""
    question = state.questions[slot.number]
    behaviour = behaviour_for(paper.behaviour, slot.kind)
    facets = facets_during(paper, question.shown)
    judged = question.judged and question.status in (Status.AGAIN, Status.DONE, Status.WAITING)
    hints = version.of_role(OptionRole.HINT)[: question.shown.hint]
    is_complete = _is_complete(slot, version, question)
    return Telling(
        behaviour=behaviour.name,
        by_person=behaviour.by_person,
        is_closed=question.is_closed,
        penalty=slot.penalty,
        try_now=_try_now(slot, question),
        tries=slot.tries,
        levels=_levels(question) if behaviour.asks_certainty else (),
        is_locked="answer" not in question.allowed,
        can_check="check" in question.allowed and is_complete,
        can_again="again" in question.allowed,
        can_decide="answer" in question.allowed and not is_complete,
        can_another=paper.practice
        and slot.kind not in UNSCORED
        and not behaviour.by_person
        and bool(question.response),
        hints=tuple(piece(version, hint, "text") for hint in hints),
        right_count=_right_count(version, slot, question) if hints and judged else None,
        review=review_of(paper, slot, version, state, facets) if judged and facets else None,
    )


def _try_now(slot: PaperSlot, question: State) -> int:
    """Which try the page shows, counted from 1: the one made last, until the next one is begun."""
    begun = question.tries if question.status == Status.AGAIN else question.tries + 1
    return min(begun, slot.tries)


def kept_of(
    slot: PaperSlot, version: QuestionVersion, question: State, response: Mapping[str, Any]
) -> Mapping[str, Any]:
    """The response to begin the next try with: without what was wrong, where the hint shown clears it."""
    hints = version.of_role(OptionRole.HINT)[: question.shown.hint]
    stated = (version.marking or {}).get("hints") or {}
    clears = bool(hints) and bool((stated.get(str(hints[-1].key)) or {}).get("clears_wrong"))
    if not clears or not question.judged or question.status != Status.OPEN:
        return response
    right = _right_parts(slot, question)
    match slot.kind:
        case "single" | "true_false":
            return {}
        case "multiple":
            return {"choices": [name for name in response["choices"] if name in right]}
        case "matching" | "gap":
            name = "pairs" if slot.kind == "matching" else "gaps"
            return {name: {part: value for part, value in response[name].items() if part in right}}
        case "words":
            return {"words": [name for name in response["words"] if name in right]}
    return response


def _levels(question: State) -> tuple[Level, ...]:
    return tuple(
        Level(value, str(CERTAINTY_WORDS[value]), *POINTS[value], chosen=value == question.certainty)
        for value in CERTAINTIES
    )


def _is_complete(slot: PaperSlot, version: QuestionVersion, question: State) -> bool:
    """Whether there may be something to check: of a scenario its end has to be reached in this try."""
    if slot.kind != "scenario":
        return True
    begins_anew = question.judged and not question.is_closed
    return not begins_anew and scene_of(slot, version, question.response).ended


def _right_count(version: QuestionVersion, slot: PaperSlot, question: State) -> int | None:
    stated = (version.marking or {}).get("hints") or {}
    hints = version.of_role(OptionRole.HINT)[: question.shown.hint]
    told = (stated.get(str(hints[-1].key)) or {}).get("counts_right")
    return len(_right_parts(slot, question)) if told else None


def _right_parts(slot: PaperSlot, question: State) -> set[str]:
    if slot.kind == "multiple":
        chosen = question.response.get("choices", ())
        return {name for name in chosen if Fraction(slot.spec["options"][name]) > 0}
    parts = question.outcome.parts if question.outcome else {}
    return {name for name, worth in parts.items() if worth == 1}
