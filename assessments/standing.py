"""How a person stands at a quiz: for its start page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from assessments import rooms, showing
from assessments.choices import Behaviour
from assessments.closing import close_if_overdue
from assessments.counting import Counted, counted
from assessments.models import Attempt
from assessments.papers import QuestionsIn, QuizSpec, questions_in
from assessments.rules import Obstacle, Rules, rules_for
from assessments.visibility import Facet


@dataclass(frozen=True)
class Standing:
    """The facts of a start page; see ``assessments/includes/start_facts.html``."""

    quiz: QuizSpec
    questions: QuestionsIn
    attempts: tuple[Attempt, ...]
    minutes: int | None
    extra_minutes: int
    # as they hold for the person, with overrides and what was given
    rules: Rules
    now: datetime

    @property
    def allowed(self) -> int | None:
        """How many attempts the person has; None without a limit."""
        return self.rules.attempts_allowed

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
        """Whether the button to start or go on leads anywhere; a password may still be asked for."""
        return bool(self.open_attempt or self.why_not is None)

    @property
    def why_not(self) -> Obstacle | None:
        """What keeps the person from beginning one more attempt now."""
        return self.rules.obstacle(self.attempts, self.now)

    @property
    def next_from(self) -> datetime | None:
        """From when the next attempt may be begun, where that is not yet."""
        wait = self.rules.next_from(self.attempts)
        return wait if wait and wait > self.now else None

    @property
    def asks_password(self) -> bool:
        """Whether an attempt is begun with a password or a code of the room."""
        return self.open_attempt is None and rooms.is_supervised(self.quiz)

    @property
    def opens_in_turn(self) -> bool:
        """Whether questions open one after the other, in the whole or in some part."""
        return self.quiz.in_order or any(section.in_order for section in self.quiz.sections)

    @property
    def has_minima(self) -> bool:
        """Whether some part has to be passed by itself."""
        return any(section.minimum for section in self.quiz.sections)

    @property
    def behaves(self) -> str:
        """How questions go on, in words; nothing where feedback simply comes at the end."""
        return "" if self.quiz.behaviour == Behaviour.DEFERRED else str(Behaviour(self.quiz.behaviour).label)

    @property
    def counted(self) -> Counted:
        """The result that counts, by the rule of the quiz."""
        return counted(self.attempts, self.quiz.counts)

    @property
    def rows(self) -> list[tuple[Attempt, bool]]:
        """The attempts, each with whether its marks may be shown now."""
        shown = (showing.facets_of(one, allowed=self.allowed, now=self.now) for one in self.attempts)
        return [
            (one, one.is_graded and Facet.MARKS in facets)
            for one, facets in zip(self.attempts, shown, strict=True)
        ]

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


def standing_of(
    *,
    person: User,
    quiz: QuizSpec,
    language: str,
    groups: Iterable[UUID] = (),
    now: datetime | None = None,
) -> Standing:
    """The facts of the start page; hands in an attempt whose time has run out."""
    now = now or timezone.now()
    attempts = tuple(
        close_if_overdue(attempt=attempt, now=now) for attempt in Attempt.objects.of(person, quiz.key)
    )
    rules = rules_for(person, quiz, groups=groups, now=now)
    minutes, extra = None, 0
    deadline = rules.deadline(now)
    if deadline and rules.time_limit:
        minutes = round((deadline - now).total_seconds() / 60)
        extra = max(0, minutes - round(rules.time_limit.total_seconds() / 60))
    return Standing(quiz, questions_in(quiz, language), attempts, minutes, extra, rules, now)
