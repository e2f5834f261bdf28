"""A small bank and a quiz over it."""

import uuid
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import settings

from assessments.attempts import start
from assessments.models import Attempt, Category, Option, Question, QuestionVersion
from assessments.papers import QuizSpec, SlotSpec

# the tests measure no time, and a busy machine makes no example fail
settings.register_profile("aula", deadline=None)
settings.load_profile("aula")


@pytest.fixture
def category(db: None) -> Category:
    return Category.objects.create(slug="elements", name_en="Elements", name_es="Elementos")


@pytest.fixture
def make_question(category: Category) -> Callable[..., QuestionVersion]:
    """Return a function that puts a question of any kind into the bank."""

    def make(
        kind: str = "single",
        *,
        marking: dict[str, Any] | None = None,
        options: list[dict[str, Any]] | None = None,
        status: str = "ready",
        **texts: str,
    ) -> QuestionVersion:
        question = Question.objects.create(category=category, status=status)
        version = QuestionVersion.objects.create(
            question=question,
            kind=kind,
            marking=marking or {},
            **{"stem_en": "Which element?", "stem_es": "¿Qué elemento?", **texts},
        )
        for order, option in enumerate(options or OPTIONS.get(kind, [])):
            Option.objects.create(version=version, sort_order=order, **option)
        return version

    return make


def key_of(number: int) -> uuid.UUID:
    """A key that tests can name."""
    return uuid.UUID(int=number)


@pytest.fixture
def make_kind(make_question: Callable[..., QuestionVersion]) -> Callable[..., QuestionVersion]:
    """Return a function that puts a good question of a kind into the bank."""

    def make(kind: str, **fields: Any) -> QuestionVersion:
        return make_question(kind, **{"marking": MARKING.get(kind), **TEXTS.get(kind, {}), **fields})

    return make


OPTIONS: dict[str, list[dict[str, Any]]] = {
    "single": [
        {"text_en": "The act", "text_es": "El acto"},
        {"text_en": "The means", "text_es": "El medio", "correct": True},
        {"text_en": "The purpose", "text_es": "El fin"},
    ],
    "multiple": [
        {"text_en": "Recruitment", "correct": True},
        {"text_en": "Harbouring", "correct": True},
        {"text_en": "Deception"},
    ],
    "matching": [
        {"text_en": "He met them", "match_text_en": "Act", "match_key": uuid.UUID(int=1)},
        {"text_en": "He lied", "match_text_en": "Means", "match_key": uuid.UUID(int=2)},
        {"text_en": "He drove them", "match_text_en": "Act", "match_key": uuid.UUID(int=1)},
    ],
    "ordering": [
        {"text_en": "First aid"},
        {"text_en": "Interviews"},
        {"text_en": "Decision"},
    ],
    "scenario": [
        {"role": "situation", "key": uuid.UUID(int=101), "text_en": "She asks for a lawyer."},
        {
            "role": "decision",
            "belongs_to": str(uuid.UUID(int=101)),
            "key": uuid.UUID(int=111),
            "text_en": "Adjourn",
            "feedback_en": "She comes back with counsel.",
            "correct": True,
        },
        {
            "role": "decision",
            "belongs_to": str(uuid.UUID(int=101)),
            "key": uuid.UUID(int=112),
            "text_en": "Go on",
            "feedback_en": "The statement is struck out.",
        },
        {"role": "situation", "key": uuid.UUID(int=102), "text_en": "Counsel asks for the file."},
        {
            "role": "decision",
            "belongs_to": str(uuid.UUID(int=102)),
            "key": uuid.UUID(int=121),
            "text_en": "Hand it over",
            "correct": True,
        },
    ],
    "survey": [{"text_en": "Not sure at all"}, {"text_en": "Sure"}, {"text_en": "Very sure"}],
    "file": [{"role": "criterion", "text_en": "Cites the treaty", "fraction": Fraction(2)}],
}
MARKING: dict[str, dict[str, Any]] = {
    "true_false": {"answer": False},
    "numeric": {"value": "133000", "unit": {"label": {"en": "taka"}}},
    "short": {"accepted": {"en": ["exploitation"], "es": ["explotación"]}},
    "gap": {"gaps": {"1": {"accepted": {"en": ["irrelevant"]}}}},
    "essay": {"minimum_words": 50, "rubric": [{"text": {"en": "Says why"}, "points": "2"}]},
    "words": {"words": {"1": True, "2": False, "3": True}},
    "scenario": {"scenario": {"decisions": {str(uuid.UUID(int=111)): {"next": str(uuid.UUID(int=102))}}}},
    "file": {"types": [".pdf"], "largest": 1000},
}
TEXTS: dict[str, dict[str, str]] = {
    "gap": {"passage_en": "Consent is {{1}}."},
    "words": {"passage_en": "They {{1|recruited}} and {{2|paid}} or {{3|deceived}} her."},
}
EVERY_KIND = (
    "single",
    "multiple",
    "true_false",
    "matching",
    "ordering",
    "numeric",
    "short",
    "gap",
    "words",
    "scenario",
    "essay",
    "file",
    "survey",
    "description",
)


@pytest.fixture
def every_kind(make_question: Callable[..., QuestionVersion]) -> list[QuestionVersion]:
    """One question of each of the nine kinds."""
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
