"""Marking by several people: turns, moderation, remarks, the queue shared out, and figures of markers."""

import re
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, User
from accounts.roles import Role
from assessments import access, late, marker_figures, marking, marking_desk
from assessments.attempts import save_answer, start, state_of, submit
from assessments.models import AnswerFile, Attempt, LateAnswer, Marking, MarkingTask, Option
from assessments.replaying import replay
from tests.questions import MARKING

from .conftest import quiz_of, right_response

pytestmark = pytest.mark.django_db

ANSWER = "Delay alone lowers nothing.\nConsent is irrelevant, and delay is not consent."


@pytest.fixture
def group(db):
    return Group.objects.create(name="course 1")


@pytest.fixture
def markers(make_person, group):
    """Three trainers of the course."""
    made = [make_person(f"marker{n}@example.org", Role.TRAINER, name=f"Marker {n}") for n in (1, 2, 3)]
    for one in made:
        one.groups.add(group)
    # read again: the groups of a person are read once
    return [User.objects.get(pk=one.pk) for one in made]


@pytest.fixture
def hand_in(make_question):
    """Return a function by which somebody hands in an essay at one quiz."""
    version = make_question("essay", marking=MARKING["essay"])
    quiz = quiz_of(version, second_marker=True, moderation_over=Fraction(1, 4))

    def hand_in(person, text=ANSWER, quiz=quiz):
        context = {"marker_group": "course 1"}
        attempt = start(person=person, quiz=quiz, language="en", jurisdiction="MX", context=context)
        save_answer(attempt=attempt, slot=1, response={"text": text}, language="en")
        return submit(attempt=attempt)

    hand_in.quiz = quiz
    hand_in.version = version
    return hand_in


def give(attempt, marker, fraction, **fields):
    marking.take(attempt=attempt, marker=marker)
    points = (str(fraction * 2),)
    return marking.give_mark(
        attempt=attempt, slot=1, fraction=fraction, marker=marker, points=points, **fields
    )


def test_two_marks_that_are_near_count_with_their_mean_and_all_that_was_written(judge, hand_in, markers):
    attempt = hand_in(judge)
    give(
        attempt,
        markers[0],
        Fraction(1, 2),
        comment="Short.",
        annotations=[{"start": 0, "end": 5, "text": "a"}],
    )
    attempt.refresh_from_db()
    assert attempt.status == "submitted"
    assert not attempt.steps.filter(kind="mark").exists()
    give(attempt, markers[1], Fraction(3, 4), comment="Well argued.")
    attempt.refresh_from_db()
    assert (attempt.status, attempt.fraction) == ("graded", Fraction(5, 8))
    mark = state_of(attempt).person_marks[1]
    assert mark.points == ("5/4",)
    assert mark.comment == "Short.\n\nWell argued."
    assert mark.annotations == ({"start": 0, "end": 5, "text": "a"},)
    assert replay(attempt.paper, list(attempt.steps.all())).intact


def test_the_result_shows_the_remarks_at_their_places_in_the_answer(
    judge, hand_in, markers, browse, django_assert_max_num_queries
):
    attempt = hand_in(judge, "The act is <proved>, the means is not.")
    notes = ([{"start": 0, "end": 7, "text": "Which act?"}], [{"start": 11, "end": 19, "text": "By what?"}])
    for marker, remarks in zip(markers, notes, strict=False):
        give(attempt, marker, Fraction(1, 2), annotations=remarks)
    client, address = browse(judge), reverse("assessments:result", args=[attempt.key])
    client.get(address)
    with django_assert_max_num_queries(6):
        page = client.get(address).text
    assert "<mark>The act</mark><sup>[1]</sup> is <mark>&lt;proved&gt;</mark><sup>[2]</sup>" in page
    assert page.index("Which act?") < page.index("By what?")


def test_marks_that_are_far_apart_are_decided_by_a_third_person(judge, hand_in, markers):
    attempt = hand_in(judge)
    give(attempt, markers[0], Fraction(0))
    give(attempt, markers[1], Fraction(1))
    attempt.refresh_from_db()
    assert attempt.status == "submitted"
    assert MarkingTask.objects.get(done_at=None).role == "moderator"
    for one in markers[:2]:
        with pytest.raises(marking.NotMarkable):
            marking.take(attempt=attempt, marker=one)
    give(attempt, markers[2], Fraction(1, 4))
    attempt.refresh_from_db()
    assert attempt.fraction == Fraction(1, 4)
    assert [one.role for one in Marking.objects.order_by("at")] == ["first", "second", "moderator"]


