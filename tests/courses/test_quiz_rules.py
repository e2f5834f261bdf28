"""The rules on the page of a quiz: in the editor, and as assessments is handed them."""

import datetime
from fractions import Fraction
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from assessments.models import Override, Vignette
from assessments.visibility import Facet, Phase
from courses import quizzes, rights
from courses.models import Cohort, QuizPage, QuizSection, QuizSlot

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)


@pytest.fixture
def page(built: Any) -> QuizPage:
    return built.quizzes[0]


def form_of(page: QuizPage, **changed: Any) -> dict[str, Any]:
    slot = page.slots.get()
    row = {"id": slot.pk, "question": slot.question_id, "count": 1, "weight": "1", "section": 1, "version": 1}
    section = {"name": "Ley", "minimum": "60", "shuffle": "on"}
    data = {
        "title_es": "Cuestionario",
        "slug": page.slug,
        "intro_es": "",
        "purpose": "module",
        "pass_mark": "70",
        "counts": "mean",
        "delay_minutes": "60",
        "late_grace_minutes": "10",
        "behaviour": "interactive",
        "tries": "4",
        "penalty": "1/4",
        "feedback_when": "after_submit",
        "show_answers": "on",
        "shows_during": ["correctness"],
        "shows_right_after": [],
        "shows_later": ["marks", "feedback"],
        "shows_after_close": [str(facet) for facet in Facet],
        "moderation_over": "12.5",
        "required": "on",
        "search_description_es": "",
        "slots": inline_formset([row], initial=1),
        "sections": inline_formset([section]),
        "comments": inline_formset([]),
    }
    given = {**data, **changed}
    # what is ticked stays a list, which the helper would number
    ticked = {name: value for name, value in given.items() if isinstance(value, list)}
    return nested_form_data({name: given[name] for name in given.keys() - ticked.keys()}) | ticked


def saved(browse: Any, trainer: Any, built: Any, data: dict[str, Any]) -> QuizPage:
    rights.ensure_permissions()
    rights.give_course(trainer=trainer, course=built.course)
    page = built.quizzes[0]
    response = browse(trainer).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    if response.status_code == 200:
        form = response.context["form"]
        raise AssertionError((form.errors, {name: set_.errors for name, set_ in form.formsets.items()}))
    return QuizPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def test_an_author_sets_all_rules_in_the_editor(
    browse: Any, trainer: Any, built: Any, page: QuizPage
) -> None:
    changed = saved(browse, trainer, built, form_of(page))
    spec = quizzes.spec_of(changed)
    assert (spec.behaviour, spec.tries, spec.penalty, spec.counts) == (
        "interactive",
        4,
        Fraction(1, 4),
        "mean",
    )
    assert (spec.delay, spec.late_grace) == (datetime.timedelta(hours=1), datetime.timedelta(minutes=10))
    assert spec.moderation_over == Fraction(1, 8)
    assert spec.matrix.at(Phase.DURING) == {Facet.CORRECTNESS}
    assert spec.matrix.at(Phase.RIGHT_AFTER) == frozenset()
    assert spec.matrix.at(Phase.LATER) == {Facet.MARKS, Facet.FEEDBACK}
    assert [(one.minimum, one.shuffle) for one in spec.sections] == [(Fraction(3, 5), True)]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("penalty", "4/3"),
        ("penalty", "a third"),
        ("penalty", "1e999999"),
        ("tries", "0"),
        ("moderation_over", "101"),
        ("behaviour", "magic"),
    ],
)
def test_what_means_nothing_is_said_beside_its_field(
    browse: Any, trainer: Any, built: Any, page: QuizPage, name: str, value: str
) -> None:
    with pytest.raises(AssertionError, match=name):
        saved(browse, trainer, built, form_of(page, **{name: value}))


def test_a_page_as_it_was_made_before_asks_by_the_rules_of_before(page: QuizPage) -> None:
    spec = quizzes.spec_of(page)
    assert (spec.behaviour, spec.counts, spec.sections, spec.in_order) == ("deferred", "highest", (), False)
    assert (spec.opens_at, spec.closes_at, spec.password, spec.needs_ticket) == (None, None, "", False)
    assert all(spec.matrix.at(phase) == frozenset(Facet) for phase in Phase)


