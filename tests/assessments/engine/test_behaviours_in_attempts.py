"""How questions go on in an attempt: checks, tries, certainty, one after the other."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from assessments.attempts import AttemptClosed, NotNow, again, check, flag, save_answer, state_of, submit
from assessments.behaviours import Status
from assessments.models import Option
from assessments.papers import SectionSpec, SlotSpec
from assessments.replaying import replay
from assessments.scoring import ResponseError
from tests.assessments.conftest import quiz_of, right_response
from tests.questions import EVERY_KIND

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def wrong_response(version):
    return {"choice": next(str(option.key) for option in version.options.all() if not option.correct)}


def give(verb, attempt, response, slot=1, **kwargs):
    return verb(attempt=attempt, slot=slot, response=response, language="en", **kwargs)


@pytest.mark.parametrize(
    "behaviour",
    ["deferred", "immediate", "interactive", "adaptive", "certainty_deferred", "certainty_immediate"],
)
def test_the_whole_way_by_every_behaviour_with_every_kind(judge, make_kind, begin, behaviour):
    versions = [make_kind(kind) for kind in EVERY_KIND]
    attempt = begin(judge, quiz_of(*versions, behaviour=behaviour))
    checks = behaviour not in ("deferred", "certainty_deferred")
    for slot, version in enumerate(versions, start=1):
        by_hand = version.kind in ("essay", "file", "survey", "description")
        verb = check if checks and not by_hand else save_answer
        give(verb, attempt, right_response(version), slot, certainty=3 if "certainty" in behaviour else None)
    done = submit(attempt=attempt)
    state = state_of(done)
    assert done.status == "submitted"
    assert {slot for slot in range(1, 15) if slot not in state.fractions} == {11, 12}
    scored = [slot.number for slot in done.paper.slots if slot.weight and slot.number in state.fractions]
    assert {state.credits[number] for number in scored} == {1}
    assert replay(done.paper, list(done.steps.all())).intact


def test_a_checked_answer_closes_its_question(judge, make_question, begin):
    version = make_question()
    attempt = begin(judge, quiz_of(version, behaviour="immediate"))
    first = give(check, attempt, wrong_response(version))
    assert state_of(attempt).questions[1].status == Status.DONE
    # a second click on the same is the same step, and so is what the page sends by itself meanwhile
    assert give(check, attempt, wrong_response(version)) == first
    assert give(save_answer, attempt, wrong_response(version)) == first
    for verb in (check, save_answer):
        with pytest.raises(NotNow):
            give(verb, attempt, right_response(version))
    assert submit(attempt=attempt).fraction == 0


def test_each_try_costs_the_penalty_and_shows_the_next_hint(judge, make_question, begin):
    version = make_question()
    for order in (10, 11):
        Option.objects.create(version=version, role="hint", sort_order=order, text_en="Think of the means")
    attempt = begin(judge, quiz_of(version, behaviour="interactive", tries=3, penalty=Fraction(1, 4)))
    give(check, attempt, wrong_response(version))
    assert state_of(attempt).questions[1].shown.hint == 1
    with pytest.raises(NotNow):
        give(check, attempt, right_response(version))
    again(attempt=attempt, slot=1)
    again(attempt=attempt, slot=1)
    give(save_answer, attempt, right_response(version))
    give(check, attempt, right_response(version))
    state = state_of(attempt).questions[1]
    assert (state.status, state.fraction, state.tries) == (Status.DONE, Fraction(3, 4), 2)
    assert submit(attempt=attempt).fraction == Fraction(3, 4)
    assert attempt.steps.filter(kind="again").count() == 1


def test_an_answer_changed_and_changed_back_costs_a_try_in_the_page_as_in_the_grade(
    judge, make_question, begin
):
    version = make_question()
    attempt = begin(judge, quiz_of(version, behaviour="interactive", penalty=Fraction(1, 2)))
    give(check, attempt, wrong_response(version))
    again(attempt=attempt, slot=1)
    give(save_answer, attempt, right_response(version))
    give(save_answer, attempt, wrong_response(version))
    give(save_answer, attempt, right_response(version))
    done = submit(attempt=attempt)
    assert done.fraction == Fraction(1, 2)
    assert state_of(done).questions[1].fraction == Fraction(1, 2)


def test_adaptive_counts_the_best_try(judge, make_question, begin):
    version = make_question(
        "multiple",
        options=[
            {"text_en": "Recruitment", "correct": True},
            {"text_en": "Harbouring", "correct": True},
            {"text_en": "Deception"},
        ],
    )
    one, two = right_response(version)["choices"]
    attempt = begin(judge, quiz_of(version, behaviour="adaptive", penalty=Fraction(3, 4)))
    give(check, attempt, {"choices": [one]})
    give(check, attempt, {"choices": [one, two]})
    assert submit(attempt=attempt).fraction == Fraction(1, 2)


@pytest.mark.parametrize(
    ("answers", "fraction"),
    [
        ([(True, 3), (True, 3)], 1),
        ([(True, 3), (False, 3)], 0),
        ([(True, 1), (False, 1)], Fraction(1, 6)),
        ([(True, None), (True, 2)], Fraction(1, 2)),
        ([(False, 3), (False, 3)], 0),
    ],
)
def test_certainty_counts_and_the_grade_is_held_at_zero(judge, make_question, begin, answers, fraction):
    versions = [make_question(), make_question()]
    attempt = begin(judge, quiz_of(*versions, behaviour="certainty_deferred"))
    for slot, (right, certainty) in enumerate(answers, start=1):
        version = versions[slot - 1]
        response = right_response(version) if right else wrong_response(version)
        give(save_answer, attempt, response, slot, certainty=certainty)
    assert submit(attempt=attempt).fraction == fraction


def test_the_same_answer_with_another_certainty_is_another_step(judge, make_question, begin):
    version = make_question()
    attempt = begin(judge, quiz_of(version, behaviour="certainty_deferred"))
    steps = [give(save_answer, attempt, right_response(version), certainty=c) for c in (1, 1, 3)]
    assert steps[0] == steps[1] != steps[2]
    assert state_of(attempt).answers[1].certainty == 3
    with pytest.raises(ResponseError):
        give(save_answer, attempt, right_response(version), certainty=4)


def test_a_certainty_nobody_asked_for_is_not_kept(judge, make_question, begin):
    version = make_question()
    attempt = begin(judge, quiz_of(version))
    assert "certainty" not in give(save_answer, attempt, right_response(version), certainty=3).data
    with pytest.raises(NotNow):
        give(check, attempt, right_response(version))


def test_questions_in_order_open_one_after_the_other(judge, make_question, make_kind, begin):
    versions = [make_question(), make_kind("description"), make_question()]
    attempt = begin(judge, quiz_of(*versions, in_order=True))
    with pytest.raises(NotNow):
        give(save_answer, attempt, right_response(versions[2]), 3)
    give(save_answer, attempt, right_response(versions[0]), 1)
    give(save_answer, attempt, right_response(versions[2]), 3)
    assert submit(attempt=attempt).fraction == 1


def test_a_section_is_shuffled_by_itself_and_has_its_own_minimum(judge, make_question, begin):
    versions = [make_question() for _ in range(12)]
    slots = tuple(
        SlotSpec(question_key=version.question.key, section=int(place > 1))
        for place, version in enumerate(versions)
    )
    sections = (SectionSpec(minimum=Fraction(1, 2)), SectionSpec(shuffle=True))
    attempt = begin(judge, quiz_of(slots=slots, sections=sections, pass_mark=Fraction(3, 4)))
    put = [slot.version for slot in attempt.paper.slots]
    assert put[:2] == [version.pk for version in versions[:2]]
    assert sorted(put[2:]) == sorted(version.pk for version in versions[2:])
    assert sorted(slot.position for slot in attempt.paper.slots) == list(range(1, 13))
    by_pk = {version.pk: version for version in versions}
    for slot in attempt.paper.slots[2:]:
        give(save_answer, attempt, right_response(by_pk[slot.version]), slot.number)
    done = submit(attempt=attempt)
    assert (done.fraction, done.passed) == (Fraction(5, 6), False)


def test_what_is_not_scored_weighs_nothing(judge, make_kind, begin):
    versions = [make_kind("single"), make_kind("survey"), make_kind("description")]
    attempt = begin(judge, quiz_of(*versions))
    give(save_answer, attempt, right_response(versions[0]))
    done = submit(attempt=attempt)
    assert (done.paper.weight, done.fraction) == (1, 1)
    alone = submit(attempt=begin(judge, quiz_of(versions[1])))
    assert (alone.fraction, alone.passed) == (1, True)


@pytest.mark.parametrize("verb", [save_answer, check])
def test_after_the_end_nothing_is_taken(judge, make_question, begin, verb):
    version = make_question()
    attempt = begin(judge, quiz_of(version, behaviour="immediate", time_limit=timedelta(hours=1)), now=NOON)
    late = NOON + timedelta(hours=2)
    with pytest.raises(AttemptClosed):
        give(verb, attempt, right_response(version), now=late)
    for other in (again, lambda **kw: flag(on=True, **kw)):
        with pytest.raises(AttemptClosed):
            other(attempt=attempt, slot=1, now=late)