def test_a_difference_of_just_as_much_as_is_allowed_needs_no_third_person(judge, hand_in, markers):
    attempt = hand_in(judge)
    give(attempt, markers[0], Fraction(1, 4))
    give(attempt, markers[1], Fraction(1, 2))
    attempt.refresh_from_db()
    assert attempt.fraction == Fraction(3, 8)


def test_nobody_marks_an_answer_in_two_turns_or_their_own(judge, hand_in, markers):
    attempt = hand_in(judge)
    give(attempt, markers[0], Fraction(1, 2))
    with pytest.raises(marking.NotMarkable):
        give(attempt, markers[0], Fraction(1, 2))
    with pytest.raises(marking.NotMarkable):
        marking.give_mark(attempt=attempt, slot=1, fraction=Fraction(1), marker=markers[1])
    own = hand_in(markers[1])
    with pytest.raises(marking.NotMarkable):
        marking.take(attempt=own, marker=markers[1])
    assert not access.tasks_to_mark(markers[1]).filter(attempt=own).exists()


def test_an_answer_accepted_late_is_marked_anew_by_those_who_had_marked(judge, hand_in, markers, registrar):
    attempt = hand_in(judge)
    give(attempt, markers[0], Fraction(0))
    give(attempt, markers[1], Fraction(1))
    waiting = LateAnswer.objects.create(
        attempt=attempt,
        slot=1,
        client_id="page-9",
        sequence=9,
        data={"response": {"text": "Better."}},
        language="en",
    )
    late.accept(late=waiting, actor=registrar, now=timezone.now() + timedelta(minutes=1))
    tasks = MarkingTask.objects.filter(attempt=attempt, done_at=None)
    assert sorted(tasks.values_list("role", "marker")) == [
        ("first", markers[0].pk),
        ("second", markers[1].pk),
    ]
    after = timezone.now() + timedelta(minutes=2)
    for one in markers[:2]:
        marking.give_mark(attempt=attempt, slot=1, fraction=Fraction(1), marker=one, now=after)
    attempt.refresh_from_db()
    assert attempt.fraction == 1


def test_what_is_put_back_waits_for_anybody(judge, hand_in, markers):
    attempt = hand_in(judge)
    marking.take(attempt=attempt, marker=markers[0])
    marking.put_back(attempt=attempt, slot=1, marker=markers[0])
    assert not MarkingTask.objects.exclude(marker=None).exists()
    with pytest.raises(marking.NotMarkable):
        marking.put_back(attempt=attempt, slot=1, marker=markers[0])


def test_answers_are_shared_out_evenly_and_never_twice_to_one(make_person, hand_in, markers, registrar):
    attempts = [hand_in(make_person(f"j{n}@example.org")) for n in range(4)]
    marking.take(attempt=attempts[0], marker=markers[0])
    key = hand_in.quiz.key
    assert marking_desk.waiting_by_quiz() == {key: marking_desk.Waiting(4, 4, 0, 7)}
    assert marking_desk.share_out(quiz_key=key, markers=markers[:2], actor=registrar) == 7
    assert marking_desk.share_out(quiz_key=key, markers=markers[:2], actor=registrar) == 0
    held = {one.marker: one.waiting for one in marking_desk.loads(key)}
    assert held == {markers[0]: 4, markers[1]: 4, markers[2]: 0}
    pairs = MarkingTask.objects.values_list("attempt", "slot", "marker")
    assert len(set(pairs)) == 8
    assert AuditEntry.objects.filter(verb="marking_assigned", actor=registrar).count() == 7
    assert marking_desk.take_back(quiz_key=key, marker=markers[0], actor=registrar) == 4
    assert marking_desk.waiting_by_quiz([key])[key].free == 4


def test_what_nobody_of_those_chosen_may_mark_stays(hand_in, markers, registrar):
    hand_in(markers[0])
    key = hand_in.quiz.key
    assert marking_desk.share_out(quiz_key=key, markers=markers[:1], actor=registrar) == 0
    assert marking_desk.share_out(quiz_key=key, markers=[registrar], actor=registrar) == 0
    assert marking_desk.share_out(quiz_key=key, markers=markers[:2], actor=registrar) == 1


