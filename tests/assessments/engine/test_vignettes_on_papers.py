"""Who is put which variant of a vignette."""

from collections import Counter

import pytest
from django.db import IntegrityError, transaction

from assessments import papers
from assessments.attempts import submit
from assessments.models import Question, Vignette, VignetteAssignment
from assessments.papers import NothingToAsk, SlotSpec
from assessments.vignettes import tally_of
from tests.assessments.conftest import quiz_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def vignette(category, make_question):
    """A case in two variants."""
    vignette = Vignette.objects.create(
        category=category, name_en="Bail", attribute_en="The sex of the accused"
    )
    for variant in ("A", "B"):
        question = make_question().question
        question.vignette, question.variant = vignette, variant
        question.save()
    return vignette


@pytest.fixture
def quiz(vignette):
    return quiz_of(slots=(SlotSpec(vignette_key=vignette.key),))


def test_variants_are_even_within_sex_and_jurisdiction(quiz, vignette, make_person, begin):
    strata = [("female", "MX"), ("male", "MX"), ("female", "AR"), ("", "MX")]
    given = {}
    for number in range(16):
        sex, country = strata[number % 4]
        person = make_person(f"{number}@example.org", sex=sex, country=country)
        [slot] = begin(person, quiz, jurisdiction=country).paper.slots
        given.setdefault((sex, country), Counter())[slot.variant] += 1
        assert slot.vignette == vignette.key
    assert all(arms == {"A": 2, "B": 2} for arms in given.values())
    assert {stratum: sorted(arms.values()) for stratum, arms in tally_of(vignette).items()} == dict.fromkeys(
        strata, [2, 2]
    )


def test_a_person_is_put_the_same_variant_again(quiz, judge, begin):
    first = begin(judge, quiz)
    submit(attempt=first)
    variants = {first.paper.slots[0].variant}
    for _ in range(4):
        attempt = begin(judge, quiz)
        submit(attempt=attempt)
        variants.add(attempt.paper.slots[0].variant)
    assert len(variants) == 1
    assert VignetteAssignment.objects.get().attempt == first


def test_a_variant_is_never_drawn_and_a_vignette_that_is_not_ready_not_put(
    quiz, vignette, category, judge, begin
):
    with pytest.raises(NothingToAsk):
        papers.freeze(quiz_of(slots=(SlotSpec(category_key=category.key, count=5),)))
    Question.objects.update(status="draft")
    with pytest.raises(NothingToAsk):
        begin(judge, quiz)
    assert not VignetteAssignment.objects.exists()


def test_the_database_wants_variants_to_be_told_apart(vignette, make_question):
    question = make_question().question
    for vignette_pk, variant in ((vignette.pk, "A"), (vignette.pk, ""), (None, "C")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Question.objects.filter(pk=question.pk).update(vignette=vignette_pk, variant=variant)
