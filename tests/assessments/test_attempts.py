"""Starting, answering, handing in: nothing is lost and nothing is doubled."""

import random
import uuid
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.roles import Role
from assessments import attempts, marking
from assessments.attempts import AttemptClosed, AttemptsExhausted, save_answer, state_of, submit
from assessments.folding import fold
from assessments.models import Attempt, PaperItem, Step
from assessments.papers import NothingToAsk, SlotSpec
from assessments.scoring import ResponseError
from assessments.signals import attempt_graded

from .conftest import quiz_of, right_response

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def graded():
    """What the signal said, in order."""
    heard = []

    def hear(sender, attempt, passed, fraction, **kwargs):
        heard.append((attempt.key, passed, fraction))

    attempt_graded.connect(hear)
    yield heard
    attempt_graded.disconnect(hear)


def answer(attempt, slot, response, **kwargs):
    return save_answer(attempt=attempt, slot=slot, response=response, language="en", **kwargs)


def test_the_whole_way_from_start_to_grade(judge, every_kind, begin, graded):
    questions = [version for version in every_kind if version.kind != "essay"]
    attempt = begin(judge, quiz_of(*questions))
    for slot, version in enumerate(questions, start=1):
        answer(attempt, slot, right_response(version))
    done = submit(attempt=attempt)
    assert (done.status, done.fraction, done.passed) == ("graded", Fraction(1), True)
    assert graded == [(attempt.key, True, Fraction(1))]
    assert set(PaperItem.objects.values_list("fraction", flat=True)) == {Fraction(1)}


def test_weights_count_in_the_grade(judge, make_question, begin):
    light, heavy = make_question(), make_question()
    slots = (
        SlotSpec(question_key=light.question.key),
        SlotSpec(question_key=heavy.question.key, weight=Fraction(2)),
    )
    attempt = begin(judge, quiz_of(slots=slots))
    answer(attempt, 2, right_response(heavy))
    assert submit(attempt=attempt).fraction == Fraction(2, 3)


def test_starting_twice_gives_the_same_attempt(judge, make_question, begin):
    quiz = quiz_of(make_question())
    assert begin(judge, quiz) == begin(judge, quiz)
    assert Attempt.objects.count() == 1


def test_the_attempts_run_out(judge, make_question, begin):
    quiz = quiz_of(make_question(), attempts_allowed=2)
    for _ in range(2):
        submit(attempt=begin(judge, quiz))
    with pytest.raises(AttemptsExhausted):
        begin(judge, quiz)


def test_a_quiz_without_questions_cannot_begin(judge, begin, category):
    with pytest.raises(NothingToAsk):
        begin(judge, quiz_of(slots=(SlotSpec(category_key=category.key, count=3),)))


def test_the_database_allows_one_open_attempt_only(judge, make_question, begin):
    attempt = begin(judge, quiz_of(make_question()))
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(
            person=judge,
            quiz_key=attempt.quiz_key,
            number=2,
            paper_data=attempt.paper_data,
            language="en",
        )


def test_extra_time_lengthens_the_limit(judge, make_question, begin):
    judge.extra_time = Decimal("1.50")
    judge.save()
    now = timezone.now()
    quiz = quiz_of(make_question(), time_limit=timedelta(minutes=30))
    attempt = begin(judge, quiz, now=now)
    assert attempt.deadline == now + timedelta(minutes=45)
    assert attempt.closes_at == attempt.deadline + attempts.GRACE


def test_the_same_client_id_is_one_step(judge, make_question, begin):
    version = make_question()
    attempt = begin(judge, quiz_of(version))
    first = answer(attempt, 1, right_response(version), client_id="page-1")
    again = answer(attempt, 1, right_response(version), client_id="page-1")
    assert first == again
    assert attempt.steps.count() == 1


def test_an_answer_equal_to_the_last_makes_no_step(judge, make_question, begin):
    version = make_question()
    attempt = begin(judge, quiz_of(version))
    for _ in range(3):
        answer(attempt, 1, right_response(version))
    assert attempt.steps.count() == 1


def test_a_late_older_answer_of_the_same_page_does_not_win(judge, make_question, begin):
    version = make_question()
    wrong, right = (str(option.key) for option in list(version.options.all())[:2])
    attempt = begin(judge, quiz_of(version))
    answer(attempt, 1, {"choice": right}, client_id="page-10")
    answer(attempt, 1, {"choice": wrong}, client_id="page-9")
    assert state_of(attempt).response(1) == {"choice": right}
    answer(attempt, 1, {"choice": wrong}, client_id="other-1")
    assert state_of(attempt).response(1) == {"choice": wrong}


