"""What stands on a paper: drawn, put in order, stored and counted."""

import random
from fractions import Fraction

import pytest

from assessments import papers
from assessments.attempts import submit
from assessments.papers import SlotSpec

from .conftest import quiz_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_draw_repeats_nothing_while_stock_lasts(judge, category, make_question, begin):
    for _ in range(5):
        make_question()
    make_question(status="draft")
    quiz = quiz_of(slots=(SlotSpec(category_key=category.key, count=2),))
    drawn = []
    for _ in range(3):
        attempt = begin(judge, quiz)
        drawn.append({slot.question for slot in attempt.paper.slots})
        submit(attempt=attempt)
    assert [len(questions) for questions in drawn] == [2, 2, 2]
    assert len(drawn[0] | drawn[1]) == 4
    assert len(drawn[0] | drawn[1] | drawn[2]) == 5


def test_a_blueprint_draws_by_outcome_and_difficulty(category, make_question):
    wanted = {}
    for objective in ("A1.1", "A1.2", "A2.1", "A11.1"):
        for difficulty in ("easy", "hard"):
            version = make_question()
            version.question.objective, version.question.difficulty = objective, difficulty
            version.question.save()
            wanted[objective, difficulty] = version.pk
    slots = (
        SlotSpec(category_key=category.key, objective="A1.2", difficulty="hard"),
        SlotSpec(category_key=category.key, objective="A1", difficulty="easy", count=5),
        SlotSpec(category_key=category.key, objective="A2", count=5),
    )
    drawn = [slot.version for slot in papers.freeze(quiz_of(slots=slots)).slots]
    assert drawn[0] == wanted["A1.2", "hard"]
    assert set(drawn[1:3]) == {wanted["A1.1", "easy"], wanted["A1.2", "easy"]}
    assert set(drawn[3:]) == {wanted["A2.1", "easy"], wanted["A2.1", "hard"]}
    with pytest.raises(ValueError, match="only a draw is narrowed"):
        SlotSpec(question_key=category.key, difficulty="hard")


def test_a_fixed_question_is_not_drawn_again_from_its_category(category, make_question):
    fixed = make_question()
    other = make_question()
    slots = (
        SlotSpec(category_key=category.key, count=5),
        SlotSpec(question_key=fixed.question.key),
    )
    paper = papers.freeze(quiz_of(slots=slots))
    assert [slot.version for slot in paper.slots] == [other.pk, fixed.pk]


def test_an_ordering_never_begins_in_the_right_order(make_question):
    version = make_question("ordering")
    for seed in range(20):
        paper = papers.freeze(quiz_of(version), rng=random.Random(seed))
        assert list(paper.slots[0].options) != paper.slots[0].spec["order"]
        assert sorted(paper.slots[0].options) == sorted(paper.slots[0].spec["order"])


def test_a_paper_survives_being_stored(every_kind):
    paper = papers.freeze(quiz_of(*every_kind, shuffle_questions=True, shuffle_options=True))
    assert papers.Paper.from_json(paper.to_json()) == paper


def test_counting_what_a_quiz_asks(category, make_question):
    essay = make_question("essay")
    make_question()
    make_question(stem_es="")
    slots = (
        SlotSpec(question_key=essay.question.key, weight=Fraction(3)),
        SlotSpec(category_key=category.key, count=1),
    )
    found = papers.questions_in(quiz_of(slots=slots), "es")
    assert (found.count, found.weight) == (2, Fraction(4))
    assert (found.in_language, found.all_in_language) == (2, False)
