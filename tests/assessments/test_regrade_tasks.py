"""A regrade as tasks: killed, run twice, asked for by two; learners told once, in their language."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.core import mail
from django.utils import timezone

from assessments import regrading
from assessments.attempts import save_answer, start, submit
from assessments.models import Attempt, Option, QuestionVersion, Regrade, RegradeChange, Step
from assessments.replaying import replay

from .conftest import quiz_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(make_question):
    return make_question()


@pytest.fixture
def sat(make_person, version):
    """Three people, of whom the first and the third chose what will be right."""
    quiz = quiz_of(version)
    first, second, _third = version.options.all()
    made = []
    for n, option in enumerate((first, second, first)):
        person = make_person(f"j{n}@example.org", name=f"Judge {n}", language=("es", "ar", "en")[n])
        attempt = start(person=person, quiz=quiz, language="en", jurisdiction="MX")
        save_answer(attempt=attempt, slot=1, response={"choice": str(option.key)}, language="en")
        made.append(submit(attempt=attempt))
    correct(version, first)
    return made


def correct(version, right):
    number = version.question.versions.count() + 1
    newer = QuestionVersion.objects.create(question=version.question, number=number, kind="single")
    for option in version.options.all():
        Option.objects.create(
            version=newer,
            key=option.key,
            sort_order=option.sort_order,
            text_en="x",
            correct=option.key == right.key,
        )


def tried(version, actor, **fields):
    asked = {"policy": "better", "reason": "The key was wrong.", "question": version.question, **fields}
    return regrading.look(key=regrading.try_out(actor=actor, **asked).key)


def regrade_steps():
    return Step.objects.filter(kind="regrade").count()


def test_a_trial_counts_people_and_changes_nothing(sat, version, trainer):
    regrade = tried(version, trainer)
    assert regrade.summary["people"] == 3
    assert (regrade.summary["changed"], regrade.summary["passes"], regrade.summary["of"]) == (2, 2, 3)
    assert regrade_steps() == 0
    assert mail.outbox == []


def test_each_learner_is_told_once_in_their_language_and_without_the_mark(
    sat, version, trainer, django_capture_on_commit_callbacks
):
    regrade = regrading.commit(regrade=tried(version, trainer), actor=trainer)
    with django_capture_on_commit_callbacks(execute=True):
        regrading.write(key=regrade.key)
        regrading.write(key=regrade.key)
    assert [letter.to for letter in mail.outbox] == [["j0@example.org"], ["j2@example.org"]]
    assert [letter.extra_headers["Content-Language"] for letter in mail.outbox] == ["es", "en"]
    letter = mail.outbox[1].body
    assert "The key was wrong." in letter
    assert f"/en/quiz/{sat[2].key}/result/" in letter
    assert "100" not in letter
    assert regrade_steps() == 2
    assert {step.actor for step in Step.objects.filter(kind="regrade")} == {trainer}
    for attempt in Attempt.objects.all():
        replayed = replay(attempt.paper, list(attempt.steps.all()))
        assert replayed.intact
        assert replayed.fraction == attempt.fraction


def test_a_killed_task_is_carried_on_and_writes_each_change_once(
    sat, version, trainer, monkeypatch, django_capture_on_commit_callbacks
):
    regrade = regrading.commit(regrade=tried(version, trainer), actor=trainer)
    tell, told = regrading.tell, []

    def dies(attempt, reason):
        if told:
            raise KeyboardInterrupt
        told.append(attempt.pk)
        tell(attempt, reason)

    monkeypatch.setattr(regrading, "tell", dies)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(KeyboardInterrupt):
        regrading.write(key=regrade.key)
    assert regrade_steps() == 1
    assert regrade.changes.filter(told_at=None).count() == 1
    monkeypatch.setattr(regrading, "tell", tell)
    assert not regrading.is_silent(regrade)
    long_ago = timezone.now() - timedelta(hours=1)
    Regrade.objects.update(
        tried_at=long_ago,
        committed_at=timezone.now() - timedelta(minutes=10),
        summary={**regrade.summary, "said": long_ago.isoformat()},
    )
    RegradeChange.objects.exclude(told_at=None).update(told_at=timezone.now() - timedelta(minutes=9))
    regrade.refresh_from_db()
    assert regrading.is_silent(regrade)
    with django_capture_on_commit_callbacks(execute=True):
        assert regrading.tend() == 1
    regrade.refresh_from_db()
    assert (regrade.summary["changed"], regrade.summary["passes"]) == (2, 2)
    assert regrade_steps() == 2
    assert len(mail.outbox) == 2
    assert regrading.tend() == 0


def test_a_long_trial_that_goes_on_is_not_taken_for_killed(sat, version, trainer):
    regrade = regrading.try_out(policy="full", reason="x", actor=trainer, question=version.question)
    Regrade.objects.update(tried_at=timezone.now() - timedelta(minutes=10))
    regrade.refresh_from_db()
    assert regrading.is_silent(regrade)
    regrading._say(regrade, {"of": 3})
    assert not regrading.is_silent(regrade)
    assert regrading.is_silent(regrade, timezone.now() + timedelta(minutes=3))


def test_two_who_decide_the_same_change_each_attempt_once(sat, version, trainer, registrar):
    first, second = tried(version, trainer), tried(version, registrar)
    for regrade, actor in ((first, trainer), (second, registrar)):
        regrading.commit(regrade=regrade, actor=actor)
    assert regrading.write(key=first.key).summary["changed"] == 2
    assert regrading.write(key=second.key).summary["changed"] == 0
    assert regrade_steps() == 2
    assert not second.changes.exists()


def test_a_double_click_decides_once(sat, version, trainer):
    regrade = tried(version, trainer)
    regrading.commit(regrade=regrade, actor=trainer)
    with pytest.raises(regrading.AlreadyCommitted):
        regrading.commit(regrade=regrade, actor=trainer)


def test_nothing_is_decided_before_the_trial_is_done_or_after_the_key_changed(sat, version, trainer):
    unseen = regrading.try_out(policy="full", reason="x", actor=trainer, question=version.question)
    with pytest.raises(regrading.NotTried):
        regrading.commit(regrade=unseen, actor=trainer)
    regrade = tried(version, trainer)
    decided = tried(version, trainer)
    regrading.commit(regrade=decided, actor=trainer)
    correct(version, version.options.all()[2])
    with pytest.raises(regrading.NotTried):
        regrading.commit(regrade=regrade, actor=trainer)
    stopped = regrading.write(key=decided.key)
    assert stopped.summary["stopped"]
    assert regrade_steps() == 0


def test_a_regrade_of_many_asks_as_often_for_each(sat, version, trainer, django_assert_max_num_queries):
    with django_assert_max_num_queries(22):
        tried(version, trainer)


def test_full_marks_for_an_essay_leave_nothing_to_mark(judge, make_kind, trainer):
    quiz = quiz_of(make_kind("essay"))
    attempt = start(person=judge, quiz=quiz, language="en", jurisdiction="MX", context={"marker_group": "x"})
    save_answer(attempt=attempt, slot=1, response={"text": "Why."}, language="en")
    submit(attempt=attempt)
    assert attempt.marking_tasks.count() == 1
    asked = {"policy": "full", "reason": "The question was unfair.", "quiz_key": quiz.key, "actor": trainer}
    regrade = regrading.look(key=regrading.try_out(**asked).key)
    assert regrade.summary["attempts"] == 1
    regrading.write(key=regrading.commit(regrade=regrade, actor=trainer).key)
    attempt.refresh_from_db()
    assert (attempt.fraction, attempt.marking_tasks.count()) == (Fraction(1), 0)
