"""Who is put which variant of a vignette: chance, in equal numbers within sex and jurisdiction."""

import random
from collections.abc import Mapping
from uuid import UUID

from django.db.models import Count

from accounts.models import User
from assessments.drawing import Stock
from assessments.models import Attempt, Question, Vignette, VignetteAssignment
from assessments.quiz_spec import QuizSpec
from assessments.statistics.vignettes import assign


def variants_for(
    quiz: QuizSpec, person: User, jurisdiction: str, rng: random.Random | None = None
) -> dict[UUID, UUID]:
    """The question that the person is put for each vignette of the quiz.

    Who had one keeps it. The caller is in a transaction: the vignettes stay locked, so that two
    people who start at once are counted one after the other.
    """
    keys = [slot.vignette_key for slot in quiz.slots if slot.vignette_key]
    if not keys:
        return {}
    rng = rng or random.SystemRandom()
    stock = Stock.of(quiz, jurisdiction)
    locked = Vignette.objects.select_for_update().filter(key__in=keys).order_by("pk")
    given = {}
    for vignette in locked:
        usable = [str(one.question_key) for one in stock.vignettes[vignette.key]]
        own = VignetteAssignment.objects.filter(vignette=vignette, person=person).first()
        if own is not None:
            given[vignette.key] = own.variant.key
        elif usable:
            stratum = (person.sex, jurisdiction)
            given[vignette.key] = UUID(assign(usable, tally_of(vignette), stratum, rng))
    return given


def tally_of(vignette: Vignette) -> dict[tuple[str, str], dict[str, int]]:
    """How many people of each sex and jurisdiction were put each variant."""
    rows = (
        VignetteAssignment.objects.filter(vignette=vignette)
        .order_by()
        .values_list("person__sex", "attempt__jurisdiction", "variant__key")
        .annotate(people=Count("pk"))
    )
    tally: dict[tuple[str, str], dict[str, int]] = {}
    for sex, jurisdiction, variant, people in rows:
        tally.setdefault((sex, jurisdiction), {})[str(variant)] = people
    return tally


def record(attempt: Attempt, given: Mapping[UUID, UUID]) -> None:
    """Keep what was given, for those to whom it was given first in this attempt."""
    put = {slot.vignette: slot.question for slot in attempt.paper.slots if slot.vignette in given}
    vignettes = Vignette.objects.in_bulk(list(put), field_name="key") if put else {}
    questions = Question.objects.in_bulk(list(put.values()), field_name="key") if put else {}
    known = set(
        VignetteAssignment.objects.filter(
            person=attempt.person_id, vignette__in=list(vignettes.values())
        ).values_list("vignette__key", flat=True)
    )
    VignetteAssignment.objects.bulk_create(
        VignetteAssignment(
            vignette=vignettes[key], person_id=attempt.person_id, variant=questions[question], attempt=attempt
        )
        for key, question in put.items()
        if key not in known
    )
