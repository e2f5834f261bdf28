"""A small bank and a quiz over it."""

import uuid
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from assessments.attempts import start
from assessments.models import Attempt, QuestionVersion
from assessments.papers import QuizSpec, SlotSpec
from tests.questions import MARKING


@pytest.fixture
def every_kind(make_question: Callable[..., QuestionVersion]) -> list[QuestionVersion]:
    """One question of each of nine kinds."""
    return [
        make_question(kind, marking=MARKING.get(kind), **texts)
        for kind, texts in {
            "single": {"stem_en": "The girl was **16**.\n\nWhich element is not proved?"},
            "multiple": {},
            "true_false": {"stem_en": "A border must have been crossed."},
            "matching": {},
            "ordering": {},
            "numeric": {},
            "short": {},
            "gap": {"passage_en": "Consent is {{1}}."},
            "essay": {},
        }.items()
    ]


def quiz_of(*versions: QuestionVersion, **rules: Any) -> QuizSpec:
    """A quiz that asks exactly these questions."""
    slots = tuple(SlotSpec(question_key=version.question.key) for version in versions)
    return QuizSpec(
        key=rules.pop("key", uuid.uuid4()),
        title={"en": "Module 2 quiz", "es": "Cuestionario del módulo 2"},
        slots=rules.pop("slots", slots),
        pass_mark=rules.pop("pass_mark", Fraction(1, 2)),
        **rules,
    )


@pytest.fixture
def begin() -> Callable[..., Attempt]:
    """Return a function that starts an attempt."""

    def begin(person: Any, quiz: QuizSpec, **kwargs: Any) -> Attempt:
        where = {"language": "en", "jurisdiction": "MX"}
        return start(person=person, quiz=quiz, **{**where, **kwargs})

    return begin


def right_response(version: QuestionVersion) -> dict[str, Any]:
    """The response that earns everything."""
    options = list(version.options.all())
    match version.kind:
        case "single":
            return {"choice": next(str(o.key) for o in options if o.correct)}
        case "multiple":
            return {"choices": [str(o.key) for o in options if o.correct]}
        case "true_false":
            return {"choice": "false"}
        case "matching":
            return {"pairs": {str(o.key): str(o.match_key) for o in options}}
        case "ordering":
            return {"order": [str(o.key) for o in options]}
        case "numeric":
            return {"value": "133,000"}
        case "short":
            return {"text": "explotacion"}
        case "gap":
            return {"gaps": {"1": "Irrelevant"}}
        case "words":
            return {"words": ["1", "3"]}
        case "scenario":
            return {"path": [str(uuid.UUID(int=111)), str(uuid.UUID(int=121))]}
        case "file":
            return {"files": [{"name": "ruling.pdf", "size": 900, "sha256": "0" * 64}]}
        case "survey":
            return {"choice": str(options[-1].key)}
        case "description":
            return {}
    return {"text": "Delay alone lowers nothing."}
