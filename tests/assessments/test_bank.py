"""Writing questions in the content editor."""

import pytest
from django.urls import reverse

from assessments.attempts import start
from assessments.choices import Kind
from assessments.editing import shown_marking, stored_marking
from assessments.models import Category, Question, QuestionVersion

from .conftest import MARKING, quiz_of

pytestmark = pytest.mark.django_db

EDIT = "wagtailsnippets_assessments_questionversion:edit"
ADD = "wagtailsnippets_assessments_questionversion:add"
LIST = "wagtailsnippets_assessments_questionversion:list"


def posted(category, kind="single", options=(), initial=0, **fields):
    """The fields of the editor's form."""
    data = {
        "category": category.pk,
        "status": "ready",
        "source_language": "es",
        "kind": kind,
        "stem": "¿Cuál es el medio?",
        "options-TOTAL_FORMS": len(options),
        "options-INITIAL_FORMS": initial,
        "options-MIN_NUM_FORMS": 0,
        "options-MAX_NUM_FORMS": 1000,
        **fields,
    }
    for index, option in enumerate(options):
        data[f"options-{index}-ORDER"] = index + 1
        data |= {f"options-{index}-{name}": value for name, value in option.items()}
    return data


TWO = ({"text": "El engaño", "correct": "on"}, {"text": "El acto"})


def test_a_trainer_writes_a_question_in_its_own_language(trainer, browse, category):
    answer = browse(trainer).post(reverse(ADD), posted(category, options=TWO))
    assert answer.status_code == 302
    version = QuestionVersion.objects.get()
    assert (version.number, version.source_language) == (1, "es")
    assert (version.stem_es, version.stem_en or "") == ("¿Cuál es el medio?", "")
    assert [option.text_es for option in version.options.all()] == ["El engaño", "El acto"]
    assert version.question.status == "ready"
    # the plain column holds the source language's words, whatever the screen speaks
    row = QuestionVersion.objects.rewrite(False).raw_values("stem").get()
    assert row["stem"] == "¿Cuál es el medio?"


def test_editing_an_answered_question_makes_a_new_version(trainer, judge, browse, category, make_question):
    version = make_question()
    start(person=judge, quiz=quiz_of(version), language="en", jurisdiction="")
    options = list(version.options.all())
    rows = [
        {"id": option.pk, "text": option.text_en, "correct": "on" if option.correct else ""}
        for option in options
    ]
    rows[0]["text"] = "The act itself"
    data = posted(category, options=rows, initial=3, stem="Which element, then?")
    assert browse(trainer).post(reverse(EDIT, args=[version.pk]), data).status_code == 302
    old, new = QuestionVersion.objects.order_by("number")
    assert (old.pk, old.stem_en) == (version.pk, "Which element?")
    assert (new.number, new.stem_en, new.stem_es) == (2, "Which element, then?", old.stem_es)
    assert old.options.first().text_en == "The act"
    assert [option.key for option in new.options.all()] == [option.key for option in options]
    assert new.options.first().text_en == "The act itself"
    assert new.options.first().text_es == "El acto"


def test_editing_an_unanswered_question_keeps_the_version(trainer, browse, category, make_question):
    version = make_question("short", marking=MARKING["short"], status="draft")
    data = posted(category, kind="short", stem="Name it.", accepted="exploitation\nabuse")
    assert browse(trainer).post(reverse(EDIT, args=[version.pk]), data).status_code == 302
    version.refresh_from_db()
    assert QuestionVersion.objects.count() == 1
    assert version.marking["accepted"] == {
        "en": ["exploitation", "abuse"],
        "es": ["explotación"],
    }


def test_an_old_version_is_not_edited(trainer, browse, make_question):
    version = make_question()
    QuestionVersion.objects.create(question=version.question, number=2, stem_en="Newer")
    assert browse(trainer).get(reverse(EDIT, args=[version.pk])).status_code == 404


@pytest.mark.parametrize(
    ("kind", "options", "fields", "advice"),
    [
        ("single", ({"text": "A"}, {"text": "B"}), {}, "exactly one option"),
        ("multiple", ({"text": "A"}, {"text": "B"}), {}, "at least one option"),
        ("matching", ({"text": "A"},), {}, "Give every line a prompt"),
        ("ordering", ({"text": "A"},), {}, "at least two items"),
        ("numeric", (), {"value": "many"}, "Give the value as a number"),
        ("short", (), {}, "at least one accepted answer"),
        ("gap", (), {"passage": "No gap", "gaps": "1: x"}, "accepted answers for each"),
        ("true_false", (), {}, "true or false"),
    ],
)
def test_a_question_that_cannot_be_marked_is_refused_with_advice(
    kind, options, fields, advice, trainer, browse, category
):
    data = posted(category, kind=kind, options=options, **fields)
    answer = browse(trainer).post(reverse(ADD), data)
    assert answer.status_code == 200
    assert advice in answer.content.decode()
    assert not Question.objects.exists()


def test_equal_answers_of_a_matching_question_share_a_key(trainer, browse, category):
    rows = (
        {"text": "Le mintió", "match_text": "Medio"},
        {"text": "La amenazó", "match_text": "Medio"},
        {"text": "La llevó", "match_text": "Acto"},
    )
    browse(trainer).post(reverse(ADD), posted(category, kind="matching", options=rows))
    one, two, three = QuestionVersion.objects.get().options.all()
    assert one.match_key == two.match_key != three.match_key


@pytest.mark.parametrize("kind", ["numeric", "short", "gap", "essay", "true_false"])
def test_the_form_shows_what_is_stored_and_stores_what_it_shows(kind):
    marking = MARKING[kind]
    shown = {"rule": "", **shown_marking(marking, "en")}
    assert stored_marking(Kind(kind), shown, marking, "en") == marking


def test_the_list_shows_the_newest_version_and_finds_words_of_any_language(
    trainer, browse, make_question, category
):
    version = make_question(stem_es="¿Qué palabra?")
    QuestionVersion.objects.create(
        question=version.question, number=2, stem_en="Newer", stem_es="¿Qué palabra nueva?"
    )
    page = browse(trainer).get(reverse(LIST) + "?q=palabra").content.decode()
    assert "Newer" in page
    assert "Which element?" not in page
    filtered = browse(trainer).get(reverse(LIST) + f"?category={category.pk}&status=draft")
    assert "Newer" not in filtered.content.decode()


def test_only_writers_open_the_bank(translator, judge, registrar, browse, make_question):
    version = make_question()
    for person in (translator, judge, registrar):
        answer = browse(person).post(reverse(EDIT, args=[version.pk]), {})
        assert answer.status_code in (302, 403)
        version.refresh_from_db()
        assert version.stem_en == "Which element?"


def test_a_category_is_written_in_its_own_language(trainer, browse):
    url = reverse("wagtailsnippets_assessments_category:add")
    data = {"name": "Medios", "slug": "means", "course_code": "", "source_language": "es"}
    assert browse(trainer).post(url, data).status_code == 302
    category = Category.objects.get()
    assert (category.name_es, category.name_en or "") == ("Medios", "")