def test_sharing_out_costs_the_same_for_many(
    make_person, hand_in, markers, registrar, django_assert_max_num_queries
):
    for n in range(12):
        hand_in(make_person(f"j{n}@example.org"))
    people = list(marking_desk.markers_of(hand_in.quiz.key))
    assert set(markers) <= set(people)
    with django_assert_max_num_queries(16):
        marking_desk.share_out(quiz_key=hand_in.quiz.key, markers=people, actor=registrar)


# --- pages ----------------------------------------------------------------------------------------


@pytest.fixture
def page(judge, hand_in, markers, browse):
    """A client of the first marker, and the address of the answer they have."""
    attempt = hand_in(judge)
    marking.take(attempt=attempt, marker=markers[0])
    return browse(markers[0]), f"/en/quiz/marking/{attempt.key}/1/"


def words_of(html):
    return re.sub(r"<[^>]+>", "", html)


def test_remarks_are_found_by_their_words_and_numbered_in_the_text(page, markers, judge, browse):
    client, url = page
    fields = {
        "points_0": "1",
        "rows": "2",
        "quote_1": "Consent is   irrelevant",
        "remark_1": "Cite the article.",
        "quote_2": "Delay alone",
        "remark_2": "Why?",
    }
    assert client.post(url, fields).status_code == 302
    given = Marking.objects.get()
    assert given.annotations == [
        {"start": 28, "end": 49, "text": "Cite the article."},
        {"start": 0, "end": 11, "text": "Why?"},
    ]
    attempt = Attempt.objects.get()
    give(attempt, markers[1], Fraction(1))
    marking.take(attempt=attempt, marker=markers[2])
    shown = browse(markers[2]).get(url).content.decode()
    assert "<mark>Delay alone</mark><sup>[1]</sup>" in shown
    assert "<mark>Consent is irrelevant</mark><sup>[2]</sup>" in shown
    assert "What the two markers gave" in shown
    for name in (judge.name, judge.email, "Marker 1", "Marker 2"):
        assert name not in shown


@pytest.mark.parametrize(
    ("quote", "remark", "said"),
    [
        ("delay", "Which?", ""),
        ("consent", "Which?", ""),
        ("not in it", "Which?", "do not stand in the answer"),
        ("is", "Which?", "more than once"),
        ("Consent", "", "Write what you remark"),
        ("", "Which?", "do not stand in the answer"),
    ],
)
def test_words_that_cannot_be_found_are_said_so_and_nothing_typed_is_lost(page, quote, remark, said):
    client, url = page
    fields = {"points_0": "1.5", "comment": "My comment", "rows": "2", "quote_1": quote, "remark_1": remark}
    answer = client.post(url, fields)
    if not said:
        assert Marking.objects.count() == 1
        return
    shown = answer.content.decode()
    assert said in shown
    assert "My comment" in shown
    assert 'value="1.5"' in shown
    assert not Marking.objects.exists()


def test_more_remarks_are_a_press_of_a_button_and_nothing_is_lost(page):
    client, url = page
    shown = client.post(
        url, {"go": "more", "rows": "2", "quote_1": "Delay", "points_0": "x"}
    ).content.decode()
    assert 'name="quote_4"' in shown
    assert 'value="Delay"' in shown
    assert 'value="x"' in shown
    assert "Problem" not in words_of(shown)


def test_saving_leads_to_the_next_of_ones_own_and_then_to_the_list(page, make_person, hand_in, markers):
    client, url = page
    other = hand_in(make_person("two@example.org"))
    marking.take(attempt=other, marker=markers[0])
    following = client.post(url, {"points_0": "1", "go": "next"}).url
    assert following == f"/en/quiz/marking/{other.key}/1/"
    assert client.post(following, {"points_0": "1", "go": "next"}).url == "/en/quiz/marking/"


def test_how_long_an_answer_was_open_is_kept_only_when_the_page_said_it(page):
    client, url = page
    opened = re.search(r'name="opened" value="([^"]+)"', client.get(url).content.decode())[1]
    client.post(url, {"points_0": "1", "opened": opened})
    assert Marking.objects.get().seconds is not None


def test_a_forged_time_is_not_kept(page):
    client, url = page
    client.post(url, {"points_0": "1", "opened": "forged"})
    assert Marking.objects.get().seconds is None


