"""Attempts given to one person beyond what the quiz allows."""

import uuid
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry
from assessments.attempts import AttemptsExhausted, allow_more, allowed_to, submit
from assessments.models import ExtraAttempts
from assessments.papers import SlotSpec
from assessments.standing import standing_of

from .conftest import quiz_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def give(registrar):
    """Return a function that gives somebody more attempts at a quiz."""

    def given(person, quiz, count=1):
        return allow_more(
            person=person, quiz_key=quiz.key, count=count, actor=registrar, reason="The line broke down."
        )

    return given


def standing(person, quiz):
    return standing_of(person=person, quiz=quiz, language="en")


def test_who_has_used_all_attempts_may_begin_as_many_more_as_were_given(judge, make_question, begin, give):
    quiz = quiz_of(make_question(), attempts_allowed=1)
    submit(attempt=begin(judge, quiz))
    assert not standing(judge, quiz).may_start
    give(judge, quiz, 1)
    give(judge, quiz, 1)
    assert (standing(judge, quiz).allowed, standing(judge, quiz).left) == (3, 2)
    assert [submit(attempt=begin(judge, quiz)).number for _time in range(2)] == [2, 3]
    with pytest.raises(AttemptsExhausted):
        begin(judge, quiz)


def test_they_are_one_persons_at_one_quiz(judge, prosecutor, make_question, give):
    quiz, other = quiz_of(make_question(), attempts_allowed=2), quiz_of(make_question(), attempts_allowed=2)
    give(judge, quiz, 3)
    assert standing(judge, quiz).allowed == 5
    assert standing(judge, other).allowed == 2
    assert standing(prosecutor, quiz).allowed == 2


def test_a_quiz_without_limit_stays_without(judge, give, make_question):
    quiz = quiz_of(make_question())
    give(judge, quiz)
    assert allowed_to(judge, quiz.key, None) is None
    assert standing(judge, quiz).left is None


def test_the_audit_says_who_gave_how_many_and_not_why(judge, registrar, make_question, give):
    quiz = quiz_of(make_question())
    given = give(judge, quiz, 2)
    assert (given.granted_by, given.reason) == (registrar, "The line broke down.")
    entry = AuditEntry.objects.get(verb="attempts_given")
    assert (entry.actor, entry.target_key) == (registrar, str(judge.key))
    assert entry.data == {"quiz": str(quiz.key), "count": 2}


def test_fewer_than_one_are_refused(judge, registrar, make_question, give):
    quiz = quiz_of(make_question())
    with pytest.raises(ValueError, match="at least one"):
        give(judge, quiz, 0)
    with pytest.raises(IntegrityError), transaction.atomic():
        ExtraAttempts.objects.create(
            person=judge, quiz_key=uuid.uuid4(), count=0, granted_by=registrar, reason="x"
        )


def test_what_was_given_is_never_changed_nor_taken_back(judge, make_question, give):
    given = give(judge, quiz_of(make_question()))
    rows = ExtraAttempts.objects.all()
    for change in (given.save, given.delete, rows.delete, lambda: rows.update(count=9)):
        with pytest.raises(TypeError):
            change()
    assert ExtraAttempts.objects.get().count == 1


def test_the_result_page_counts_them(judge, make_question, begin, give, browse):
    quiz = quiz_of(make_question(), attempts_allowed=1)
    attempt = submit(attempt=begin(judge, quiz))
    url = f"/en/quiz/{attempt.key}/result/"
    page = browse(judge).get(url).content.decode()
    assert "Programme staff can give you another." in page
    assert "Your trainer can give" not in page
    give(judge, quiz)
    page = browse(judge).get(url).content.decode()
    assert "Programme staff can give you another." not in page
    assert "Try again (1 attempt left)" in page


def test_reasons_wait_for_the_last_of_those_that_were_given(judge, make_question, begin, give, browse):
    quiz = quiz_of(
        make_question(reason_en="The means."), attempts_allowed=1, feedback_when="after_pass_or_last"
    )
    give(judge, quiz)
    shown = []
    for _time in range(2):
        attempt = submit(attempt=begin(judge, quiz))
        shown.append("The means." in browse(judge).get(f"/en/quiz/{attempt.key}/result/").text)
    assert shown == [False, True]


@pytest.mark.parametrize(
    ("language", "weight", "words"),
    [
        ("en", "1", "0 of 1 point<"),
        ("en", "2", "0 of 2 points<"),
        ("en", "3/2", "0 of 1.5 points<"),
        ("en", "1/2", "0 of 0.5 points<"),
        ("es", "1", "0 de 1 punto<"),
        ("es", "2", "0 de 2 puntos<"),
        ("ar", "3", "من 3 نقاط<"),
    ],
)
def test_points_are_counted_in_the_grammar_of_the_language(
    language, weight, words, judge, make_question, begin, browse
):
    version = make_question()
    slots = (SlotSpec(question_key=version.question.key, weight=Fraction(weight)),)
    attempt = submit(attempt=begin(judge, quiz_of(slots=slots)))
    assert words in browse(judge).get(f"/{language}/quiz/{attempt.key}/result/").text
