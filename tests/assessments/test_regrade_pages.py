"""The pages of a regrade: numbers and rows without names, decided by those who may."""

import pytest
from django.contrib.auth.models import Group

from accounts.models import User
from accounts.roles import Role
from assessments import regrading
from assessments.attempts import save_answer, start, submit
from assessments.models import Attempt, Option, QuestionVersion, Regrade

from .conftest import quiz_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(make_question):
    return make_question(stem_en="Which element is *missing*?")


@pytest.fixture
def quiz(version):
    return quiz_of(version)


@pytest.fixture
def trainer(trainer):
    trainer.groups.add(Group.objects.create(name="course 1"))
    return User.objects.get(pk=trainer.pk)


@pytest.fixture
def sit(make_person, version, quiz):
    """Return a function by which so many people choose what is wrong by the next version of the key."""

    def sit(people):
        first, second, _third = version.options.all()
        for n in range(people):
            person = make_person(f"learner{n}@example.org", name=f"Learner {n}")
            context = {"marker_group": "course 1"}
            attempt = start(person=person, quiz=quiz, language="en", jurisdiction="MX", context=context)
            option = second if n % 2 else first
            save_answer(attempt=attempt, slot=1, response={"choice": str(option.key)}, language="en")
            submit(attempt=attempt)
        newer = QuestionVersion.objects.create(
            question=version.question, number=2, kind="single", stem_en="Which element is missing?"
        )
        for option in version.options.all():
            Option.objects.create(
                version=newer,
                key=option.key,
                sort_order=option.sort_order,
                text_en="x",
                correct=option.pk == first.pk,
            )

    return sit


FIELDS = {"policy": "current", "reason": "The key was wrong.", "question": ""}


def tried(client, quiz, **fields):
    """The address of a regrade whose trial is done."""
    url = client.post(f"/en/quiz/regrades/quiz/{quiz.key}/", {**FIELDS, **fields}).url
    regrading.look(key=Regrade.objects.latest("pk").key)
    return url


def test_from_the_list_to_the_changed_results(sit, quiz, trainer, browse, django_capture_on_commit_callbacks):
    sit(10)
    client = browse(trainer)
    assert "Module 2 quiz" in client.get("/en/quiz/regrades/").content.decode()
    assert "Which element is missing?" in client.get(f"/en/quiz/regrades/quiz/{quiz.key}/").content.decode()
    url = tried(client, quiz)
    shown = client.get(url).content.decode()
    assert "5 attempts would no longer pass: they stay as they are." in shown
    assert "Question 1: from 0% to 100%" in shown
    assert "Learner" not in shown
    assert "learner" not in shown.replace("their learners are told", "").lower().replace("learners", "")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, {"act": "commit"})
    shown = client.get(url).content.decode()
    assert "Change the results" not in shown
    assert Attempt.objects.filter(passed=True).count() == 10


def test_under_ten_people_there_are_numbers_and_no_rows(sit, quiz, trainer, browse):
    sit(9)
    client = browse(trainer)
    shown = client.get(tried(client, quiz)).content.decode()
    assert "Rows are shown from 10 people up" in shown
    assert "Question 1: from" not in shown


def test_only_staff_decide_that_people_who_have_passed_may_fail(sit, quiz, trainer, registrar, browse):
    sit(2)
    assert "lower_reason" not in browse(trainer).get(f"/en/quiz/regrades/quiz/{quiz.key}/").content.decode()
    url = tried(browse(registrar), quiz, lower_reason="The board decided so.")
    regrade = Regrade.objects.get()
    assert (regrade.may_lower, regrade.lower_reason) == (True, "The board decided so.")
    answer = browse(trainer).post(url, {"act": "commit"}, follow=True).content.decode()
    assert "Programme staff decide about this one" in answer
    regrade.refresh_from_db()
    assert regrade.committed_at is None
    browse(registrar).post(url, {"act": "commit"})
    regrade.refresh_from_db()
    assert regrade.committed_by == registrar


def test_a_trainer_cannot_send_what_the_form_does_not_offer(sit, quiz, trainer, browse):
    sit(2)
    client = browse(trainer)
    tried(client, quiz, lower_reason="Mine.", everywhere="on")
    regrade = Regrade.objects.get()
    assert (regrade.may_lower, regrade.quiz_key) == (False, quiz.key)


def test_one_question_in_every_quiz_has_to_be_named(sit, quiz, version, registrar, browse):
    sit(2)
    client = browse(registrar)
    url = f"/en/quiz/regrades/quiz/{quiz.key}/"
    shown = client.post(url, {**FIELDS, "everywhere": "on"}).content.decode()
    assert "Choose the question that is marked again" in shown
    assert "The key was wrong." in shown
    tried(client, quiz, everywhere="on", question=str(version.question.key))
    regrade = Regrade.objects.get()
    assert (regrade.quiz_key, regrade.question) == (None, version.question)


def test_one_in_every_quiz_is_found_again_in_the_list(sit, quiz, version, trainer, registrar, browse):
    sit(2)
    staff = browse(registrar)
    url = tried(staff, quiz, question=str(version.question.key), everywhere="on")
    assert url in staff.get("/en/quiz/regrades/").content.decode()
    assert url not in browse(trainer).get("/en/quiz/regrades/").content.decode()


def test_a_key_that_changed_since_the_trial_is_said_so(sit, quiz, trainer, browse, version):
    sit(2)
    client = browse(trainer)
    url = tried(client, quiz)
    Option.objects.filter(version__number=2).update(correct=True)
    assert "A key was changed since the trial" in client.post(url, follow=True).content.decode()


def test_nothing_of_another_course_is_there(sit, quiz, trainer, make_person, browse):
    sit(2)
    url = tried(browse(trainer), quiz)
    other = browse(make_person("other@example.org", Role.TRAINER))
    assert "Module 2 quiz" not in other.get("/en/quiz/regrades/").content.decode()
    for address in (url, f"/en/quiz/regrades/quiz/{quiz.key}/"):
        assert other.get(address).status_code == 404


def test_the_list_and_a_regrade_cost_the_same_for_many(
    sit, quiz, trainer, browse, django_assert_max_num_queries
):
    sit(12)
    client = browse(trainer)
    url = tried(client, quiz)
    client.get(url)
    with django_assert_max_num_queries(12):
        client.get(url)
    with django_assert_max_num_queries(8):
        client.get("/en/quiz/regrades/")
