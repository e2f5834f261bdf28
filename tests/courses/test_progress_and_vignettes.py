"""What people learnt, and how variants of a case were answered: only ever about ten people or more."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from assessments.choices import Figures
from assessments.models import Question, QuestionVersion, StatisticsReport, Vignette
from assessments.reports import marked
from assessments.reports_data import plain
from assessments.reports_reading import Reader
from assessments.statistics import gain
from assessments.statistics.sittings import Which, chosen
from courses import rights
from courses.models import Cohort, QuizPage, QuizSlot
from portal.formats import percent
from tests.courses.conftest import Built, add_quiz, make_question
from tests.courses.figures import NAME, knows, paper_of, people, sit


@pytest.fixture
def cohort(built: Built) -> Cohort:
    return Cohort.objects.create(course=built.course, name="Judges 2026 B")


@pytest.fixture
def after(built: Built) -> QuizPage:
    """A test of six questions on two outcomes, paired with one of the same questions before it."""
    post = built.quizzes[0]
    pre = add_quiz(built, built.modules[0])
    pre.slots.all().delete()
    for place in range(1, 6):
        QuizSlot.objects.create(page=post, question=make_question(), sort_order=place)
    for slot in post.slots.all():
        objective = "A1.1" if slot.sort_order % 2 else "A1.2"
        Question.objects.filter(pk=slot.question_id).update(objective=objective)
        QuizSlot.objects.create(page=pre, question=slot.question, sort_order=slot.sort_order)
    post.paired_with = pre
    post.save()
    return post


@pytest.fixture
def as_trainer(built: Built, make_person: Callable[..., User], client: Client) -> Client:
    trainer = make_person("trainer@example.org", Role.TRAINER)
    rights.give_course(trainer=trainer, course=built.course)
    client.force_login(trainer)
    return client


def take_both(after: QuizPage, takers: list[User]) -> None:
    before = after.paired_with
    assert before is not None
    sit(
        before,
        takers,
        lambda n, slot: knows(n, slot) and slot % 2 == 0,
        at=timezone.now() - timedelta(days=9),
    )
    sit(after, takers, lambda n, slot: knows(n, slot) or slot % 3 == 0)


def address(page: QuizPage, name: str = "figures_gain", *more: Any, group: Any = "") -> str:
    return reverse(f"courses:{name}", args=[page.key, *more]) + (f"?group={group}" if group else "")


def kept(page: QuizPage, subject: Figures = Figures.GAIN, group: str = "") -> dict[str, Any]:
    found: dict[str, Any] = StatisticsReport.objects.get(quiz_key=page.key, subject=subject, group=group).data
    return found


def test_progress_is_that_of_the_pure_functions(built: Built, after: QuizPage, as_trainer: Client) -> None:
    takers = people(built, 60)
    take_both(after, takers)
    sit(after, people(built, 15, start=60), knows)  # without a pre-test: not counted
    text = as_trainer.get(address(after)).text
    scores = []
    for page, which in ((after.paired_with, Which.FIRST), (after, Which.LAST)):
        reader = Reader(marked(page.key))
        scores.append([gain.score_of(one, reader.objectives) for one in chosen(reader.sittings(), which)])
    about = {one.pk: (one.sex, str(one.country)) for one in takers}
    expected = gain.gains(gain.matched(*scores, about))
    data = kept(after)
    assert data["people"] == 60
    assert data["of_all"] == plain(expected.of_all)
    assert {row["name"]: row["gain"] for row in data["by_objective"]} == plain(expected.by_objective)
    assert {row["name"]: row["gain"] for row in data["by_sex"]} == plain(expected.by_sex)
    assert set(expected.by_objective) == {"A1.1", "A1.2"}
    assert percent(data["of_all"]["normalised"]) in text
    for words in ("Female", "Male", "Mexico", "Peru", "Female, Peru"):
        assert words in text


def test_one_of_another_sex_hides_a_second_group(built: Built, after: QuizPage, as_trainer: Client) -> None:
    takers = people(built, 40)
    User.objects.filter(pk=takers[0].pk).update(sex="other")
    take_both(after, takers)
    text = as_trainer.get(address(after)).text
    shown = {row["name"] for row in kept(after)["by_sex"] if row["gain"]}
    assert shown == {"female"}, "who is not shown cannot be worked out from the others"
    assert text.count("Not shown: too few people") >= 2


def test_nine_who_took_both_are_too_few(built: Built, after: QuizPage, as_trainer: Client) -> None:
    take_both(after, people(built, 9))
    sit(after, people(built, 30, start=9), knows)
    text = as_trainer.get(address(after)).text
    assert "Too few people for figures" in text
    assert "Effect size" not in text
    take_both(after, people(built, 1, start=50))
    assert "Effect size" in as_trainer.get(address(after)).text


def test_a_cohort_is_not_broken_down_beside_everybody(
    built: Built, after: QuizPage, as_trainer: Client, cohort: Cohort
) -> None:
    takers = people(built, 30, cohort)
    take_both(after, takers)
    text = as_trainer.get(address(after, group=cohort.key)).text
    assert "By learning outcome" in text
    assert "Female" not in text
    assert "by_sex" not in kept(after, group=str(cohort.key))
    file = as_trainer.get(address(after, "figures_gain_file", "csv", group=cohort.key)).getvalue().decode()
    assert "A1.2" in file
    assert NAME not in text + file


def test_a_test_without_one_before_it_has_no_progress(built: Built, as_trainer: Client) -> None:
    assert as_trainer.get(address(built.quizzes[0])).status_code == 404


@pytest.fixture
def case(built: Built, after: QuizPage) -> Vignette:
    """A case with two variants, on the test."""
    first, second = make_question(), make_question()
    vignette = Vignette.objects.create(
        category=first.category,
        source_language="es",
        name_es="La solicitud de asilo",
        attribute_es="El sexo de quien la presenta",
    )
    for question, variant in ((first, "A"), (second, "B")):
        Question.objects.filter(pk=question.pk).update(vignette=vignette, variant=variant)
        stem = f"Solicitante {variant} pide asilo.\n\n¿Lo concede?"
        QuestionVersion.objects.filter(question=question).update(stem_es=stem, stem_en="")
    QuizSlot.objects.create(page=after, vignette=vignette, sort_order=9)
    return vignette


def take_case(page: QuizPage, case: Vignette, takers: list[User]) -> None:
    """Give them the variants in turn; variant A is answered by the first option twice as often."""
    for number, variant in enumerate(case.variants.order_by("variant")):
        paper = paper_of(page, {case.key: variant.key})
        own = takers[number::2]
        sit(page, own, lambda n, slot, number=number: n % 3 != 0 if number == 0 else n % 3 == 0, paper=paper)


@pytest.mark.parametrize(("number", "compared"), [(19, False), (20, True)])
def test_variants_are_compared_from_ten_people_in_each_arm(
    built: Built,
    after: QuizPage,
    case: Vignette,
    cohort: Cohort,
    as_trainer: Client,
    number: int,
    compared: bool,
) -> None:
    take_case(after, case, people(built, number, cohort))
    text = as_trainer.get(address(after, "figures_vignettes", group=cohort.key)).text
    assert "La solicitud de asilo" in text
    # in what they differ stands in the case, not in the question
    assert "Solicitante A" in text
    assert "Solicitante B" in text
    assert ("Variant B less variant A" in text) == compared
    assert ("once ten people have answered each" in text) == (not compared)
    assert NAME not in text
    data = kept(after, Figures.VIGNETTES, str(cohort.key))["vignettes"][0]
    assert data["enough"] is compared
    if compared:
        by_place = {answer["place"]: answer for answer in data["answers"]}
        assert by_place[1]["shares"] == {"A": 0.6, "B": 0.4}
        assert by_place[1]["contrasts"][0]["difference"]["value"] == pytest.approx(-0.2)
        assert percent(-0.2) in text


def test_learners_see_their_own_cohort_after_handing_in(
    built: Built, after: QuizPage, case: Vignette, cohort: Cohort, client: Client
) -> None:
    takers = people(built, 40, cohort)
    take_case(after, case, takers[:30])
    client.force_login(takers[0])
    answer = client.get(address(after, "figures_vignettes"))
    assert "Variant B less variant A" in answer.text
    assert "f-group" not in answer.text
    # naming another cohort changes nothing
    other = Cohort.objects.create(course=built.course, name="Another")
    assert client.get(address(after, "figures_vignettes", group=other.key)).text.count("Another") == 0
    client.force_login(takers[35])
    assert client.get(address(after, "figures_vignettes")).status_code == 404
    assert client.get(address(after)).status_code == 404


def test_a_trainer_chooses_the_cohort_that_is_debriefed(
    built: Built, after: QuizPage, case: Vignette, cohort: Cohort, as_trainer: Client
) -> None:
    take_case(after, case, people(built, 24, cohort))
    opened = as_trainer.get(address(after, "figures_vignettes"), follow=True)
    assert opened.redirect_chain[-1][0].endswith(f"?group={cohort.key}"), "the first cohort is open at once"
    assert "Judges 2026 B" in opened.text


def test_without_cohorts_there_is_nothing_to_debrief(after: QuizPage, as_trainer: Client) -> None:
    assert "Choose a cohort" in as_trainer.get(address(after, "figures_vignettes")).text
