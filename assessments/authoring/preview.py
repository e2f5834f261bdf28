"""A question as learners will see it, before it is stored; and what an answer to it earns."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation

from assessments.answer_files import limits_of
from assessments.drawing import Candidate, Drawn
from assessments.folding import fold
from assessments.keys import spec_of
from assessments.models import QuestionVersion
from assessments.paper import Paper, PaperSlot
from assessments.papers import frozen_slot
from assessments.presentation import question_view
from assessments.quiz_spec import QuizSpec, SlotSpec
from assessments.responses import decision_in, response_in
from assessments.reviewing import review_of
from assessments.scoring import ResponseError, clean_response, for_jurisdiction
from assessments.visibility import EVERYTHING
from translation.reading import direction


@dataclass(frozen=True)
class Preview:
    """The question in one language and country, drawn by the pages of learners; "" where it is not tried."""

    language: str
    country: str
    question: str
    key: str = ""
    result: str = ""
    path: tuple[str, ...] = ()
    refused: bool = False

    @property
    def direction(self) -> str:
        """The direction of its language."""
        return direction(self.language)


@dataclass(slots=True)
class _Step:
    sequence: int
    kind: str
    slot: int = 0
    data: Mapping[str, Any] = field(default_factory=dict)
    language: str = ""
    at: datetime = field(default_factory=timezone.now)


def preview(version: QuestionVersion, language: str, *, country: str = "", answer: Any = None) -> Preview:
    """Draw a version that can be marked; ``answer`` is a posted form with an answer to be tried."""
    slot = _slot(version, country)
    paper = _paper(slot, country)
    response, refused = _response(slot, answer) if answer is not None else ({}, False)
    steps = [_Step(1, "answer", 1, {"response": response}, language)]
    limits = limits_of(slot) if slot.kind == "file" else None
    with translation.override(language):
        state = fold(steps if response else [], paper)
        drawn = render_to_string(
            "assessments/bank/as_learners_see_it.html",
            {"view": question_view(slot, version, state), "limits": limits},
        )
        state = fold([_Step(1, "submit")], paper)
        key = render_to_string(
            "assessments/bank/key.html", {"review": review_of(paper, slot, version, state, EVERYTHING)}
        )
        result = ""
        if response:
            marked = fold([*steps, _Step(2, "submit")], paper)
            result = render_to_string(
                "assessments/includes/answer.html",
                {"review": review_of(paper, slot, version, marked, EVERYTHING)},
            )
    return Preview(language, country, drawn, key, result, tuple(response.get("path", ())), refused)


def _slot(version: QuestionVersion, country: str) -> PaperSlot:
    spec = for_jurisdiction(spec_of(version), country)
    key = version.question.key
    line = SlotSpec(question_key=key, weight=Fraction(1))
    quiz = QuizSpec(key=key, title={}, slots=(line,))
    # the same order each time, so that an answer that is tried still stands where it was given
    return frozen_slot(1, Drawn(Candidate(version, spec), line, 1), quiz, random.Random(str(key)))


def _paper(slot: PaperSlot, country: str) -> Paper:
    return Paper(
        title={},
        pass_mark=Fraction(1),
        attempts_allowed=None,
        feedback_when="after_submit",
        show_answers=True,
        slots=(slot,),
        country=country,
    )


def _response(slot: PaperSlot, answer: Any) -> tuple[dict[str, Any], bool]:
    if slot.kind == "scenario":
        path = [name for name in str(answer.get("try-path") or "").split(",") if name]
        given: dict[str, Any] = decision_in(answer, path) or {"path": path}
    else:
        given = response_in(slot, answer, touched=True)
    try:
        return clean_response(slot.kind, slot.spec, given), False
    except ResponseError:
        return {}, True