def test_a_file_to_mark_comes_under_a_name_that_tells_nobodys(judge, outsider, make_kind, markers, browse):
    quiz = quiz_of(make_kind("file"))
    context = {"marker_group": "course 1"}
    attempt = start(person=judge, quiz=quiz, language="en", jurisdiction="MX", context=context)
    response = right_response(quiz_version := make_kind("file"))
    assert quiz_version.kind == "file"
    response["files"][0]["name"] = "Lucia Fernandez.pdf"
    save_answer(attempt=attempt, slot=1, response=response, language="en")
    submit(attempt=attempt)
    kept = AnswerFile.objects.create(
        attempt=attempt,
        slot=1,
        name="Lucia Fernandez.pdf",
        sha256="0" * 64,
        size=900,
        file=ContentFile(b"%PDF", "a.pdf"),
    )
    marking.take(attempt=attempt, marker=markers[0])
    url = f"/en/quiz/marking/{attempt.key}/1/"
    shown = browse(markers[0]).get(url).content.decode()
    assert "Fernandez" not in shown
    sent = browse(markers[0]).get(f"{url}files/{kept.key}/")
    assert sent.getvalue() == b"%PDF"
    assert "Fernandez" not in sent.headers["Content-Disposition"]
    for person in (markers[1], outsider):
        assert browse(person).get(f"{url}files/{kept.key}/").status_code == 404


def test_notes_for_markers_are_shown_to_them(page, hand_in):
    Option.objects.create(version=hand_in.version, role="marker_notes", text_en="Look for article 3.")
    client, url = page
    assert "Look for article 3." in client.get(url).content.decode()


def test_the_queue_costs_the_same_for_many(
    make_person, hand_in, markers, browse, django_assert_max_num_queries
):
    client = browse(markers[0])
    for n in range(12):
        attempt = hand_in(make_person(f"j{n}@example.org"))
        if n % 2:
            marking.take(attempt=attempt, marker=markers[0])
    client.get("/en/quiz/marking/")
    with django_assert_max_num_queries(8):
        shown = client.get("/en/quiz/marking/").content.decode()
    assert "6 answers wait for you" in shown


# --- figures --------------------------------------------------------------------------------------


def test_figures_of_markers_rest_on_answers_of_ten_people(make_person, hand_in, markers):
    key = hand_in.quiz.key
    for n in range(9):
        attempt = hand_in(make_person(f"j{n}@example.org"))
        give(attempt, markers[0], Fraction(1, 2), seconds=60)
        give(attempt, markers[1], Fraction(1, 2))
    again = hand_in(make_person("again@example.org"), quiz=hand_in.quiz)
    found = marker_figures.figures(key, allowed=Fraction(1, 4))
    assert [(one.marker, one.figures.answers, one.figures.mean) for one in found.lines] == [
        (markers[0], 9, None),
        (markers[1], 9, None),
    ]
    assert found.agreement.same is None
    give(again, markers[0], Fraction(1, 2), seconds=60)
    give(again, markers[1], Fraction(3, 4))
    found = marker_figures.figures(key, allowed=Fraction(1, 4))
    first, second = (one.figures for one in found.lines)
    assert (first.mean, first.seconds, second.mean, second.seconds) == (0.5, 60, 0.525, None)
    assert (found.agreement.answers, found.agreement.same, found.agreement.moderated) == (10, 0.9, 0)


def test_one_person_more_moves_no_figure_of_a_marker(make_person, hand_in, markers):
    key = hand_in.quiz.key

    def mark(number, fraction):
        attempt = hand_in(make_person(f"j{number}@example.org"))
        give(attempt, markers[0], Fraction(1, 2))
        give(attempt, markers[1], fraction)

    for n in range(10):
        mark(n, Fraction(1, 2))
    before = marker_figures.figures(key, allowed=Fraction(1, 4))
    mark(10, Fraction(1))
    after = marker_figures.figures(key, allowed=Fraction(1, 4))
    for one, other in zip(before.lines, after.lines, strict=True):
        assert (one.figures.answers, other.figures.answers) == (10, 11)
        assert replace(one.figures, answers=11) == other.figures
    assert before.agreement == after.agreement
    for n in range(11, 20):
        mark(n, Fraction(1))
    moved = marker_figures.figures(key, allowed=Fraction(1, 4))
    assert moved.lines[1].figures.mean == 0.75
    assert moved.lines[0].figures.against_others.value == -0.25


def test_ten_answers_of_one_person_give_no_figure(judge, hand_in, markers):
    for _ in range(10):
        attempt = hand_in(judge)
        give(attempt, markers[0], Fraction(1, 2))
        give(attempt, markers[1], Fraction(1, 2))
    found = marker_figures.figures(hand_in.quiz.key, allowed=Fraction(1, 4))
    assert [one.figures.mean for one in found.lines] == [None, None]
    assert found.agreement.same is None