def test_a_line_of_a_section_that_is_gone_belongs_to_the_last(page: QuizPage) -> None:
    QuizSlot.objects.update(section=7)
    assert [slot.section for slot in quizzes.spec_of(page).slots] == [0]
    for order in range(2):
        QuizSection.objects.create(page=page, sort_order=order, minimum=order * 10)
    again = QuizPage.objects.get(pk=page.pk)
    assert [slot.section for slot in quizzes.spec_of(again).slots] == [1]


def test_an_exception_for_the_run_of_a_course_reaches_its_people(
    enrolled: Any, page: QuizPage, built: Any, trainer: Any
) -> None:
    enrolled.cohort = Cohort.objects.create(course=built.course, name="Autumn")
    enrolled.save()
    [group] = quizzes.groups_of(enrolled)
    Override.objects.create(
        quiz_key=page.key, group_key=group, attempts_allowed=2, reason="strike", granted_by=trainer
    )
    assert group == enrolled.cohort.key
    assert quizzes.groups_of(None) == ()


def test_a_quiz_closes_after_it_opens_and_is_not_its_own_pre_test(page: QuizPage) -> None:
    page.opens_at, page.closes_at = NOW, NOW
    with pytest.raises(ValidationError, match="close"):
        page.clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        QuizPage.objects.filter(pk=page.pk).update(opens_at=NOW, closes_at=NOW)
    page.opens_at = page.closes_at = None
    page.paired_with = page
    with pytest.raises(ValidationError, match="another"):
        page.clean()


@pytest.mark.parametrize(
    "fields",
    [
        {"vignette": True},
        {"version": 9},
        {"tags": "border"},
        {"count": 2},
        {"question": None},
    ],
)
def test_a_line_that_contradicts_itself_is_refused(page: QuizPage, fields: dict[str, Any]) -> None:
    slot = page.slots.get()
    if fields.pop("vignette", None):
        category = slot.question.category
        fields["vignette"] = Vignette.objects.create(category=category, name_en="Bail", attribute_en="Sex")
    for name, value in fields.items():
        setattr(slot, name, value)
    with pytest.raises(ValidationError):
        slot.clean()


def test_a_quiz_names_no_question_and_no_version_that_is_still_a_draft(page: QuizPage) -> None:
    slot = page.slots.get()
    slot.version = slot.question.versions.get().number
    slot.clean()
    slot.question.versions.update(is_draft=True)
    with pytest.raises(ValidationError, match="no such version"):
        slot.clean()
    slot.version, slot.question.status = None, "draft"
    with pytest.raises(ValidationError, match="Make it ready first"):
        slot.clean()


def test_a_closed_quiz_says_so_and_a_supervised_one_asks_for_the_code(
    browse: Any, enrolled: Any, page: QuizPage, built: Any, judge: Any
) -> None:
    QuizPage.objects.filter(pk=page.pk).update(closes_at=timezone.now())
    client = browse(judge)
    url = built.url_of(page, "en")
    assert "closed" in client.get(url).content.decode()
    QuizPage.objects.filter(pk=page.pk).update(closes_at=None, password="palermo")
    assert 'name="password"' in client.get(url).content.decode()
    refused = client.post(url, {"password": "parma"}, follow=True).content.decode()
    assert "not right" in refused
    assert client.post(url, {"password": "palermo"}).url.startswith("/en/quiz/")


def test_the_password_of_a_supervised_quiz_is_not_guessed_by_trying(
    browse: Any, enrolled: Any, page: QuizPage, built: Any, judge: Any
) -> None:
    QuizPage.objects.filter(pk=page.pk).update(password="palermo")
    client, url = browse(judge), built.url_of(page, "en")
    tries = [client.post(url, {"password": f"parma{number}"}).status_code for number in range(11)]
    assert tries == [302] * 10 + [429]
    assert client.post(url, {"password": "palermo"}).status_code == 429
