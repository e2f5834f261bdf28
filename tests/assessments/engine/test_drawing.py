"""Which questions come onto a paper: pins, drafts, tags, what was met, and one more like this."""

import random

import pytest

from assessments import papers
from assessments.attempts import AttemptClosed, another_like, save_answer, state_of, submit
from assessments.models import PaperItem, Question, QuestionVersion, Tag
from assessments.papers import NothingToAsk, SlotSpec
from assessments.practice import NoneLeft
from assessments.replaying import replay
from tests.assessments.conftest import quiz_of, right_response

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def next_version(version, **fields):
    return QuestionVersion.objects.create(
        question=version.question,
        number=version.number + 1,
        kind="true_false",
        marking={"answer": True},
        **fields,
    )


def put(quiz, **kwargs):
    return [slot.version for slot in papers.freeze(quiz, **kwargs).slots]


def test_a_pinned_version_is_put_and_else_the_newest(make_question):
    first = make_question()
    second = next_version(first)
    key = first.question.key
    assert put(quiz_of(slots=(SlotSpec(question_key=key, version=1),))) == [first.pk]
    assert put(quiz_of(slots=(SlotSpec(question_key=key, version=2),))) == [second.pk]
    assert put(quiz_of(slots=(SlotSpec(question_key=key),))) == [second.pk]
    with pytest.raises(NothingToAsk):
        put(quiz_of(slots=(SlotSpec(question_key=key, version=3),)))


def test_while_a_draft_is_written_the_version_before_it_is_put(category, make_question):
    first = make_question()
    draft = next_version(first, is_draft=True)
    draw = quiz_of(slots=(SlotSpec(category_key=category.key),))
    assert put(draw) == put(quiz_of(first)) == [first.pk]
    draft.is_draft = False
    draft.save()
    assert put(draw) == [draft.pk]
    alone = make_question()
    alone.is_draft = True
    alone.save()
    with pytest.raises(NothingToAsk):
        put(quiz_of(alone))


def test_a_draw_asks_for_all_its_tags(category, make_question):
    versions = [make_question() for _ in range(3)]
    border, minors = (Tag.objects.create(name=name) for name in ("border", "minors"))
    versions[0].question.tags.add(border)
    versions[1].question.tags.add(border, minors)
    draw = SlotSpec(category_key=category.key, tags=("border", "minors"), count=3)
    assert put(quiz_of(slots=(draw,))) == [versions[1].pk]


def test_what_was_met_least_is_drawn_first_while_stock_lasts(judge, category, make_question, begin):
    for _ in range(5):
        make_question()
    quiz = quiz_of(slots=(SlotSpec(category_key=category.key, count=2),))
    met = []
    for _ in range(5):
        attempt = begin(judge, quiz)
        met += [slot.question for slot in attempt.paper.slots]
        submit(attempt=attempt)
    # ten places for five questions: each twice, and none a second time before all were put
    assert {met.count(key) for key in met} == {2}
    assert len(set(met[:5])) >= 4


def test_the_questions_of_the_pre_test_come_last(judge, category, make_question, begin):
    for _ in range(4):
        make_question()
    draw = (SlotSpec(category_key=category.key, count=2),)
    before = quiz_of(slots=draw)
    first = begin(judge, before)
    after = begin(judge, quiz_of(slots=draw, avoid=(before.key,)))
    assert not {slot.question for slot in first.paper.slots} & {slot.question for slot in after.paper.slots}


def test_a_large_quiz_is_drawn_in_a_few_queries(category, make_question, django_assert_max_num_queries):
    versions = [make_question() for _ in range(20)]
    slots = tuple(SlotSpec(question_key=version.question.key) for version in versions[:10])
    slots += (SlotSpec(category_key=category.key, count=10, tags=()),)
    with django_assert_max_num_queries(5):
        assert len(put(quiz_of(slots=slots))) == 20


@pytest.mark.parametrize(
    "fields",
    [
        {"question_key": Question().key, "category_key": Question().key},
        {"question_key": Question().key, "tags": ("border",)},
        {"category_key": Question().key, "version": 2},
        {"vignette_key": Question().key, "objective": "A1"},
        {},
    ],
)
def test_a_line_that_contradicts_itself_is_refused(fields):
    with pytest.raises(ValueError, match=r"slot|draw|fixed"):
        SlotSpec(**fields)


def test_another_question_like_this_is_for_practice_and_does_not_count(judge, make_question, begin):
    versions = [make_question() for _ in range(3)]
    for version, objective in zip(versions, ("A1.1", "A1.1", "A2.1"), strict=True):
        version.question.objective = objective
        version.question.save()
    attempt = begin(judge, quiz_of(versions[0], behaviour="immediate", practice=True))
    added = another_like(attempt=attempt, slot=1, rng=random.Random(1))
    assert (added.number, added.like, added.weight, added.version) == (2, 1, 0, versions[1].pk)
    attempt.refresh_from_db()
    del attempt.paper
    save_answer(attempt=attempt, slot=1, response=right_response(versions[0]), language="en")
    assert state_of(attempt).questions[2].response == {}
    with pytest.raises(NoneLeft):
        another_like(attempt=attempt, slot=1)
    done = submit(attempt=attempt)
    assert (done.fraction, len(done.paper.slots)) == (1, 2)
    assert replay(done.paper, list(done.steps.all())).intact
    assert list(PaperItem.objects.values_list("slot", "version")) == [
        (1, versions[0].pk),
        (2, versions[1].pk),
    ]
    with pytest.raises(AttemptClosed):
        another_like(attempt=done, slot=1)


def test_only_a_practice_quiz_gives_more(judge, make_question, begin):
    attempt = begin(judge, quiz_of(make_question()))
    make_question()
    with pytest.raises(NoneLeft):
        another_like(attempt=attempt, slot=1)
