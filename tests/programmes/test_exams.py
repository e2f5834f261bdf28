"""Running quizzes: exceptions, codes of rooms, markers and late answers, without an answer or a mark."""

import re
from datetime import timedelta
from fractions import Fraction

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, User
from accounts.roles import Role
from assessments import attempts, late, rooms
from assessments.models import Attempt, LateAnswer, MarkingTask, Override, QuestionVersion, RoomTicket
from assessments.rules import rules_for
from courses import enrolment, quizzes, rights
from courses.models import Cohort
from tests.courses.conftest import add_quiz, catalogue_page, make_course

__all__ = ["catalogue_page"]

pytestmark = pytest.mark.django_db
NOW = "2099-06-01T10:00"


@pytest.fixture
def built(catalogue_page):
    made = make_course(catalogue_page, "EXM-101")
    add_quiz(made, made.page, time_limit_minutes=30, attempts_allowed=2, password="blue heron")
    return made


@pytest.fixture
def quiz(built):
    return built.quizzes[0]


@pytest.fixture
def cohort(built):
    return Cohort.objects.create(course=built.course, name="Judges 2026 B")


@pytest.fixture
def taken(built, cohort, judge):
    return enrolment.enrol(person=judge, course=built.course, cohort=cohort, actor=None, language="es")


@pytest.fixture
def client(registrar, browse):
    return browse(registrar)


def url(quiz, *parts):
    return f"/en/staff/exams/{'/'.join([str(quiz.key), *parts])}/"


def rules(quiz, taken):
    found = rules_for(
        taken.person, quizzes.spec_of(quiz), groups=quizzes.groups_of(taken), now=timezone.now()
    )
    return found.time_limit, found.extra_time, found.attempts_allowed


def test_an_exception_of_a_cohort_and_one_of_a_learner_reach_whom_they_are_for(
    client, quiz, cohort, taken, outsider, built
):
    fields = {"cohort": cohort.pk, "minutes": "45", "reason": "A weak line."}
    assert client.post(url(quiz, "exceptions"), fields).url == url(quiz)
    assert rules(quiz, taken) == (timedelta(minutes=45), 1, 2)
    fields = {"email": "JUDGE@example.org", "extra_time": "1.5", "attempts_allowed": "4", "reason": "Moved."}
    client.post(url(quiz, "exceptions"), fields)
    assert rules(quiz, taken) == (timedelta(minutes=45), Fraction(3, 2), 4)
    other = enrolment.enrol(person=outsider, course=built.course, actor=None, language="en")
    assert rules(quiz, other) == (timedelta(minutes=30), 1, 2)
    shown = client.get(url(quiz)).content.decode()
    for words in ("Judges 2026 B", "Lucía Fernández", "A weak line.", "45 minutes", "4 attempts"):
        assert words in shown


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"attempts_allowed": "3"}, "Choose a cohort or enter the address"),
        ({"email": "nobody@example.org", "attempts_allowed": "3"}, "Nobody with this address takes part"),
        ({"email": "judge@example.org"}, "at least one rule"),
        ({"email": "judge@example.org", "extra_time": "0.5"}, "1"),
        (
            {"email": "judge@example.org", "opens_at": NOW, "closes_at": "2099-05-01T10:00"},
            "close after it opens",
        ),
        ({"email": "judge@example.org", "minutes": "5", "expires_at": "2020-01-01T10:00"}, "still to come"),
        ({"email": "judge@example.org", "minutes": "5", "reason": ""}, "required"),
    ],
)
def test_an_exception_that_makes_no_sense_is_refused_and_nothing_typed_is_lost(
    client, quiz, taken, fields, said
):
    shown = client.post(url(quiz, "exceptions"), {"reason": "My reason.", **fields}).content.decode()
    assert said in shown
    assert "My reason." in shown or not fields.get("reason", "x")
    assert not Override.objects.exists()


def test_an_expired_or_withdrawn_exception_holds_no_more(client, quiz, taken, registrar):
    client.post(
        url(quiz, "exceptions"), {"email": "judge@example.org", "attempts_allowed": "9", "reason": "Moved."}
    )
    given = Override.objects.get()
    address = f"/en/staff/exams/exceptions/{given.key}/withdraw/"
    assert "Lucía Fernández" in client.get(address).content.decode()
    assert client.post(address).url == url(quiz)
    assert client.post(address).url == url(quiz)
    assert rules(quiz, taken)[2] == 2
    assert AuditEntry.objects.filter(verb="exception_withdrawn").count() == 1
    given.refresh_from_db()
    assert given.withdrawn_by == registrar


