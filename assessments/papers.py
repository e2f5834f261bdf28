"""Making a paper: which questions are drawn for one person, in which order, by which rules."""

import random
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from uuid import UUID

from assessments.choices import Kind
from assessments.keys import spec_of
from assessments.models import PaperItem, Question, QuestionVersion
from assessments.paper import FEEDBACK_WHEN, Paper, PaperSlot
from assessments.scoring import SpecError, read_key
from translation.reading import read


class NothingToAsk(Exception):
    """The quiz names no question that exists, or the drawer it draws from is empty."""


@dataclass(frozen=True)
class SlotSpec:
    """One line of a quiz: a fixed question, or ``count`` questions drawn from a category.

    A draw may be narrowed, which makes a blueprint of several lines: to one ``difficulty``, and to
    the learning outcomes whose code begins with ``objective`` ("A1" takes A1.1 and A1.2).
    """

    question_key: UUID | None = None
    category_key: UUID | None = None
    count: int = 1
    weight: Fraction = Fraction(1)
    difficulty: str = ""
    objective: str = ""

    def __post_init__(self) -> None:
        if (self.question_key is None) == (self.category_key is None):
            raise ValueError("a slot names either a question or a category")
        if self.question_key and (self.difficulty or self.objective):
            raise ValueError("a fixed question is not narrowed")
        if self.count < 1 or self.weight <= 0:
            raise ValueError("a slot asks at least one question that is worth something")

    def takes(self, *, difficulty: str, objective: str) -> bool:
        """Tell whether a question of the category is among those that may be drawn."""
        fits = not self.objective or f"{objective}.".startswith(f"{self.objective}.")
        return fits and self.difficulty in ("", difficulty)


@dataclass(frozen=True)
class QuizSpec:
    """A quiz as its owner describes it. ``title`` holds the title by language code."""

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

    def __post_init__(self) -> None:
        if not 0 <= self.pass_mark <= 1:
            raise ValueError("a pass mark is a fraction from 0 to 1")
        if self.feedback_when not in FEEDBACK_WHEN:
            raise ValueError(f"feedback is one of {', '.join(FEEDBACK_WHEN)}")


@dataclass(frozen=True)
class QuestionsIn:
    """What a quiz will ask, as far as it is known before the draw."""

    count: int
    weight: Fraction
    needs_marker: int
    in_language: int
    kinds: Mapping[str, int] = field(default_factory=dict)

    @property
    def all_in_language(self) -> bool:
        """Whether every question that may be drawn exists in the language asked for."""
        return self.in_language == sum(self.kinds.values())


def questions_in(quiz: QuizSpec, language: str) -> QuestionsIn:
    """Count what a quiz asks.

    ``kinds`` and ``in_language`` count the stock it draws from; ``needs_marker`` the fixed
    essays and, for a category of essays, as many as are drawn from it.
    """
    stock = _Stock.of(quiz)
    count, weight, essays = 0, Fraction(0), 0
    for slot in quiz.slots:
        found = stock.candidates(slot)
        asked = min(slot.count, len(found))
        count += asked
        weight += asked * slot.weight
        essays += min(asked, sum(version.kind == Kind.ESSAY for version in found))
    every = stock.versions.values()
    kinds = [version.kind for version in every]
    return QuestionsIn(
        count=count,
        weight=weight,
        needs_marker=essays,
        in_language=sum(read(version, "stem", language).language == language for version in every),
        kinds={kind: kinds.count(kind) for kind in dict.fromkeys(kinds)},
    )


def seen_by(person_pk: int, quiz_key: UUID) -> set[UUID]:
    """The questions that a person has met in earlier attempts at this quiz."""
    items = PaperItem.objects.filter(attempt__person=person_pk, attempt__quiz_key=quiz_key)
    return set(items.values_list("version__question__key", flat=True))


def freeze(quiz: QuizSpec, *, seen: Set[UUID] = frozenset(), rng: random.Random | None = None) -> Paper:
    """Draw and freeze a paper.

    Questions that were ``seen`` are drawn only when the others are used up. Raises NothingToAsk
    when there is no question at all.
    """
    rng = rng or random.SystemRandom()
    drawn = _draw(quiz, seen, rng)
    if not drawn:
        raise NothingToAsk(str(quiz.key))
    if quiz.shuffle_questions:
        rng.shuffle(drawn)
    slots = tuple(
        _slot(number, version, weight, quiz.shuffle_options, rng)
        for number, (version, weight) in enumerate(drawn, start=1)
    )
    return Paper(
        title=quiz.title,
        pass_mark=quiz.pass_mark,
        attempts_allowed=quiz.attempts_allowed,
        feedback_when=quiz.feedback_when,
        show_answers=quiz.show_answers,
        slots=slots,
    )


