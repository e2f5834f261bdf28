"""The records of assessments: the bank of questions below, attempts at them above."""

from assessments.models.attempts import Attempt, PaperItem, Step
from assessments.models.bank import Category, Option, Question, QuestionVersion
from assessments.models.extra_attempts import ExtraAttempts

__all__ = [
    "Attempt",
    "Category",
    "ExtraAttempts",
    "Option",
    "PaperItem",
    "Question",
    "QuestionVersion",
    "Step",
]
