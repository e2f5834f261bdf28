"""Making a paper: the questions of one person with their keys, and the rules in force, frozen."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from django.db.models import Count

from assessments import drawing, keys
from assessments.behaviours import behaviour_for
from assessments.choices import Kind, OptionRole
from assessments.drawing import Drawn, Stock
from assessments.models import PaperItem
from assessments.paper import Paper, PaperSlot, Section
from assessments.quiz_spec import QuizSpec, SectionSpec, SlotSpec
from assessments.scoring import UNSCORED
from translation.reading import read

__all__ = [
    "NothingToAsk",
    "QuestionsIn",
    "QuizSpec",
    "SectionSpec",
    "SlotSpec",
    "freeze",
    "frozen_slot",
    "questions_in",
    "seen_by",
]

# the pieces that are put in an order on the paper; where not named, the options
_SHOWN = {Kind.GAP: OptionRole.GAP_ENTRY, Kind.SCENARIO: OptionRole.DECISION}


class NothingToAsk(Exception):
    """The quiz names no question that exists, or the drawer it draws from is empty."""


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
    questions that a person marks and, for a category of them, as many as are drawn from it.
    """
    stock = Stock.of(quiz)
    count, weight, by_person = 0, Fraction(0), 0
    for slot in quiz.slots:
        found = [one.version.kind for one in stock.candidates(slot)]
        asked = min(slot.count, len(found))
        count += asked
        weight += 0 if UNSCORED.issuperset(found) else asked * slot.weight
        by_person += min(asked, sum(behaviour_for(quiz.behaviour, kind).by_person for kind in found))
    every = [one.version for one in stock.every()]
    kinds = [version.kind for version in every]
    return QuestionsIn(
        count=count,
        weight=weight,
        needs_marker=by_person,
        in_language=sum(read(version, "stem", language).language == language for version in every),
        kinds={kind: kinds.count(kind) for kind in dict.fromkeys(kinds)},
    )


def seen_by(person_pk: int, quiz_keys: Iterable[UUID]) -> dict[UUID, int]:
    """The questions that a person has met in earlier attempts at these quizzes, and how often."""
    items = PaperItem.objects.filter(attempt__person=person_pk, attempt__quiz_key__in=list(quiz_keys))
    met = items.order_by().values("version__question__key").annotate(times=Count("pk"))
    return dict(met.values_list("version__question__key", "times"))


def freeze(
    quiz: QuizSpec,
    *,
    jurisdiction: str = "",
    seen: Mapping[UUID, int] | None = None,
    variants: Mapping[UUID, UUID] | None = None,
    closes_at: datetime | None = None,
    rng: random.Random | None = None,
) -> Paper:
    """Draw and freeze a paper.

    ``seen`` says how often questions were met: those met least are drawn first. ``variants``
    names the question that the person is put for each vignette. ``closes_at`` is when the quiz
    closes for this person. Raises NothingToAsk when there is no question at all.
    """
    rng = rng or random.SystemRandom()
    stock = Stock.of(quiz, jurisdiction)
    drawn = drawing.draw(quiz, stock, seen=seen or {}, variants=variants or {}, rng=rng)
    if not drawn:
        raise NothingToAsk(str(quiz.key))
    return Paper(
        title=quiz.title,
        pass_mark=quiz.pass_mark,
        attempts_allowed=quiz.attempts_allowed,
        feedback_when=quiz.feedback_when,
        show_answers=quiz.show_answers,
        slots=tuple(frozen_slot(number, one, quiz, rng) for number, one in enumerate(drawn, start=1)),
        behaviour=quiz.behaviour,
        matrix=quiz.matrix,
        counts=quiz.counts,
        closes_at=closes_at,
        late_grace=quiz.late_grace,
        sections=tuple(Section(one.title, one.minimum, one.in_order) for one in quiz.sections),
        in_order=quiz.in_order,
        practice=quiz.practice,
        second_marker=quiz.second_marker,
        moderation_over=quiz.moderation_over,
        country=jurisdiction,
    )


def frozen_slot(number: int, drawn: Drawn, quiz: QuizSpec, rng: random.Random, *, like: int = 0) -> PaperSlot:
    """One question as it stands on a paper; ``like`` another one, it is for practice and weighs nothing."""
    version, spec = drawn.candidate.version, dict(drawn.candidate.spec)
    question = version.question
    role = _SHOWN.get(Kind(version.kind), OptionRole.OPTION)
    options = [str(option.key) for option in version.of_role(role) if option.text]
    answers = list(dict.fromkeys([*spec.get("pairs", {}).values(), *spec.get("distractors", ())]))
    shuffle = quiz.shuffle_options and not keys.keeps_order(version)
    if version.kind == Kind.ORDERING:
        _shuffle_away(options, rng)
    elif shuffle:
        rng.shuffle(options)
    # answers that stand opposite their prompts would give themselves away
    if shuffle or len(answers) == len(options):
        rng.shuffle(answers)
    return PaperSlot(
        number=number,
        question=question.key,
        version=version.pk,
        category=question.category.key,
        language=version.source_language,
        kind=version.kind,
        weight=Fraction(0) if like or version.kind in UNSCORED else drawn.slot.weight,
        spec=spec,
        options=tuple(options),
        answers=tuple(answers),
        position=drawn.position,
        section=drawn.slot.section,
        objective=question.objective,
        tries=quiz.tries,
        hints=len(keys.hints_of(version)),
        penalty=keys.penalty_of(version, quiz.penalty),
        vignette=question.vignette.key if question.vignette else None,
        variant=question.variant,
        like=like,
    )


def _shuffle_away(items: list[str], rng: random.Random) -> None:
    """Shuffle, but not into the order that it was: that order is the answer."""
    before = list(items)
    rng.shuffle(items)
    if items == before and len(items) > 1:
        items.append(items.pop(0))
