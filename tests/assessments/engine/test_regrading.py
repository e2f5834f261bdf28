"""Marking again by another key: tried first, then committed."""

from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction

from assessments import regrading
from assessments.attempts import save_answer, state_of, submit
from assessments.models import Attempt, Option, Question, QuestionVersion, Regrade, RegradeChange
from assessments.replaying import replay
from tests.assessments.conftest import quiz_of, right_response

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def version(make_question):
    return make_question()


@pytest.fixture
def quiz(version):
    return quiz_of(version)


@pytest.fixture
def sit(make_person, begin, quiz):
    """Return a function by which somebody answers the one question."""

    def sit(name, option, **kwargs):
        attempt = begin(make_person(f"{name}@example.org"), quiz, **kwargs)
        save_answer(attempt=attempt, slot=1, response={"choice": str(option.key)}, language="en")
        return submit(attempt=attempt)

    return sit


def corrected(version, right, **marking):
    """The next version of a question, by which another option is right."""
    newer = QuestionVersion.objects.create(
        question=version.question, number=version.number + 1, kind=version.kind, marking=marking
    )
    for option in version.options.all():
        Option.objects.create(
            version=newer,
            key=option.key,
            sort_order=option.sort_order,
            text_en=option.text_en,
            correct=option.key == right.key,
        )
    return newer


def tried(**fields):
    """A trial, as its task leaves it."""
    return regrading.look(key=regrading.try_out(**fields).key)


def committed(regrade, actor):
    """A regrade, as its tasks leave it."""
    return regrading.write(key=regrading.commit(regrade=regrade, actor=actor).key)


def results():
    return list(Attempt.objects.order_by("pk").values_list("fraction", "passed"))


@pytest.mark.parametrize(
    ("policy", "after", "summary"),
    [
        ("current", [(0, False), (1, True), (0, False)], {"higher": 1, "lower": 1, "passes": 1, "fails": 1}),
        ("better", [(1, True), (1, True), (0, False)], {"higher": 1, "lower": 0, "passes": 1, "fails": 0}),
        ("full", [(1, True), (1, True), (1, True)], {"higher": 2, "lower": 0, "passes": 2, "fails": 0}),
    ],
)
def test_each_policy_changes_what_it_says(version, sit, trainer, policy, after, summary):
    first, second, third = version.options.all()
    sittings = [sit("a", second), sit("b", first), sit("c", third)]
    before = results()
    corrected(version, first)
    regrade = tried(
        policy=policy,
        reason="the key was wrong",
        lower_reason="decided by the board",
        actor=trainer,
        question=version.question,
    )
    assert results() == before
    assert summary.items() <= regrade.summary.items()
    assert regrade.summary["attempts"] == 3
    seen = list(RegradeChange.objects.values_list("attempt", "fraction_before", "fraction_after"))
    committed(regrade, trainer)
    assert results() == after
    assert list(RegradeChange.objects.values_list("attempt", "fraction_before", "fraction_after")) == seen
    for attempt in sittings:
        attempt.refresh_from_db()
        replayed = replay(attempt.paper, list(attempt.steps.all()))
        assert replayed.intact
        assert replayed.fraction == attempt.fraction
    step = sittings[1].steps.filter(kind="regrade").get()
    assert (step.actor, step.data["regrade"]) == (trainer, str(regrade.key))
    with pytest.raises(regrading.AlreadyCommitted):
        regrading.commit(regrade=regrade, actor=trainer)


def test_nobody_who_passed_fails_without_a_reason(version, sit, trainer):
    first, second, _third = version.options.all()
    passed, failed = sit("a", second), sit("b", first)
    corrected(version, first)
    regrade = tried(policy="current", reason="the key was wrong", actor=trainer, question=version.question)
    assert (regrade.summary["kept"], regrade.summary["fails"], regrade.may_lower) == (1, 0, False)
    committed(regrade, trainer)
    assert results() == [(1, True), (1, True)]
    assert not passed.steps.filter(kind="regrade").exists()
    assert list(regrade.changes.values_list("attempt", flat=True)) == [failed.pk]


def test_each_is_marked_by_the_key_of_their_own_law(version, sit, trainer):
    first, second, _third = version.options.all()
    sit("mexican", first, jurisdiction="MX")
    sit("argentine", first, jurisdiction="AR")
    there = {str(first.key): "1", str(second.key): "0"}
    corrected(version, second, jurisdictions={"AR": [{"citation": "Ley 26.364", "options": there}]})
    regrade = tried(policy="current", reason="law", actor=trainer, question=version.question)
    committed(regrade, trainer)
    assert results() == [(0, False), (1, True)]
    argentine = Attempt.objects.order_by("pk").last()
    key = state_of(argentine).key_of(argentine.paper.slots[0])
    assert key["jurisdiction"]["cites"] == [{"citation": "Ley 26.364"}]


def test_an_answer_that_does_not_fit_the_new_key_keeps_its_marks_and_is_counted(version, sit, trainer):
    _first, second, _third = version.options.all()
    sit("a", second)
    newer = corrected(version, second)
    newer.options.filter(key=second.key).delete()
    newer.options.update(correct=False)
    newer.options.filter(pk=newer.options.first().pk).update(correct=True)
    regrade = tried(policy="current", reason="law", actor=trainer, question=version.question)
    assert (regrade.summary["unfit"], regrade.summary["changed"]) == (1, 0)
    committed(regrade, trainer)
    assert results() == [(1, True)]


def test_a_quiz_is_regraded_alone_and_what_persons_gave_stands(
    version, quiz, sit, make_kind, begin, judge, trainer
):
    first, second, _third = version.options.all()
    sit("a", first)
    essay = make_kind("essay")
    other = begin(judge, quiz_of(version, essay))
    for slot, asked in enumerate((version, essay), start=1):
        save_answer(attempt=other, slot=slot, response=right_response(asked), language="en")
    submit(attempt=other)
    corrected(version, first)
    alone = tried(policy="current", reason="key", actor=trainer, quiz_key=quiz.key)
    assert alone.summary["attempts"] == 1
    everywhere = tried(policy="current", reason="key", actor=trainer, question=version.question)
    committed(everywhere, trainer)
    other.refresh_from_db()
    assert other.status == "submitted"
    assert state_of(other).fractions == {1: Fraction(0)}


def test_what_changed_since_the_trial_is_worked_out_anew(version, sit, trainer, heard):
    first, second, _third = version.options.all()
    corrected(version, first)
    regrade = tried(policy="current", reason="key", actor=trainer, question=version.question)
    assert regrade.summary["of"] == 0
    pinned = Question.objects.get()
    QuestionVersion.objects.filter(number=2).update(is_draft=True)
    sit("a", first)
    QuestionVersion.objects.filter(number=2).update(is_draft=False)
    assert pinned.versions.count() == 2
    assert committed(regrade, trainer).summary["passes"] == 1
    assert [fraction for _attempt, _passed, fraction in heard] == [0, 1]


@pytest.mark.parametrize(
    "fields",
    [
        {"reason": ""},
        {"policy": "kinder"},
        {"may_lower": True},
        {"question": None},
    ],
)
def test_the_database_refuses_a_regrade_without_reason_or_object(version, trainer, fields):
    usual = {"policy": "current", "reason": "key", "question": version.question, "actor": trainer}
    with pytest.raises(IntegrityError), transaction.atomic():
        Regrade.objects.create(**{**usual, **fields})
