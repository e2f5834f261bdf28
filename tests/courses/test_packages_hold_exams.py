"""Every kind of question and every rule of a quiz goes into a package and comes back."""

import uuid
from decimal import Decimal
from fractions import Fraction

import pytest

from assessments.models import Option, Question, Tag, Vignette
from courses.models import QuizPage, QuizSection, QuizSlot
from courses.package import exporting, files, quiz_rules
from courses.package.questions import put_question, take_question
from tests.questions import EVERY_KIND

pytestmark = [pytest.mark.django_db]


def complaints(schema, data, languages=("en", "es")):
    said = []
    schema.check(data, "", lambda path, sentence: said.append(f"{path} {sentence}"), list(languages))
    return said


def in_one_language(value):
    """The same with every text in English alone, as a file of one language holds it."""
    if isinstance(value, dict):
        if "en" in value:
            return {"en": value["en"]}
        return {name: in_one_language(part) for name, part in value.items()}
    return [in_one_language(part) for part in value] if isinstance(value, list) else value


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_question_of_every_kind_comes_back_as_it_went(kind, make_kind, category):
    version = make_kind(kind)
    for order, role in enumerate(("hint", "when_right", "marker_notes"), start=20):
        Option.objects.create(version=version, role=role, sort_order=order, text_en=f"A {role}")
    version.marking["penalty"] = "1/4"
    version.marking["jurisdictions"] = {"MX": [{"citation": "Ley General, art. 40", "answer": True}]}
    version.save()
    version.question.tags.add(Tag.objects.create(name="border"))
    taken = take_question(version.question)
    assert complaints(files.QUESTION, in_one_language(taken), ["en"]) == []
    moved = {**taken, "key": str(uuid.uuid4())}
    assert put_question(moved, category, source="en", actor=None)
    assert take_question(Question.objects.get(key=moved["key"])) == moved
    assert not put_question(moved, category, source="en", actor=None)


def test_an_answer_that_misleads_comes_back_without_a_prompt(make_kind, category):
    version = make_kind("matching")
    Option.objects.create(version=version, sort_order=30, match_key=uuid.uuid4(), match_text_en="The court")
    taken = take_question(version.question)
    assert "prompt" not in taken["pairs"][-1]
    assert complaints(files.QUESTION, in_one_language(taken), ["en"]) == []
    moved = {**taken, "key": str(uuid.uuid4())}
    put_question(moved, category, source="en", actor=None)
    assert take_question(Question.objects.get(key=moved["key"])) == moved


def test_the_variants_of_a_vignette_come_back_together(make_kind, category):
    vignette = Vignette.objects.create(category=category, name_en="Bail", attribute_en="The sex")
    question = make_kind("single").question
    question.vignette, question.variant = vignette, "A"
    question.save()
    taken = take_question(question)
    assert taken["vignette"]["variant"] == "A"
    Question.objects.filter(pk=question.pk).delete()
    vignette.delete()
    put_question(taken, category, source="en", actor=None)
    assert take_question(Question.objects.get(key=question.key)) == taken


def test_the_rules_of_a_quiz_come_back(built, make_kind, category):
    page = built.quizzes[0]
    stated = {
        "behaviour": "interactive",
        "tries": 2,
        "penalty": Fraction(1, 10),
        "practice": True,
        "in_order": True,
        "counts": "mean",
        "delay_minutes": 60,
        "late_grace_minutes": 15,
        "needs_ticket": True,
        "second_marker": True,
        "moderation_over": Decimal("12.50"),
        "shows_during": ["correctness"],
        "shows_right_after": [],
    }
    for name, value in stated.items():
        setattr(page, name, value)
    page.save()
    QuizSection.objects.create(page=page, name="Law", shuffle=True, minimum=Decimal(60), sort_order=0)
    QuizSlot.objects.create(
        page=page, category=category, tags="border, minors", count=3, section=2, sort_order=1
    )
    QuizSlot.objects.create(page=page, question=make_kind("essay").question, version=1, sort_order=2)
    page = QuizPage.objects.get(pk=page.pk)
    data = exporting._quiz(page)
    assert complaints(files.QUIZ, in_one_language(data), ["en"]) == []
    assert data["slots"][1]["tags"] == ["border", "minors"]
    read = quiz_rules.put_rules(data)
    assert {name: read[name] for name in stated} == stated
    other = QuizPage()
    other.slots.set([quiz_rules.put_slot(*row) for row in enumerate(data["slots"])])
    other.sections.set([quiz_rules.put_section(*row) for row in enumerate(data["sections"])])
    assert quiz_rules.comparable(other) == quiz_rules.comparable(page)


def test_what_is_usual_is_not_written(built):
    data = exporting._quiz(built.quizzes[0])
    assert not data.keys() & {"rules", "shows", "sections", "paired_with"}
    usual = quiz_rules.put_rules({})
    assert {name: getattr(built.quizzes[0], name) for name in usual} == usual
