"""A package that changes the source of a question and leaves its translations: they are known as older."""

import copy
import uuid

import pytest

from assessments.models import Category, QuestionVersion
from assessments.translating_sheet import Sheet
from courses.package.questions import put_question

pytestmark = pytest.mark.django_db

QUESTION = {
    "key": str(uuid.UUID(int=7)),
    "kind": "single",
    "stem": {"es": "¿Quién paga?", "fr": "Qui paie ?"},
    "options": [
        {"key": str(uuid.UUID(int=8)), "text": {"es": "El Estado", "fr": "L’État"}, "correct": True},
        {"key": str(uuid.UUID(int=9)), "text": {"es": "La víctima", "fr": "La victime"}},
    ],
}


def test_what_the_package_leaves_in_the_old_words_is_noted_with_what_it_was_made_from():
    category = Category.objects.create(slug="costs", name_es="Costas", source_language="es")
    data = copy.deepcopy(QUESTION)
    assert put_question(data, category, source="es", actor=None)
    data["stem"]["es"] = "¿Quién debe pagar?"
    data["options"][1]["text"] = {"es": "La persona agraviada", "fr": "La personne lésée"}
    assert put_question(data, category, source="es", actor=None)
    version = QuestionVersion.objects.get(number=2)
    assert version.translated_from == {"fr": {"stem": "¿Quién paga?"}}
    assert [row.text.name for row in Sheet(version, "fr").stale] == ["stem"]
    # the same package once more changes nothing
    assert not put_question(data, category, source="es", actor=None)
