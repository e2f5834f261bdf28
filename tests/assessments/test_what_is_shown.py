"""The review matrix on the pages, the law of the learner, and the page on certainty."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.attempts import save_answer, submit
from assessments.models import Option
from assessments.standing import standing_of
from assessments.visibility import Facet, ReviewMatrix

from .conftest import quiz_of, right_response

pytestmark = pytest.mark.django_db

NOTHING = frozenset()


def wrong(version):
    return {"choice": next(str(o.key) for o in version.options.all() if not o.correct)}


@pytest.fixture
def handed_in(judge, browse, begin, make_question):
    """Return a function that hands in a wrong answer under a matrix, some time ago."""

    def handed_in(matrix, ago=timedelta(0), **rules):
        version = make_question(reason_en="Article 3(c) says so.", feedback_en="Common slip.")
        then = timezone.now() - ago
        attempt = begin(judge, quiz_of(version, matrix=matrix, **rules), now=then)
        save_answer(attempt=attempt, slot=1, response=wrong(version), language="en", now=then)
        client = browse(judge)
        before = client.get(f"/en/quiz/{attempt.key}/review/").text
        submit(attempt=attempt, now=then)
        return before, client.get(f"/en/quiz/{attempt.key}/result/").text

    return handed_in


@pytest.mark.parametrize(
    ("facets", "there", "absent"),
    [
        (set(), [], ["of 1</small>", "Incorrect", "Common slip.", "The means", "Article 3(c)"]),
        ({Facet.MARKS}, ["of 1</small>"], ["Incorrect", "Common slip.", "The means", "Article 3(c)"]),
        ({Facet.CORRECTNESS}, ["Incorrect"], ["of 1</small>", "Common slip.", "The means", "Article 3(c)"]),
        ({Facet.FEEDBACK}, ["Common slip."], ["Incorrect", "The means", "Article 3(c)"]),
        ({Facet.RIGHT_ANSWER}, ["The means"], ["Incorrect", "Common slip.", "Article 3(c)"]),
        ({Facet.REASON}, ["Article 3(c)"], ["Incorrect", "Common slip.", "The means"]),
    ],
)
def test_the_result_shows_each_thing_by_itself(facets, there, absent, handed_in):
    _before, shown = handed_in(ReviewMatrix(right_after=frozenset(facets)))
    for words in there:
        assert words in shown
    for words in absent:
        assert words not in shown


def test_what_will_be_shown_and_when_is_said_before_and_after(handed_in):
    closes = timezone.now() + timedelta(days=1)
    matrix = ReviewMatrix(right_after=frozenset({Facet.MARKS}), later=NOTHING)
    before, after = handed_in(matrix, closes_at=closes)
    for words in ("Right after you hand in", "Ten minutes after you hand in", "When the quiz has closed"):
        assert words in before
    assert "Right after you hand in" not in after
    assert "What will be shown later" in after
    assert "When the quiz has closed" in after


def test_what_is_shown_changes_after_ten_minutes(handed_in):
    matrix = ReviewMatrix(right_after=frozenset({Facet.MARKS, Facet.REASON}), later=frozenset({Facet.MARKS}))
    _before, shown = handed_in(matrix, ago=timedelta(minutes=11))
    assert "of 1</small>" in shown
    assert "Article 3(c)" not in shown


def test_marks_that_are_withheld_stand_nowhere_on_the_start_page(judge, begin, make_question):
    version = make_question()
    quiz = quiz_of(version, matrix=ReviewMatrix(right_after=NOTHING, later=NOTHING))
    submit(attempt=begin(judge, quiz))
    [(_attempt, shows_marks)] = standing_of(person=judge, quiz=quiz, language="en").rows
    assert not shows_marks


def test_feedback_cites_the_law_of_the_learner_alone(judge, outsider, browse, begin, make_question):
    law = {"MX": [{"citation": "Ley General, art. 40", "answer": True}]}
    version = make_question("true_false", marking={"answer": False, "jurisdictions": law})
    for person, country, cited in ((judge, "MX", True), (outsider, "BD", False)):
        attempt = begin(person, quiz_of(version), jurisdiction=country)
        save_answer(attempt=attempt, slot=1, response={"choice": "true"}, language="en")
        submit(attempt=attempt)
        shown = browse(person).get(f"/en/quiz/{attempt.key}/result/").text
        assert ("Ley General, art. 40" in shown) == cited
        assert (">Correct<" in shown.replace("</svg>", ">")) == cited


def test_feedback_alone_cites_the_law_of_the_learner_too(judge, browse, begin, make_question):
    law = {"MX": [{"citation": "Ley General, art. 40", "answer": True}]}
    version = make_question("true_false", marking={"answer": False, "jurisdictions": law})
    matrix = ReviewMatrix(right_after=frozenset({Facet.FEEDBACK}))
    attempt = submit(attempt=begin(judge, quiz_of(version, matrix=matrix), jurisdiction="MX"))
    shown = browse(judge).get(f"/en/quiz/{attempt.key}/result/").text
    assert "Ley General, art. 40" in shown


@pytest.mark.parametrize(("country", "written"), [("MX", "133,000"), ("AR", "133.000"), ("", "133.000")])
def test_the_right_number_is_written_as_the_learners_country_reads_it(
    country, written, judge, browse, begin, make_kind
):
    version = make_kind("numeric")
    Option.objects.create(
        version=version, sort_order=1, role="reply", text_en=written, feedback_en="Just so."
    )
    attempt = begin(judge, quiz_of(version), jurisdiction=country, language="es")
    save_answer(attempt=attempt, slot=1, response={"value": "1"}, language="es")
    submit(attempt=attempt)
    assert written in browse(judge).get(f"/es/quiz/{attempt.key}/result/").text
    again = begin(judge, quiz_of(version), jurisdiction=country, language="es")
    save_answer(attempt=again, slot=1, response={"value": written}, language="es")
    assert submit(attempt=again).fraction == 1


def test_a_reply_to_a_number_reads_it_as_its_mark_does(judge, browse, begin, make_question):
    version = make_question("numeric", marking={"value": "5"})
    Option.objects.create(version=version, sort_order=1, role="reply", text_en="133", feedback_en="Too few.")
    attempt = begin(judge, quiz_of(version), jurisdiction="MX", language="es")
    save_answer(attempt=attempt, slot=1, response={"value": "133.000"}, language="es")
    submit(attempt=attempt)
    assert "Too few." in browse(judge).get(f"/es/quiz/{attempt.key}/result/").text


def test_the_right_answer_is_shown_without_the_stars_of_its_pattern(judge, browse, begin, make_question):
    version = make_question("short", marking={"accepted": {"en": ["exploit*", "exploitation"]}})
    attempt = submit(attempt=begin(judge, quiz_of(version)))
    shown = browse(judge).get(f"/en/quiz/{attempt.key}/result/").text
    assert "exploitation" in shown
    assert "exploit*" not in shown


def test_comments_on_typed_answers_and_on_how_it_went(judge, browse, begin, make_question):
    version = make_question("short", marking={"accepted": {"en": ["exploitation"]}})
    for place, (role, text, said) in enumerate(
        [
            ("reply", "profit", "Profit is evidence."),
            ("when_wrong", "", "Read 2.3."),
            ("when_right", "", "So."),
        ]
    ):
        Option.objects.create(version=version, sort_order=place, role=role, text_en=text, feedback_en=said)
    attempt = begin(judge, quiz_of(version))
    save_answer(attempt=attempt, slot=1, response={"text": "Profit"}, language="en")
    submit(attempt=attempt)
    shown = browse(judge).get(f"/en/quiz/{attempt.key}/result/").text
    assert "Profit is evidence." in shown
    assert "Read 2.3." in shown
    assert "So." not in shown


# --- certainty --------------------------------------------------------------------------------------
def sure(begin, judge, make_question, *, right, of, certainty=3, **rules):
    versions = [make_question() for _ in range(of)]
    attempt = begin(judge, quiz_of(*versions, behaviour="certainty_deferred", **rules))
    for slot, version in enumerate(versions, start=1):
        response = right_response(version) if slot <= right else wrong(version)
        save_answer(attempt=attempt, slot=slot, response=response, language="en", certainty=certainty)
    submit(attempt=attempt)


def test_certainty_is_held_against_the_answers(judge, browse, begin, make_question):
    sure(begin, judge, make_question, right=6, of=10)
    client = browse(judge)
    with CaptureQueriesContext(connection) as captured:
        shown = client.get("/en/quiz/certainty/").text
    assert len(captured) <= 6
    assert "When very sure you were right in 60% of 10 answers." in shown
    assert "choose a lower one more often" in shown
    assert "With fewer than" not in shown
    assert '<svg class="bar"' in shown
    assert 'data-label="Right">60%<' in shown, "the figures of the chart stand beside it"


def test_few_answers_are_shown_with_a_word_of_caution(judge, browse, begin, make_question):
    sure(begin, judge, make_question, right=1, of=3, certainty=2)
    shown = browse(judge).get("/en/quiz/certainty/").text
    assert "When fairly sure you were right in 33% of 3 answers." in shown
    assert "With fewer than 10 answers" in shown
    assert "choose a lower one" not in shown


def test_nobody_learns_there_what_a_quiz_withholds(judge, browse, begin, make_question):
    matrix = ReviewMatrix(right_after=NOTHING, later=NOTHING)
    sure(begin, judge, make_question, right=1, of=3, matrix=matrix)
    assert "No answers yet" in browse(judge).get("/en/quiz/certainty/").text


def test_each_person_sees_their_own_certainty(judge, outsider, browse, begin, make_question):
    sure(begin, judge, make_question, right=1, of=3)
    assert "No answers yet" in browse(outsider).get("/en/quiz/certainty/").text
    assert browse(None).get("/en/quiz/certainty/").status_code == 302
