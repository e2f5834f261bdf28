"""A marker corrects the mark they gave: told with a reason, never taking back what was passed."""

from fractions import Fraction

import pytest
from django.contrib.auth.models import Group
from django.core import mail

from accounts.models import AuditEntry, User
from accounts.roles import Role
from assessments import correcting, marking, regrading
from assessments.attempts import save_answer, start, submit
from assessments.models import Attempt, Marking, MarkingTask
from assessments.replaying import replay
from tests.questions import MARKING

from .conftest import quiz_of

pytestmark = pytest.mark.django_db
HALF, FULL, NONE = Fraction(1, 2), Fraction(1), Fraction(0)


@pytest.fixture
def markers(make_person):
    """Three trainers of the course."""
    group = Group.objects.create(name="course 1")
    made = [make_person(f"marker{n}@example.org", Role.TRAINER, name=f"Marker {n}") for n in (1, 2, 3)]
    for one in made:
        one.groups.add(group)
    return [User.objects.get(pk=one.pk) for one in made]


@pytest.fixture
def hand_in(judge, make_question):
    """Return a function by which the judge hands in an essay, marked by one person or by two."""
    version = make_question("essay", marking=MARKING["essay"])

    def hand_in(**rules):
        quiz = quiz_of(version, pass_mark=HALF, **rules)
        context = {"marker_group": "course 1"}
        attempt = start(person=judge, quiz=quiz, language="en", jurisdiction="MX", context=context)
        save_answer(attempt=attempt, slot=1, response={"text": "Delay is not consent."}, language="en")
        return submit(attempt=attempt)

    return hand_in


def give(attempt, marker, fraction):
    marking.take(attempt=attempt, marker=marker)
    points = (str(fraction * 2),)
    return marking.give_mark(attempt=attempt, slot=1, fraction=fraction, marker=marker, points=points)


def correct(attempt, marker, fraction, reason="I mistyped."):
    return correcting.correct_mark(
        attempt=attempt,
        slot=1,
        fraction=fraction,
        points=(str(fraction * 2),),
        marker=marker,
        reason=reason,
    )


def result(attempt):
    attempt.refresh_from_db()
    return attempt.status, attempt.fraction, attempt.passed


def test_a_correction_is_a_step_and_the_learner_is_told_why(
    hand_in, markers, judge, django_capture_on_commit_callbacks
):
    attempt = hand_in()
    give(attempt, markers[0], NONE)
    attempt.refresh_from_db()
    graded = attempt.graded_at
    with django_capture_on_commit_callbacks(execute=True):
        correct(attempt, markers[0], FULL)
    assert result(attempt) == ("graded", FULL, True)
    assert attempt.graded_at == graded
    assert [one.actor for one in attempt.steps.filter(kind="mark")] == [markers[0], markers[0]]
    assert replay(attempt.paper, list(attempt.steps.all())).intact
    [letter] = mail.outbox
    assert letter.to == [judge.email]
    assert "I mistyped." in letter.body
    assert AuditEntry.objects.get(verb="mark_corrected").actor == markers[0]


def test_the_same_mark_again_changes_nothing_and_needs_no_reason(hand_in, markers):
    attempt = hand_in()
    given = give(attempt, markers[0], HALF)
    assert correct(attempt, markers[0], HALF, reason="") == given
    assert Marking.objects.count() == 1
    assert attempt.steps.filter(kind="mark").count() == 1


def test_who_knows_the_result_is_told_why_or_it_stays(hand_in, markers):
    attempt = hand_in()
    give(attempt, markers[0], NONE)
    with pytest.raises(correcting.NoReason):
        correct(attempt, markers[0], FULL, reason=" ")
    assert result(attempt) == ("graded", NONE, False)


def test_nobody_who_has_passed_fails_by_a_correction(hand_in, markers):
    attempt = hand_in()
    give(attempt, markers[0], FULL)
    with pytest.raises(correcting.TakesBack):
        correct(attempt, markers[0], NONE)
    assert result(attempt) == ("graded", FULL, True)
    assert Marking.objects.count() == 1
    correct(attempt, markers[0], HALF)
    assert result(attempt) == ("graded", HALF, True)


def test_before_the_second_mark_a_correction_needs_no_reason(hand_in, markers):
    attempt = hand_in(second_marker=True, moderation_over=Fraction(1, 4))
    give(attempt, markers[0], NONE)
    correct(attempt, markers[0], FULL, reason="")
    give(attempt, markers[1], FULL)
    assert result(attempt) == ("graded", FULL, True)
    assert not mail.outbox


