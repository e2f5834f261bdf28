"""Marking written answers: by the one who took them, without the author's name."""

import pytest

from assessments.attempts import save_answer, start, submit
from assessments.models import Attempt

from .conftest import MARKING, quiz_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(judge, make_question):
    """An attempt whose essay waits for a mark."""
    version = make_question("essay", marking=MARKING["essay"])
    attempt = start(person=judge, quiz=quiz_of(version), language="en", jurisdiction="MX")
    response = {"text": "Delay alone lowers nothing."}
    save_answer(attempt=attempt, slot=1, response=response, language="en")
    return submit(attempt=attempt)


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


def test_what_a_colleague_has_taken_is_out_of_sight(waiting, trainer, make_person, browse):
    from accounts.roles import Role

    colleague = make_person("colleague@example.org", Role.TRAINER)
    browse(trainer).post(f"/en/quiz/marking/{waiting.key}/take/")
    assert "Module 2 quiz" not in browse(colleague).get("/en/quiz/marking/").content.decode()
    url = f"/en/quiz/marking/{waiting.key}/take/"
    assert browse(colleague).post(url).status_code == 404


@pytest.mark.parametrize("who", ["judge", "registrar", "outsider", "auditor", "translator"])
def test_only_trainers_mark(who, waiting, browse, request):
    person = request.getfixturevalue(who)
    assert browse(person).get("/en/quiz/marking/").status_code == 404
    assert browse(person).post(f"/en/quiz/marking/{waiting.key}/take/").status_code == 404
