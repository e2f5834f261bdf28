"""Drawing: which questions of the bank come onto one paper, in which order."""

import random
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from assessments.choices import QuestionStatus
from assessments.keys import spec_of
from assessments.models import QuestionVersion
from assessments.quiz_spec import QuizSpec, SlotSpec
from assessments.scoring import SpecError, for_jurisdiction, read_key


@dataclass(frozen=True)
class Candidate:
    """A version that can be put in one jurisdiction, with the key that holds there."""

    version: QuestionVersion
    spec: Mapping[str, Any]

    @property
    def question_key(self) -> UUID:
        """The question of which it is a version."""
        key: UUID = self.version.question.key
        return key

    @property
    def tags(self) -> frozenset[str]:
        """The tags of the question; without a query."""
        return frozenset(tag.name for tag in self.version.question.tags.all())


@dataclass(frozen=True)
class Drawn:
    """One question on its way to a paper; ``position`` is the place that the quiz reserves, from 1."""

    candidate: Candidate
    slot: SlotSpec
    position: int


@dataclass(frozen=True)
class Stock:
    """The versions that a quiz may ask in one jurisdiction, read in a few queries however long it is."""

    fixed: Mapping[tuple[UUID, int | None], Candidate]
    categories: Mapping[UUID | None, Sequence[Candidate]]
    vignettes: Mapping[UUID, Sequence[Candidate]]

    @classmethod
    def of(cls, quiz: QuizSpec, jurisdiction: str = "") -> "Stock":
        """Read it; a question that cannot be marked is left out."""
        named = {slot.question_key for slot in quiz.slots if slot.question_key}
        drawn = {slot.category_key for slot in quiz.slots if slot.category_key}
        vignettes = {slot.vignette_key for slot in quiz.slots if slot.vignette_key}
        ready = Q(question__status=QuestionStatus.READY)
        newest = _usable(
            QuestionVersion.objects.latest_to_put().filter(
                Q(question__key__in=named)
                | ready & Q(question__category__key__in=drawn, question__vignette=None)
                | ready & Q(question__vignette__key__in=vignettes)
            ),
            jurisdiction,
        )
        pinned = _usable(_pinned(quiz), jurisdiction)
        return cls(
            fixed={(one.question_key, None): one for one in newest if one.question_key in named}
            | {(one.question_key, one.version.number): one for one in pinned},
            # a fixed question is never drawn a second time from its category
            categories={
                key: [
                    one
                    for one in newest
                    if one.version.question.category.key == key
                    and one.question_key not in named
                    and one.version.question.vignette_id is None
                ]
                for key in drawn
            },
            vignettes={
                key: [
                    one
                    for one in newest
                    if one.version.question.vignette and one.version.question.vignette.key == key
                ]
                for key in vignettes
            },
        )

    def candidates(self, slot: SlotSpec) -> Sequence[Candidate]:
        """The questions that may fill a line of the quiz: one of a fixed question, variants of a vignette."""
        if slot.question_key:
            found = self.fixed.get((slot.question_key, slot.version))
            return [found] if found else []
        if slot.vignette_key:
            return self.vignettes[slot.vignette_key]
        return [one for one in self.categories.get(slot.category_key, ()) if _is_taken(slot, one)]

    def every(self) -> list[Candidate]:
        """All of them, each once."""
        groups = (self.fixed.values(), *self.categories.values(), *self.vignettes.values())
        return list({one.version.pk: one for group in groups for one in group}.values())


def current(question: UUID, jurisdiction: str) -> Candidate | None:
    """The version of a question that would be put now; None when there is none that can be marked."""
    newest = QuestionVersion.objects.latest_to_put().filter(question__key=question)
    return next(iter(_usable(newest, jurisdiction)), None)


def draw(
    quiz: QuizSpec,
    stock: Stock,
    *,
    seen: Mapping[UUID, int],
    variants: Mapping[UUID, UUID],
    rng: random.Random,
) -> list[Drawn]:
    """Draw the questions of one paper, in the order in which they stand on it.

    ``seen`` says how often the person has met a question: those met least go first.
    ``variants`` names the question to be put for each vignette.
    """
    taken: set[UUID] = set()
    drawn: list[Drawn] = []
    for slot in quiz.slots:
        found = list(stock.candidates(slot))
        if slot.vignette_key:
            found = [one for one in found if one.question_key == variants.get(slot.vignette_key)]
        elif slot.category_key:
            found = sample(found, slot.count, seen=seen, without=taken, rng=rng)
            taken |= {one.question_key for one in found}
        drawn += [Drawn(one, slot, len(drawn) + place) for place, one in enumerate(found, start=1)]
    return _in_order(quiz, drawn, rng)


def sample(
    found: Sequence[Candidate],
    count: int,
    *,
    seen: Mapping[UUID, int],
    without: Set[UUID],
    rng: random.Random,
) -> list[Candidate]:
    """So many of these at random, those met least first."""
    free = [one for one in found if one.question_key not in without]
    rng.shuffle(free)
    # the sort is stable: chance decides among those met equally often
    return sorted(free, key=lambda one: seen.get(one.question_key, 0))[:count]


def _is_taken(slot: SlotSpec, one: Candidate) -> bool:
    question = one.version.question
    tags = one.tags if slot.tags else frozenset()
    return slot.takes(difficulty=question.difficulty, objective=question.objective, tags=tags)


def _in_order(quiz: QuizSpec, drawn: Sequence[Drawn], rng: random.Random) -> list[Drawn]:
    ordered: list[Drawn] = []
    for place in range(max(1, len(quiz.sections))):
        rows = [one for one in drawn if one.slot.section == place]
        if quiz.sections[place].shuffle if quiz.sections else quiz.shuffle_questions:
            rng.shuffle(rows)
        ordered += rows
    return ordered


def _pinned(quiz: QuizSpec) -> Any:
    wanted = Q(pk=None)
    for slot in quiz.slots:
        if slot.version is not None:
            wanted |= Q(question__key=slot.question_key, number=slot.version)
    return QuestionVersion.objects.filter(wanted)


def _usable(versions: Any, jurisdiction: str) -> list[Candidate]:
    rows = (
        versions.select_related("question__category", "question__vignette")
        .prefetch_related("options", "question__tags")
        .order_by("question__pk")
    )
    keyed = [(version, _key_in(version, jurisdiction)) for version in rows]
    return [Candidate(version, spec) for version, spec in keyed if spec is not None]


def _key_in(version: QuestionVersion, jurisdiction: str) -> Mapping[str, Any] | None:
    try:
        spec = for_jurisdiction(spec_of(version), jurisdiction)
        read_key(version.kind, spec)
    except SpecError:
        return None
    return spec