def test_a_correction_that_brings_two_marks_together_needs_no_moderator(hand_in, markers):
    attempt = hand_in(second_marker=True, moderation_over=Fraction(1, 4))
    give(attempt, markers[0], NONE)
    give(attempt, markers[1], FULL)
    assert MarkingTask.objects.filter(role="moderator").count() == 1
    correct(attempt, markers[0], FULL)
    assert result(attempt) == ("graded", FULL, True)
    assert not MarkingTask.objects.filter(role="moderator").exists()


def test_two_marks_that_count_are_not_torn_apart(hand_in, markers):
    attempt = hand_in(second_marker=True, moderation_over=Fraction(1, 4))
    give(attempt, markers[0], FULL)
    give(attempt, markers[1], FULL)
    with pytest.raises(correcting.TooFarApart):
        correct(attempt, markers[0], NONE)
    assert result(attempt) == ("graded", FULL, True)
    assert not MarkingTask.objects.filter(done_at=None).exists()


def test_what_a_moderator_or_a_regrade_has_decided_stands(hand_in, markers, registrar):
    attempt = hand_in(second_marker=True, moderation_over=Fraction(1, 4))
    for marker, fraction in zip(markers, (NONE, FULL, HALF), strict=True):
        give(attempt, marker, fraction)
    with pytest.raises(marking.NotMarkable):
        correct(attempt, markers[0], FULL)
    correct(attempt, markers[2], FULL)
    assert result(attempt) == ("graded", FULL, True)
    asked = {"policy": "full", "reason": "Unfair.", "quiz_key": attempt.quiz_key, "actor": registrar}
    other = hand_in()
    give(other, markers[0], NONE)
    regrade = regrading.look(key=regrading.try_out(**{**asked, "quiz_key": other.quiz_key}).key)
    regrading.write(key=regrading.commit(regrade=regrade, actor=registrar).key)
    with pytest.raises(marking.NotMarkable):
        correct(other, markers[0], HALF)


def test_only_who_gave_a_mark_corrects_it(hand_in, markers):
    attempt = hand_in()
    give(attempt, markers[0], NONE)
    with pytest.raises(marking.NotMarkable):
        correct(attempt, markers[1], FULL)
    markers[0].groups.clear()
    with pytest.raises(marking.NotMarkable):
        correct(attempt, User.objects.get(pk=markers[0].pk), FULL)


# --- pages ---------------------------------------------------------------------------------------


@pytest.fixture
def marked(hand_in, markers, browse):
    """A client of the first marker, who has marked the answer, and its address."""
    attempt = hand_in()
    marking.take(attempt=attempt, marker=markers[0])
    client, url = browse(markers[0]), f"/en/quiz/marking/{attempt.key}/1/"
    fields = {"points_0": "0", "comment": "Why?", "rows": "2", "quote_1": "Delay", "remark_1": "Which?"}
    assert client.post(url, fields).status_code == 302
    return client, url, fields


def test_from_the_list_to_the_correction(marked, judge):
    client, url, fields = marked
    shown = client.get("/en/quiz/marking/").content.decode()
    assert "Marked by you" in shown
    assert url in shown
    shown = client.get(url).content.decode()
    for filled_in in ("Correct a mark", 'value="0"', "Why?", 'value="Delay"', "Which?"):
        assert filled_in in shown
    assert judge.name not in shown
    for asked in ({}, {"reason": " "}):
        answer = client.post(url, {**fields, "points_0": "2", **asked})
        assert "This field is required." in answer.content.decode()
    assert client.post(url, {**fields, "points_0": "2", "reason": "I mistyped."}).status_code == 302
    assert Attempt.objects.get().fraction == 1


def test_what_is_sent_twice_is_one_mark(marked):
    client, url, fields = marked
    assert client.post(url, fields).status_code == 302
    assert Marking.objects.count() == 1


def test_what_cannot_be_corrected_is_said(marked, markers, browse, registrar):
    client, url, fields = marked
    client.post(url, {**fields, "points_0": "2", "reason": "I mistyped."})
    shown = client.post(url, {**fields, "points_0": "0", "reason": "No."}).content.decode()
    assert "a correction does not take that back" in shown
    assert browse(markers[1]).get(url).status_code == 404
    assert Marking.objects.count() == 2


def test_a_mark_that_a_regrade_has_replaced_leads_back_to_the_list(marked, registrar):
    client, url, _fields = marked
    asked = {"policy": "full", "reason": "Unfair.", "quiz_key": Attempt.objects.get().quiz_key}
    regrade = regrading.look(key=regrading.try_out(**asked, actor=registrar).key)
    regrading.write(key=regrading.commit(regrade=regrade, actor=registrar).key)
    assert "Somebody else has decided" in client.get(url, follow=True).content.decode()
    assert "Somebody else has decided" in client.post(f"{url}back/", follow=True).content.decode()
