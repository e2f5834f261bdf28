"""A category of the bank, and good questions of every kind to put into it."""

import uuid
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from assessments.models import Category, Option, Question, QuestionVersion


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
