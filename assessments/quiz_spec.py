"""A quiz as its owner describes it. Pure; the owner makes one, and assessments never stores it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from uuid import UUID

from assessments.behaviours import BEHAVIOURS
from assessments.paper import COUNTS, FEEDBACK_WHEN
from assessments.visibility import ReviewMatrix


@dataclass(frozen=True)
class SlotSpec:
    """One line of a quiz: a fixed question, a vignette, or ``count`` questions drawn from a category.

    A draw may be narrowed, which makes a blueprint of several lines: to one ``difficulty``, to
    questions that bear all ``tags``, and to the learning outcomes whose code begins with
    ``objective`` ("A1" takes A1.1 and A1.2). A fixed question may be pinned to one ``version``;
    else the newest that is no draft is put. ``section`` counts the quiz's sections from 0.
    """

    question_key: UUID | None = None
    category_key: UUID | None = None
    count: int = 1
    weight: Fraction = Fraction(1)
    difficulty: str = ""
    objective: str = ""
    tags: tuple[str, ...] = ()
    version: int | None = None
    vignette_key: UUID | None = None
    section: int = 0

    def __post_init__(self) -> None:
        if sum(key is not None for key in (self.question_key, self.category_key, self.vignette_key)) != 1:
            raise ValueError("a slot names either a question, a category or a vignette")
        if not self.category_key and (self.difficulty or self.objective or self.tags):
            raise ValueError("only a draw is narrowed")
        if not self.question_key and self.version is not None:
            raise ValueError("only a fixed question is pinned to a version")
        if self.count < 1 or self.weight <= 0:
            raise ValueError("a slot asks at least one question that is worth something")
        if self.section < 0:
            raise ValueError("sections are counted from 0")

    def takes(self, *, difficulty: str, objective: str, tags: frozenset[str] = frozenset()) -> bool:
        """Tell whether a question of the category is among those that may be drawn."""
        fits = not self.objective or f"{objective}.".startswith(f"{self.objective}.")
        return fits and self.difficulty in ("", difficulty) and tags.issuperset(self.tags)


@dataclass(frozen=True)
class SectionSpec:
    """A stretch of a quiz: shuffled by itself, with a share of its marks that has to be reached.

    ``in_order``: a question opens when all before it in the section are answered.
    """

    title: Mapping[str, str] = field(default_factory=dict)
    shuffle: bool = False
    minimum: Fraction = Fraction(0)
    in_order: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.minimum <= 1:
            raise ValueError("a minimum is a fraction from 0 to 1")


@dataclass(frozen=True)
class QuizSpec:
    """All rules of a quiz. ``title`` holds the title by language code.

    ``tries`` and ``penalty`` are for behaviours with several tries; a question's own penalty goes
    before. ``delay`` is the time between two attempts. ``late_grace`` is how long after the
    deadline answers are accepted that a disconnected learner gave in time. ``avoid`` names other
    quizzes, such as the pre-test, whose questions are drawn only when the others are used up.
    ``in_order`` is for a quiz without sections. ``practice`` lets learners ask for another
    question like one they have done. ``moderation_over`` is the difference of two markers, as a
    share of the question, beyond which a moderator decides.
    """

    key: UUID
    title: Mapping[str, str]
    slots: tuple[SlotSpec, ...]
    pass_mark: Fraction = Fraction(7, 10)
    attempts_allowed: int | None = None
    time_limit: timedelta | None = None
    shuffle_questions: bool = False
    shuffle_options: bool = False
    feedback_when: str = "after_submit"
    show_answers: bool = True
    behaviour: str = "deferred"
    tries: int = 3
    penalty: Fraction = Fraction(1, 3)
    matrix: ReviewMatrix = field(default_factory=ReviewMatrix)
    counts: str = "highest"
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    delay: timedelta = timedelta(0)
    late_grace: timedelta = timedelta(0)
    password: str = ""
    needs_ticket: bool = False
    sections: tuple[SectionSpec, ...] = ()
    in_order: bool = False
    practice: bool = False
    avoid: tuple[UUID, ...] = ()
    second_marker: bool = False
    moderation_over: Fraction = Fraction(1, 10)

    def __post_init__(self) -> None:
        if not 0 <= self.pass_mark <= 1 or not 0 <= self.penalty <= 1 or not 0 <= self.moderation_over <= 1:
            raise ValueError("pass mark, penalty and difference are fractions from 0 to 1")
        if self.feedback_when not in FEEDBACK_WHEN:
            raise ValueError(f"feedback is one of {', '.join(FEEDBACK_WHEN)}")
        if self.behaviour not in BEHAVIOURS:
            raise ValueError(f"there is no behaviour {self.behaviour!r}")
        if self.counts not in COUNTS:
            raise ValueError(f"what counts is one of {', '.join(COUNTS)}")
        if self.tries < 1 or self.delay < timedelta(0) or self.late_grace < timedelta(0):
            raise ValueError("there is at least one try, and no time below zero")
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            raise ValueError("a quiz closes after it has opened")
        if any(slot.section >= max(1, len(self.sections)) for slot in self.slots):
            raise ValueError("a slot names a section that the quiz does not have")