def _draw(quiz: QuizSpec, seen: Set[UUID], rng: random.Random) -> list[tuple[QuestionVersion, Fraction]]:
    stock = _Stock.of(quiz)
    taken: set[UUID] = set()
    drawn: list[tuple[QuestionVersion, Fraction]] = []
    for slot in quiz.slots:
        found = stock.candidates(slot)
        if slot.category_key:
            free = [version for version in found if version.question.key not in taken]
            found = _sample(free, slot.count, seen, rng)
            taken |= {version.question.key for version in found}
        drawn += [(version, slot.weight) for version in found]
    return drawn


def _sample(
    stock: Sequence[QuestionVersion], count: int, seen: Set[UUID], rng: random.Random
) -> list[QuestionVersion]:
    fresh = [version for version in stock if version.question.key not in seen]
    known = [version for version in stock if version.question.key in seen]
    rng.shuffle(fresh)
    rng.shuffle(known)
    return (fresh + known)[:count]


def _slot(
    number: int, version: QuestionVersion, weight: Fraction, shuffle: bool, rng: random.Random
) -> PaperSlot:
    spec = spec_of(version)
    options = [str(option.key) for option in version.options.all() if option.text]
    answers = list(dict.fromkeys([*spec.get("pairs", {}).values(), *spec.get("distractors", ())]))
    if version.kind == Kind.ORDERING:
        _shuffle_away(options, rng)
    elif shuffle and version.kind != Kind.TRUE_FALSE:
        rng.shuffle(options)
    # answers that stand opposite their prompts would give themselves away
    if shuffle or len(answers) == len(options):
        rng.shuffle(answers)
    return PaperSlot(
        number=number,
        question=version.question.key,
        version=version.pk,
        category=version.question.category.key,
        language=version.source_language,
        kind=version.kind,
        weight=weight,
        spec=spec,
        options=tuple(options),
        answers=tuple(answers),
    )


def _shuffle_away(items: list[str], rng: random.Random) -> None:
    """Shuffle, but not into the order that it was: that order is the answer."""
    before = list(items)
    rng.shuffle(items)
    if items == before and len(items) > 1:
        items.append(items.pop(0))


@dataclass(frozen=True)
class _Stock:
    """The newest versions that a quiz may ask, read in four queries however long it is."""

    versions: Mapping[UUID, QuestionVersion]
    categories: Mapping[UUID, Sequence[QuestionVersion]]

    @classmethod
    def of(cls, quiz: QuizSpec) -> "_Stock":
        fixed = [slot.question_key for slot in quiz.slots if slot.question_key]
        drawn = [slot.category_key for slot in quiz.slots if slot.category_key]
        questions = Question.objects.filter(key__in=fixed) | Question.objects.filter(category__key__in=drawn)
        newest = (
            QuestionVersion.objects.latest_of_each()
            .filter(question__in=questions.values("pk"))
            .select_related("question__category")
            .prefetch_related("options")
            .order_by("question__pk")
        )
        usable = {version.question.key: version for version in newest if _can_be_marked(version)}
        ready = [version for version in usable.values() if version.question.status == "ready"]
        return cls(
            versions={key: version for key, version in usable.items() if key in fixed or version in ready},
            # a fixed question is never drawn a second time from its category
            categories={
                key: [
                    version
                    for version in ready
                    if version.question.category.key == key and version.question.key not in fixed
                ]
                for key in drawn
            },
        )

    def candidates(self, slot: SlotSpec) -> Sequence[QuestionVersion]:
        if slot.category_key:
            stock = [(version, version.question) for version in self.categories[slot.category_key]]
            return [v for v, q in stock if slot.takes(difficulty=q.difficulty, objective=q.objective)]
        version = self.versions.get(slot.question_key) if slot.question_key else None
        return [version] if version else []


def _can_be_marked(version: QuestionVersion) -> bool:
    try:
        read_key(version.kind, spec_of(version))
    except SpecError:
        return False
    return True