def test_an_answer_can_be_taken_back(judge, make_question, begin):
    version = make_question()
    attempt = begin(judge, quiz_of(version))
    answer(attempt, 1, right_response(version))
    answer(attempt, 1, {})
    assert not state_of(attempt).is_answered(1)
    assert attempt.steps.count() == 2


def test_a_blank_question_makes_no_step(judge, make_question, begin):
    attempt = begin(judge, quiz_of(make_question()))
    assert answer(attempt, 1, {}, flagged=False) is None
    assert attempt.steps.count() == 0


def test_flags_come_and_go(judge, make_question, begin):
    attempt = begin(judge, quiz_of(make_question(), make_question()))
    attempts.flag(attempt=attempt, slot=2, on=True)
    answer(attempt, 1, {}, flagged=True)
    assert state_of(attempt).flags == {1, 2}
    attempts.flag(attempt=attempt, slot=2, on=False)
    assert state_of(attempt).flags == {1}


def test_each_answer_keeps_the_language_it_was_given_in(judge, make_question, begin):
    version = make_question("numeric", marking={"value": "133000"})
    # in Mexico the same would mean 133
    attempt = begin(judge, quiz_of(version), jurisdiction="AR")
    save_answer(attempt=attempt, slot=1, response={"value": "133.000"}, language="es")
    assert state_of(attempt).answers[1].language == "es"
    assert submit(attempt=attempt).fraction == 1


@pytest.mark.parametrize("slot", [0, 3])
def test_a_slot_that_is_not_on_the_paper_is_refused(judge, make_question, begin, slot):
    attempt = begin(judge, quiz_of(make_question(), make_question()))
    with pytest.raises(ResponseError):
        answer(attempt, slot, {})


def test_a_foreign_option_is_refused_and_saves_nothing(judge, make_question, begin):
    attempt = begin(judge, quiz_of(make_question()))
    with pytest.raises(ResponseError):
        answer(attempt, 1, {"choice": str(uuid.uuid4())})
    assert attempt.steps.count() == 0


def test_handing_in_twice_marks_once(judge, make_question, begin, graded):
    attempt = begin(judge, quiz_of(make_question()))
    stale = Attempt.objects.get(pk=attempt.pk)
    submit(attempt=attempt)
    submit(attempt=stale)
    assert len(graded) == 1
    assert attempt.steps.filter(kind="submit").count() == 1


def test_the_database_refuses_a_second_hand_in(judge, make_question, begin):
    attempt = submit(attempt=begin(judge, quiz_of(make_question())))
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.create(attempt=attempt, sequence=99, client_id="x", kind="submit")


def test_nothing_is_saved_after_handing_in(judge, make_question, begin):
    version = make_question()
    attempt = submit(attempt=begin(judge, quiz_of(version)))
    before = attempt.steps.count()
    with pytest.raises(AttemptClosed):
        answer(attempt, 1, right_response(version))
    assert attempt.steps.count() == before


def test_an_answer_within_the_grace_counts(judge, make_question, begin):
    version = make_question()
    attempt = begin(judge, quiz_of(version, time_limit=timedelta(minutes=30)))
    answer(attempt, 1, right_response(version), now=attempt.deadline + timedelta(seconds=5))
    assert state_of(attempt).is_answered(1)


def test_an_answer_after_the_time_closes_the_attempt_with_what_was_saved(judge, make_question, begin, graded):
    one, two = make_question(), make_question()
    attempt = begin(judge, quiz_of(one, two, time_limit=timedelta(minutes=30)))
    answer(attempt, 1, right_response(one))
    late = attempt.closes_at + timedelta(seconds=1)
    with pytest.raises(AttemptClosed):
        answer(attempt, 2, right_response(two), now=late)
    attempt.refresh_from_db()
    assert attempt.submitted_at == attempt.deadline
    assert graded == [(attempt.key, True, Fraction(1, 2))]


def test_the_clock_closes_what_is_overdue_and_nothing_else(judge, prosecutor, make_question, begin):
    now = timezone.now()
    timed = quiz_of(make_question(), time_limit=timedelta(minutes=1))
    over = begin(judge, timed, now=now - timedelta(hours=1))
    running, untimed = begin(prosecutor, timed, now=now), begin(judge, quiz_of(make_question()))
    assert attempts.close_overdue(now=now) == 1
    assert Attempt.objects.open().count() == 2
    over.refresh_from_db()
    assert over.status == "graded"
    assert attempts.close_if_overdue(attempt=running, now=now) is running
    assert attempts.close_if_overdue(attempt=untimed, now=now) is untimed


