"""Trainers edit the shared questions and those of their own courses; the rest is out of their sight."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts.models import AuditEntry
from accounts.roles import Role
from assessments.models import Category, Question, QuestionVersion

from .test_bank import ADD, EDIT, LIST, TWO, posted

pytestmark = pytest.mark.django_db

CATEGORY = "wagtailsnippets_assessments_category"
HOME = "/cms/"


@pytest.fixture
def own(category):
    """A category of the trainer's course; the plain one is shared."""
    group = Group.objects.create(name="course 1")
    return Category.objects.create(slug="own", name_en="Own", course_code="TIP-101", editors=group)


@pytest.fixture
def trainer(trainer, own):
    """The trainer of the course."""
    trainer.groups.add(own.editors)
    return trainer


@pytest.fixture
def other(make_person):
    """A trainer of another course."""
    person = make_person("other@example.org", Role.TRAINER)
    person.groups.add(Group.objects.create(name="course 2"))
    return person


@pytest.fixture
def version(own, make_question):
    """A question in the course's category."""
    made = make_question(stem_en="Whose question?")
    Question.objects.update(category=own)
    return made


def refused(answer):
    return answer.status_code == 302 and answer.url == HOME


def test_a_trainer_of_another_course_is_sent_back_from_a_foreign_question(version, other, own, browse):
    client = browse(other)
    before = AuditEntry.objects.count()
    addresses = [
        reverse(EDIT, args=[version.pk]),
        reverse(EDIT.replace("edit", "usage"), args=[version.pk]),
        reverse(EDIT.replace("edit", "history"), args=[version.pk]),
        reverse(f"{CATEGORY}:edit", args=[own.pk]),
        reverse(f"{CATEGORY}:history", args=[own.pk]),
        reverse(f"{CATEGORY}:usage", args=[own.pk]),
    ]
    for address in addresses:
        assert refused(client.get(address)), address
        assert client.post(address, posted(own, options=TWO)).status_code in (302, 405), address
    version.refresh_from_db()
    assert version.stem_en == "Whose question?"
    assert AuditEntry.objects.count() == before


def test_lists_hold_what_is_shared_and_what_is_ones_own(version, own, trainer, other, browse):
    for person, sees in ((trainer, True), (other, False)):
        listed = browse(person).get(reverse(LIST)).content.decode()
        assert ("Whose question?" in listed) is sees
        categories = browse(person).get(reverse(f"{CATEGORY}:list")).content.decode()
        assert "Elements" in categories
        assert ("TIP-101: Own" in categories) is sees
        assert ("TIP-101: Own" in listed) is sees  # in the filter


@pytest.mark.parametrize("who", ["administrator", "legal_reviewer", "translator"])
def test_administrators_and_those_who_only_read_see_all(who, version, browse, request):
    person = request.getfixturevalue(who)
    assert "Whose question?" in browse(person).get(reverse(LIST)).content.decode()
    answer = browse(person).get(reverse(EDIT, args=[version.pk]))
    assert (answer.status_code == 200) is (who == "administrator")


def test_a_translator_who_teaches_another_course_reads_and_does_not_edit(version, other, browse):
    other.groups.add(Group.objects.get(name=Role.TRANSLATOR))
    assert "Whose question?" in browse(other).get(reverse(LIST)).content.decode()
    assert refused(browse(other).get(reverse(EDIT, args=[version.pk])))


def test_the_trainer_of_the_course_edits_its_questions_and_category(version, own, trainer, browse):
    client = browse(trainer)
    assert client.get(reverse(EDIT, args=[version.pk])).status_code == 200
    assert client.get(reverse(f"{CATEGORY}:edit", args=[own.pk])).status_code == 200


def test_no_question_is_put_into_a_category_of_others(own, category, trainer, other, browse):
    assert browse(other).post(reverse(ADD), posted(own, options=TWO)).status_code == 200
    assert not QuestionVersion.objects.exists()
    assert browse(trainer).post(reverse(ADD), posted(own, options=TWO)).status_code == 302
    assert browse(other).post(reverse(ADD), posted(category, options=TWO)).status_code == 302
    assert QuestionVersion.objects.count() == 2


def test_a_new_category_of_a_course_belongs_to_its_trainers(own, trainer, other, browse):
    new = {"name": "More", "slug": "more", "course_code": "TIP-101", "source_language": "en"}
    answer = browse(other).post(reverse(f"{CATEGORY}:add"), new)
    assert "edited by its own trainers" in answer.content.decode()
    assert not Category.objects.filter(slug="more").exists()
    assert browse(trainer).post(reverse(f"{CATEGORY}:add"), new).status_code == 302
    assert Category.objects.get(slug="more").editors == own.editors


def test_a_category_becomes_shared_when_its_group_goes(own):
    own.editors.delete()
    own.refresh_from_db()
    assert own.editors is None