def test_the_page_of_a_learner_leads_to_an_exception_filled_in_for_them(client, quiz, taken):
    shown = client.get(url(quiz, "exceptions") + f"?who={taken.key}").content.decode()
    assert 'value="judge@example.org"' in shown
    assert client.get(url(quiz, "exceptions") + "?who=x").status_code == 200


def test_a_code_is_issued_printed_and_withdrawn(client, quiz, taken):
    address = client.post(url(quiz, "rooms"), {"room": "Sala 1", "valid_until": NOW, "places": "20"}).url
    ticket = RoomTicket.objects.get()
    sheet = client.get(address).content.decode()
    assert ticket.code in sheet
    assert "Sala 1" in sheet
    spec = quizzes.spec_of(quiz)
    assert rooms.admit(spec, password="", code=ticket.code, now=timezone.now()) == ticket
    assert "0 of 20" in client.get(url(quiz)).content.decode()
    withdraw = f"/en/staff/exams/rooms/{ticket.key}/withdraw/"
    assert client.get(withdraw).status_code == 200
    assert client.post(withdraw).url == url(quiz)
    assert client.post(withdraw).url == url(quiz)
    with pytest.raises(rooms.NotAdmitted):
        rooms.admit(spec, password="", code=ticket.code, now=timezone.now())
    told = AuditEntry.objects.filter(verb__startswith="room_ticket")
    assert [one.data for one in told] == [{"quiz": str(quiz.key)}] * 2
    assert ticket.code not in client.get(url(quiz)).content.decode()


def test_a_code_that_is_never_valid_is_refused(client, quiz):
    for fields in (
        {"valid_until": "2020-01-01T10:00"},
        {"valid_from": NOW, "valid_until": "2098-01-01T10:00"},
    ):
        shown = client.post(url(quiz, "rooms"), {"room": "Sala 1", **fields}).content.decode()
        assert "after the code begins to be valid" in shown
    assert not RoomTicket.objects.exists()


def test_a_code_for_tomorrow_can_be_withdrawn_today(quiz, registrar):
    tomorrow = timezone.now() + timedelta(days=1)
    until = tomorrow + timedelta(hours=1)
    ticket = rooms.issue(quiz_key=quiz.key, room="A", valid_from=tomorrow, valid_until=until, actor=registrar)
    rooms.withdraw(ticket=ticket, actor=registrar)
    ticket.refresh_from_db()
    assert ticket.valid_from < ticket.valid_until <= timezone.now()


def test_the_password_is_there_for_who_runs_the_test(client, quiz, browse, auditor, trainer):
    assert "blue heron" in client.get(url(quiz)).content.decode()
    for person in (auditor, trainer):
        assert browse(person).get(url(quiz)).status_code == 404


# --- markers --------------------------------------------------------------------------------------


@pytest.fixture
def essay(quiz, taken, built, make_person):
    """An essay that waits, at the quiz; and the trainer of its course."""
    QuestionVersion.objects.update(kind="essay", marking={"minimum_words": 1})
    teacher = make_person("teacher@example.org", Role.TRAINER, name="Teresa Molina")
    rights.give_course(trainer=teacher, course=built.course)
    group = rights.course_group(built.course).name
    attempt = attempts.start(
        person=taken.person,
        quiz=quizzes.spec_of(quiz),
        language="es",
        jurisdiction="MX",
        context={"marker_group": group},
        password="blue heron",
    )
    attempts.save_answer(attempt=attempt, slot=1, response={"text": "My secret essay."}, language="es")
    return attempts.submit(attempt=attempt), User.objects.get(pk=teacher.pk)


