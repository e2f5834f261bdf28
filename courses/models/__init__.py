"""Courses: what is taught (pages, law, glossary) and who has done it (records).

Direction of dependencies: catalogue < records < law, glossary < pages. Records never point at pages.
"""

from .catalogue import Course, Topic
from .ceremonies import Ceremony, NameCheck, NameProof
from .glossary import GlossaryTerm
from .handbooks import Handbook
from .items import LessonPage
from .law import Instrument, InstrumentArticle, LegalProvision
from .pages import CatalogPage, CoursePage, HomePage, ModulePage
from .quiz_parts import QuizSection, QuizSlot
from .quizzes import QuizPage
from .records import Cohort, Enrolment, ItemCompletion, ReflectionNote, SyllabusVersion
from .renewals import ExpiryReminder, Renewal, RenewalItem
from .review import LegalReviewTask, TrainerApprovalTask

__all__ = [
    "CatalogPage",
    "Ceremony",
    "Cohort",
    "Course",
    "CoursePage",
    "Enrolment",
    "ExpiryReminder",
    "GlossaryTerm",
    "Handbook",
    "HomePage",
    "Instrument",
    "InstrumentArticle",
    "ItemCompletion",
    "LegalProvision",
    "LegalReviewTask",
    "LessonPage",
    "ModulePage",
    "NameCheck",
    "NameProof",
    "QuizPage",
    "QuizSection",
    "QuizSlot",
    "ReflectionNote",
    "Renewal",
    "RenewalItem",
    "SyllabusVersion",
    "Topic",
    "TrainerApprovalTask",
]
