"""Marking written answers: by the one who took them, without the author's name."""

import pytest
from django.contrib.auth.models import Group

from accounts.roles import Role
from assessments import marking
from assessments.attempts import save_answer, start, submit
from assessments.models import Attempt
from tests.questions import MARKING

from .conftest import quiz_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(judge, make_question):
    """An attempt whose essay waits for a mark."""
    version = make_question("essay", marking=MARKING["essay"])
    return handed_in(judge, version, {"marker_group": "course 1"})


def handed_in(person, version, context):
    """An essay that was handed in."""
    attempt = start(person=person, quiz=quiz_of(version), language="en", jurisdiction="MX", context=context)
    response = {"text": "Delay alone lowers nothing."}
    save_answer(attempt=attempt, slot=1, response=response, language="en")
    return submit(attempt=attempt)


@pytest.fixture
def trainer(trainer, course_group):
    """The trainer of the course."""
    trainer.groups.add(course_group)
    return trainer


@pytest.fixture
def course_group(db):
    """The group that the attempt names."""
    return Group.objects.create(name="course 1")


def test_from_the_queue_to_the_mark(waiting, trainer, judge, browse):
    client = browse(trainer)
    page = client.get("/en/quiz/marking/").content.decode()
    assert "Module 2 quiz" in page
    taken = client.post(f"/en/quiz/marking/{waiting.key}/take/")
    assert taken.url == f"/en/quiz/marking/{waiting.key}/1/"
    page = client.get(taken.url).content.decode()
    assert "Delay alone lowers nothing." in page
    assert "Says why" in page
    fields = {"points_0": "1", "comment": "Say more."}
    assert client.post(taken.url, fields).url == "/en/quiz/marking/"
    attempt = Attempt.objects.get()
    assert (attempt.status, str(attempt.fraction)) == ("graded", "1/2")
    result = browse(judge).get(f"/en/quiz/{waiting.key}/result/").content.decode()
    assert "Say more." in result


def test_no_marking_page_names_the_author(waiting, trainer, judge, browse):
    client = browse(trainer)
    url = client.post(f"/en/quiz/marking/{waiting.key}/take/").url
    for address in ("/en/quiz/marking/", url):
        page = client.get(address).content.decode()
        assert judge.name not in page
        assert judge.email not in page


@pytest.mark.parametrize("points", ["", "3", "-1", "many"])
def test_points_outside_the_guide_are_refused(points, waiting, trainer, browse):
    client = browse(trainer)
    url = client.post(f"/en/quiz/marking/{waiting.key}/take/").url
    answer = client.post(url, {"points_0": points})
    assert answer.status_code == 200
    assert Attempt.objects.get().status == "submitted"


def test_nobody_marks_what_they_have_not_taken(waiting, trainer, browse):
    assert browse(trainer).get(f"/en/quiz/marking/{waiting.key}/1/").status_code == 404


def test_what_a_colleague_has_taken_is_out_of_sight(waiting, trainer, course_group, make_person, browse):
    colleague = make_person("colleague@example.org", Role.TRAINER)
    colleague.groups.add(course_group)
    assert "Module 2 quiz" in browse(colleague).get("/en/quiz/marking/").content.decode()
    browse(trainer).post(f"/en/quiz/marking/{waiting.key}/take/")
    assert "Module 2 quiz" not in browse(colleague).get("/en/quiz/marking/").content.decode()
    url = f"/en/quiz/marking/{waiting.key}/take/"
    assert browse(colleague).post(url).status_code == 404


@pytest.mark.parametrize("who", ["judge", "registrar", "outsider", "auditor", "translator"])
def test_only_trainers_mark(who, waiting, browse, request):
    person = request.getfixturevalue(who)
    assert browse(person).get("/en/quiz/marking/").status_code == 404
    assert browse(person).post(f"/en/quiz/marking/{waiting.key}/take/").status_code == 404


def test_a_trainer_of_another_course_neither_sees_nor_takes_it(waiting, make_person, browse):
    other = make_person("other@example.org", Role.TRAINER)
    other.groups.add(Group.objects.create(name="course 2"))
    assert "Module 2 quiz" not in browse(other).get("/en/quiz/marking/").content.decode()
    assert browse(other).post(f"/en/quiz/marking/{waiting.key}/take/").status_code == 404
    with pytest.raises(marking.NotMarkable):
        marking.take(attempt=waiting, marker=other)


def test_who_is_in_the_group_without_being_a_trainer_does_not_mark(waiting, course_group, judge, outsider):
    outsider.groups.add(course_group)
    with pytest.raises(marking.NotMarkable):
        marking.take(attempt=waiting, marker=outsider)


def test_who_no_longer_teaches_the_course_does_not_mark_what_they_took(
    waiting, trainer, course_group, browse
):
    url = browse(trainer).post(f"/en/quiz/marking/{waiting.key}/take/").url
    trainer.groups.remove(course_group)
    assert browse(trainer).get(url).status_code == 404
    assert browse(trainer).post(url, {"points_0": "1"}).status_code == 404
    assert Attempt.objects.get().status == "submitted"


@pytest.mark.parametrize("context", [{}, {"marker_group": "course 1"}])
def test_administrators_mark_everything_and_alone_what_names_no_group(
    context, judge, trainer, administrator, make_question, browse
):
    attempt = handed_in(judge, make_question("essay", marking=MARKING["essay"]), context)
    take = f"/en/quiz/marking/{attempt.key}/take/"
    assert ("Module 2 quiz" in browse(trainer).get("/en/quiz/marking/").content.decode()) is bool(context)
    assert browse(trainer).get("/en/quiz/marking/").status_code == 200
    if not context:
        assert browse(trainer).post(take).status_code == 404
    client = browse(administrator)
    assert "Module 2 quiz" in client.get("/en/quiz/marking/").content.decode()
    url = client.post(take).url
    assert client.post(url, {"points_0": "2"}).url == "/en/quiz/marking/"
    assert Attempt.objects.get().status == "graded"


def test_an_administrator_does_not_mark_their_own_essay(administrator, make_question, browse):
    attempt = handed_in(administrator, make_question("essay", marking=MARKING["essay"]), {})
    assert browse(administrator).post(f"/en/quiz/marking/{attempt.key}/take/").status_code == 404