def test_staff_share_out_what_waits_and_see_no_name_of_a_learner(client, quiz, essay):
    _attempt, teacher = essay
    shown = client.get(url(quiz, "marking")).content.decode()
    assert "Teresa Molina" in shown
    for secret in ("Lucía", "judge@example.org", "My secret essay"):
        assert secret not in shown
    answer = client.post(url(quiz, "marking"), {"act": "share", "markers": [teacher.pk]}, follow=True)
    assert "1 answer was given to a marker." in answer.content.decode()
    assert MarkingTask.objects.get().marker == teacher
    client.post(url(quiz, "marking"), {"act": "take_back", "marker": str(teacher.key)})
    assert MarkingTask.objects.get().marker is None
    for wrong in ("", "x"):
        assert client.post(url(quiz, "marking"), {"act": "take_back", "marker": wrong}).status_code == 404


def test_who_does_not_teach_the_course_is_not_among_the_markers(client, quiz, essay, trainer):
    answer = client.post(url(quiz, "marking"), {"act": "share", "markers": [trainer.pk]})
    assert answer.status_code == 200
    assert MarkingTask.objects.get().marker is None


# --- late answers ---------------------------------------------------------------------------------


@pytest.fixture
def late_answer(quiz, taken):
    """An answer that came an hour after the end."""
    begun = timezone.now() - timedelta(hours=2)
    attempt = attempts.start(
        person=taken.person,
        quiz=quizzes.spec_of(quiz),
        language="es",
        jurisdiction="MX",
        password="blue heron",
        now=begun,
    )
    right = next(key for key, worth in attempt.paper.slots[0].spec["options"].items() if worth == "1")
    return late.save_late(
        attempt=attempt,
        slot=1,
        response={"choice": right},
        language="es",
        client_id="page-7",
        sequence=7,
        answered_at=begun + timedelta(minutes=10),
    )


def test_a_late_answer_is_decided_on_by_its_times_alone(client, late_answer, registrar):
    right = late_answer.data["response"]["choice"]
    address = f"/en/staff/exams/late/{late_answer.pk}/"
    for page in ("/en/staff/exams/late/", address):
        shown = client.get(page).content.decode()
        assert "Lucía Fernández" in shown
        assert right not in shown
        assert "Opción" not in shown
    assert client.post(address, {"decision": "accept", "reason": ""}).url == "/en/staff/exams/late/"
    late_answer.refresh_from_db()
    assert (late_answer.decision, late_answer.decided_by) == ("accepted", registrar)
    assert Attempt.objects.get().fraction == 1
    assert client.post(address, {"decision": "refuse", "reason": "x"}).url == "/en/staff/exams/late/"
    assert LateAnswer.objects.get().decision == "accepted"


def test_a_late_answer_is_refused_only_with_a_reason(client, late_answer):
    address = f"/en/staff/exams/late/{late_answer.pk}/"
    assert "Write why it is refused." in client.post(address, {"decision": "refuse"}).content.decode()
    client.post(address, {"decision": "refuse", "reason": "Too late."})
    late_answer.refresh_from_db()
    assert (late_answer.decision, late_answer.reason) == ("refused", "Too late.")
    assert Attempt.objects.get().fraction == 0


# --- all of them ----------------------------------------------------------------------------------


def test_the_pages_cost_the_same_for_many(
    client, built, quiz, cohort, taken, late_answer, registrar, make_person, django_assert_max_num_queries
):
    for n in range(8):
        add_quiz(built, built.page)
        until = timezone.now() + timedelta(hours=1)
        rooms.issue(quiz_key=quiz.key, room=f"Sala {n}", valid_until=until, actor=registrar)
        LateAnswer.objects.create(
            attempt=late_answer.attempt, slot=1, client_id=f"page-{n + 10}", sequence=n, data={"response": {}}
        )
        fields = {"cohort": cohort.pk, "attempts_allowed": n + 1, "reason": "A weak line."}
        client.post(url(quiz, "exceptions"), fields)
    for address, most in (
        ("/en/staff/exams/", 9),
        (url(quiz), 12),
        (url(quiz, "marking"), 14),
        ("/en/staff/exams/late/", 8),
    ):
        with django_assert_max_num_queries(most):
            shown = client.get(address).content.decode()
        assert re.search(r"Quiz 1|Sala 7|Markers", shown), address


def test_in_every_language_the_pages_can_be_drawn(client, quiz, late_answer, taken):
    for language in ("es", "ar", "bn", "fr", "pt"):
        for address in ("/en/staff/exams/", url(quiz), url(quiz, "marking"), "/en/staff/exams/late/"):
            assert client.get(address.replace("/en/", f"/{language}/", 1)).status_code == 200