def test_a_new_attempt_after_the_time_ran_out_closes_the_old_one(judge, make_question, begin):
    quiz = quiz_of(make_question(), time_limit=timedelta(minutes=1))
    old = begin(judge, quiz, now=timezone.now() - timedelta(hours=1))
    new = begin(judge, quiz)
    assert (new.number, new.is_open) == (2, True)
    old.refresh_from_db()
    assert not old.is_open


def test_best_and_latest(judge, make_question, begin):
    version = make_question()
    quiz = quiz_of(version)
    assert attempts.counted_fraction(judge, quiz.key) is None
    first = begin(judge, quiz)
    answer(first, 1, right_response(version))
    submit(attempt=first)
    second = submit(attempt=begin(judge, quiz))
    assert attempts.counted_fraction(judge, quiz.key) == 1
    assert attempts.latest_for(judge, quiz.key) == second


def teach(*trainers):
    """Let people mark what names the group of the course."""
    group, _made = Group.objects.get_or_create(name="course 1")
    for person in trainers:
        person.groups.add(group)
        person.__dict__.pop("role_names", None)  # read once, before


def test_an_essay_waits_for_a_person(judge, trainer, make_question, begin, graded):
    closed, essay = make_question(), make_question("essay")
    teach(trainer)
    attempt = begin(judge, quiz_of(closed, essay), context={"marker_group": "course 1"})
    answer(attempt, 1, right_response(closed))
    answer(attempt, 2, {"text": "Because …"})
    waiting = submit(attempt=attempt)
    assert (waiting.status, waiting.fraction, graded) == ("submitted", None, [])
    marking.take(attempt=waiting, marker=trainer)
    marking.give_mark(attempt=waiting, slot=2, fraction=Fraction(1, 2), marker=trainer)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.fraction) == ("graded", Fraction(3, 4))
    assert graded == [(attempt.key, True, Fraction(3, 4))]


def test_an_empty_essay_waits_for_nobody(judge, make_question, begin):
    attempt = begin(judge, quiz_of(make_question("essay")))
    assert submit(attempt=attempt).fraction == 0


def test_only_the_marker_who_took_it_may_mark(judge, trainer, make_person, make_question, begin):
    attempt = begin(judge, quiz_of(make_question("essay")), context={"marker_group": "course 1"})
    answer(attempt, 1, {"text": "Because …"})
    attempt = submit(attempt=attempt)
    colleague = make_person("colleague@example.org", Role.TRAINER)
    teach(trainer, colleague)
    with pytest.raises(marking.NotMarkable):
        marking.give_mark(attempt=attempt, slot=1, fraction=Fraction(1), marker=trainer)
    with pytest.raises(marking.NotMarkable):
        marking.take(attempt=attempt, marker=judge)
    marking.take(attempt=attempt, marker=trainer)
    with pytest.raises(marking.NotMarkable):
        marking.take(attempt=attempt, marker=colleague)
    marking.give_mark(attempt=attempt, slot=1, fraction=Fraction(1), marker=trainer)
    with pytest.raises(marking.NotMarkable):
        marking.give_mark(attempt=attempt, slot=1, fraction=Fraction(0), marker=trainer)


def test_steps_are_never_changed_nor_deleted(judge, make_question, begin):
    version = make_question()
    attempt = begin(judge, quiz_of(version))
    step = answer(attempt, 1, right_response(version))
    step = Step.objects.get(pk=step.pk)
    for change in (step.save, step.delete, Step.objects.all().delete):
        with pytest.raises(TypeError):
            change()
    with pytest.raises(TypeError):
        Step.objects.update(slot=2)


def test_the_newest_steps_give_the_same_state_as_all(judge, make_question, begin):
    rng = random.Random(7)
    versions = [make_question() for _ in range(3)]
    attempt = begin(judge, quiz_of(*versions))
    for _ in range(40):
        slot = rng.randint(1, 3)
        chosen = rng.choice([None, *versions[slot - 1].options.all()])
        response = {"choice": str(chosen.key)} if chosen else {}
        answer(attempt, slot, response, flagged=rng.choice([True, False, None]))
    submit(attempt=attempt)
    every, newest = attempt.steps.all(), attempt.steps.latest_of_each()
    assert newest.count() < every.count()
    assert fold(newest) == fold(every)
    assert state_of(attempt) == fold(newest, attempt.paper)
    whole = fold(every, attempt.paper)
    for number, question in state_of(attempt).questions.items():
        assert (question.fraction, question.response) == (
            whole.questions[number].fraction,
            whole.questions[number].response,
        )


def test_a_later_edit_of_the_question_changes_no_mark(judge, make_question, begin):
    version = make_question()
    right = right_response(version)
    attempt = begin(judge, quiz_of(version))
    version.options.filter(correct=True).update(correct=False)
    answer(attempt, 1, right)
    assert submit(attempt=attempt).fraction == 1
