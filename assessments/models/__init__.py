"""The records of assessments: the bank of questions below, attempts at them above."""

from assessments.models.attempts import Attempt, PaperItem, Step
from assessments.models.bank import Category, Question, QuestionVersion, Tag
from assessments.models.comments import QuestionComment
from assessments.models.extra_attempts import ExtraAttempts
from assessments.models.files import AnswerFile, QuestionMedia
from assessments.models.imports import ImportedQuestion, QuestionImport
from assessments.models.late_answers import LateAnswer
from assessments.models.marking import Marking, MarkingTask
from assessments.models.options import Option
from assessments.models.regrades import Regrade, RegradeChange
from assessments.models.rules import Override, RoomTicket
from assessments.models.statistics import StatisticsReport
from assessments.models.vignettes import Vignette, VignetteAssignment

__all__ = [
    "AnswerFile",
    "Attempt",
    "Category",
    "ExtraAttempts",
    "ImportedQuestion",
    "LateAnswer",
    "Marking",
    "MarkingTask",
    "Option",
    "Override",
    "PaperItem",
    "Question",
    "QuestionComment",
    "QuestionImport",
    "QuestionMedia",
    "QuestionVersion",
    "Regrade",
    "RegradeChange",
    "RoomTicket",
    "StatisticsReport",
    "Step",
    "Tag",
    "Vignette",
    "VignetteAssignment",
]
