"""Courses: what is taught (pages, law, glossary) and who has done it (records).

Direction of dependencies: catalogue < records < law, glossary < pages. Records never point at pages.
"""

from .catalogue import Course, Topic
from .glossary import GlossaryTerm
from .handbooks import Handbook
from .items import LessonPage, QuizPage, QuizSlot
from .law import Instrument, InstrumentArticle, LegalProvision
from .pages import CatalogPage, CoursePage, HomePage, ModulePage
from .records import Cohort, Enrolment, ItemCompletion, ReflectionNote, SyllabusVersion
from .review import LegalReviewTask, TrainerApprovalTask

__all__ = [
    "CatalogPage",
    "Cohort",
    "Course",
    "CoursePage",
    "Enrolment",
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
    "QuizPage",
    "QuizSlot",
    "ReflectionNote",
    "SyllabusVersion",
    "Topic",
    "TrainerApprovalTask",
]
