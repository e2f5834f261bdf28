"""How a person stands at a quiz: for its start page."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.utils import timezone

from accounts.models import User
from assessments.attempts import allowed_to, close_if_overdue, deadline_of
from assessments.models import Attempt
from assessments.papers import QuestionsIn, QuizSpec, questions_in


@dataclass(frozen=True)
class Standing:
    """The facts of a start page; see ``assessments/includes/start_facts.html``."""

    quiz: QuizSpec
    questions: QuestionsIn
    attempts: tuple[Attempt, ...]
    minutes: int | None
    extra_minutes: int
    # with those given to the person; None without a limit
    allowed: int | None

    @property
    def open_attempt(self) -> Attempt | None:
        """The attempt that can be gone on with."""
        return next((attempt for attempt in self.attempts if attempt.is_open), None)

    @property
    def used(self) -> int:
        """How many attempts were begun."""
        return len(self.attempts)

    @property
    def left(self) -> int | None:
        """How many more may be begun; None when there is no limit."""
        return None if self.allowed is None else max(0, self.allowed - self.used)

    @property
    def may_start(self) -> bool:
        """Whether the button to start or go on leads anywhere."""
        return bool(self.open_attempt or self.left is None or self.left)

    @property
    def best(self) -> Fraction | None:
        """The best result so far."""
        return max((a.fraction for a in self.attempts if a.fraction is not None), default=None)

    @property
    def passed(self) -> bool:
        """Whether one of the attempts passed."""
        return any(attempt.passed for attempt in self.attempts)

    @property
    def mark_to_pass(self) -> Fraction:
        """The marks that the pass mark asks for."""
        return self.quiz.pass_mark * self.questions.weight


def standing_of(*, person: User, quiz: QuizSpec, language: str, now: datetime | None = None) -> Standing:
    """The facts of the start page; hands in an attempt whose time has run out."""
    now = now or timezone.now()
    attempts = tuple(
        close_if_overdue(attempt=attempt, now=now) for attempt in Attempt.objects.of(person, quiz.key)
    )
    minutes, extra = None, 0
    deadline = deadline_of(quiz, person, now)
    if deadline and quiz.time_limit:
        minutes = round((deadline - now).total_seconds() / 60)
        extra = minutes - round(quiz.time_limit.total_seconds() / 60)
    allowed = allowed_to(person, quiz.key, quiz.attempts_allowed)
    return Standing(quiz, questions_in(quiz, language), attempts, minutes, extra, allowed)
